"""What was found in a whole set, against labelled pairs; and what the other finders call a pair."""

from __future__ import annotations

from typing import Any

from bench.lineage.figures import source_found
from bench.lineage.generate import Set
from bench.lineage.pairs import Linked, agreed
from bench.lineage.peers import runs
from bench.lineage.score import Share
from bench.lineage.stripped import linked, reports
from bench.lineage.truth import Parent, Truth
from firsthand.model import Alignment, Article, Derivation


def claim(earlier: str, later: str, *passages: Any, origin: str | None = None) -> Derivation:
    aligned = tuple(Alignment(*passage) for passage in passages or (((0, 200), (0, 200)),))
    return Derivation(earlier, later, "copy", 1.0, "time", aligned, origin or earlier, "")


def test_two_are_linked_by_a_derivation_whichever_came_first() -> None:
    linked = Linked([claim("a", "b")])
    assert linked.joins("a", "b") and linked.joins("b", "a")
    assert not linked.joins("a", "c")


def test_two_copies_of_one_report_are_linked() -> None:
    assert Linked([claim("a", "b"), claim("a", "c")]).joins("b", "c")
    assert Linked([claim("a", "b"), claim("b", "d"), claim("a", "c")]).joins("c", "d")


def test_nor_by_a_phrase() -> None:
    assert not Linked([claim("a", "b", ((0, 60), (0, 60))), claim("a", "c", ((0, 60), (0, 60)))]).joins("b", "c")


def test_but_not_by_different_parts_of_it() -> None:
    found = [claim("a", "b", ((0, 200), (0, 200))), claim("a", "c", ((200, 400), (0, 200)))]
    assert not Linked(found).joins("b", "c")


def test_nor_by_different_parts_of_what_a_third_has_from_it() -> None:
    halves = claim("b", "c", ((0, 200), (0, 200))), claim("b", "d", ((200, 400), (0, 200)))
    assert not Linked([claim("a", "b", ((0, 400), (0, 400))), *halves]).joins("c", "d")


def test_circles_end() -> None:
    linked = Linked([claim("a", "b"), claim("b", "a")])
    assert linked.joins("a", "b")
    assert not linked.joins("a", "c")


def test_agreement() -> None:
    labels = {("a", "b"): True, ("a", "c"): True, ("a", "d"): False, ("c", "d"): False}
    found = agreed(labels, Linked([claim("a", "b"), claim("a", "d")]))
    assert (found.precision, found.recall) == (Share(1, 2), Share(1, 2))
    assert (found.missed, found.wrong) == ((("a", "c"),), (("a", "d"),))


def test_the_source_is_found_directly_or_as_the_origin() -> None:
    truths = tuple(
        Truth(name, "copy of a story", "x", ("s",), () if name == "s" else (Parent("s", (), "time", ()),))
        for name in "sabc"
    )
    found = [claim("s", "a"), claim("a", "b", origin="s"), claim("b", "c", origin="b")]
    assert source_found(Set((), truths), found) == Share(2, 3)


def test_runs_of_words_are_folded() -> None:
    assert runs("The ferry, to Verran—was late!") == {"the ferry to verran was", "ferry to verran was late"}


REPORT = " ".join(
    f"The ferry of day {n} left the quay of Verran with nobody on board but its captain." for n in range(40)
)


def test_a_report_without_its_credit_is_known_by_one_that_has_it() -> None:
    signed = Article("s", f"Ferry leaves\n\nVERRAN (AP) — {REPORT}")
    others = [Article("u", f"Ships\n\n{REPORT}"), Article("o", "It rained. " * 50), Article("p", REPORT[:200])]
    found = reports([signed, *others])
    assert found == {"u": ["s"]}  # the last shares too little to be a report
    assert linked(found, Linked([claim("s", "u")])) == Share(1, 1)
    assert linked(found, Linked([])) == Share(0, 1)
