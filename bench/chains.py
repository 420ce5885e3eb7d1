"""Scores for chains: which of the links that the text shows are found, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from bench.gold import Labelled
from firsthand.attribution.credit import credits
from firsthand.attribution.reader import Part, front_links
from firsthand.attribution.tagger import Tagger
from firsthand.model import Article, Attribution, Span, Spans

Label = dict[str, Any]


@dataclass(slots=True)
class Links:
    """Links found, labelled, and both: of all, and of those beyond the attribution's own source."""

    found: int = 0
    gold: int = 0
    right: int = 0

    def add(self, found: Sequence[Spans], gold: Sequence[Span]) -> None:
        """One chain, outermost first."""
        self.found += len(found)
        self.gold += len(gold)
        self.right += common(found, gold)

    @property
    def precision(self) -> float:
        """Per cent of the found links that are right."""
        return 100 * self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Per cent of the labelled links that were found."""
        return 100 * self.right / self.gold if self.gold else 0.0


def common(found: Sequence[Spans], gold: Sequence[Span]) -> int:
    """The longest run of links, in order, that touch each other."""
    best = [[0] * (len(gold) + 1) for _ in range(len(found) + 1)]
    for i, spans in enumerate(found):
        for j, (start, end) in enumerate(gold):
            touch = any(a < end and start < b for a, b in spans)
            best[i + 1][j + 1] = best[i][j] + 1 if touch else max(best[i][j + 1], best[i + 1][j])
    return best[-1][-1]


def chains_of(tagger: Tagger, labelled: Labelled) -> Iterator[tuple[Label, Attribution, list[Spans]]]:
    """Each label with its attribution and the spans of the links that were found in the text."""
    article = as_article(labelled)
    front = front_links(article, credits(article))
    for tagged in tagger.tag(labelled.text):
        end = tagged.offset + len(tagged.text)
        labels = [x for x in labelled.labels if x["cue"] and tagged.offset <= x["cue"][0][0] < end]
        if labels:
            given = _given(labelled, tagged.offset, end) or list(tagged.attributions)
            missing = [made(x) for x in labels if all(made(x).cue != a.cue for a in given)]
            part = Part(tagger, replace(tagged, attributions=tuple(given + missing)), article, front)
            for label in labels:
                i = next(i for i, a in enumerate(part.all) if a.cue == made(label).cue)
                yield label, part.all[i], [link.spans for link in part.layers[i].links]


def score(tagger: Tagger, found: Iterable[Labelled]) -> dict[str, Links]:
    """all: every link in the text; further: those beyond the own source; own: what the own source alone would get."""
    scores = {"all": Links(), "further": Links(), "own": Links()}
    for labelled in found:
        for label, attribution, links in chains_of(tagger, labelled):
            gold = [(start, end) for start, end in label["links"]]
            scores["all"].add(links, gold)
            scores["own"].add([attribution.source] if attribution.source else [], gold)
            scores["further"].add([x for x in links if x != attribution.source], _others(gold, attribution.source))
    return scores


def as_article(labelled: Labelled) -> Article:
    """The article as the reader gets it."""
    record = labelled.record
    return Article(record["id"], labelled.text, outlet=record.get("outlet") or record.get("publisher"))


def _others(gold: Sequence[Span], source: Spans) -> list[Span]:
    return [(a, b) for a, b in gold if not any(a < end and start < b for start, end in source)]


def _given(labelled: Labelled, start: int, end: int) -> list[Attribution]:
    rows = labelled.record.get("attributions", [])
    return [a for a in map(made, rows) if a.cue and start <= a.cue[0][0] < end]


def made(row: Label) -> Attribution:
    """A row of labels as an attribution."""
    source, cue, content = (tuple((a, b) for a, b in row[role]) for role in ("source", "cue", "content"))
    return Attribution(source, cue, content, 1.0)
