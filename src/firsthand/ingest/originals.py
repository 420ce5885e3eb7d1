"""Articles with the bytes that they were read from, for whoever keeps those as evidence.

That is a file as it is, or a page or feed as it was fetched; the record of a web archive, with its headers; the line of
a JSON Lines file. An item of a JSON file or a row of a CSV or Parquet table is kept as an object of JSON, with the
names of its fields. All entries of a feed have the feed's bytes.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from firsthand.config import Settings
from firsthand.ingest.document import Document, copied
from firsthand.ingest.failures import failed
from firsthand.ingest.inputs import STANDARD_INPUT, is_address
from firsthand.ingest.kinds import Kind
from firsthand.ingest.plain import LONGEST_CHARACTER
from firsthand.ingest.readers import kind, read
from firsthand.model import Article, Failure

MEDIA_TYPES = {
    Kind.TEXT: "text/plain",
    Kind.MARKDOWN: "text/markdown",
    Kind.HTML: "text/html",
    Kind.PDF: "application/pdf",
    Kind.JSON: "application/json",
    Kind.FEED: "application/xml",
}
"""Of the kinds whose documents are kept as a whole; of the others, each article has bytes of its own."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes that an article was read from, and where they came from.

    `stream` can be read any number of times, and is the caller's. `source` is the input's absolute path or URL, None
    for standard input; `origin` names the line or record in it too. `fetched` is when a crawl stored them.
    """

    stream: BinaryIO
    size: int
    media_type: str
    source: str | None
    origin: str
    fetched: datetime | None = None


def with_originals(document: Document, settings: Settings) -> Iterator[tuple[Article, Original] | Failure]:
    """The articles of one document with their bytes; what cannot be read is a Failure."""
    try:
        keeper = _Keeper(document, settings)
        for item in read(keeper.document, settings):
            yield item if isinstance(item, Failure) else (item, keeper.original(item))
    except Exception as error:  # one input must not end the reading of the others
        yield failed(document.origin, error)
    finally:
        if document.origin != STANDARD_INPUT:
            document.stream.close()


class _Keeper:
    """Knows the bytes of the article that a reader has just given."""

    def __init__(self, document: Document, settings: Settings) -> None:
        self._kind, self._source = kind(document), _source(document.origin)
        self._told: tuple[Callable[[], bytes], str, datetime | None] | None = None
        self.document = replace(self._whole(document, settings), keep=self._tell)

    def original(self, article: Article) -> Original:
        """Those of `article`: what its reader told, or the whole document."""
        place = (article.origin or "").removeprefix(self.document.origin)
        source, origin = self._source, (self._source or STANDARD_INPUT) + place
        if self._told is None:
            size = self.document.size or 0
            return Original(self.document.stream, size, MEDIA_TYPES[self._kind], source, origin)
        content, media_type, fetched = self._told
        found = content()
        return Original(io.BytesIO(found), len(found), media_type, source, origin, fetched)

    def _tell(
        self, content: Callable[[], bytes], media_type: str = "application/json", fetched: datetime | None = None
    ) -> None:
        self._told = content, media_type, fetched

    def _whole(self, document: Document, settings: Settings) -> Document:
        """A copy of a document that is kept as a whole: the file may change while it is read."""
        limit = max(settings.max_bytes, LONGEST_CHARACTER * settings.max_characters)
        if self._kind not in MEDIA_TYPES or (document.size or 0) > limit:  # which its reader refuses
            return document
        copy: Any = copied(document, limit)
        size = copy.seek(0, io.SEEK_END)
        copy.seek(0)
        return replace(document, stream=io.BufferedReader(copy), size=size)


def _source(origin: str) -> str | None:
    """Where an input is, wherever the program is run next."""
    if origin == STANDARD_INPUT:
        return None
    return origin if is_address(origin) else str(Path(origin).absolute())
