"""What is asked of a check."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from firsthand.library.media import NOTHING_CLAIMED
from firsthand.model import Claimed

Told = Callable[[str], None]
"""Is told what is being done now, in a few words."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is claimed of a file, and how it is to be looked at.

    `name`: what it is called, where its path does not say it. `outlet`: whose it is said to be, so that it can be held
    against that outlet's other files. `trust`: the trust list for C2PA, certificates in PEM. `deep`: compare with the
    deep stage too, where that is installed. `stills`: take frames of what matches, for the contact sheet.
    """

    claimed: Claimed = NOTHING_CLAIMED
    name: str | None = None
    outlet: str | None = None
    trust: Path | None = None
    deep: bool = True
    stills: bool = True


def quiet(_: str) -> None:
    """Nobody is told."""
