"""RSS and Atom: an article an entry, and nothing that a hostile feed plants."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from firsthand.model import Failure

RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>The Tarn Courier</title><language>en-gb</language>
<item><title>Bridge &amp; mill shut</title><link>https://tarn.example/1</link><guid>tarn-1</guid>
<dc:creator>Mira Holt</dc:creator>
<pubDate>Mon, 04 Mar 2024 14:05:00 GMT</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>By Mira Holt</p><p>The bridge is <a href="/r">shut</a>, the mayor said.</p>
<script>x</script>
<p>So is the <a href="javascript:x">mill</a>.</p><img src="https://tarn.example/b.jpg" alt="Bridge">
]]></content:encoded></item>
<item><title>Ferry late</title><link>https://tarn.example/2</link>
<description>The ferry is late, it is said.</description></item>
<item><title>Nothing</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Ellery Daily</title>
<entry><id>urn:x:1</id><title>Strike</title>
<updated>2024-03-05T10:00:00Z</updated><published>2024-03-04T10:00:00Z</published>
<author><name>Sam Birch</name></author>
<link href="https://ellery.example/1"/>
<content type="html">&lt;p&gt;They struck, she said.&lt;/p&gt;</content></entry></feed>"""


def feed(tmp_path: Path, content: str) -> Path:
    path = tmp_path / "feed.xml"
    path.write_text(content, encoding="utf-8")
    return path


def test_rss_entries_with_content_and_with_a_summary(tmp_path: Path, read: Any) -> None:
    path = feed(tmp_path, RSS)
    full, short, nothing = read(path)
    assert full.text == "Bridge & mill shut\n\nThe bridge is shut, the mayor said.\n\nSo is the mill."
    assert (full.id, full.outlet, full.byline, full.language) == ("tarn-1", "The Tarn Courier", "Mira Holt", "en")
    assert (full.published, full.url) == (datetime(2024, 3, 4, 14, 5, tzinfo=UTC), "https://tarn.example/1")
    assert [media.url for media in full.media] == ["https://tarn.example/b.jpg"]
    assert full.modified is None
    assert short.text == "Ferry late\n\nThe ferry is late, it is said."
    assert nothing == Failure(f"{path}#3", "is an entry without text")


def test_links_of_an_entry_lead_on_from_its_page(tmp_path: Path, read: Any) -> None:
    [link] = read(feed(tmp_path, RSS))[0].links
    assert (link.url, link.start, link.end) == ("https://tarn.example/r", 34, 38)


def test_atom(tmp_path: Path, read: Any) -> None:
    [found] = read(feed(tmp_path, ATOM))
    assert (found.id, found.text, found.byline) == ("urn:x:1", "Strike\n\nThey struck, she said.", "Sam Birch")
    assert found.modified == datetime(2024, 3, 5, 10, tzinfo=UTC)


ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
BOMB = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "ha">{ENTITIES}]><rss version="2.0"><channel><item>'
STEAL = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY s SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><item>'


@pytest.mark.parametrize("head", [BOMB, STEAL])
def test_entities_neither_grow_nor_steal(tmp_path: Path, read: Any, head: str) -> None:
    body = "<title>t</title><description>The mayor said &e11; &s; no.</description></item></channel></rss>"
    [found] = read(feed(tmp_path, head + body))
    assert len(found.text) < 200
    assert "root:" not in found.text


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "is empty"),
        ("<note><to>you</to></note>", "is XML, but no RSS or Atom feed"),
        ("<rss version='2.0'><channel><title>x</title></channel></rss>", "is a feed without entries"),
    ],
)
def test_feeds_that_are_none(tmp_path: Path, read: Any, content: str, cause: str) -> None:
    path = feed(tmp_path, content)
    assert read(path) == [Failure(str(path), cause)]
