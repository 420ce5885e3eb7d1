"""PolNeAR's articles that share no wording with each other: what everything else is derived from."""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations

from bench.data import Record, read_jsonl, shared
from bench.lineage.exchange import Exchange

PARTS = ("data/polnear/train.jsonl", "data/polnear/dev.jsonl")
GRAM = 8
TOO_MUCH = 8
"""Shared runs of `GRAM` words from which two originals count as sharing wording (15 words in one piece). Several papers
print one wire story, and some print a story twice; one of each such pair is left out."""

STANDING = 3
"""A paragraph of which a run of `GRAM` words is in more articles than this is one of the outlet's own; it is cut."""

AGENCIES = re.compile(r"\b(AP|UPI|AFP|Reuters|Associated Press|United Press International|Agence France-Presse)\b")
_WORD = re.compile(r"\w+")
_LETTERS = re.compile(r"[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Original:
    """An article before anything is done to it: headline, paragraphs, date (YYYY-MM-DD)."""

    headline: str
    paragraphs: tuple[str, ...]
    date: str

    @property
    def words(self) -> int:
        """How many words its paragraphs have."""
        return sum(len(paragraph.split()) for paragraph in self.paragraphs)

    @property
    def names_an_agency(self) -> bool:
        """Whether a wire agency is named anywhere: then a credit may stand in it."""
        return any(AGENCIES.search(paragraph) for paragraph in (self.headline, *self.paragraphs))


@cache
def originals() -> tuple[Original, ...]:
    """All that are long enough and share no wording, in the data's order. Raises MissingData."""
    records = [record for part in PARTS for record in read_jsonl(shared().file(part))]
    return tuple(_distinct([one for one in _without_standing(records) if one.words >= 80]))


def _without_standing(records: Iterable[Record]) -> Iterator[Original]:
    cut = [
        (record, [" ".join(filter(None, p.split(" "))).strip() for p in record["text"].split("\n")])
        for record in records
    ]
    held: Counter[str] = Counter()
    for _, paragraphs in cut:
        held.update({gram for paragraph in paragraphs for gram in grams(paragraph)})
    for record, paragraphs in cut:
        kept = [p for p in paragraphs if p and not any(held[gram] > STANDING for gram in grams(p))]
        if kept:
            yield Original(kept[0], tuple(kept[1:]), record["date"])


def grams(text: str) -> set[str]:
    """All runs of `GRAM` words of a text, folded."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + GRAM]) for at in range(len(words) - GRAM + 1)}


def _distinct(found: Sequence[Original]) -> Iterator[Original]:
    """Those that share little with any that comes before them."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        of_it = {gram for text in (one.headline, *one.paragraphs) for gram in grams(text)}
        common = Counter(holder for gram in of_it for holder in holders[gram])
        if not common or common.most_common(1)[0][1] < TOO_MUCH:
            yield one
            for gram in of_it:
                holders[gram].append(number)


def world(number: int, seed: str) -> tuple[Original, ...]:
    """The originals; in world 1 and up, with digits and all words but the commonest exchanged for others.

    A world's articles share no more wording with another's than any two articles do, so that a set of any size can be
    made. World 0 is PolNeAR as it is. Raises MissingData.
    """
    if number == 0:
        return originals()
    other = exchange(number, seed)
    return tuple(
        replace(one, headline=other(one.headline), paragraphs=tuple(map(other, one.paragraphs))) for one in originals()
    )


def exchange(number: int, seed: str) -> Exchange:
    """What turns texts of world 0 into those of another. Raises MissingData."""
    return Exchange(_ranked(), random.Random(f"{seed}/words/{number}"))


@cache
def _ranked() -> tuple[str, ...]:
    texts = (text for one in originals() for text in (one.headline, *one.paragraphs))
    return tuple(word for word, _ in Counter(w.lower() for text in texts for w in _LETTERS.findall(text)).most_common())


def same_event(found: Sequence[Original]) -> list[tuple[int, int]]:
    """Pairs of articles of one day that share many of their rarer words: by number, most alike first."""
    held = Counter(word for one in found for word in _rarer(one))
    rare = [{word for word in _rarer(one) if held[word] <= len(found) / 20} for one in found]
    days: defaultdict[str, list[int]] = defaultdict(list)
    for number, one in enumerate(found):
        days[one.date].append(number)
    pairs = [pair for day in days.values() for pair in combinations(day, 2)]
    likeness = {(a, b): len(rare[a] & rare[b]) / (1 + min(len(rare[a]), len(rare[b]))) for a, b in pairs}
    return [pair for pair in sorted(pairs, key=lambda pair: -likeness[pair]) if likeness[pair] >= 0.1]


def _rarer(one: Original) -> set[str]:
    return {word.lower() for paragraph in one.paragraphs for word in _LETTERS.findall(paragraph) if len(word) > 3}
