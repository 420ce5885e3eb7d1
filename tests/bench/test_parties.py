"""Whether two names name one party."""

from __future__ import annotations

import pytest

from bench.parties import same_parties, same_party


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("Renn", "Ilva Renn"),
        ("Mr. Renn", "Ilva Renn"),
        ("President Ilva Renn", "Ilva Renn"),
        ("the ministry", "Ministry"),
        ("a poll", "a poll of nurses"),
        ("Renn’s", "Renn"),
        ("Erdoğan", "Erdogan"),
        ("President", "the president"),
        ("—", "—"),
    ],
)
def test_the_same(one: str, two: str) -> None:
    assert same_party(one, two)
    assert same_party(two, one)


@pytest.mark.parametrize(
    ("one", "two"),
    [("Ann Renn", "John Renn"), ("Renn", "Ek"), ("an official", "an aide"), ("poll of nurses", "poll of farmers")],
)
def test_different(one: str, two: str) -> None:
    assert not same_party(one, two)
    assert not same_party(two, one)


def test_every_member_of_a_group_is_wanted_and_no_more() -> None:
    assert same_parties(["Tomas Ek", "Ilva Renn"], ["Renn", "Ek"])
    assert not same_parties(["Ilva Renn"], ["Renn", "Ek"])
    assert not same_parties(["Ilva Renn", "Tomas Ek"], ["Renn"])
    assert not same_parties(["Ilva Renn", "Ilva Renn"], ["Renn", "Ek"])


def test_other_names_are_as_good() -> None:
    assert same_parties(["the ministry"], ["Lorvia"], ["ministry"])
    assert same_parties(["both sides"], ["Lorvia", "Teskia"], ["both sides"])
    assert not same_parties(["the ministry"], ["Lorvia"], ["army"])
    assert not same_parties([], ["Lorvia"])
