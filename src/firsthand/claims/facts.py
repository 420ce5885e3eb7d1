"""A statement's names, numbers, dates and turns: what a machine can compare without understanding."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from firsthand.claims.background import weight
from firsthand.claims.wording import NEGATIONS, OPPOSITES, STOP, listed, stem, words

Number = tuple[float, str]
"""A value and what is counted: "12", "officer"."""

TITLED = 0.6
"""The share of words with a capital beyond which a statement is a headline, and a capital tells nothing."""

_SCALE = {"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "m": 1e6, "bn": 1e9}
_ONES = listed("""zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen
    seventeen eighteen nineteen""")
_TENS = listed("twenty thirty forty fifty sixty seventy eighty ninety")
_NAMED = (
    {word: float(n) for n, word in enumerate(_ONES)}
    | {word: 10.0 * n for n, word in enumerate(_TENS, 2)}
    | {"dozen": 12.0, "half": 0.5, "both": 2.0, "twice": 2.0, "pair": 2.0, "couple": 2.0}
)
_MONTHS = listed("january february march april may june july august september october november december")
_MONTH = {name: n for n, name in enumerate(_MONTHS, 1)} | {name[:3]: n for n, name in enumerate(_MONTHS, 1)}
_DAYS = frozenset(listed("monday tuesday wednesday thursday friday saturday sunday"))
_SENTENCE = re.compile(r"(?<=[.!?…])[\"”’)]*\s")
_ISO = re.compile(r"\d{4}-\d\d-\d\d$")
_YEAR = re.compile(r"(?:19|20)\d\d$")
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th)$")
_DIGITS = re.compile(r"\d[\d,]*(?:\.\d+)?$")
_AHEAD = frozenset(listed("will would shall 'll plans plan going intends about expected set"))
_MAYBE = frozenset(
    listed("may might could possibly perhaps probably allegedly reportedly appears seems likely apparently")
)
_OPPOSITE: dict[str, set[str]] = {}
for _one, _other in OPPOSITES:
    _OPPOSITE.setdefault(stem(_one), set()).add(stem(_other))
    _OPPOSITE.setdefault(stem(_other), set()).add(stem(_one))


class Facts(NamedTuple):
    """What is compared of a statement's words.

    weights: of each stem that means something, what it is worth; total: their sum. order: the stems as they come.
    names: stems of what is written with a capital; first: the first of them. numbers, dates, years. turns: how many
    negations its first sentence has. opposites: the stems that would contradict. ahead, maybe: whether it speaks of
    the future, whether it hedges.
    """

    weights: dict[str, float]
    total: float
    order: tuple[str, ...]
    names: frozenset[str]
    first: str | None
    numbers: tuple[Number, ...]
    dates: frozenset[str]
    turns: int
    opposites: frozenset[str]
    ahead: bool
    maybe: bool


@lru_cache(1 << 17)
def facts(full: str) -> Facts:
    """Of a statement's completed words. Pure; kept, for a statement is compared many times."""
    found = words(full)
    low = [word.lower() for word in found]
    order = tuple(stem(word) for word, small in zip(found, low, strict=True) if _means(small))
    weights = {one: weight(one) for one in order}
    names = list(_names(found, low))
    return Facts(
        weights,
        sum(weights.values()),
        order,
        frozenset(names),
        names[0] if names else None,
        tuple(_numbers(low)),
        frozenset(_dates(low)),
        _turns(full),
        frozenset(other for one in order for other in _OPPOSITE.get(one, ())),
        not _AHEAD.isdisjoint(low),
        not _MAYBE.isdisjoint(low),
    )


def differing(one: Facts, other: Facts) -> tuple[float, float] | None:
    """Two numbers that count the same thing and are not the same, where no number of the one is the other's."""
    theirs = {value for value, _ in other.numbers}
    ours = {value for value, _ in one.numbers}
    for value, unit in one.numbers:
        for its, counted in other.numbers:
            if unit == counted and value not in theirs and its not in ours:
                return value, its
    return None


