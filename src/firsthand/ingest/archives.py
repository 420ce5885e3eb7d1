"""WARC and WACZ -> Articles: the pages, feeds and PDFs that a crawl stored, read as a stream."""

from __future__ import annotations

import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO, cast

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest.document import CHUNK, Document, Keep, from_bytes, in_words, seekable
from firsthand.ingest.failures import failed
from firsthand.ingest.kinds import CONTENT_TYPES, Kind
from firsthand.ingest.tables import SPOOL_LIMIT
from firsthand.ingest.tap import Tap
from firsthand.ingest.unpack import unpacked
from firsthand.model import Article, Failure

if TYPE_CHECKING:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.recordloader import ArcWarcRecord

LARGEST_RATIO = 200
"""Times its own size that an archive may unpack to. Chosen, not measured; deflate itself can reach 1,032."""

RATIO_FROM = 64 * 2**20
"""Bytes of output before the ratio is looked at: a small archive can do no harm."""

LARGEST_HEADERS = 256 * 2**10
"""Bytes that the header lines of one record may take, its own and those of HTTP together. Chosen, not measured."""

READ = frozenset((Kind.HTML, Kind.PDF, Kind.FEED, Kind.MARKDOWN))
"""Kinds that are read from an archive; a crawl's scripts, pictures and data are passed over in silence."""

RECORDS = frozenset(("response", "resource", "conversion"))


