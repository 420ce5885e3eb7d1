"""Brings the claims of a library up to date, and says on the terminal how far it is."""

from __future__ import annotations

from firsthand.cli.compiling import compiling_told
from firsthand.cli.main import complain
from firsthand.cli.progress import tally
from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.upkeep import Upkeep
from firsthand.model import Failure
from firsthand.upkeep import Teller, begun, catch_up


def up_to_date(library: Library, processes: int = 0) -> int:
    """Read, compare and join what was not yet; how many articles failed. Raises FirsthandError.

    It can be stopped at any moment, and goes on from there. Where the library may only be read, it says what is
    missing.
    """
    upkeep = Upkeep(library)
    try:
        left = begun(upkeep)
    except LibraryError as error:
        left = upkeep.waiting()
        if left.to_read or left.to_compare or left.to_join:
            complain(f"{error}; so the claims are without {max(left.to_read, left.to_join):,} of its articles")
        return 0
    return catch_up(library, upkeep, left, processes, TERMINAL)


def _complain(failure: Failure) -> None:
    complain(f"{failure.origin}: {failure.cause}")


TERMINAL = Teller(lambda what, total: tally((), what, total), _complain, compiling_told)
