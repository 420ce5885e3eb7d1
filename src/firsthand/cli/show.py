"""The action of `firsthand show`."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from itertools import chain

from firsthand.cli.library import changed, opened, stored
from firsthand.cli.output import Output
from firsthand.cli.overwriting import refuse_to_replace
from firsthand.cli.shape import width_of, wrapped
from firsthand.library import Library
from firsthand.library.records import Change, Stored
from firsthand.model import Article
from firsthand.pipeline import language_name
from firsthand.share.plain import one_line, plain_lines
from firsthand.share.titles import by_text, origin_of, title_of

LABEL = 11
"""Columns of what each line of the record is called."""


def run(asked: argparse.Namespace) -> int:
    """Show one article, or write its original. Raises FirsthandError, BrokenPipeError."""
    if asked.original:
        refuse_to_replace(asked.output)
    with opened(asked) as library:
        version = library.article(asked.id, asked.version)
        with Output(asked.output, keep_encoding=asked.format == "table" and not asked.original) as output:
            if asked.original:
                output.write_bytes(library.original(version.sha256))
            elif asked.format == "json":
                output.write(_json(version, library))
            else:
                output.write_all(f"{line}\n" for line in _page(version, library, width_of(output)))
    return 0


def _json(version: Stored, library: Library) -> str:
    log = [changed(change) for change in library.changes(version.article.id)]
    return json.dumps(stored(version) | {"log": log}, ensure_ascii=False, indent=2) + "\n"


def _page(version: Stored, library: Library, width: int | None) -> Iterator[str]:
    yield title_of(by_text(version.article)).shown
    for label, value in chain(_facts(version), _history(version, library.changes(version.article.id))):
        yield f"{label:{LABEL}}{one_line(value)}"
    yield ""
    yield from wrapped(plain_lines(version.article.text), width)


def _facts(version: Stored) -> Iterator[tuple[str, str]]:
    article, size = version.article, f"{version.size:,} bytes of {version.media_type}"
    moments = {"published": article.published, "modified": article.modified, "fetched": version.fetched}
    known = {
        "id": article.id,
        "own id": version.own_id,
        "outlet": article.outlet,
        "byline": article.byline,
        "address": article.url,
        **{label: moment.isoformat(" ", timespec="minutes") for label, moment in moments.items() if moment},
        "language": language_name(article.language) if article.language else None,
        "original": f"{size}, SHA-256 {version.sha256}",
    }
    yield from ((label, value) for label, value in known.items() if value)


def _history(version: Stored, changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """Which version this is, and when and from where each came."""
    if version.versions > 1:
        yield "version", f"{version.number} of {version.versions}"
    yield from (("", _told(change)) if number else ("log", _told(change)) for number, change in enumerate(changes))


def _told(change: Change) -> str:
    place = origin_of(Article(change.id, "", origin=change.origin))
    what = f"version {change.number}" if change.action == "new version" else change.action
    return f"{change.at:%Y-%m-%d %H:%M} UTC: {what} by {change.who}, from {place}"
