"""Which party a mention may stand for: the parties around it, each with what speaks for it, as numbers."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from math import log1p

import numpy as np

from . import lexicons
from .decode import Floats
from .names import person_noun, plural
from .parties import GROUP, NAMED, Party, sex_of
from .phrases import DEFINITE
from .tokens import Tokens

NEAREST = 14
"""Candidates that are looked at for a mention: those named last before it; the headline's come besides."""

SORTS = ("he", "they", "it", "who", "we", "i", "other", "definite", "plain")
"""What a mention can be, by its words; each has weights of its own."""

_MALE, _FEMALE = lexicons.closed("he"), lexicons.closed("she")
SORT_OF = dict.fromkeys(_MALE | _FEMALE, "he") | {word: sort for sort in SORTS[1:7] for word in lexicons.closed(sort)}


FURTHER = 10
"""Candidates of the headline, and former sources, that are looked at besides."""


LINE = 8
"""Tokens of a line that is a byline or a credit ("Larkmoor Gazette — By Ilva Renn and Tomas Ek"). A choice."""

BYLINE = 24
"""Tokens of one that begins with "By", with outlet and date. A choice."""

_ENDS = frozenset('.?!”"’')


@dataclass(frozen=True, slots=True)
class Place:
    """A mention to be resolved: tokens `first`..`end`, its noun or pronoun at `head`.

    sort: one of SORTS. enclosing: the party that says the content the mention stands in, or None.
    previous: the party of the attribution before, or None.
    """

    first: int
    head: int
    end: int
    sort: str
    enclosing: int | None
    previous: int | None


def sort_of(toks: Tokens, first: int, head: int) -> str:
    """One of SORTS, for a mention with its first token and its head."""
    word = toks.low[head]
    if first == head or word in ("both", "others"):
        plain = "definite" if plural(word) else "plain"
        return SORT_OF.get(word, plain)
    if toks.low[first] not in DEFINITE and toks.low[first] != "both":
        return "plain"
    named = any(toks.capital(i) for i in range(first + 1, head + 1))
    office = _titled(word) if toks.capital(head) else person_noun(word)  # "The President", not "the Russian"
    return "plain" if named and not office else "definite"  # "the Renn campaign"


def _titled(word: str) -> bool:
    """Whether a word is one person's office or party, for all that it has a capital."""
    told = word in lexicons.table("offices") or word in lexicons.table("titles") or word in _MORE
    return told and not plural(word)


_MORE = frozenset(["minister", "mayor", "chancellor", "republican", "democrat"])


def candidates(toks: Tokens, people: list[Party], place: Place) -> list[Party]:
    """The parties mentioned last before the mention, then those of the headline, nearest first."""
    near = [(spot, p) for p in people if (spot := _last(p, place)) is not None and _may_be(toks, place, p)]
    near.sort(key=lambda pair: -pair[0])
    further = [p for _, p in near[NEAREST:] if toks.paragraph[p.mentions[0][0]] == 0 or p.voiced]
    return [party for _, party in near[:NEAREST]] + further[:FURTHER]


def _may_be(toks: Tokens, place: Place, party: Party) -> bool:
    """Whether the words allow it: not another sex; for "he" not letters alone ("BBC"), not several, not who signs."""
    if place.sort != "he":
        return _agreement(toks, place, party) >= 0
    word = toks.words[party.best[0]]
    letters = party.sort == NAMED and party.best[1] - party.best[0] == 1 and word.isupper() and len(word) < 5
    other = letters or party.sort == GROUP or all(_signed(toks, a) for a, _ in party.mentions)
    return _agreement(toks, place, party) >= 0 and not other


def _signed(toks: Tokens, i: int) -> bool:
    """Whether a token stands in a byline or a photo's credit: a line below the headline of a few words, no sentence."""
    here = toks.paragraph[i]
    first, end = bisect_left(toks.paragraph, here), bisect_right(toks.paragraph, here)
    words = [word for word in toks.words[first:end] if word != "\n"]
    most = BYLINE if words[:1] == ["By"] else LINE
    return here > 0 and len(words) <= most and words[-1] not in _ENDS


def _last(party: Party, place: Place) -> int | None:
    """The token of the party's last mention before the place; its own words are none."""
    before = [a for a, b in party.mentions if b <= place.first]
    before += [a for a in party.voiced if a < place.first]
    return max(before, default=None)


def features(toks: Tokens, place: Place, near: list[Party], alike: list[float], sorts: Floats) -> Floats:
    """[C + 1, F]: what speaks for each candidate, and last for none of them: that the mention stands for itself.

    alike: [C], how near the encoder's vectors of mention and candidate are. sorts: [C + 1, 7] probabilities of their
    kinds, the mention's own last.
    """
    rows = [_row(toks, place, party, rank) for rank, party in enumerate(near)]
    own = sorts[-1]
    told = [[alike[i], float(sorts[i] @ own), *sorts[i].tolist()] for i in range(len(near))]
    alone = _itself(toks, place, near)
    full = [row + more + [0.0] * (len(alone) + len(own)) for row, more in zip(rows, told, strict=True)]
    itself = [0.0] * (WIDTH - len(alone) - len(own)) + [*alone, *own.tolist()]
    return np.array([*full, itself], dtype=np.float32)


