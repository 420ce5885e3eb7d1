"""A statement's words completed from its article, for comparing: whom "he" stands for, which day "Tuesday" was."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from firsthand.model import Reading, Source, Spans

BEFORE = 400
"""Characters before a statement in which "he" may have his name: some two sentences."""

_SPEAKER = frozenset(["i", "me", "my", "we", "us", "our", "mine", "ours", "myself", "ourselves"])
_PERSON = frozenset(["he", "she", "him", "his", "her", "himself", "herself"])
_BODY = frozenset(["it", "its", "they", "their", "them", "itself", "themselves"])
PRONOUNS = _SPEAKER | _PERSON | _BODY

_TOKEN = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_RELATIVE = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
_OPENING = "\"“‘'«"
_BODIES = ("organisation", "government", "outlet", "crowd", "unnamed")


class Completer:
    """Completes statements of one article: made once for it."""

    def __init__(self, reading: Reading) -> None:
        self._text, self._day = reading.article.text, reading.article.published
        self._people = sorted(set(_people(reading)))
        self._full = _full_names({name for _, name in self._people})

    def full(self, spans: Spans, who: Source | None) -> str:
        """The words at `spans`, with names for pronouns, full names for last ones, dates for days."""
        return " … ".join(self._completed(start, end, who) for start, end in spans)

    def _completed(self, start: int, end: int, who: Source | None) -> str:
        text = self._text[start:end]
        quoted = text[:1] in _OPENING or self._text[max(start - 1, 0) : start] in tuple(_OPENING)

        def put(match: re.Match[str]) -> str:
            return self._instead(match.group(), start + match.start(), who, quoted=quoted) or match.group()

        return _TOKEN.sub(put, text)

    def _instead(self, word: str, place: int, who: Source | None, *, quoted: bool) -> str | None:
        low = word.lower()
        if low in PRONOUNS:
            return self._named(low, place, who, quoted=quoted)
        if low in _RELATIVE or low in _DAYS:
            return self._date(low)
        if word in self._full and not self._text[:place].endswith(self._full[word].removesuffix(word)):
            return self._full[word]
        return None

    def _named(self, low: str, place: int, who: Source | None, *, quoted: bool) -> str | None:
        """The name that a pronoun stands for: the speaker's own, or, of another, the last one before it."""
        speaker = who.name if who and who.kind not in (None, "document") else None
        kind = who.kind if who else None
        if low in _SPEAKER:
            return speaker if quoted else None
        if low in _PERSON:
            return speaker if kind == "person" and not quoted else self._last(place, speaker)
        return speaker if kind in _BODIES[:3] and not quoted else None

    def _last(self, place: int, but: str | None) -> str | None:
        before = [name for at, name in self._people if place - BEFORE <= at < place and name != but]
        return before[-1] if before else None

    def _date(self, low: str) -> str | None:
        if self._day is None:
            return None
        return (self._day + timedelta(days=_offset(low, self._day))).date().isoformat()


def _offset(low: str, day: datetime) -> int:
    """Days from the article's day to the one that is meant; of weekdays the last one that was."""
    return _RELATIVE[low] if low in _RELATIVE else -((day.weekday() - _DAYS.index(low)) % 7)


def _people(reading: Reading) -> Iterator[tuple[int, str]]:
    """Where the persons that are sources are named, and how."""
    for one in reading.attributions:
        if one.who and one.who.kind == "person" and " and " not in one.who.name:
            yield from ((span[0], one.who.name) for span in (*one.source, *one.who.mentions))


def _full_names(names: set[str]) -> Mapping[str, str]:
    """Of each last name that only one person has, the full name."""
    by_last: dict[str, set[str]] = {}
    for name in names:
        parts: Sequence[str] = name.split()
        if len(parts) > 1 and parts[-1][:1].isupper():
            by_last.setdefault(parts[-1], set()).add(name)
    return {last: full.pop() for last, full in by_last.items() if len(full) == 1}