def _turns(full: str) -> int:
    """How many negations the first sentence has that says anything: of two sentences each may have one."""
    return sum(word in NEGATIONS for word in first_sentence(full))


def first_sentence(full: str) -> list[str]:
    """The words, in small letters, of the first sentence that says anything."""
    for sentence in _SENTENCE.split(full):
        low = [word.lower() for word in words(sentence)]
        if any(map(_means, low)):
            return low
    return []


def _means(low: str) -> bool:
    return low not in STOP and low not in NEGATIONS and (len(low) > 1 or low.isdigit())


def _names(found: Sequence[str], low: Sequence[str]) -> Iterator[str]:
    """Stems of words with a capital; where a sentence or a headline gives it, only of those that are usually so."""
    told = [n for n, word in enumerate(low) if _means(word) and not word[0].isdigit()]
    titled = sum(found[n][0].isupper() for n in told) > TITLED * len(told)
    for n in told:
        usual = (not titled and n > 0) or weight(stem(found[n]), name=True) > 0
        if usual and found[n][0].isupper() and low[n] not in _MONTH and low[n] not in _DAYS:
            yield stem(found[n])


def _numbers(low: Sequence[str]) -> Iterator[Number]:
    """Values with the word they count: the next that means something."""
    n = 0
    while n < len(low):
        value, after = _value(low, n)
        if value is None or _is_date(low, n):
            n += 1
            continue
        counted = next((stem(word) for word in low[after : after + 4] if _means(word) and not word[0].isdigit()), "")
        money = "$" if n and low[n - 1] in "$€£¥" else ""
        percent = (
            "%"
            if after < len(low) and (low[after] in ("%", "percent") or low[after : after + 2] == ["per", "cent"])
            else ""
        )
        yield value, money or percent or counted
        n = after


def _is_date(low: Sequence[str], n: int) -> bool:
    """Whether a number is a day of a month or a year."""
    return bool(_ISO.match(low[n]) or _YEAR.match(low[n])) or (n > 0 and low[n - 1] in _MONTH)


def _value(low: Sequence[str], n: int) -> tuple[float | None, int]:
    """The number that begins there, in digits or words, and where it ends."""
    value, after = _digits(low[n]), n + 1
    if value is None:
        value = _NAMED.get(low[n]) if low[n] not in ("both", "half") else None
        if value is None and "-" in low[n]:
            parts = [_NAMED.get(part) for part in low[n].split("-")]
            value = sum(part for part in parts if part is not None) if all(part is not None for part in parts) else None
    if value is None:
        return None, after
    while after < len(low) and low[after] in _SCALE:
        value, after = value * _SCALE[low[after]], after + 1
    return value, after


def _digits(word: str) -> float | None:
    if _DIGITS.match(word):
        return float(word.replace(",", ""))
    ordinal = _ORDINAL.match(word)
    return float(ordinal.group(1)) if ordinal else None


def _dates(low: Sequence[str]) -> Iterator[str]:
    """Days as "07-16", months as "07", weekdays by name, years."""
    for n, word in enumerate(low):
        if _ISO.match(word):
            yield word[5:]
        elif word in _DAYS:
            yield word
        elif word in _MONTH and (word != "may" or _is_month(low, n)):
            yield f"{_MONTH[word]:02d}" + "".join(f"-{day:02.0f}" for day in _day(low, n))
        elif _YEAR.match(word):
            yield word


def _is_month(low: Sequence[str], n: int) -> bool:
    return bool(list(_day(low, n))) or (n > 0 and low[n - 1] in ("in", "of", "since", "until", "by", "last", "next"))


def _day(low: Sequence[str], n: int) -> Iterator[float]:
    """The day of a month that stands beside it."""
    near = (low[place] for place in (n + 1, n - 1) if 0 <= place < len(low))
    values = (value for word in near if (value := _digits(word)) is not None and 1 <= value <= 31)
    yield from list(values)[:1]
