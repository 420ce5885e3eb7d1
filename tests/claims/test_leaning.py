"""What is kept of how nodes lean is what reading it anew would give, whatever came and went."""

from __future__ import annotations

import random

import pytest

from firsthand.claims import Groups, Memory
from firsthand.claims.leaning import _KEPT, Leaning, Leanings
from firsthand.model import Decision
from tests.claims.given import told
from tests.claims.test_grouping import POOL


def parts(one: Leaning) -> tuple[object, ...]:
    return one.fits, set(one.unmet), one.odds, one.anchors


@pytest.mark.parametrize("seed", range(6))
def test_what_is_kept_is_as_it_would_be_read(seed: int) -> None:
    rng, shelf = random.Random(seed), Memory()
    pool = [told(n, rng.choice(POOL), rng.choice((None, 0, 1, 2, 3))) for n in range(24)]
    groups, there, seen = Groups(shelf), list[str](), 0
    for n in range(40):
        one = rng.choice(pool)
        if there and rng.random() < 0.25:
            groups.remove(there.pop(rng.randrange(len(there))))
        elif len(there) > 2 and n % 13 == 12:
            groups.decide(Decision("same", *rng.sample(there, 2)))
        elif one.appearance.id not in there:
            groups.add(one)
            there.append(one.appearance.id)
        fresh = Leanings(shelf)
        for key, kept in _KEPT[shelf].items():
            node = shelf.node(key)
            assert node is not None
            seen += 1
            assert parts(kept) == parts(fresh._read(node)), (n, key)
    assert seen > 100
