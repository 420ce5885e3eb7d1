"""Stance, certainty, evidence and statements on any text and any spans: no exception, and spans inside the text."""

from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.attribution.certainty import certainty
from firsthand.attribution.evidence import evidence
from firsthand.attribution.stance import stance
from firsthand.attribution.statements import statements
from firsthand.attribution.tokens import tokens
from firsthand.model import Article, Attribution

LINE = (
    "not deny question questions the Renn said may no did refuse to say likely that “ ” . ? 3.5 May in provide "
    "evidence reported dismissed him as ask whether if , and 😀 — '"
)
WORDS = st.sampled_from([*LINE.split(), "\n"])


@settings(max_examples=60, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=40), st.data())
def test_on_any_spans(tagger, words, data):
    text = " ".join(words)
    places = sorted(data.draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=6)))
    spans = list(zip(places[::2], places[1::2], strict=False))
    order = data.draw(st.permutations(range(3)))
    roles = [(spans[i],) if i < len(spans) else () for i in order]
    attribution = Attribution(roles[0], roles[1] or (spans[0],), roles[2], 1.0)
    toks = tokens(text)
    for tagged in tagger.tag(text):
        found = stance(tagged, toks, attribution)
        sure = certainty(tagged, toks, attribution, found)
        kinds = evidence(tagged, toks, attribution)
        made = statements(Article("1", text), toks, [attribution])
        for s, e in (*found.spans, *(sure.spans if sure else ()), *kinds.spans, *(x.span for x in made)):
            assert 0 <= s < e <= len(text)
