"""Environment and options, as one frozen Settings."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass

MOST_PROCESSES = 1024
MEDIA, MOST_MEDIA = 2**11, 2**20
"""MiB of the largest media file that the web page takes, where nothing else is said, and of what may be said."""

USER_AGENT = "Firsthand/0.1 (news verification)"


@dataclass(frozen=True, slots=True)
class Settings:
    """How Firsthand behaves, for one run.

    allow_private: fetch from private, loopback and link-local addresses too.
    library: the library's file; None for the one in the platform's data folder.
    timeout: seconds for one whole fetch, redirects included.
    max_bytes: largest web page, feed, PDF or archive record that is read, in bytes.
    max_characters: longest text that is read as one article, in characters.
    max_media: largest media file that the web page takes, in bytes.
    processes: how many processes read articles; 0 means one a core.
    user_agent: what the fetcher calls itself.
    """

    allow_private: bool = False
    library: str | None = None
    timeout: float = 30.0
    max_bytes: int = 32 * 2**20
    max_characters: int = 100 * 2**20
    max_media: int = MEDIA * 2**20
    processes: int = 0
    user_agent: str = USER_AGENT


def from_environment(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings with what FIRSTHAND_LIBRARY, FIRSTHAND_MAX_MEDIA, FIRSTHAND_PROCESSES and FIRSTHAND_USER_AGENT say.

    FIRSTHAND_MAX_MEDIA is in MiB. Defaults where they say nothing of use.
    """
    return Settings(
        library=environment.get("FIRSTHAND_LIBRARY") or None,
        max_media=2**20 * (_number(environment.get("FIRSTHAND_MAX_MEDIA", ""), MOST_MEDIA) or MEDIA),
        processes=processes_in(environment.get("FIRSTHAND_PROCESSES", "")) or 0,
        user_agent=environment.get("FIRSTHAND_USER_AGENT", USER_AGENT),
    )


def processes_in(text: str) -> int | None:
    """The number of processes that `text` gives, from 1 to `MOST_PROCESSES`; None where it gives none."""
    return _number(text, MOST_PROCESSES)


def _number(text: str, most: int) -> int | None:
    short = text.isascii() and text.isdigit() and len(text) <= len(str(most))
    return int(text) if short and 1 <= int(text) <= most else None
