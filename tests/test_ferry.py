"""The example case: what examples/ferry rests on is found as tests/gold/ferry.json has it, written down beforehand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from firsthand import pipeline
from firsthand.config import Settings
from firsthand.model import Derivation, Provenance, Reading, Root

ROOT = Path(__file__).resolve().parents[1]
TRUTH = json.loads((ROOT / "tests/gold/ferry.json").read_text(encoding="utf-8"))
CLAIMS: dict[str, dict[str, Any]] = TRUTH["claims"]
WORDS = {"sink": "sink one of its own ferries", "film": "filmed to justify", "lifeboats": "lifeboats being taken off"}
"""Words by which each claim is known among those that are found."""


class Case:
    """The articles by the numbers of their files, and what the claims rest on."""

    def __init__(self, every: list[Provenance], numbers: dict[str, str]) -> None:
        self.every, self.numbers = every, numbers

    def claim(self, name: str) -> Provenance:
        """The claim with its words in most appearances."""
        saying = [(sum(WORDS[name] in one.text for one in found.claim.appearances), found) for found in self.every]
        return max(saying, key=lambda pair: pair[0])[1]

    def of(self, *identities: str) -> list[str]:
        """Numbers of articles, each once, in their order."""
        return sorted({self.numbers[one.partition("@")[0]] for one in identities})

    def carriers(self, found: Provenance) -> list[str]:
        """The articles in which a claim appears."""
        return self.of(*(one.article for one in found.claim.appearances))


@pytest.fixture(scope="module")
def case() -> Case:
    outcomes = pipeline.read_all([str(ROOT / "examples/ferry")], Settings(), load=pipeline.with_vectors)
    readings = [one for one in outcomes if isinstance(one, Reading)]
    articles = [reading.article for reading in readings]
    derived = [one for one in pipeline.copies_among(articles) if isinstance(one, Derivation)]
    found = list(pipeline.traced(pipeline.claims_among(readings), derived, articles))
    return Case(found, {one.id: Path(str(one.origin)).name[:2] for one in articles})


def matching(roots: tuple[Root, ...], who: str) -> Root:
    """The one root of that name."""
    (found,) = [root for root in roots if who in root.name]
    return found


@pytest.mark.parametrize("name", CLAIMS)
def test_it_is_carried_by_these_articles(case: Case, name: str) -> None:
    assert case.carriers(case.claim(name)) == CLAIMS[name]["articles"]


@pytest.mark.parametrize("name", CLAIMS)
def test_it_was_first_reported_there(case: Case, name: str) -> None:
    assert case.of(str(case.claim(name).first)) == [CLAIMS[name]["first"]]


@pytest.mark.parametrize("name", CLAIMS)
def test_it_has_these_roots_and_no_others(case: Case, name: str) -> None:
    found, expected = case.claim(name), CLAIMS[name]["roots"]
    told = [matching(found.roots, root["who"]) for root in expected]
    assert len(found.roots) == len(expected)
    assert [(root.kind, root.first_hand) for root in told] == [(one["kind"], one["first_hand"]) for one in expected]
    assert [case.of(root.first) for root in told] == [[one["first"]] for one in expected]
    assert [case.of(*root.articles) for root in told] == [one["articles"] for one in expected]


@pytest.mark.parametrize("name", CLAIMS)
def test_the_range_is(case: Case, name: str) -> None:
    found = case.claim(name).corroboration
    assert {"least": found.least, "most": found.most} == CLAIMS[name]["independent"]
    for some, other in CLAIMS[name].get("range_because", []):
        assert any(some in reason and other in reason for reason in found.reasons)


@pytest.mark.parametrize("name", CLAIMS)
def test_it_is_denied_by(case: Case, name: str) -> None:
    found, expected = case.claim(name), CLAIMS[name]
    assert len(found.denials) == len(expected["denied_by"])
    assert all(matching(found.denials, who) for who in expected["denied_by"])
    denying = [one.article for one in found.claim.appearances if one.stance == "denies" and not one.corrects]
    assert case.of(*denying) == expected.get("denials", {"articles": []})["articles"]


@pytest.mark.parametrize("name", CLAIMS)
def test_these_have_it_from_those(case: Case, name: str) -> None:
    told = [one for one in case.claim(name).edges if not one.earlier.startswith("root:")]
    edges = {(*case.of(one.later), *case.of(one.earlier), one.kind) for one in told}
    between = {(later, earlier, kind) for later, earlier, kind in edges if later != earlier}
    assert between == {(one["later"], one["earlier"], one["kind"]) for one in CLAIMS[name].get("edges", [])}


def test_the_wording_hardened_there(case: Case) -> None:
    found = {(*case.of(one.earlier), *case.of(one.later), one.lost) for one in case.claim("sink").hardening}
    between = {(earlier, later, lost) for earlier, later, lost in found if earlier != later}
    assert between == {(one["earlier"], one["later"], one["lost"]) for one in CLAIMS["sink"]["hardening"]}


def test_the_evidence_was_withheld_and_one_report_corrected(case: Case) -> None:
    found = case.claim("sink")
    assert found.evidence == CLAIMS["sink"]["evidence"]
    corrected = [one.appearance for one in found.events if one.kind == "corrected"]
    assert case.of(*corrected) == CLAIMS["sink"]["corrections"]


def test_what_is_of_something_else_stays_apart(case: Case) -> None:
    others = set(TRUTH["apart"])
    assert not [name for name in CLAIMS if others & set(case.carriers(case.claim(name)))]
    assert all(set(case.carriers(found)) <= others or not set(case.carriers(found)) & others for found in case.every)
