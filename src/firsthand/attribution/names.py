"""The names in a text: runs of capitalised words, without the titles before them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from . import lexicons
from .tokens import Tokens

WITHIN = lexicons.closed("within")
"""Small words that a name may hold between two capitalised ones."""

GLUE = frozenset("&")
SUFFIXES = lexicons.closed("suffixes")
NOT_NAMES = lexicons.closed("calendar")
TITLE_CASE = 0.6
"""Share of capitalised words from which a paragraph is set in title case, so that capitals tell nothing there."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as printed once. `title`: first token of the run, `first`..`end`: tokens of the bare name.

    `words`: the bare name in lower case, the key it is known by.
    """

    title: int
    first: int
    end: int
    words: tuple[str, ...]


def names(toks: Tokens) -> list[Name]:
    """Every name, in reading order."""
    runs = list(_runs(toks, _capitals(toks)))
    firsts = lexicons.table("names")
    surnames = {toks.low[end - 1] for first, end in runs if firsts.keys() & set(toks.low[first : end - 1])}
    return [name for first, end in runs if (name := _name(toks, first, end, surnames))]


def person_noun(word: str) -> bool:
    """Whether a word, in lower case, says what a person is: "spokesman", "officials"."""
    return noun_class(word) == "person"


@lru_cache(maxsize=1 << 14)
def noun_class(word: str) -> str | None:
    """person, group or document, for a noun in lower case, singular or plural; None for any other word.

    What is far oftener a verb is no noun: the "have" of "have-nots".
    """
    if word in lexicons.closed("stops"):
        return None
    table = lexicons.table("nouns")
    return table.get(word) or table.get(singular(word))


def singular(word: str) -> str:
    """The singular of a plural noun, by its ending."""
    if word.endswith("men"):
        return word[:-3] + "man"
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "ches", "shes", "xes")):
        return word[:-2]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def plural(word: str) -> bool:
    """Whether a noun in lower case looks like a plural."""
    return word in ("people", "police", "media") or (
        singular(word) != word and not word.endswith(("us", "is", "news", "'s", "congress"))
    )


def _capitals(toks: Tokens) -> list[bool]:
    """[N]: whether a word's capital speaks for a name: not at a sentence's beginning alone, nor in title case alone."""
    titled, common = _title_case(toks), lexicons.words("words")
    capitals = [
        toks.capital(i) and word not in NOT_NAMES and not _compound(toks.words[i]) for i, word in enumerate(toks.low)
    ]
    sure = [capital and toks.paragraph[i] not in titled and not _begins(toks, i) for i, capital in enumerate(capitals)]
    known = {pair for i, pair in enumerate(pairwise(toks.low)) if sure[i] and sure[i + 1]}
    surnames = {two for i, (one, two) in enumerate(pairwise(toks.low)) if capitals[i] and sure[i + 1] and _first(one)}
    for i, word in enumerate(toks.low):
        if word in surnames and toks.paragraph[i] not in titled:
            continue  # "Nora Banks said so. Banks also said ..."
        if capitals[i] and not sure[i] and not _paired(toks, i, known):
            forms = _forms(word) if toks.paragraph[i] in titled else (word,)
            capitals[i] = not any(form in common for form in forms)
    return capitals


def _first(word: str) -> bool:
    """Whether it is a first name, and nothing else in lower case."""
    return word in lexicons.table("names") and word not in lexicons.words("words")


def _compound(word: str) -> bool:
    """Whether it is an adjective made with a name, or a word with a verb's rest: "Larkmoor-made", "They've"."""
    made = "-" in word and word.rpartition("-")[2].islower()
    return made or word.replace("’", "'").rpartition("'")[2] in _RESTS


_RESTS = frozenset(["t", "ve", "re", "ll", "d", "m"])


def _paired(toks: Tokens, i: int, known: set[tuple[str, str]]) -> bool:
    """Whether the word and one beside it stand together as a name elsewhere: "New York"."""
    return tuple(toks.low[i : i + 2]) in known or tuple(toks.low[max(i - 1, 0) : i + 1]) in known


def _forms(word: str) -> tuple[str, ...]:
    """A word, and what it may be a form of: "endorses", "endorse", "endors"."""
    return (word, *(word.removesuffix(end) for end in ("s", "es", "d", "ed", "ing") if word.endswith(end)))


def _title_case(toks: Tokens) -> frozenset[int]:
    capital: dict[int, int] = {}
    letters: dict[int, int] = {}
    for i, word in enumerate(toks.words):
        if word[0].isalpha():
            paragraph = toks.paragraph[i]
            letters[paragraph] = letters.get(paragraph, 0) + 1
            capital[paragraph] = capital.get(paragraph, 0) + word[0].isupper()
    return frozenset(p for p, n in letters.items() if n > 3 and capital[p] >= TITLE_CASE * n)


