from __future__ import annotations

from bench.credits import Labelled, Score, score
from firsthand.model import Credit

NONE = Labelled(frozenset(), ())


def test_counts_articles_times_agencies() -> None:
    labels = {"a": Labelled(frozenset({"Reuters", "TASS"}), ((10, 19), (40, 46))), "b": NONE}
    found = {"a": [Credit("Reuters", "dateline", ((10, 19),))], "b": [Credit("Belga", "byline", ((0, 5),))]}
    result = score(labels, found)
    assert (result.precision, result.recall) == (50.0, 50.0)


def test_an_agency_that_is_credited_twice_in_an_article_counts_once() -> None:
    labels = {"a": Labelled(frozenset({"Reuters"}), ((10, 19), (40, 60)))}
    found = {"a": [Credit("Reuters", "dateline", ((10, 19),)), Credit("Reuters", "sign-off", ((40, 60),))]}
    assert score(labels, found) == Score(right=1, found=1, labelled=1, placed=2, places=2)


def test_overlap_asks_for_a_character_in_common() -> None:
    labels = {"a": Labelled(frozenset({"Reuters"}), ((10, 19),))}
    found = {"a": [Credit("Reuters", "dateline", ((19, 25),)), Credit("Reuters", "dateline", ((18, 25),))]}
    assert score(labels, found).overlap == 50.0


def test_a_credit_without_a_span_has_no_place_to_be_wrong_in() -> None:
    labels = {"a": Labelled(frozenset({"Reuters"}), ((10, 19),))}
    assert score(labels, {"a": [Credit("Reuters", "byline")]}).overlap == 100.0


def test_an_article_that_was_not_read_credits_none() -> None:
    labels = {"a": Labelled(frozenset({"Reuters"}), ((10, 19),))}
    assert (score(labels, {}).recall, score(labels, {}).precision) == (0.0, 100.0)


def test_no_articles_at_all() -> None:
    assert score({}, {}) == Score(0, 0, 0, 0, 0)
