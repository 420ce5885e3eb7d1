"""What a claim is linked with: pairs that the shelf knows, read together by a judge."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from firsthand.claims import Memory, claim
from firsthand.claims.linking import ASKED, CONTRADICTS, MOST_LINKS, links, mean_odds
from firsthand.model import ClaimLink, Node, Odds
from tests.claims.given import told

DAM = "Brennmark will blow up the Karst dam in the Ulm valley"
NOT = "Brennmark will spare the Karst dam in the Ulm valley"
BESIDE = "Brennmark built the Karst dam in the Ulm valley"

SAYS = {"same": 0, "contradicts": 1, "neighbour": 2, "unrelated": 3}


class Judge:
    """Says of each pair what it was told to, of others that they have nothing to do with each other."""

    def __init__(self, answers: Mapping[frozenset[str], str] | None = None) -> None:
        self.answers = answers or {}
        self.asked: list[tuple[str, str]] = []

    def __call__(self, pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        self.asked += pairs
        rows = [np.eye(4)[SAYS[self.answers.get(frozenset(pair), "unrelated")]] for pair in pairs]
        return np.array(rows, np.float32).reshape(-1, 4)


def tied(odds: Mapping[tuple[str, str], Odds], *texts: str) -> tuple[Memory, dict[str, str]]:
    """Statements that are a claim each, with these odds, and their claims by text."""
    shelf = Memory()
    tolds = {text: told(n, text) for n, text in enumerate(texts)}
    names = {text: f"c{n:02}" for n, text in enumerate(texts)}
    for text, one in tolds.items():
        shelf.put(one)
        shelf.keep(Node(one.key, f"1 {one.appearance.id}", one, one.key, names[text]))
    for (one_text, other_text), value in odds.items():
        shelf.tie(tolds[one_text].key, tolds[other_text].key, value)
    return shelf, names


def test_the_judge_finds_a_contradiction_that_the_scorer_takes_for_a_neighbour() -> None:
    shelf, names = tied({(DAM, NOT): Odds(0.1, 0.2, 0.6)}, DAM, NOT)
    judge = Judge({frozenset((DAM, NOT)): "contradicts"})
    (found,) = links(shelf, names[DAM], judge)
    assert found == ClaimLink(names[NOT], "contradicts", "says “spare” where this one says “blow”")
    assert [link.claim for link in links(shelf, names[NOT], judge)] == [names[DAM]]


def test_what_the_judge_takes_for_neither_is_no_link() -> None:
    shelf, names = tied({(DAM, NOT): Odds(0.0, 0.85, 0.1)}, DAM, NOT)
    assert links(shelf, names[DAM], Judge()) == ()


def test_what_contradicts_is_no_neighbour_too() -> None:
    shelf, names = tied({(DAM, NOT): Odds(0.0, 0.4, 0.55), (DAM, BESIDE): Odds(0.0, 0.1, 0.8)}, DAM, NOT, BESIDE)
    judge = Judge({frozenset((DAM, NOT)): "contradicts", frozenset((DAM, BESIDE)): "neighbour"})
    found = [(link.claim, link.kind) for link in links(shelf, names[DAM], judge)]
    assert found == [(names[NOT], "contradicts"), (names[BESIDE], "neighbour")]


def test_a_pair_that_the_shelf_does_not_know_is_not_asked_about() -> None:
    shelf, names = tied({}, DAM, NOT)
    judge = Judge({frozenset((DAM, NOT)): "contradicts"})
    assert links(shelf, names[DAM], judge) == ()
    assert judge.asked == []


def test_without_a_judge_there_are_no_links() -> None:
    shelf, names = tied({(DAM, NOT): Odds(0.0, 0.9, 0.1)}, DAM, NOT)
    assert claim(shelf, names[DAM]).links == ()
    assert claim(shelf, names[DAM], Judge({frozenset((DAM, NOT)): "contradicts"})).links != ()


def test_however_many_there_are_the_likeliest_are_read_and_the_surest_shown() -> None:
    texts = [f"Brennmark will blow up the Karst dam in the Ulm valley with {n * 137:,} charges" for n in range(1, 61)]
    odds = {(DAM, text): Odds(0.0, n / 200, 0.0) for n, text in enumerate(texts)}
    shelf, names = tied(odds, DAM, *texts)
    judge = Judge({frozenset((DAM, text)): "contradicts" for text in texts})
    found = links(shelf, names[DAM], judge)
    assert [link.claim for link in found] == [names[text] for text in reversed(texts)][:MOST_LINKS]
    assert len(set(judge.asked)) <= 2 * ASKED


def test_of_equal_odds_it_is_always_the_same_order() -> None:
    found = []
    for texts in ([NOT, BESIDE], [BESIDE, NOT]):
        shelf, names = tied({(DAM, text): Odds(0.0, 0.5, 0.0) for text in texts}, DAM, NOT, BESIDE)
        judge = Judge({frozenset((DAM, text)): "contradicts" for text in texts})
        found.append([link.reason for link in links(shelf, names[DAM], judge)])
    assert len(found[0]) == 2
    assert found[0] == found[1]


def test_a_contradiction_that_is_found_among_neighbours_counts() -> None:
    shelf, names = tied({(DAM, NOT): Odds(0.2, 0.06, 0.7)}, DAM, NOT)
    assert [link.kind for link in links(shelf, names[DAM], Judge({frozenset((DAM, NOT)): "contradicts"}))] == [
        "contradicts"
    ]


def test_what_no_judge_could_make_a_link_of_is_not_read() -> None:
    shelf, names = tied({(DAM, NOT): Odds(0.6, 0.04, 0.29)}, DAM, NOT)
    judge = Judge({frozenset((DAM, NOT)): "contradicts"})
    assert links(shelf, names[DAM], judge) == ()
    assert judge.asked == []


def test_odds_are_the_mean_of_both() -> None:
    found = mean_odds(Odds(0.2, 0.5, 0.3), np.array([0.1, 0.5, 0.31, 0.09], np.float32))
    assert found == Odds(0.15, 0.5, 0.305)
    assert found.contradicts >= CONTRADICTS
