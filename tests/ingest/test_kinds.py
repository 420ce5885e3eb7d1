"""What kind some bytes are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from firsthand.ingest.kinds import Kind, kind_by_name, kind_of


@pytest.mark.parametrize(
    ("name", "content_type", "head", "kind"),
    [
        ("a.TXT", None, b"<html><body>", Kind.TEXT),
        ("a.txt", None, b"%PDF-1.7", Kind.PDF),
        ("a.txt", None, b"WARC/1.0\r\n", Kind.TEXT),
        ("a.warc.gz", None, b"\x1f\x8b", Kind.WARC),
        ("a.b.Html", None, b"x", Kind.HTML),
        ("a.tar.gz", None, b"\x1f\x8b", Kind.TEXT),
        ("a.xml", None, b"<rss>", Kind.FEED),
        ("", None, b"\xef\xbb\xbf <!DOCTYPE HTML><html>", Kind.HTML),
        ("", None, b"<?xml version='1.0'?><html xmlns='x'>", Kind.HTML),
        ("", None, b"<?xml version='1.0'?>\n<feed xmlns='http://www.w3.org/2005/Atom'>", Kind.FEED),
        ("", None, b"<rdf:RDF xmlns:rdf='x'>", Kind.FEED),
        ("", None, b"PAR1", Kind.PARQUET),
        ("", None, b"PK\x03\x04......archive/data.warc.gz", Kind.WACZ),
        ("", None, b"WARC/1.1\r\n", Kind.WARC),
        ("", None, b"5 < 6 <p> said the teacher", Kind.TEXT),
        ("/story.pdf", "text/html", b"<html>", Kind.HTML),
        ("/story", "text/html", b"%PDF-1.4", Kind.PDF),
        ("/feed", "text/html; charset=utf-8", b"<?xml?><rss>", Kind.FEED),
        ("/feed", "application/xml", b"<?xml?><feed>", Kind.FEED),
        ("/x", "application/xhtml+xml", b"<?xml?><html>", Kind.HTML),
        ("/x", "image/svg+xml", b"<svg>", Kind.TEXT),
        ("/notes.md", "text/plain", b"# x", Kind.MARKDOWN),
        ("/data.jsonl", "application/octet-stream", b"{", Kind.JSON_LINES),
    ],
)
def test_kinds(name: str, content_type: str | None, head: bytes, kind: Kind) -> None:
    assert kind_of(name, content_type, head) is kind


@given(some.text(), some.none() | some.text(), some.binary())
def test_anything_is_of_some_kind(name: str, content_type: str | None, head: bytes) -> None:
    assert isinstance(kind_of(name, content_type, head), Kind)
    assert kind_by_name(name) is None or isinstance(kind_by_name(name), Kind)
