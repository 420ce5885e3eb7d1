"""The floors under text reuse: generated lineage on the seed to report on, one story, and our labelled pairs.

On the set that the bench reports on, as was wanted; where nothing was wanted (ties), as measured on 23 November 2026,
93.3, less one point. Two of the floors have no room: chains had 99.58 that day, embedded passages 99.51.
What fails is shown as a total: the articles of this seed are not to be looked at, nor tuned on.
"""

from __future__ import annotations

import pytest

from bench.data import MissingData
from bench.lineage import ours, pairs, stripped
from bench.lineage.figures import source_found
from bench.lineage.generate import generate
from bench.lineage.score import Scores, Share, score
from bench.lineage.seeds import REPORT
from bench.lineage.story import story

ARTICLES, COPIES = 5_000, 400

FOUND = dict.fromkeys(("verbatim", "embedded", "shortened", "chained"), 99.5) | dict.fromkeys(
    (f"rewrite, {rate}% of words" for rate in (10, 15, 20, 25)), 98.0
)
"""Pairs with their direct parent found, or one that the texts cannot tell from it."""
PRECISION, OVERLAP, DIRECTION, APART, PARENT, TIES = 98.0, 0.94, 98.0, 97.0, 93.0, 92.3
HELSINKI_PRECISION, HELSINKI_RECALL = 97.0, 95.0


@pytest.fixture(scope="module")
def scores() -> Scores:
    made = _or_skip(lambda: generate(ARTICLES, REPORT))
    return score(made.truths, ours.found(made.articles))


@pytest.fixture(scope="module")
def copied() -> tuple[Share, Share]:
    made = _or_skip(lambda: story(COPIES, REPORT))
    found = ours.found(made.articles)
    return source_found(made, found), score(made.truths, found).parent


@pytest.fixture(scope="module")
def linked() -> pairs.Linked:
    return pairs.Linked(ours.copies_among(_or_skip(pairs.helsinki)))


@pytest.fixture(scope="module")
def agreement(linked: pairs.Linked) -> pairs.Agreement:
    return pairs.agreed(pairs.labels(), linked)


def _or_skip(make):
    try:
        return make()
    except MissingData as missing:
        pytest.skip(str(missing))


def at_least(share: Share, floor: float) -> bool:
    """Of nothing there is no share: then the set is wrong, and that fails too."""
    return share.percent is not None and share.percent >= floor


@pytest.mark.parametrize(("group", "floor"), FOUND.items())
def test_the_direct_parent_is_found(scores: Scores, group: str, floor: float) -> None:
    share = scores.recall[group]
    assert at_least(share, floor)


def test_what_is_claimed_is_right(scores: Scores) -> None:
    share = scores.precision
    assert at_least(share, PRECISION)


def test_ranges_are_those_that_are_shared(scores: Scores) -> None:
    assert scores.overlap is not None
    assert scores.overlap >= OVERLAP


def test_the_direction_is_right_where_times_or_a_credit_tell_it(scores: Scores) -> None:
    both = [scores.direction["time"], scores.direction["credit"]]
    share = Share(sum(one.right for one in both), sum(one.total for one in both))
    assert at_least(share, DIRECTION), both


@pytest.mark.parametrize("kind", ["shared quotation", "boilerplate"])
def test_what_is_no_copying_is_told_apart(scores: Scores, kind: str) -> None:
    share = scores.apart[kind]
    assert at_least(share, APART)


def test_the_parent_is_named_where_the_texts_tell_it(scores: Scores) -> None:
    share = scores.parent
    assert at_least(share, PARENT)


def test_ties_are_said_to_be_ties(scores: Scores) -> None:
    share = scores.ties
    assert at_least(share, TIES)


def test_all_copies_of_a_story_lead_to_its_source(copied: tuple[Share, Share]) -> None:
    assert copied[0] == Share(COPIES, COPIES)


def test_the_parent_of_a_copy_of_a_story_is_named(copied: tuple[Share, Share]) -> None:
    assert at_least(copied[1], PARENT), copied[1]


def test_labelled_pairs_called_copies_are_copies(agreement: pairs.Agreement) -> None:
    share = agreement.precision
    assert at_least(share, HELSINKI_PRECISION)


def test_labelled_copies_are_found(agreement: pairs.Agreement) -> None:
    share = agreement.recall
    assert at_least(share, HELSINKI_RECALL)


def test_an_agencys_report_is_found_although_its_credit_is_stripped(linked: pairs.Linked) -> None:
    found = stripped.linked(stripped.reports(pairs.helsinki()), linked)
    assert found.right == found.total > 0
