"""A document -> its articles, by the reader for its kind; a reader and what it needs are imported when first met."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import cast

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest.document import Document, Reader
from firsthand.ingest.kinds import Kind, foreign, kind_of
from firsthand.model import Article, Failure

HEAD = 8 * 2**10
"""Bytes at the beginning in which the kind is told."""

READERS = {
    Kind.TEXT: ("plain", "read"),
    Kind.MARKDOWN: ("markdown", "read"),
    Kind.HTML: ("html", "read"),
    Kind.PDF: ("pdf", "read"),
    Kind.JSON: ("tables", "read_json"),
    Kind.JSON_LINES: ("tables", "read_json_lines"),
    Kind.CSV: ("tables", "read_csv"),
    Kind.PARQUET: ("tables", "read_parquet"),
    Kind.FEED: ("feeds", "read"),
    Kind.WARC: ("archives", "read_warc"),
    Kind.WACZ: ("archives", "read_wacz"),
}


def read(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """The articles of one document, as a stream. Raises InputError when it cannot be read as a whole."""
    found = kind(document)
    if found is Kind.TEXT and (stranger := foreign(_head(document))):
        raise InputError(document.origin, f"is not text, but {stranger}")
    module, function = READERS[found]
    reader = cast(Reader, getattr(import_module(f"firsthand.ingest.{module}"), function))
    yield from reader(document, settings)


def kind(document: Document) -> Kind:
    """The kind of a document. Raises InputError for an empty one."""
    head = _head(document)
    if not head:
        raise InputError(document.origin, "is empty")
    return kind_of(document.name, document.content_type, head)


def _head(document: Document) -> bytes:
    return document.stream.peek(HEAD)[:HEAD]
