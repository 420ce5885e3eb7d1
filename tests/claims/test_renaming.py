"""What is told of claims that came and went."""

from __future__ import annotations

import pytest

from firsthand.claims.renaming import net
from firsthand.model import Change

MADE, ENDED = Change("made", "a"), Change("ended", "a")
TAKEN, SPLIT = Change("merged", "b", "a"), Change("split", "a", "b")


@pytest.mark.parametrize("changes", [(TAKEN, SPLIT), (SPLIT, TAKEN), (MADE, ENDED), (ENDED, MADE), (MADE, TAKEN)])
def test_what_undid_one_another_is_not_told(changes: tuple[Change, ...]) -> None:
    other = Change("made", "z")
    assert net(changes) == () and net([changes[0], other, changes[1]]) == (other,)


def test_what_lasts_is_told_in_its_order() -> None:
    between = Change("merged", "a", "c")
    assert net([MADE, between, TAKEN]) == (MADE, between, TAKEN)
    assert net([TAKEN, SPLIT, TAKEN]) == (TAKEN,)
    assert net([MADE, Change("pinned", "a"), ENDED]) == (MADE, Change("pinned", "a"), ENDED)
    assert net([Change("pinned", "a"), Change("pinned", "a")]) == (Change("pinned", "a"),) * 2
