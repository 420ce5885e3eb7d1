"""The scorer of found copies, on lineage made by hand."""

from __future__ import annotations

from typing import Any

import pytest

from bench.lineage.known import Known
from bench.lineage.score import Scores, Share, group, score
from bench.lineage.truth import Parent, Truth
from firsthand.model import Alignment, Derivation

ALL = ((0, 100), (0, 100))


def truth(name: str, case: str = "original", parents: tuple[Parent, ...] = (), **fields: Any) -> Truth:
    roots = fields.pop("roots", (name,))
    return Truth(name, case, fields.pop("outlet", f"The {name}"), roots, parents, **fields)


def parent(name: str, *ties: str, direction: Any = "time", passages: Any = (ALL,)) -> Parent:
    return Parent(name, ties, direction, passages)


def claim(earlier: str, later: str, *passages: Any, **fields: Any) -> Derivation:
    fields = {"direction": "time", "origin": "a", "ties": ()} | fields
    aligned = tuple(Alignment(*passage) for passage in passages or (ALL,))
    return Derivation(earlier, later, "copy", 1.0, passages=aligned, reason="", **fields)


A = truth("a")
B = truth("b", "chain, middle", (parent("a"),), roots=("a",))
C = truth("c", "chain, end", (parent("b"),), roots=("a",))
D = truth("d", "verbatim", (parent("a", "e"),), roots=("a",))
E = truth("e", "verbatim", (parent("a"),), roots=("a",))
Z = truth("z", events=(1,), same_event=("y",))
Y = truth("y", events=(1,), same_event=("z",))
FAMILY = (A, B, C, D, E, Y, Z)


def test_everything_found_and_nothing_else() -> None:
    found = [claim("a", "b"), claim("b", "c"), claim("a", "d", ties=("e",)), claim("a", "e")]
    scores = score(FAMILY, found)
    assert scores == Scores(
        recall={"verbatim": Share(2, 2), "chained": Share(2, 2)},
        precision=Share(4, 4),
        wrong={},
        overlap=1.0,
        direction={"time": Share(4, 4)},
        parent=Share(3, 3),
        ties=Share(1, 1),
        false_ties=Share(0, 3),
        origin=Share(4, 4),
        apart={"shared quotation": Share(2, 2), "boilerplate": Share(0, 0), "same event": Share(2, 2)},
    )


def test_nothing_found() -> None:
    scores = score(FAMILY, [])
    assert scores.recall == {"verbatim": Share(0, 2), "chained": Share(0, 2)}
    assert scores.precision.percent is None
    assert scores.overlap is None
    assert scores.parent == Share(0, 3)


def test_an_ancestor_is_right_but_not_the_parent() -> None:
    scores = score(FAMILY, [claim("a", "c")])
    assert scores.precision == Share(1, 1)
    assert scores.recall["chained"] == Share(0, 2)


def test_a_tie_is_as_good_as_the_parent_and_a_sibling_is_wrong() -> None:
    assert score(FAMILY, [claim("e", "d")]).recall["verbatim"] == Share(1, 2)
    assert score(FAMILY, [claim("e", "d")]).precision == Share(1, 1)
    assert score(FAMILY, [claim("b", "d")]).wrong == {"sibling": 1}


def test_what_ties_with_a_grandparent_is_behind_too() -> None:
    last = truth("f", "verbatim", (parent("d"),), roots=("a",))
    assert Known((*FAMILY, last)).behind("f") == {"a", "d", "e"}


def test_a_pair_claimed_twice_counts_once() -> None:
    assert score(FAMILY, [claim("a", "b"), claim("a", "b")]).precision == Share(1, 1)


def test_overlap_is_the_mean_of_both_texts() -> None:
    assert score((A, B), [claim("a", "b", ((0, 50), (0, 100)))]).overlap == pytest.approx(0.75)
    assert score((A, B), [claim("a", "b", ((0, 50), (0, 50)), ((50, 100), (50, 200)))]).overlap == pytest.approx(0.75)


def test_a_claim_the_wrong_way_round_is_a_right_pair_with_the_wrong_direction() -> None:
    scores = score((A, B), [claim("b", "a", ((0, 50), (0, 100)))])
    assert scores.recall["chained"] == Share(1, 1)
    assert scores.precision == Share(1, 1)
    assert scores.direction == {"time": Share(0, 1)}
    assert scores.overlap == pytest.approx(0.75)


def test_what_cannot_be_told_must_be_said_to_be_undetermined() -> None:
    blind = truth("b", "no times, undetermined", (parent("a", direction="undetermined"),), roots=("a",))
    assert score((A, blind), [claim("a", "b")]).direction == {"undetermined": Share(0, 1)}
    assert score((A, blind), [claim("b", "a", direction="undetermined")]).direction == {"undetermined": Share(1, 1)}
    assert score((A, B), [claim("a", "b", direction="undetermined")]).direction == {"time": Share(0, 1)}


def test_ties_must_be_said_and_only_those_that_are() -> None:
    assert score(FAMILY, [claim("a", "d")]).ties == Share(0, 1)
    assert score(FAMILY, [claim("e", "d", ties=("a",))]).ties == Share(1, 1)
    assert score(FAMILY, [claim("a", "d", ties=("e", "b"))]).ties == Share(0, 1)
    assert score(FAMILY, [claim("a", "b", ties=("e",))]).false_ties == Share(1, 1)


def test_a_quotation_taken_for_copying() -> None:
    scores = score(FAMILY, [claim("z", "y")])
    assert scores.wrong == {"quotation": 1}
    assert scores.apart["shared quotation"] == Share(0, 2)
    assert scores.apart["same event"] == Share(0, 2)


def test_boilerplate_taken_for_copying() -> None:
    papers = [truth(name, outlet="Gazette", furniture=((0, 9),)) for name in "xyz"]
    scores = score(papers, [claim("x", "y")])
    assert scores.wrong == {"boilerplate": 1}
    assert scores.apart["boilerplate"] == Share(1, 3)


def test_anything_else_is_chance() -> None:
    assert score((A, Z), [claim("a", "z")]).wrong == {"chance": 1}


def test_without_a_choice_naming_the_parent_is_no_feat() -> None:
    assert score((A, B), [claim("a", "b")]).parent == Share(0, 0)


def test_the_origin_is_that_of_the_parent() -> None:
    assert score(FAMILY, [claim("b", "c", origin="b")]).origin == Share(0, 1)


def test_groups() -> None:
    assert group("rewrite 15%") == "rewrite, 15% of words"
    assert group("chain, end") == "chained"
    assert group("credit stripped") == "credit added or stripped"


def test_share() -> None:
    assert Share(1, 4).percent == 25.0
