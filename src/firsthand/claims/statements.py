"""Reading -> its statements: what can be true or false, each once, with what it is compared by."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from firsthand.claims.completing import PRONOUNS, Completer
from firsthand.claims.corrections import notices, taken_back, withdrawn
from firsthand.claims.wording import STOP, fold, words
from firsthand.model import (
    DENIED,
    STATED_AS_FACT,
    Appearance,
    Attribution,
    Certainty,
    ChainLink,
    ClaimStance,
    Evidence,
    Reading,
    Role,
    Source,
    Span,
    Spans,
    Statement,
    Told,
)

GAP = " ... "
"""Stands in an appearance's text between its spans."""

MOST_WORDS = 120
"""Words of a statement that is compared; what is longer is a speech, of which nothing single is claimed."""

ALONE = 3
"""Words that mean something, of a statement that says by itself what it is about, and a name or a number."""

WITHIN = 0.6
"""The share of an outer content that an inner one of the same source must have to be no statement of its own."""

COVERED = 0.5
"""The share of a headline or lead sentence beyond which it is the source's, whose content lies in it."""

SOON = 600
"""Characters behind a statement within which its source may say that the evidence for it is withheld: three short
paragraphs. Chosen, not measured."""

# "Dismissed the report as a fake".
_CALLS = re.compile(r"\b(?:reject|dismiss|denounc|ridicul|decr[iy]|slam|blast|condemn)\w*", re.IGNORECASE)
_AS = re.compile(r"\w\s+as\s+(?!well|soon|long|if|to|of|in|he|she|it|they)\S", re.IGNORECASE)

_NO_DENIAL = re.compile(
    r"(?:\bnot|n[’']t|\bnever|\bneither|\bnor|\bdeclin\w+ to|\bwithout|\bstopped short of|\brefus\w+ to|\bcannot)\s"
    r"(?:\w+\s){0,3}?(?:den(?:y|ied|ying)|rul\w+ out|disput\w+|reject\w*|dismiss\w*|confirm\w* (?:n?or|or) den)",
    re.IGNORECASE,
)
_RELATIVE = frozenset(["whom", "which", "who", "whose", "what"])
"""First words of a content that is a piece of a sentence: it says nothing by itself."""

_STANCES: dict[str, ClaimStance] = {"asserts": "asserts", "denies": "denies", "doubts": "doubts", "reports": "reports"}


@dataclass(frozen=True, slots=True)
class _Found:
    """A statement before it is made into an Appearance; `number` is that of its vector among the article's."""

    spans: Spans
    number: int
    attribution: Attribution | None
    statement: Statement | None = None

    @property
    def who(self) -> str | None:
        """The name of whose it is."""
        return self.attribution.who.name if self.attribution and self.attribution.who else None


def appearances(reading: Reading) -> tuple[Told, ...]:
    """The statements of an article, in the order of their places, without what it says twice in the same words.

    Those are the contents that have a certainty and that nobody asks, orders or wishes; and what the outlet asserts in
    its headline and lead. Of two from one source in the same words, or one within the other, the fuller stands. Raises
    ValueError where `reading.vectors` are missing: nothing could be compared.
    """
    found = [one for one in _all(reading) if not _is_piece(reading.article.text, one.spans)]
    return tuple(_made(reading, sorted(_single(reading, found), key=lambda one: one.spans)))


def every(reading: Reading) -> tuple[Told, ...]:
    """As `appearances`, with those too that stand in fuller ones: for labels, which name any. Raises ValueError."""
    passed_on = [_Found(one.content, 1 + n, one) for n, one in enumerate(reading.attributions) if one.inner]
    return tuple(_made(reading, [*_all(reading), *passed_on]))


def _made(reading: Reading, found: Sequence[_Found]) -> Iterator[Told]:
    if len(reading.vectors) != 1 + len(reading.attributions) + len(reading.statements):
        raise ValueError(f"{reading.article.id}: read without vectors; statements are compared by them")
    taker, completer = _Corrections(reading), Completer(reading)
    told = [_told(reading, one, taker, completer) for one in found]
    yield from {one.appearance.id: one for one in told if one.full}.values()


