"""Brings a library's index of wording up to date: what joins the library to the fingerprints of `reuse`."""

from __future__ import annotations

from firsthand.cli.progress import tally
from firsthand.library import Library
from firsthand.reuse import sketch

AT_ONCE = 500
"""Versions that are indexed in one transaction: a quarter of a second, for which other writers wait."""


def catch_up(library: Library) -> None:
    """Index what a library lacks that was begun before there was an index; it says so, where somebody sees it.

    It can be stopped at any moment, and goes on from there.
    """
    if behind := library.behind():
        done = 0
        with tally((), "articles indexed", behind) as told:
            for step in library.catch_up(sketch, AT_ONCE):
                done += step
                told(done, 0)
