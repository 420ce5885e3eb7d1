"""Which character encoding bytes are in: what they are, before what they say they are."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import BinaryIO

from firsthand.ingest.document import chunks

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
"""Byte order marks. The decoders named here take the mark away."""

SAMPLE = 64 * 2**10
BEFORE = 4 * 2**10
"""Bytes from the first that is not UTF-8 on, and before it, from which an older encoding is guessed."""

OLDER = ["cp1252", "cp1250", "cp1251", "koi8_r", "cp1253", "cp1254", "cp1255", "cp1256", "mac_roman"]
EASTERN = ["shift_jis", "euc_jp", "gb18030", "big5", "euc_kr"]
"""The encodings that the web still meets; a guess among all of Python's would prefer exotic ones."""

WESTERN = "cp1252"

MOSTLY = 2
"""Bytes in whole UTF-8 characters for each that is in none, from which a text is UTF-8 with broken places.

Chosen by reason: in older encodings few bytes happen to form such a character, and most form none.
"""

DECLARED = frozenset(
    f"""
    utf-8 utf-16 {" ".join(OLDER)} cp1257 cp1258 cp866 cp874 koi8-r koi8-u mac-roman iso8859-2 iso8859-3 iso8859-4
    iso8859-5 iso8859-6 iso8859-7 iso8859-8 iso8859-10 iso8859-13 iso8859-14 iso8859-15 iso8859-16
    {" ".join(EASTERN)} cp932 cp949 gbk gb2312 big5hkscs iso2022_jp
    """.split()
)
"""Encodings that a page may declare. Python knows others that are no text encodings (unicode_escape, idna)."""

FEW, FEW_SHARE = 2, 0.02
"""Bytes beyond ASCII, and their share, that tell of no encoding: a pound sign would make a text Japanese."""

_HIGH = bytes(range(0x80, 0x100))
_BROKEN = re.compile("[\udc80-\udcff]")
_ENDING = re.compile(rb"[A-Za-z][\xe0\xe1\xe3-\xef\xf0-\xf4]$")
"""How a text in Windows-1252 may end with a letter that would begin a character in UTF-8 ("Café")."""


def encoding_of(stream: BinaryIO) -> str:
    """The encoding of a seekable stream, which is read once and put back to where it stood."""
    start = stream.tell()
    head = stream.read(SAMPLE)
    encoding = marked(head) or _wide(head)
    if encoding is None:
        stream.seek(start)
        encoding = "utf-8" if _is_utf8(chunks(stream)) else None
    if encoding is None:
        stream.seek(start)
        encoding = guessed(_not_utf8(stream))
    stream.seek(start)
    return encoding


def decoded(content: bytes, declared: str | None = None) -> str:
    """The text of bytes that may declare their encoding (a page). Never fails: what does not fit becomes U+FFFD."""
    encoding = marked(content) or _wide(content[:SAMPLE])
    if encoding:
        return content.decode(encoding, "replace")
    label = known(declared)
    if label == "iso2022_jp":  # looks like ASCII
        return content.decode(label, "replace")
    if label in (None, "utf-8", "utf-16", WESTERN) and _is_utf8([content]):  # servers call everything Western
        return content.decode("utf-8", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        sample = _around(error)
        # A page that says UTF-8 and has a few broken bytes is UTF-8 with a few broken bytes.
        mostly = label == "utf-8" and sample.decode("utf-8", "replace").count("\ufffd") < len(sample) / 100
        return content.decode("utf-8" if mostly else _legacy(label, sample), "replace")


def known(declared: str | None) -> str | None:
    """The Python name of a declared encoding, where it is one that pages use."""
    try:
        name = codecs.lookup((declared or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii"):  # browsers read both as Windows-1252, and so do the pages' authors
        return WESTERN
    return name if name in DECLARED else None


def marked(head: bytes) -> str | None:
    """The encoding that a byte order mark names."""
    return next((encoding for mark, encoding in MARKS if head.startswith(mark)), None)


def guessed(sample: bytes) -> str:
    """The likeliest older encoding of bytes that are not UTF-8; Windows-1252 where nothing speaks for another."""
    from charset_normalizer import from_bytes

    if len(sample) - len(sample.translate(None, _HIGH)) <= max(FEW, FEW_SHARE * len(sample)):
        return WESTERN
    matches = list(from_bytes(sample, cp_isolation=OLDER + EASTERN))
    best = matches[0] if matches else None
    western = next((match for match in matches if match.encoding == WESTERN), None)
    if best is None or (western and western.coherence >= best.coherence and _latin(str(best))):
        return WESTERN
    return best.encoding


def _legacy(label: str | None, sample: bytes) -> str:
    return guessed(sample) if label in (None, "utf-8", "utf-16") else str(label)


def _latin(text: str) -> bool:
    return not any("\u0370" <= letter < "\u1e00" or letter >= "\u3000" for letter in text)


def _wide(head: bytes) -> str | None:
    """UTF-16 without a mark: in Western text every second byte is zero."""
    if len(head) < 4 or head.count(0) < len(head) // 4:
        return None
    even, odd = head[::2].count(0), head[1::2].count(0)
    if odd > 20 * even:
        return "utf-16-le"
    return "utf-16-be" if even > 20 * odd else None


def _is_utf8(pieces: Iterable[bytes]) -> bool:
    """Whether bytes are UTF-8, but for a few that are broken and a last character that is cut off."""
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    high, broken, end = 0, 0, b""
    for piece in pieces:
        text = decoder.decode(piece)
        high += len(piece) - len(piece.translate(None, _HIGH))
        broken += 0 if text.isascii() else len(_BROKEN.findall(text))
        end = (end + piece)[-2:]
    whole = high - broken - len(decoder.getstate()[0])
    return whole >= MOSTLY * broken if broken or whole else not _ENDING.search(end)


def _not_utf8(stream: BinaryIO) -> bytes:
    """The bytes around the first that is not UTF-8, in a stream that has one."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for chunk in chunks(stream):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError as error:
        return _around(error)
    return b""


def _around(error: UnicodeDecodeError) -> bytes:
    return error.object[max(0, error.start - BEFORE) : error.start + SAMPLE]
