"""What kind of document some bytes are: by unmistakable first bytes, by name, by what a server said, by looking."""

from __future__ import annotations

import json
import re
from enum import Enum
from pathlib import PurePosixPath


class Kind(Enum):
    """The kinds of document that can be read."""

    TEXT = "plain text"
    MARKDOWN = "Markdown"
    HTML = "HTML"
    PDF = "PDF"
    JSON = "JSON"
    JSON_LINES = "JSON Lines"
    CSV = "CSV"
    PARQUET = "Parquet"
    FEED = "feed"
    WARC = "WARC"
    WACZ = "WACZ"


EXTENSIONS = {
    **dict.fromkeys((".txt", ".text"), Kind.TEXT),
    **dict.fromkeys((".md", ".markdown"), Kind.MARKDOWN),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), Kind.HTML),
    ".pdf": Kind.PDF,
    ".json": Kind.JSON,
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonlines"), Kind.JSON_LINES),
    **dict.fromkeys((".csv", ".tsv"), Kind.CSV),
    **dict.fromkeys((".parquet", ".pq"), Kind.PARQUET),
    **dict.fromkeys((".rss", ".atom", ".rdf", ".xml"), Kind.FEED),
    **dict.fromkeys((".warc", ".warc.gz", ".arc", ".arc.gz", ".wet", ".wet.gz"), Kind.WARC),
    ".wacz": Kind.WACZ,
}

CONTENT_TYPES = {
    "text/markdown": Kind.MARKDOWN,
    "text/html": Kind.HTML,
    "application/xhtml+xml": Kind.HTML,
    "application/pdf": Kind.PDF,
    "application/json": Kind.JSON,
    "application/x-ndjson": Kind.JSON_LINES,
    "application/jsonl": Kind.JSON_LINES,
    "text/csv": Kind.CSV,
    "text/tab-separated-values": Kind.CSV,
    "application/vnd.apache.parquet": Kind.PARQUET,
    "application/rss+xml": Kind.FEED,
    "application/atom+xml": Kind.FEED,
    "application/warc": Kind.WARC,
    "application/wacz": Kind.WACZ,
}
"""Content types that settle the kind. "text/plain" does not: servers say it of anything."""

MAGIC = ((b"%PDF-", Kind.PDF), (b"PAR1", Kind.PARQUET), (b"WARC/", Kind.WARC))

FOREIGN = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "an SQLite database"),
    (b"OggS", "an Ogg recording"),
    (b"ID3", "an MP3 recording"),
)
"""First bytes of what people hand in by mistake, for a message that helps."""

_FEED = re.compile(rb"<(?:rss|feed|rdf:rdf|[a-z]+:(?:feed|rss))[\s>]", re.IGNORECASE)
_PAGE = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|title|meta|article|main|section|div|h1|p)[\s>/]", re.IGNORECASE
)
_OBJECT = re.compile(rb"(?:\xef\xbb\xbf)?\s*\{\s*\"")
_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*\{\s*\"")


def kind_of(name: str, content_type: str | None, head: bytes) -> Kind:
    """The kind of a document with this name, content type and first bytes; plain text where nothing speaks against."""
    by_name = kind_by_name(name)
    kind = _magic(head, by_name) or (_web_kind(content_type, head) if content_type else None) or by_name
    return kind or _seen(head)


def kind_by_name(name: str) -> Kind | None:
    """The kind that a file name promises; None for a name that promises nothing we read."""
    suffixes = [suffix.lower() for suffix in PurePosixPath(name.replace("\\", "/")).suffixes]
    return EXTENSIONS.get("".join(suffixes[-2:])) or EXTENSIONS.get("".join(suffixes[-1:]))


def foreign(head: bytes) -> str | None:
    """What bytes are that nothing here reads ("a PNG picture")."""
    if head[4:8] == b"ftyp":
        return "a video, or a picture from a phone"
    return next((words for magic, words in FOREIGN if head.startswith(magic)), None)


def _magic(head: bytes, by_name: Kind | None) -> Kind | None:
    if by_name in (Kind.TEXT, Kind.MARKDOWN) and not head.startswith(b"%PDF-"):
        return None
    if head.startswith(b"PK\x03\x04") and b"archive/" in head:
        return Kind.WACZ
    return next((kind for magic, kind in MAGIC if head.startswith(magic)), None)


def _web_kind(content_type: str, head: bytes) -> Kind | None:
    """What a server's content type says, unless the bytes are evidently a feed or a page."""
    essence = content_type.partition(";")[0].strip().lower()
    if essence in ("text/xml", "application/xml") or essence.endswith("+xml") or essence == "text/html":
        return _markup(head) or CONTENT_TYPES.get(essence)
    return CONTENT_TYPES.get(essence)


def _seen(head: bytes) -> Kind:
    if _ARRAY.match(head):
        return Kind.JSON
    if _OBJECT.match(head):
        return Kind.JSON_LINES if _is_record(head.lstrip(b"\xef\xbb\xbf \t\r\n")) else Kind.JSON
    return (_markup(head) if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<") else None) or Kind.TEXT


def _is_record(head: bytes) -> bool:
    """Whether the first line is a JSON value by itself, or too long to tell."""
    line, end, _ = head.partition(b"\n")
    try:
        return not end or isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _markup(head: bytes) -> Kind | None:
    feed, page = _FEED.search(head), _PAGE.search(head)
    if feed and (not page or feed.start() < page.start()):
        return Kind.FEED
    return Kind.HTML if page else None
