"""Catches up with a library, for tests that kill it: python -m tests.library.joining LIBRARY."""

from __future__ import annotations

import sys

from firsthand.library import Library, upkeep
from tests.library.toy import marks, nothing, regroup, sketch


def main(path: str) -> None:
    """All three steps, in small transactions."""
    upkeep.HOLD = 0.01
    with Library.open(path) as library:
        steps = upkeep.Upkeep(library)
        steps.use("toy 1", "toy 1")
        kept = {}
        for number, found in steps.unread():
            kept[number] = marks(found)
            if len(kept) == 8:
                steps.keep("toy 1", kept)
                kept = {}
        steps.keep("toy 1", kept)
        for done in (*steps.compare(sketch, nothing), *steps.join(regroup)):
            assert not done.failures, done.failures


if __name__ == "__main__":
    from firsthand.library import vectors

    vectors.FEW, vectors.MANY = 8, 64
    main(sys.argv[1])
