"""Feeds and sitemaps as lists of addresses, and what hostile ones do not gain."""

from __future__ import annotations

import gzip
from contextlib import suppress
from datetime import UTC, datetime

import pytest

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest import listings
from firsthand.ingest.fetch import Fetched
from firsthand.ingest.listings import Entry, Listing, listing
from tests.ingest.test_feeds import ATOM, BOMB, RSS, STEAL

BASE = "https://tarn.example/feeds/all.xml"
NEWS = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><image:image><image:loc>https://tarn.example/a.jpg</image:loc><image:title>A picture</image:title></image:image>
<loc> https://tarn.example/bridge </loc><lastmod>2031-04-09</lastmod>
<news:news><news:publication><news:name>The Tarn Courier</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-04-08T09:30:00+02:00</news:publication_date><news:title>Bridge &amp; mill shut</news:title>
</news:news></url>
<url><loc>/mill</loc><lastmod>2024-03-01T10:00:00Z</lastmod></url>
<url><loc>javascript:alert(1)</loc></url><url><loc>ftp://tarn.example/x</loc></url><url></url>
<url><loc>https://user:pw@tarn.example/x</loc></url>
</urlset>"""
INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://tarn.example/1.xml.gz</loc><lastmod>2024-03-01</lastmod></sitemap>
<sitemap><loc>https://tarn.example/2.xml</loc></sitemap></sitemapindex>"""
SETTINGS = Settings(max_bytes=10**6)


def listed(content: str | bytes, content_type: str | None = "text/xml") -> Listing:
    body = content.encode() if isinstance(content, str) else content
    return listing(Fetched(BASE, content_type, None, body), SETTINGS)


def test_a_feed_lists_its_entries_with_what_it_says_of_them() -> None:
    found = listed(RSS)
    assert (found.kind, found.outlet) == ("feed", "The Tarn Courier")
    first, second = found.entries
    assert first == Entry("https://tarn.example/1", datetime(2024, 3, 4, 14, 5, tzinfo=UTC), "Bridge & mill shut")
    assert (second.url, second.published) == ("https://tarn.example/2", None)
    assert listed(ATOM, None).entries[0].url == "https://ellery.example/1"


def test_a_sitemap_lists_pages_and_the_times_that_news_give() -> None:
    found = listed(NEWS)
    assert found.kind == "sitemap"
    first, second = found.entries
    assert (first.url, first.title) == ("https://tarn.example/bridge", "Bridge & mill shut")
    assert first.published and first.published.astimezone(UTC) == datetime(2024, 4, 8, 7, 30, tzinfo=UTC)
    assert second == Entry("https://tarn.example/mill", datetime(2024, 3, 1, 10, tzinfo=UTC))


def test_an_index_lists_sitemaps() -> None:
    found = listed(INDEX)
    assert found.kind == "index"
    assert [(entry.url, bool(entry.published)) for entry in found.entries] == [
        ("https://tarn.example/1.xml.gz", True),
        ("https://tarn.example/2.xml", False),
    ]


def test_a_packed_sitemap_is_unpacked_within_the_limit() -> None:
    assert listed(gzip.compress(NEWS.encode()), "application/gzip") == listed(NEWS)
    with pytest.raises(InputError, match="larger than the limit"):
        listed(gzip.compress(b" " * 10**6 + NEWS.encode()))
    with pytest.raises(InputError, match="cut off"):
        listed(gzip.compress(NEWS.encode())[:-20])


@pytest.mark.parametrize(
    "content", ["<html><body><p>A page.</p></body></html>", "plain words", "", "<", "<x/>", "\0\1"]
)
def test_all_else_is_a_page(content: str) -> None:
    assert listed(content, "text/html") == Listing("page")


def test_a_sitemap_that_is_cut_off_is_named() -> None:
    with pytest.raises(InputError, match="cut off or damaged"):
        listed(NEWS[:-30])


def test_no_more_entries_than_the_protocol_allows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "MOST", 3)
    many = "".join(f"<url><loc>https://x.example/{n}</loc></url>" for n in range(5))
    assert len(listed(f"<urlset>{many}</urlset>").entries) == 3


@pytest.mark.parametrize("head", [BOMB, STEAL])
def test_entities_neither_grow_nor_steal(head: str) -> None:
    head = head.partition('<rss version="2.0">')[0].replace("DOCTYPE x", "DOCTYPE urlset")
    try:
        entries = listed(f"{head}<urlset><url><loc>https://x.example/&e11;&s;</loc></url></urlset>").entries
    except InputError:
        return
    assert all(len(entry.url) < 100 and "root:" not in entry.url for entry in entries)


def test_a_feed_that_is_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listings, "LARGEST", 100)
    with pytest.raises(InputError, match="is a feed of more than"):
        listed(RSS)


def test_depth_does_no_harm() -> None:
    deep = "<a>" * 5_000 + "</a>" * 5_000
    with suppress(InputError):
        found = listed(f"<urlset><url>{deep}<loc>https://x.example/1</loc></url></urlset>")
        assert [entry.url for entry in found.entries] in ([], ["https://x.example/1"])
