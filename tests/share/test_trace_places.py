"""How far to the right an article stands."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from firsthand.provenance import trace
from firsthand.share.trace_places import LEAST, NARROWEST, by_steps, by_time, steps_from_roots
from tests.provenance.story import derivations, story
from tests.provenance.told import claim, copied, said

NOON = datetime(2031, 4, 7, 12, tzinfo=UTC)


def test_times_keep_their_order_and_long_pauses_are_shortened() -> None:
    hours = (0, 0, 0.01, 1, 25, 745)
    places = by_time([NOON + timedelta(hours=hour) for hour in hours])
    gaps = [other - one for one, other in pairwise(places)]
    assert places[0] == gaps[0] == 0
    assert gaps[1] == LEAST
    assert gaps[2] < gaps[3] < gaps[4] < 3 * gaps[3]
    assert round(places[-1]) >= NARROWEST


def test_what_has_no_time_stands_at_the_end_and_zones_may_be_missing() -> None:
    one, other, third, last = by_time([NOON.replace(tzinfo=None), NOON + timedelta(hours=1), None, None])
    assert one < other < third == last
    assert by_time([]) == []


def test_steps_are_counted_from_the_root_in_the_order_of_the_tree() -> None:
    rows = tuple(replace(one, published=None) for one in story().appearances)
    steps = steps_from_roots(trace(replace(story(), appearances=rows), derivations()))
    assert [(name, steps[name]) for name in ("npa", "ledger", "feed", "blog", "brenn", "echo", "mirror2")] == [
        ("npa", 0), ("ledger", 1), ("feed", 2), ("blog", 2), ("brenn", 0), ("echo", 1), ("mirror2", 0),
    ]  # fmt: skip
    order = list(steps)
    assert order.index("mirror") + 1 == order.index("blog")
    places = by_steps(steps)
    assert places["npa"] == 0 < places["ledger"] < places["blog"] == 2 * places["ledger"]


def test_a_long_chain_has_steps_that_can_be_told_apart() -> None:
    rows = [said(f"a{i:04}", hours=None) for i in range(1500)]
    places = by_steps(steps_from_roots(trace(claim(rows), [copied(f"a{i + 1:04}", f"a{i:04}") for i in range(1499)])))
    assert min(other - one for one, other in pairwise(sorted(places.values()))) > 12
