"""The scorers of certainty, stance and evidence."""

from bench.contents import certainty_of, certainty_within_one, denial_f1, evidence_accuracy, stance_accuracy, within_one
from firsthand.model import Certainty


def test_labels_become_ranges() -> None:
    assert certainty_of("fact") == Certainty(8, 8)
    assert certainty_of("denied") == Certainty(0, 0)
    assert certainty_of("3-5") == Certainty(3, 5)
    assert certainty_of("5") == Certainty(5, 5)
    assert certainty_of(None) is None


def test_one_step_apart_is_right_two_are_not() -> None:
    assert within_one(Certainty(3, 5), Certainty(5, 5))
    assert within_one(Certainty(7, 7), Certainty(8, 8))
    assert not within_one(Certainty(6, 6), Certainty(8, 8))


def test_nothing_and_denied_are_right_only_if_they_are_the_same() -> None:
    assert within_one(None, None)
    assert within_one(Certainty(0, 0), Certainty(0, 0))
    assert not within_one(None, Certainty(8, 8))
    assert not within_one(Certainty(0, 0), Certainty(1, 1))
    assert certainty_within_one([None, Certainty(5, 5)], [None, None]) == 50


def test_stances_denials_and_evidence_in_per_cent() -> None:
    assert stance_accuracy(["asserts", "denies"], ["asserts", "asserts"]) == 50
    assert denial_f1(["denies", "denies", "asserts"], ["denies", "asserts", "denies"]) == 50
    assert denial_f1(["asserts"], ["asserts"]) == 100
    assert evidence_accuracy(["none", "shown"], ["none", "shown"]) == 100