def _all(reading: Reading) -> Iterator[_Found]:
    for n, one in enumerate(outer.innermost for outer in reading.attributions):
        if one.content and _claims(one):
            yield _Found(one.content, 1 + n, one)
    for n, own in enumerate(reading.statements):
        yield _Found((own.span,), 1 + len(reading.attributions) + n, None, own)


def _claims(one: Attribution) -> bool:
    """Whether an attribution's content can be true or false, and is held to be the one or the other by somebody."""
    return one.certainty is not None and one.stance is not None and one.stance.value in _STANCES


def _is_piece(text: str, spans: Spans) -> bool:
    return fold(text[slice(*spans[0])]).partition(" ")[0] in _RELATIVE


def _single(reading: Reading, found: Sequence[_Found]) -> Iterator[_Found]:
    """Those that are something beside the others: not the same words again, nor most of a fuller one."""
    folded = [fold(_text(reading.article.text, one.spans)) for one in found]
    attributed = {told for told, one in zip(folded, found, strict=True) if one.attribution}
    lesser, seen = set(_lesser(found)), set[tuple[bool, str | None, str]]()
    for n, (told, one) in enumerate(zip(folded, found, strict=True)):
        own = one.attribution is None
        if n not in lesser and (own, one.who, told) not in seen and not (own and told in attributed):
            seen.add((own, one.who, told))
            yield one


def _lesser(found: Sequence[_Found]) -> Iterator[int]:
    """The numbers of those that lie, wholly or for the most part, in another."""
    order = sorted(range(len(found)), key=lambda n: found[n].spans[0])
    for place, n in enumerate(order):
        for after in range(place + 1, len(order)):
            m = order[after]
            if found[m].spans[0][0] >= found[n].spans[-1][1]:
                break
            yield from (one for one, other in ((n, m), (m, n)) if _is_lesser(found[one], found[other]))


def _is_lesser(one: _Found, other: _Found) -> bool:
    """Whether the first is most of the second, from the same source; or the outlet's own where it is a source's."""
    if one.attribution is None and other.attribution is not None:
        return _shared(one.spans, other.spans) > COVERED * _length(one.spans)
    if (one.attribution is None) != (other.attribution is None) or one.who != other.who:
        return False
    inner = _shared(one.spans, other.spans) == _length(one.spans) < _length(other.spans)
    return inner and _length(one.spans) >= WITHIN * _length(other.spans)


def _shared(some: Spans, others: Spans) -> int:
    return sum(max(0, min(b, d) - max(a, c)) for a, b in some for c, d in others)


def _length(spans: Spans) -> int:
    return sum(end - start for start, end in spans)


def _text(text: str, spans: Spans) -> str:
    return GAP.join(text[start:end] for start, end in spans)


def _told(reading: Reading, one: _Found, taker: _Corrections, completer: Completer) -> Told:
    made = taker.applied(_appearance(reading, one))
    full = completer.full(one.spans, one.attribution.who if one.attribution else None)
    full = " ".join(full.split(" ")[:MOST_WORDS])
    key = _key(made.id, full)
    return Told(made, full, reading.vectors[one.number], reading.vectors[0], key)


def _key(appearance: str, full: str) -> str:
    """The node: that of the words, where they say enough to be the same thing anywhere; else the statement's own."""
    name = fold(full) if stands_alone(full) else appearance
    return hashlib.sha256(name.encode("utf-8", "replace")).hexdigest()[:16]


def stands_alone(full: str) -> bool:
    """Whether words tell by themselves what they are about: enough of them, and a name or a number among them."""
    found = words(full)
    telling = [word for word in found if word.lower() not in STOP and word.lower() not in PRONOUNS]
    named = any(word[0].isupper() or word[0].isdigit() for word in telling[1:]) or telling[:1] != found[:1]
    return len(telling) >= ALONE and named and found[0].lower() not in PRONOUNS