def _itself(toks: Tokens, place: Place, near: list[Party]) -> list[float]:
    """What speaks for a mention that stands for nobody named before."""
    word = toks.low[place.head]
    return [
        1.0,
        log1p(place.end - place.first),
        log1p(place.end - 1 - place.head),
        float(len(_modifiers(toks, place))),
        float(person_noun(word)),
        float(plural(word)),
        float(any(word in _nouns(toks, party) for party in near)),
        float(bool(_offices(word))),
        float(toks.paragraph[place.first] == 0),
    ]


def _modifiers(toks: Tokens, place: Place) -> set[str]:
    """The names and adjectives before the mention's noun: "texas" of "the Texas senator"."""
    return {toks.low[i] for i in range(place.first, place.head) if toks.low[i] not in lexicons.closed("determiners")}


def _offices(word: str) -> set[str]:
    """How an office is abbreviated before a name: "sen." for "senator"."""
    return set(lexicons.table("offices").get(word, "").split("_")) - {""}


def _row(toks: Tokens, place: Place, party: Party, rank: int) -> list[float]:
    last = _last(party, place) or 0
    gap, words = toks.sentence[place.first] - toks.sentence[last], place.first - last
    words_near = _nouns(toks, party)
    same_noun = toks.low[place.head] in words_near
    return [
        1.0,
        log1p(gap),
        float(gap == 0),
        float(gap == 1),
        float(toks.paragraph[place.first] == toks.paragraph[last]),
        float(rank == 0),
        log1p(rank),
        float(words <= 3),
        float(party.number == place.previous),
        float(party.number == place.enclosing),
        log1p(len(party.voiced)),
        log1p(sum(a < place.first for a, _ in party.mentions)),
        log1p(len(party.mentions)),
        float(toks.paragraph[party.mentions[0][0]] == 0),
        float(toks.paragraph[party.mentions[0][0]] <= 4),
        float(_opens(toks, last)),
        float(toks.quoted[last] and not toks.quoted[place.head]),
        float(bool(party.voiced) and last == max(party.voiced)),
        _agreement(toks, place, party),
        _number(toks, place, party),
        float(party.sort == NAMED),
        float(party.sort == GROUP),
        float(party.person),
        float(person_noun(toks.low[place.head])) * (1.0 if party.person else -1.0),
        float(same_noun),
        float(same_noun and party.sort == NAMED),
        float(toks.low[last - 1] in _BEFORE_OBJECTS) if last else 0.0,
        float(_owns(toks, party, last)),
        float(_first_in_sentence(toks, party, last)),
        float(place.sort == "who" and words <= 12 and gap == 0),
        log1p(sum(0 <= place.first - v < 150 for v in party.voiced)),
        log1p(sum(0 <= place.first - a < 80 for a, _ in party.mentions)),
        float(bool(_offices(toks.low[place.head]) & words_near)),
        float(len(_modifiers(toks, place) & words_near)),
        float(place.sort == "definite" and party.person and bool(_offices(toks.low[place.head]))),
    ]


WIDTH = 35 + 2 + 7 + 9 + 7
"""Numbers that speak for a candidate."""

_BEFORE_OBJECTS = lexicons.closed("objects")


def _owns(toks: Tokens, party: Party, last: int) -> bool:
    """Whether the mention is a possessive: "Renn's aide"."""
    end = next((b for a, b in party.mentions if a == last), last + 1)
    return toks.low[end : end + 1] in (["'s"], ["'"])


def _first_in_sentence(toks: Tokens, party: Party, last: int) -> bool:
    """Whether no capital stands before it in its sentence, but for the first word's."""
    i = last - 1
    while i > 0 and toks.sentence[i] == toks.sentence[last]:
        if toks.capital(i) and toks.sentence[i - 1] == toks.sentence[last]:
            return False
        i -= 1
    return True


def _nouns(toks: Tokens, party: Party) -> set[str]:
    """The words that describe a party where it is mentioned: before its names, and in the phrases for it."""
    words = set()
    for first, end in party.mentions:
        start = first - 4 if party.sort == NAMED else first
        words.update(toks.low[max(start, 0) : first if party.sort == NAMED else end])
        if party.sort == NAMED and toks.low[end : end + 1] == [","]:
            words.update(toks.low[end + 1 : end + 8])
    return words


def _opens(toks: Tokens, i: int) -> bool:
    """Whether a sentence's first words hold the token: most often its subject."""
    return toks.sentence[max(i - 4, 0)] != toks.sentence[i] or i < 4


def _agreement(toks: Tokens, place: Place, party: Party) -> float:
    word = toks.low[place.head]
    sex = "m" if word in _MALE else "f" if word in _FEMALE else sex_of(word)
    if not sex or not party.sex:
        return 0.0
    return 1.0 if sex == party.sex else -1.0


def _number(toks: Tokens, place: Place, party: Party) -> float:
    word = toks.low[place.head]
    many = place.sort == "they" or (place.sort == "definite" and plural(word))
    if place.sort in ("who", "we", "other"):
        return 0.0
    return 1.0 if many == party.many else -1.0
