"""Whatever bytes come, to whichever reader: articles and failures come out, and links lie in the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest import readers
from firsthand.ingest.document import from_bytes
from firsthand.ingest.html import article
from firsthand.model import Article, Failure

NAMES = [
    "a.txt",
    "a.md",
    "a.html",
    "a.pdf",
    "a.json",
    "a.jsonl",
    "a.csv",
    "a.parquet",
    "a.xml",
    "a.warc",
    "a.wacz",
    "a",
]
STARTS = [
    b"",
    b"%PDF-1.4\n",
    b"PAR1",
    b"WARC/1.0\r\nWARC-Type: response\r\n",
    b"PK\x03\x04",
    b"\x1f\x8b\x08",
    b"\xff\xfe",
]
STARTS += [b'{"text": "', b"id,text\n1,", b"<html><body><p>", b"<rss version='2.0'><channel><item><title>", b"[{"]
TAGS = [
    "p",
    "a href='/x'",
    "a href='http://b.example/'",
    "br",
    "div",
    "b",
    "li",
    "h2",
    "table",
    "td",
    "blockquote",
    "script",
]
QUICK = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def checked(found: Article | Failure) -> None:
    assert isinstance(found, Article | Failure)
    if isinstance(found, Failure):
        assert found.cause
        assert "\n" not in found.cause
        return
    assert found.id
    found.text.encode()
    for link in found.links:
        assert 0 <= link.start < link.end <= len(found.text)
        assert found.text[link.start : link.end].strip() == found.text[link.start : link.end]


@pytest.mark.parametrize("name", NAMES)
@given(start=some.sampled_from(STARTS), rest=some.binary(max_size=400))
@QUICK
def test_any_bytes(name: str, start: bytes, rest: bytes) -> None:
    try:
        for found in readers.read(from_bytes(start + rest, "x", name=name), Settings()):
            checked(found)
    except InputError as error:
        checked(Failure(error.origin, error.cause))


@given(some.lists(some.tuples(some.sampled_from(TAGS), some.text(max_size=40), some.booleans()), max_size=25))
@QUICK
def test_any_page(parts: list[tuple[str, str, bool]]) -> None:
    inside = "".join(f"<{tag}>{text}" + (f"</{tag.split()[0]}>" if closed else "") for tag, text, closed in parts)
    page = f"<article>{inside}<p>{'The ferry sails again, the harbour office said on Monday. ' * 6}</p></article>"
    try:
        found = article(page, "https://a.example/", "x")
    except InputError as error:
        checked(Failure(error.origin, error.cause))
    else:
        assert all(0 <= link.start < link.end <= len(found.text) for link in found.links)


@given(
    some.lists(some.text(some.characters(exclude_categories=["Cs"]), min_size=1, max_size=30), min_size=1, max_size=5)
)
@QUICK
def test_the_anchor_is_what_the_offsets_cut_out(anchors: list[str]) -> None:
    from lxml import etree

    from firsthand.ingest.flow import joined, paragraphs, plain

    root = etree.Element("body")
    for number, anchor in enumerate(anchors):
        shown = "".join(letter for letter in anchor if letter.isprintable())
        block = etree.SubElement(root, "p")
        block.text = "before  "
        link = etree.SubElement(block, "a", href=f"https://a.example/{number}")
        link.text, link.tail = shown, " after"
    text, links = joined(paragraphs(root))
    expected = [plain("".join(letter for letter in anchor if letter.isprintable())) for anchor in anchors]
    assert [text[link.start : link.end] for link in links] == [anchor for anchor in expected if anchor]
