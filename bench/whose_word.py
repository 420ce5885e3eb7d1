"""Sources, chains, stance, certainty, wire credits on the report half of our labels, beside a guess; and the cost.

The guess is what one would say without looking: the source's own words, its own link alone, "asserts", "stated as
fact".
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.resources.abc import Traversable

from bench import chains, whose, wording
from bench.data import read_jsonl, shared
from bench.gold import FRESH, REPORT, Labelled, gold, labelled
from bench.parties import same_parties
from firsthand.attribution.reader import Reader
from firsthand.attribution.tagger import Tagged, Tagger
from firsthand.model import Article

Figures = dict[str, float]
Pair = tuple[float, float | None]
ROUNDS = 3
"""Times that reading is timed; the fastest counts."""


class _Remembering(Tagger):
    """A tagger that tags no text twice: a third of what is labelled has labels of several kinds."""

    def __init__(self, folder: Traversable) -> None:
        super().__init__(folder)
        self._known: dict[str, list[Tagged]] = {}

    def tag(self, text: str) -> Iterator[Tagged]:
        """As of any tagger."""
        if text not in self._known:
            self._known[text] = list(super().tag(text))
        return iter(self._known[text])


def figures() -> dict[str, dict[str, float | None]]:
    """Each figure in per cent, ours and the guess's: first on the report half, then, under "fresh: ...", on the labels
    of sources and contents that were made later. Raises MissingData without the shared folder.
    """
    tagger = _Remembering.load()
    found = {**_sources(tagger, REPORT), **_chains(tagger), **_contents(tagger, REPORT), **_credits()}
    later = {**_sources(tagger, FRESH), **_contents(tagger, FRESH)}
    found |= {f"fresh: {name}": pair for name, pair in later.items()}
    return {name: {"firsthand": ours, "guess": guess} for name, (ours, guess) in found.items()}


def cost(articles: Sequence[Article] | None = None) -> Figures:
    """CPU-seconds of the tagger alone and of the whole reader on PolNeAR dev, and the share beyond the tagger."""
    rows = [Article(r["id"], r["text"]) for r in read_jsonl(shared().gold)] if articles is None else articles
    tagger, reader = Tagger.load(), Reader.load()
    spans, whole = (_fastest(read, rows) for read in (lambda a: tagger.read(a.text), reader.read))
    return {"tagger": spans, "reader": whole, "share": 100 * (whole - spans) / whole}


def _fastest(read: Callable[[Article], object], articles: Iterable[Article]) -> float:
    return min(_timed(read, articles) for _ in range(ROUNDS))


def _timed(read: Callable[[Article], object], articles: Iterable[Article]) -> float:
    start = time.process_time()
    for article in articles:
        read(article)
    return time.process_time() - start


def _sources(tagger: Tagger, part: str) -> dict[str, Pair]:
    cases = [case for one in _labelled("sources", part) for case in whose.cases(tagger, one)]
    ours, guess = whose.score(cases), whose.Shares()
    for case in cases:
        for label, _, _, pointing in case.answers():
            right = same_parties(case.labelled.words([label["source"]]), *case.named(label))
            guess.count("party", right)
            guess.count("kind", label["kind"] == "person")
            if pointing:
                guess.count("pointing", right)
    names = {"party": "party", "pointing": "party of pronouns and descriptions", "kind": "kind"}
    return {told: (ours.share(name), guess.share(name)) for name, told in names.items()} | {
        "kind, where the party is right": (ours.share("kind of a right party"), None)
    }


def _chains(tagger: Tagger) -> dict[str, Pair]:
    links = chains.score(tagger, _labelled("chains", REPORT))
    return {
        "chain links, precision": (links["all"].precision, links["own"].precision),
        "chain links, recall": (links["all"].recall, links["own"].recall),
        "links beyond the source, precision": (links["further"].precision, 0.0),
        "links beyond the source, recall": (links["further"].recall, 0.0),
    }


def _contents(tagger: Tagger, part: str) -> dict[str, Pair]:
    ours, guess = wording.of_contents(tagger, list(_labelled("contents", part)))
    told = {"denials": "denials, F1", "certainty": "certainty within a step"}
    return {told.get(name, name): (ours[name], guess[name]) for name in ("stance", "denials", "certainty", "evidence")}


def _credits() -> dict[str, Pair]:
    score = wording.of_credits(_labelled("credits", REPORT))
    return {"wire credit, precision": (score.precision, 0.0), "wire credit, recall": (score.recall, 0.0)}


def _labelled(name: str, part: str) -> Iterable[Labelled]:
    return labelled([gold(name)], part)
