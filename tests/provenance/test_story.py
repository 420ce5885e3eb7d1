"""The invented story of a dam: every root, edge, reason and step, as they should be."""

from __future__ import annotations

import pytest

from firsthand.model import Provenance
from firsthand.provenance import trace
from tests.provenance.story import derivations, story


@pytest.fixture(scope="module")
def found() -> Provenance:
    return trace(story(), derivations())


def articles(found: Provenance, name: str) -> tuple[str, ...]:
    return next(root.articles for root in (*found.roots, *found.denials) if root.name == name)


def test_the_roots_and_what_hangs_on_them(found: Provenance) -> None:
    assert [(root.name, root.kind, root.first_hand) for root in found.roots] == [
        ("a senior administration official of Ostrel", "unnamed", True),
        ("Ilva Renn", "on the record", True),
        ("two officials of Ostrel", "unnamed", True),
        ("Verran Intelligence Service", "on the record", True),
        ("a miller in the valley", "eyewitness", True),
    ]
    assert articles(found, "a senior administration official of Ostrel") == (
        "npa", "ledger", "gazette", "mirror", "feed", "blog",
    )  # fmt: skip
    assert articles(found, "Ilva Renn") == ("radio", "courier", "ledger2")
    assert found.roots[0].anonymity == "not authorised to comment"


def test_the_range_and_a_sentence_for_each_merge(found: Provenance) -> None:
    assert (found.corroboration.least, found.corroboration.most) == (2, 5)
    assert found.corroboration.reasons == (
        "Verran Intelligence Service (Verran Times) may know it from a senior administration official of Ostrel "
        "(Northern Press Agency), or both from a third: its report says “same intelligence”.",
        "Ilva Renn (Radio Ulm) and a senior administration official of Ostrel (Northern Press Agency) may be one: the "
        "second is an unnamed official of Ostrel, and so is the first, a day apart.",
        "A senior administration official of Ostrel (Northern Press Agency) and two officials of Ostrel (Ostrel Post) "
        "may be one: both are unnamed officials of Ostrel, a day apart.",
    )


def test_the_edges(found: Provenance) -> None:
    edges = {(edge.later, edge.earlier): edge.kind for edge in found.edges}
    assert edges["ledger@0-80", "npa@0-80"] == "copied"
    assert edges["gazette@0-80", "npa@0-80"] == "copied"
    assert edges["mirror@0-80", "npa@0-80"] == "rewritten"
    assert edges["feed@100-180", "gazette@0-80"] == "copied"
    assert edges["blog@0-80", "mirror@0-80"] == "rewritten"
    assert edges["courier@0-80", "radio@0-80"] == "cited"
    assert edges["npa@100-180", "npa@0-80"] == "cited"
    assert edges["radio@0-80", "root:person:ilva renn"] == "quoted"
    assert edges["echo@0-80", "brenn@0-80"] == "copied"


def test_denials_are_apart_and_corrections_support_nothing(found: Provenance) -> None:
    assert [(root.name, root.articles) for root in found.denials] == [("Tomas Ek", ("brenn", "echo"))]
    assert "mirror2" not in {article for root in (*found.roots, *found.denials) for article in root.articles}


def test_where_the_wording_hardened(found: Provenance) -> None:
    steps = [(step.earlier.split("@")[0], step.later.split("@")[0], step.lost) for step in found.hardening]
    assert steps == [
        ("npa", "npa", "source"),
        ("gazette", "feed", "source"),
        ("mirror", "blog", "hedge"),
        ("mirror", "blog", "source"),
    ]
    assert "may stage" in found.hardening[2].before and "will stage" in found.hardening[2].after
    assert found.hardening[1].before == "a senior administration official of Ostrel"


def test_what_happened_over_time(found: Provenance) -> None:
    assert found.first == "npa"
    assert found.evidence == "eyewitness"
    assert [(event.kind, event.appearance, event.what) for event in found.events] == [
        ("first report", "npa@0-80", "Northern Press Agency"),
        ("evidence", "npa@0-80", "withheld"),
        ("denied", "brenn@0-80", "Tomas Ek"),
        ("evidence", "valley@0-80", "eyewitness"),
        ("corrected", "mirror2@0-80", "Karst Mirror"),
    ]


def test_the_suggested_digit_says_why(found: Provenance) -> None:
    assert found.credibility == 3
    assert found.credibility_reason == "it rests on at least 2 independent roots, and Tomas Ek denied it"
