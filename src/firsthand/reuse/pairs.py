"""Two texts side by side: every stretch that they share, and what it proves."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from firsthand.model import Alignment
from firsthand.reuse.folding import Folded, fold
from firsthand.reuse.parents import SPOKEN
from firsthand.reuse.passages import COLUMNS, EVIDENCE, FROM, START, STOP, TO, Side, desk, passages
from firsthand.reuse.seeds import plant


def align(earlier: str, later: str) -> tuple[Alignment, ...]:
    """The stretches that two texts share, in the later's order.

    Those that are all quotation, but for words like "he said", are of kind "quotation", the others "shared". Both
    texts may be anything; of one that recurs within the earlier, one place is shown.
    """
    left, right = fold(earlier), fold(later)
    rows = _rows(left, right)
    return tuple(
        Alignment(
            (int(left.starts[row[START]]), int(left.ends[row[STOP] - 1])),
            (int(right.starts[row[FROM]]), int(right.ends[row[TO] - 1])),
            "quotation" if row[EVIDENCE] <= SPOKEN else "shared",
        )
        for row in rows[np.argsort(rows[:, FROM], kind="stable")]
    )


def _rows(left: Folded, right: Folded) -> NDArray[np.int32]:
    """The passages, best first."""
    longest = max(len(left.words), len(right.words))
    room, rows = desk(longest), np.empty((4096 + longest, COLUMNS), np.int32)
    plant(right.words, room.seeds)
    return rows[: passages(_side(left), _side(right), room, 0, rows)]


def _side(text: Folded) -> Side:
    return Side(text.words, text.flags, text.faces)
