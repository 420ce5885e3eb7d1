from __future__ import annotations

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.claims.alike import CHUNKS, FEATURES, Written, chunks, compared, log_odds
from firsthand.claims.leads import grouped, lead_claims, written
from firsthand.model import DIMENSIONS, Article

DAM = (
    "The Karst dam above the town of Ulm was shut on Tuesday after engineers found cracks in its northern wall.",
    "Engineers of the Brennmark water board closed the Karst dam near Ulm because its northern wall had cracks.",
)
HERRING = (
    "Herring landed at Larkmoor harbour sold for nine per cent less this week, the fish market's auctioneer said.",
    "Prices of herring at the Larkmoor fish auction fell by nine per cent this week, said its auctioneer.",
)


def article(name: str, text: str, direction: int) -> Written:
    """An article whose vectors all point one way."""
    vectors = np.zeros((1 + CHUNKS, DIMENSIONS), np.int8)
    vectors[:2, direction] = 127
    return Written(name, text, vectors)


STORIES = [
    *(article(f"dam-{n}", text, 0) for n, text in enumerate(DAM)),
    *(article(f"herring-{n}", text, 1) for n, text in enumerate(HERRING)),
]


def test_articles_on_one_story_have_one_lead_claim_named_by_the_first_of_them() -> None:
    found = lead_claims(STORIES)
    assert found == {"dam-0": "dam-0", "dam-1": "dam-0", "herring-0": "herring-0", "herring-1": "herring-0"}


@given(st.permutations(STORIES))
def test_the_order_of_adding_changes_nothing(stories: list[Written]) -> None:
    assert lead_claims(stories) == lead_claims(STORIES)


def test_no_article_has_no_claim_and_one_has_its_own() -> None:
    assert lead_claims([]) == {}
    assert lead_claims(STORIES[:1]) == {"dam-0": "dam-0"}


def test_the_same_article_twice_is_one() -> None:
    assert lead_claims([STORIES[0], STORIES[0]]) == {"dam-0": "dam-0"}


@pytest.mark.parametrize("text", ["", "\n\n", "…", "«»", "a", "\ud800"])
def test_texts_without_words_are_like_nothing(text: str) -> None:
    empty = Written("empty", text, np.zeros((1 + CHUNKS, DIMENSIONS), np.int8))
    assert lead_claims([*STORIES, empty])["empty"] == "empty"


def test_odds_are_the_same_whichever_of_two_comes_first() -> None:
    found = log_odds(STORIES)
    assert np.allclose(found, found.T)


def test_each_feature_has_a_column() -> None:
    rows = list(compared(STORIES))
    assert [row.shape for row in rows] == [(4, len(FEATURES))] * 4
    assert np.isfinite(rows).all()


def test_chunks_are_of_whole_paragraphs_without_short_lines() -> None:
    long = "one two three four five six seven eight nine ten " * 7
    found = chunks(f"Menu\n{long}\nShare this\n{long}\n{long}\n{long}")
    assert [len(one.split()) for one in found] == [70, 70, 70]
    assert chunks("Too short") == ["", "", ""]
    assert chunks("A paragraph that has more than six words.")[0].startswith("A paragraph")


def test_an_article_gets_the_vectors_of_its_beginning_and_its_chunks() -> None:
    asked: list[int] = []

    def vector(text: str, pieces: int) -> bytes:
        asked.append(pieces)
        return bytes(DIMENSIONS)

    one = written(Article("1", DAM[0]), vector)
    assert one.vectors.shape == (1 + CHUNKS, DIMENSIONS)
    assert asked == [256, 160, 160, 160]


def groups_slowly(odds: np.ndarray, joined: float, contrast: float) -> list[int]:
    """As `grouped`, by looking at all pairs each time."""
    groups = [[n] for n in range(len(odds))]

    def excess(group: list[int]) -> float:
        pairs = [odds[a, b] for a in group for b in group if a < b]
        return max(0.0, float(np.mean(pairs)) - joined) if pairs else 0.0

    def like(one: list[int], other: list[int]) -> float:
        cross = float(np.mean([odds[a, b] for a in one for b in other]))
        return cross - contrast * (excess(one) + excess(other)) / 2

    while len(groups) > 1:
        pairs = [(like(a, b), n, m) for n, a in enumerate(groups) for m, b in enumerate(groups) if n < m]
        best, n, m = max(pairs)
        if best < joined:
            break
        groups[n] += groups.pop(m)
    return [min(group) for i in range(len(odds)) for group in groups if i in group]


@pytest.mark.parametrize("seed", range(20))
def test_grouping_is_what_looking_at_all_pairs_finds(seed: int) -> None:
    generator = np.random.default_rng(seed)
    odds = generator.normal(-3, 3, (14, 14))
    odds = (odds + odds.T) / 2
    assert grouped(odds, -2.75, 0.3) == groups_slowly(odds, -2.75, 0.3)


def test_two_tight_groups_stay_apart_where_a_loose_article_would_join() -> None:
    odds = np.full((4, 4), -2.5)
    assert len(set(grouped(odds))) == 1
    odds[0, 1] = odds[1, 0] = odds[2, 3] = odds[3, 2] = 3.0
    assert grouped(odds) == [0, 0, 2, 2]


def test_a_large_number_is_grouped_in_no_time() -> None:
    mixed = random.Random(1)
    kinds = [mixed.randrange(60) for _ in range(600)]
    odds = np.array([[4.0 if a == b else -9.0 for b in kinds] for a in kinds])
    assert len(set(grouped(odds))) == len(set(kinds))
