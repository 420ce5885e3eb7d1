"""The action of `firsthand add`."""

from __future__ import annotations

import argparse
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from firsthand.cli.library import opened, place
from firsthand.cli.main import complain
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.cli.progress import Tally, tally
from firsthand.cli.sketching import catch_up
from firsthand.ingest import Original, originals
from firsthand.library import Library
from firsthand.library.records import Outcome
from firsthand.model import Article, Failure
from firsthand.reuse import sketch
from firsthand.share.plain import plain

MOST = 200
"""Articles that are written at one time. Others wait to write meanwhile; measured, a batch takes 0.1 s."""

MOST_BYTES = 16 * 2**20
"""Bytes and characters of them, beyond which fewer are."""

PATIENCE = 1.0
"""Seconds after which what is there is written, so that a slow input loses little when it is stopped."""

Item = tuple[Article, Original] | Failure
KINDS = ("added", "new version", "already there", "failed")


def run(asked: argparse.Namespace) -> int:
    """Add what is asked for; 1 if any of it failed. Raises FirsthandError."""
    counts = Counter[str]()
    items = _items(asked, counts)
    if items is None:
        said = f"{summary(counts)}; no library was made\n"
    else:
        with opened(asked, create=True) as library:
            catch_up(library)
            _add_all(library, items, counts, asked.inputs)
            said = f"{summary(counts)}\n{plain(str(library.path))} has {library.count():,} in all\n"
    with Output(None, keep_encoding=True) as output:
        output.write(said)
    return 1 if counts["failed"] else 0


def _items(asked: argparse.Namespace, counts: Counter[str]) -> Iterable[Item] | None:
    """What is to be added; None where a library would have to be made, and there is nothing to put into it."""
    items = iter(originals(asked.inputs, settings(asked)))
    if os.path.exists(place(asked)):  # noqa: PTH110 - Path.exists raises an error for a name that is too long
        return items
    for item in items:
        if not isinstance(item, Failure):
            return chain((item,), items)
        _note(item, counts)
    return None


def _add_all(library: Library, items: Iterable[Item], counts: Counter[str], inputs: Sequence[str]) -> None:
    try:
        with tally(inputs) as told:
            _add(library, items, counts, told)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"{summary(counts)}; run it again to add the rest") from None
    except BaseException:
        complain(summary(counts))
        raise


def summary(counts: Counter[str]) -> str:
    """How many of each, in words."""
    said = ", ".join(_counted(counts[kind], kind) for kind in KINDS if counts[kind])
    return said or "nothing was added"


def _add(library: Library, items: Iterable[Item], counts: Counter[str], told: Tally) -> None:
    for batch in _batches(items):
        results = library.add((item for item in batch if not isinstance(item, Failure)), sketch)
        for result in (*results, *(item for item in batch if isinstance(item, Failure))):
            _note(result, counts)
        told(counts.total(), counts["failed"])


def _note(result: Outcome | Failure, counts: Counter[str]) -> None:
    """Count what became of an article; what failed is told at once."""
    counts["failed" if isinstance(result, Failure) else result.action] += 1
    if isinstance(result, Failure):
        complain(f"{result.origin}: {result.cause}")


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch, weight, began = list[Item](), 0, time.monotonic()
    for item in items:
        weight += _weight(item, batch[-1] if batch else None)
        batch.append(item)
        if len(batch) >= MOST or weight >= MOST_BYTES or time.monotonic() - began >= PATIENCE:
            yield batch
            batch, weight, began = [], 0, time.monotonic()
    yield batch


def _weight(item: Item, before: Item | None) -> int:
    """Characters and bytes; those of a feed are counted once, for its entries stand one after another."""
    if isinstance(item, Failure):
        return 0
    again = isinstance(before, tuple) and before[1].stream is item[1].stream
    return len(item[0].text) + (0 if again else item[1].size)


def _counted(count: int, kind: str) -> str:
    several = "s" if count > 1 and kind == "new version" else ""
    return f"{count:,} {kind}{several}"
