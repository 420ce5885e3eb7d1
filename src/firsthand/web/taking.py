"""What was handed in -> articles in the library, with word of what became of each."""

from __future__ import annotations

import io
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from firsthand.config import Settings
from firsthand.ingest import Original, handed_in
from firsthand.ingest.document import Document, from_bytes
from firsthand.ingest.fetch import Fetched
from firsthand.ingest.flow import GAP
from firsthand.ingest.records import content_id
from firsthand.library import Library, effects, submissions
from firsthand.library.adding import Result
from firsthand.library.submissions import Submission, Told
from firsthand.model import Article, Failure
from firsthand.reuse import sketch

MOST, MOST_BYTES, PATIENCE = 200, 16 * 2**20, 1.0
"""Articles, and bytes and characters of them, that are written at one time, and seconds after which fewer are."""

SPOOL = 2**20
"""Bytes of what was handed in that are kept in memory; more go to a temporary file."""

LONGEST_HEADLINE = 200
"""Characters of a first line that may be a headline. Chosen, not measured."""

_ENDS = (".", "!", ":", ";", ",", ".”", '."', "!”", '!"')

Item = tuple[Article, Original] | Failure


def add(library: Library, one: Submission, settings: Settings, fetched: Fetched | None = None) -> None:
    """Add all articles of a submission that are not accounted for yet, and account for them. Raises LibraryError.

    `fetched` is what its address led to.
    """
    found = islice(_items(library, one, settings, fetched), one.done, None)
    done = one.done
    for batch in _batches(found):
        _add(library, one.number, done, batch)
        done += len(batch)
    with library.writing() as connection:
        submissions.close(connection, one.number)


def _add(library: Library, number: int, first: int, batch: Sequence[Item]) -> None:
    def record(connection: Any, results: Sequence[Result]) -> None:
        added = iter(results)
        all_of_it = [one if isinstance(one, Failure) else next(added) for one in batch]
        submissions.record(connection, number, first, all_of_it)
        effects.expect(connection)

    library.add((one for one in batch if not isinstance(one, Failure)), sketch, record)


def _items(library: Library, one: Submission, settings: Settings, fetched: Fetched | None) -> Iterator[Item]:
    if one.kind == "text":
        yield from _pasted(library, one, settings)
        return
    document = _of_fetched(fetched, one.name) if fetched else _of_bytes(library, one)
    for item in handed_in(document, settings):
        yield item if isinstance(item, Failure) else (_completed(item[0], one.told), item[1])


def _pasted(library: Library, one: Submission, settings: Settings) -> Iterator[Item]:
    """The text as it was pasted, below its title, where that is given and does not begin it already."""
    for item in handed_in(_of_bytes(library, one, "pasted.txt"), settings):
        if isinstance(item, Failure):
            yield item
            continue
        found, original = item
        text = found.text.replace("\r\n", "\n")
        told = one.told if one.told.title else replace(one.told, title=_headline(text))
        if told.title and not text.lstrip().startswith(told.title):
            text = f"{told.title}{GAP}{text.lstrip()}"
        found = _completed(replace(found, id="", text=text), told)
        yield replace(found, id=content_id(found)), original


def _headline(text: str) -> str | None:
    """The first line of what was pasted, where it stands by itself and is no sentence, as a headline is none."""
    first, gap, _ = text.strip().partition("\n\n")
    is_one = gap and len(first) <= LONGEST_HEADLINE and "\n" not in first and not first.rstrip().endswith(_ENDS)
    return first.strip() if is_one else None


def _completed(found: Article, told: Told) -> Article:
    """With what is told of it, where it does not say so itself."""
    said = {name: getattr(found, name) or getattr(told, name) for name in ("title", "outlet", "url", "published")}
    return replace(found, **said)


def _of_fetched(fetched: Fetched, origin: str) -> Document:
    return from_bytes(
        fetched.content,
        origin,
        name=unquote(urlsplit(fetched.url).path),
        content_type=fetched.content_type,
        charset=fetched.charset,
        url=fetched.url,
    )


def _of_bytes(library: Library, one: Submission, name: str = "") -> Document:
    """What was handed in as bytes. Its origin says who can tell more: the batch."""
    copy: Any = tempfile.SpooledTemporaryFile(max_size=SPOOL)  # noqa: SIM115 - closed with the document
    with library.reading() as connection:
        for part in submissions.content(connection, one.number):
            copy.write(part)
    size = copy.tell()
    copy.seek(0)
    stream = cast(Any, io.BufferedReader(copy))
    told = one.told
    if one.kind == "page" and told.url:
        path = unquote(urlsplit(told.url).path)
        return Document(told.url, stream, path, told.content_type, told.charset, told.url, size)
    scheme = "paste" if one.kind == "text" else "upload"
    return Document(f"{scheme}://{one.batch}/{one.name}", stream, name or one.name, size=size)


def _batches(items: Iterable[Item]) -> Iterator[list[Item]]:
    batch, weight, began = list[Item](), 0, time.monotonic()
    for item in items:
        batch.append(item)
        weight += 0 if isinstance(item, Failure) else len(item[0].text) + item[1].size
        if len(batch) >= MOST or weight >= MOST_BYTES or time.monotonic() - began >= PATIENCE:
            yield batch
            batch, weight, began = [], 0, time.monotonic()
    if batch:
        yield batch
