"""The scorer of sources."""

from __future__ import annotations

from typing import Any

import pytest

from bench.gold import Labelled
from bench.whose import Case, Shares, cases, score
from firsthand.attribution.tagger import Tagger

TEXT = (
    "The bridge was shut for a week, Foreign Minister Ilva Renn said on Monday. She said that it was old.\n\n"
    "Analysts said that the river would rise."
)


def span(words: str) -> list[int]:
    return [TEXT.index(words), TEXT.index(words) + len(words)]


def label(source: str, cue: str, name: str, kind: str) -> dict[str, Any]:
    start = TEXT.index(cue, TEXT.index(source))
    return {"source": span(source), "cue": [[start, start + len(cue)]], "names": [span(name)], "also": [], "kind": kind}


LABELS = (
    label("Foreign Minister Ilva Renn", "said", "Ilva Renn", "person"),
    label("She", "said", "Ilva Renn", "person"),
    label("Analysts", "said", "Analysts", "crowd"),
)


@pytest.fixture(scope="module")
def found() -> list[Case]:
    return list(cases(Tagger.load(), Labelled("helsinki", {"id": "1", "text": TEXT}, LABELS)))


def test_shares_are_right_among_asked() -> None:
    shares, more = Shares(), Shares()
    shares.count("party", True)
    shares.count("party", False)
    more.count("party", True)
    more.count("kind", False)
    shares.merge(more)
    assert shares.counts == {"party": [2, 3], "kind": [0, 1]}
    assert shares.share("kind") == 0
    assert str(shares) == "party 66.7 (2/3), kind 0.0 (0/1)"


def test_names_kinds_and_pointing_are_scored(found: list[Case]) -> None:
    counts = score(found).counts
    assert counts["party"] == counts["kind"] == [3, 3]
    assert counts["pointing"][0] == counts["pointing"][1]


def test_every_label_has_its_answer(found: list[Case]) -> None:
    (case,) = found
    answers = [(TEXT[slice(*row["source"])], names, pointing) for row, names, _, pointing in case.answers()]
    assert [names for _, names, _ in answers] == [["Ilva Renn"], ["Ilva Renn"], ["Analysts"]]
    assert [source for source, _, pointing in answers if pointing] == ["She", "Analysts"]


def test_a_wrong_name_is_wrong() -> None:
    wrong = (LABELS[0] | {"names": [span("Analysts")], "kind": "outlet"},)
    shares = score(list(cases(Tagger.load(), Labelled("helsinki", {"id": "1", "text": TEXT}, wrong))))
    assert (shares.counts["party"], shares.counts["kind"]) == ([0, 1], [0, 1])


def test_a_label_that_the_tagger_missed_is_asked_all_the_same() -> None:
    missed = label("The bridge", "was shut", "The bridge", "organisation")
    (case,) = cases(Tagger.load(), Labelled("helsinki", {"id": "1", "text": TEXT}, (missed,)))
    assert list(case.labels.values()) == [missed]


def test_gold_attributions_are_taken_where_there_are_some() -> None:
    rows = [{"source": [span("Analysts")], "cue": [span("Analysts")], "content": [span("it was old")]}]
    record = {"id": "1", "text": TEXT, "attributions": rows}
    (case,) = cases(Tagger.load(), Labelled("polnear-dev", record, LABELS[2:]))
    assert [a.content for a in case.attributions] == [(tuple(span("it was old")),)]


def test_an_articles_part_is_the_same_each_time(found: list[Case]) -> None:
    assert found[0].fold(5) == found[0].fold(5) in range(5)
    assert found[0].fold(1) == 0


def test_articles_without_labels_are_no_cases() -> None:
    assert list(cases(Tagger.load(), Labelled("helsinki", {"id": "1", "text": TEXT}, ()))) == []