def read_warc(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """The articles of a WARC or ARC file, compressed or not; a record's origin is "FILE#3", counted from 1.

    A file that is cut off gives its whole records, then raises InputError.
    """
    yield from _records(document.stream, document.origin, document.keep, settings)


def read_wacz(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """The articles of every WARC file in a WACZ, a zip archive."""
    try:
        with zipfile.ZipFile(seekable(document, SPOOL_LIMIT)) as archive:
            members = [member for member in archive.infolist() if _is_warc(member)]
            if not members:
                raise InputError(document.origin, "is a zip archive without WARC files")
            for member in members:
                yield from _member(archive, member, f"{document.origin}#{member.filename}", document.keep, settings)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise InputError(document.origin, "is no readable WACZ: its zip archive is cut off or damaged") from None


def _is_warc(member: zipfile.ZipInfo) -> bool:
    return member.filename.lower().endswith((".warc", ".warc.gz")) and not member.is_dir()


def _member(
    archive: zipfile.ZipFile, member: zipfile.ZipInfo, origin: str, keep: Keep | None, settings: Settings
) -> Iterator[Article | Failure]:
    """One WARC of a WACZ; what is wrong with it is a Failure, and the next one is read."""
    try:
        if member.file_size > RATIO_FROM and member.file_size > LARGEST_RATIO * max(member.compress_size, 1):
            raise InputError(origin, f"unpacks to more than {LARGEST_RATIO} times its size")
        with archive.open(member) as stream:
            yield from _records(cast(BinaryIO, stream), origin, keep, settings)
    except InputError as error:
        yield Failure(error.origin, error.cause)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError, RuntimeError):
        yield Failure(origin, "is damaged, locked, or packed in a way that cannot be read")


def _records(stream: BinaryIO, origin: str, keep: Keep | None, settings: Settings) -> Iterator[Article | Failure]:
    tap = Tap(settings.max_bytes + LARGEST_HEADERS) if keep else None
    source, number = _Unpacked(stream, origin, tap), 0
    records = _iterated(source)
    while record := _next(records, source, origin, number):
        number += 1
        found = _document(record, f"{origin}#{number}", settings)
        _finish(record, origin, number)
        if isinstance(found, Document) and keep and tap:
            end = source.tell() - records.reader.rem_length()
            keep(partial(tap.cut, records.offset, end), "application/warc", _stored(record))
        if isinstance(found, Document):
            yield from _articles(found, settings)
        elif found:
            yield found
    if not number:
        raise InputError(origin, "holds no whole record")


def _stored(record: ArcWarcRecord) -> datetime | None:
    """When the crawl stored it, by its own headers."""
    with suppress(ValueError):
        return datetime.fromisoformat(record.rec_headers.get_header("WARC-Date") or "")
    return None


def _iterated(source: _Unpacked) -> ArchiveIterator:
    from warcio.archiveiterator import ArchiveIterator

    class Quiet(ArchiveIterator):  # type: ignore[misc, unused-ignore]
        INC_RECORD = ""  # it would be written to standard error

    iterator = Quiet(source)
    iterator.reader.set_decomp(None)  # ours unpacks, and tells when the file is cut off
    return iterator


def _next(records: ArchiveIterator, source: _Unpacked, origin: str, number: int) -> ArcWarcRecord | None:
    """The next record, its headers read and its body not yet."""
    try:
        with source.within(LARGEST_HEADERS, f"has more than {in_words(LARGEST_HEADERS)} of headers in a record"):
            return next(records, None)
    except InputError:
        raise
    except Exception:  # on what is no WARC, warcio raises all sorts of errors
        raise InputError(
            origin, f"is cut off or damaged after record {number}" if number else "is no WARC file"
        ) from None


def _document(record: ArcWarcRecord, origin: str, settings: Settings) -> Document | Failure | None:
    """What a record stores, where it is of a kind that is read; None where it is not."""
    headers = record.http_headers or record.rec_headers
    content_type = (headers.get_header("Content-Type") or "").lower()
    if not _is_wanted(record, content_type):
        return None
    if (record.length or 0) > settings.max_bytes:
        return Failure(origin, f"is larger than the limit of {in_words(settings.max_bytes)}")
    try:
        content = unpacked(_payload(record), headers.get_header("Content-Encoding") or "", origin, settings.max_bytes)
    except InputError as error:
        return Failure(error.origin, error.cause)
    url, charset = record.rec_headers.get_header("WARC-Target-URI"), _parameter(content_type, "charset")
    return from_bytes(content, origin, content_type=content_type.partition(";")[0], charset=charset, url=url)


def _is_wanted(record: ArcWarcRecord, content_type: str) -> bool:
    essence = content_type.partition(";")[0].strip()
    if record.rec_type == "response":
        return record.http_headers is not None and record.http_headers.get_statuscode() == "200" and _is_page(essence)
    return record.rec_type in RECORDS and (_is_page(essence) or essence == "text/plain")


def _is_page(essence: str) -> bool:
    return not essence or essence.endswith("/xml") or CONTENT_TYPES.get(essence) in READ


def _articles(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    from firsthand.ingest import readers

    try:
        if readers.kind(document) in READ or document.content_type == "text/plain":  # else a site map, or untyped data
            yield from readers.read(document, settings)
    except Exception as error:  # one record must not end the reading of the others
        yield failed(document.origin, error)


def _payload(record: ArcWarcRecord) -> Iterator[bytes]:
    """The body as it was sent, without the chunks of its transfer."""
    from warcio.bufferedreaders import ChunkedDataReader

    coding = record.http_headers.get_header("Transfer-Encoding") if record.http_headers else None
    body = ChunkedDataReader(record.raw_stream) if coding and coding.lower() == "chunked" else record.raw_stream
    return iter(lambda: cast(bytes, body.read(CHUNK)), b"")


def _finish(record: ArcWarcRecord, origin: str, number: int) -> None:
    """Read to the record's end. Raises InputError where the file ends before the record does."""
    while record.raw_stream.read(CHUNK):
        pass
    if record.length is None or getattr(record.raw_stream, "limit", 0) > 0:
        raise InputError(origin, f"is cut off in record {number}")


def _parameter(content_type: str, name: str) -> str | None:
    found = (part.strip().partition("=") for part in content_type.split(";")[1:])
    return next((value.strip("\"' ") for key, _, value in found if key.strip() == name), None)


class _Unpacked:
    """A stream as warcio reads it, unpacked where it is gzip. Raises InputError where it is cut off or a bomb.

    Every read returns what one step gives: a read that went on to an error would lose the last whole record.
    """

    def __init__(self, stream: BinaryIO, origin: str, tap: Tap | None = None) -> None:
        self._origin, self._packed, self._given, self._tap = origin, _Counted(stream), 0, tap
        self._end: tuple[int, str] | None = None
        zipped = cast(io.BufferedReader, stream).peek(2)[:2] == b"\x1f\x8b"
        self._stream: Any = gzip.GzipFile(fileobj=cast(BinaryIO, self._packed)) if zipped else self._packed

    def read(self, size: int = CHUNK) -> bytes:
        """Up to `size` bytes; none at the end."""
        try:
            piece: bytes = self._stream.read1(size)
        except EOFError:
            raise InputError(self._origin, "is cut off: its compressed data end too early") from None
        except (zlib.error, gzip.BadGzipFile):
            raise InputError(self._origin, "is damaged: its compressed data cannot be unpacked") from None
        self._given += len(piece)
        if self._tap:
            self._tap.add(piece)
        if self._given > RATIO_FROM and self._given > LARGEST_RATIO * self._packed.count:
            raise InputError(self._origin, f"unpacks to more than {LARGEST_RATIO} times its size")
        if self._end and self._given > self._end[0]:
            raise InputError(self._origin, self._end[1])
        return piece

    @contextmanager
    def within(self, size: int, cause: str) -> Iterator[None]:
        """Let no more than `size` bytes and a step be read; then InputError tells the cause."""
        self._end = (self._given + size, cause)
        try:
            yield
        finally:
            self._end = None

    def tell(self) -> int:
        """Bytes given so far."""
        return self._given


class _Counted:
    """A stream that counts what is read of it."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self.count = stream, 0

    def read(self, size: int = -1) -> bytes:
        """As the stream's own."""
        piece = self._stream.read(size)
        self.count += len(piece)
        return piece

    read1 = read