def _begins(toks: Tokens, i: int) -> bool:
    """Whether the token begins a sentence or a quotation."""
    return i == 0 or (not toks.words[i - 1][-1].isalnum() and toks.low[i - 1] not in (",", "'s", "&", "-"))


def _runs(toks: Tokens, capitals: list[bool]) -> Iterator[tuple[int, int]]:
    i, n = 0, len(toks)
    while i < n:
        if not capitals[i]:
            i += 1
            continue
        end = i + 1
        while (step := _step(toks, capitals, end)) > end:
            end = step
        yield i, end
        i = end


def _step(toks: Tokens, capitals: list[bool], i: int) -> int:
    """Where the run goes on after token i: over a capital, or over small words and the capital behind them."""
    if i >= len(toks):
        return i
    if capitals[i] or toks.low[i] in SUFFIXES:
        return i + 1
    last = i
    while last < i + 3 and last < len(toks) and (toks.low[last] in WITHIN or toks.low[last] in GLUE):
        last += 1
        if toks.low[last : last + 1] == ["the"]:
            last += 1
    return last + 1 if i < last < len(toks) and capitals[last] else i


def _name(toks: Tokens, title: int, end: int, surnames: set[str]) -> Name | None:
    end = _before_of(toks, title, end, surnames)
    title = _behind_place(toks, title, end)
    first = _after_titles(toks, title, end, surnames)
    words = tuple(toks.low[first:end])
    alone = len(words) == 1
    if first == end or (alone and (len(words[0]) == 1 or not words[0][0].isalpha() or words[0][1] == "-")):
        return None
    if alone and title == first and person_noun(words[0]) and words[0] not in lexicons.table("names").keys() | surnames:
        return None  # "Russian", "Democrats": what somebody is, not who
    return Name(title, first, end, words)


def _behind_place(toks: Tokens, first: int, end: int) -> int:
    """The first name behind the place of an office, whose own name it runs on from: "envoy to Verran Ilva Renn"."""
    if first < 2 or toks.low[first - 1] not in _PLACING or not person_noun(toks.low[first - 2]):
        return first
    return next((i for i in range(first + 1, end - 1) if toks.low[i] in lexicons.table("names")), first)


_PLACING = frozenset(["to", "of", "for", "from", "in"])


def _before_of(toks: Tokens, first: int, end: int, surnames: set[str]) -> int:
    """The end of a person's name before "of": "Ilva Renn of the Larkmoor Gazette", "Mr. Osk of Verran"."""
    of = next((i for i in range(first + 1, end) if toks.low[i] in ("of", "for")), end)
    last = of - 1
    if of == end or noun_class(toks.low[last]) in ("group", "document"):
        return end
    full = last > first and personal(toks.low[last - 1 : of])
    return of if full or toks.low[last] in surnames or _addressed(toks, first, last) else end


def personal(words: Sequence[str]) -> bool:
    """Whether words in lower case can be a person's full name: a known first name, or two that are no other words."""
    return words[0] in lexicons.table("names") or (len(words) == 2 and not any(map(_ordinary, words)))


def _ordinary(word: str) -> bool:
    return word in lexicons.words("words") or noun_class(word) is not None


def _after_titles(toks: Tokens, first: int, end: int, surnames: set[str]) -> int:
    """The token after the last word of office or address; `end` where nothing but a title is there."""
    offices = [i for i in range(first, end) if _office(toks, i)]
    if offices and offices[-1] == end - 1 and (toks.low[end - 1] in surnames or _addressed(toks, first, end - 1)):
        offices.pop()
    if not offices or (offices[-1] < end - 1 and _common(toks, end - 1)):
        return first
    if offices[-1] + 1 < end:
        return _after_of(toks, offices[-1] + 1, end)
    return end if end - first > 1 else first


def _addressed(toks: Tokens, first: int, i: int) -> bool:
    """Whether a form of address or a first name stands before the token, so that it is a surname: "Mr. King"."""
    before = toks.low[i - 1] if i > first else ""
    return before in lexicons.table("names") or lexicons.table("titles").get(before, "-") != "-"


def _after_of(toks: Tokens, first: int, end: int) -> int:
    """The first name behind an office's field: "Secretary of State" before "Rex Tillerson"."""
    if toks.low[first] not in WITHIN:
        return first
    return next((i for i in range(first, end - 1) if toks.low[i] in lexicons.table("names")), end)


def _common(toks: Tokens, i: int) -> bool:
    """Whether a word is a noun that ends the name of a body or a text: "House", "Party", "Report"."""
    word = toks.low[i]
    return noun_class(word) in ("group", "document") or word in lexicons.words("words") or word == "house"


def _office(toks: Tokens, i: int) -> bool:
    word = toks.low[i]
    if word in lexicons.table("titles"):
        return True
    return person_noun(word) and word not in lexicons.table("names")