def _appearance(reading: Reading, one: _Found) -> Appearance:
    article, attribution = reading.article, one.attribution
    return Appearance(
        id=f"{article.id}@{one.spans[0][0]}-{one.spans[-1][1]}",
        article=article.id,
        spans=one.spans,
        text=_text(article.text, one.spans),
        role="attributed" if attribution else _role(reading, one.spans[0]),
        stance=_stance(article.text, attribution) if attribution else "asserts",
        who=attribution.who if attribution else None,
        chain=attribution.chain if attribution else _front(reading),
        certainty=_certainty(one),
        evidence=_evidence(reading, attribution) if attribution else None,
        outlet=article.outlet,
        published=article.published,
    )


def _evidence(reading: Reading, one: Attribution) -> Evidence | None:
    """The attribution's own, else what the same source says soon after of any: "He declined to say how he knew"."""
    if one.evidence is None or one.evidence.value != "none" or one.who is None:
        return one.evidence
    end = max(b for _, b in (*one.cue, *one.content))
    after = (other.innermost for other in reading.attributions if end <= other.cue[0][0] < end + SOON)
    told = (other.evidence for other in after if other.who and other.who.name == one.who.name and other.evidence)
    return next((evidence for evidence in told if evidence.value in ("withheld", "unverified")), one.evidence)


def _role(reading: Reading, span: Span) -> Role:
    """Whether the outlet's own words are its headline: those of the text's first line."""
    return "lead" if reading.article.text[: span[0]].strip() else "headline"


def _stance(text: str, attribution: Attribution) -> ClaimStance:
    """That of the cue; who did not deny, or would neither confirm nor deny, has taken no side.

    Who rejects something as a fake says that it is one.
    """
    assert attribution.stance is not None
    stance = _STANCES.get(attribution.stance.value, "reports")
    cue = _text(text, attribution.cue)
    if stance == "denies" and _CALLS.search(cue) and _AS.search(_text(text, attribution.content)):
        return "asserts"
    return "reports" if stance == "denies" and _NO_DENIAL.search(cue) else stance


def _certainty(one: _Found) -> Certainty | None:
    if one.attribution:
        return one.attribution.certainty
    return one.statement.certainty if one.statement else None


def _front(reading: Reading) -> tuple[ChainLink, ...]:
    """The outlet, and the agencies it credits: what all chains of the article begin with."""
    for one in reading.attributions:
        front = tuple(link for link in one.chain if link.how in ("outlet", "wire credit"))
        if front:
            return front
    outlet = reading.article.outlet
    agencies = dict.fromkeys(credit.agency for credit in reading.credits if credit.agency != outlet)
    first = (ChainLink(outlet, "outlet", "outlet"),) if outlet else ()
    return first + tuple(ChainLink(name, "outlet", "wire credit") for name in agencies)


class _Corrections:
    """What one article says that it takes back."""

    def __init__(self, reading: Reading) -> None:
        text = reading.article.text
        self._notices = notices(text)
        self._back = [span for notice in self._notices if (span := taken_back(text, notice))]
        self._whole = withdrawn(text)

    def applied(self, one: Appearance) -> Appearance:
        """The appearance, with what the article's notices say of it."""
        if self._whole and one.role != "attributed":
            return replace(one, corrects=True, stance="denies")
        if any(_shared(one.spans, (span,)) > COVERED * _length(one.spans) for span in self._back):
            return replace(one, corrects=True, stance="denies", certainty=Certainty(DENIED, DENIED))
        if any(_shared(one.spans, (span,)) for span in self._notices):
            return replace(one, corrects=True)
        return one


def speaker(told: Told) -> Source | None:
    """Whose word a statement is, where the text names anybody."""
    who = told.appearance.who
    return who if who and who.kind else None


def hedged(certainty: Certainty | None) -> float:
    """How sure, as one number from 0 to 1; 1 where nothing hedges. A denial is no hedge: it is of the whole claim."""
    if certainty is None or certainty.most in (DENIED, STATED_AS_FACT):
        return 1.0
    return (certainty.least + certainty.most) / (2 * STATED_AS_FACT)
