"""Pages: the article and nothing around it, what the page says of itself, links where they stand."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from firsthand.errors import InputError
from firsthand.ingest import furniture, teasers
from firsthand.ingest.about import about
from firsthand.ingest.flow import Paragraph
from firsthand.ingest.html import article, parsed
from firsthand.ingest.media import media
from firsthand.model import Article, Failure, MediaLink

URL = "https://www.tarncourier.example/news/bridge"
HEAD = """<meta charset="utf-8"><title>Tarn council votes to close the Old Bridge | The Tarn Courier</title>
<meta property="og:site_name" content="The Tarn Courier">
<meta property="og:title" content="Tarn council votes to close the Old Bridge">
<meta property="og:image" content="https://www.tarncourier.example/img/bridge.jpg">
<meta property="article:published_time" content="2023-01-01">
<link rel="canonical" href="/news/2024/03/04/bridge">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"x"},
{"@type":"NewsArticle","headline":"Tarn council votes to close the Old Bridge",
"datePublished":"2024-03-04T14:05:00+01:00","dateModified":"2024-03-04T18:30:00+01:00",
"author":[{"@type":"Person","name":"Mira Holt"},{"@type":"Person","name":"Jon Vash"}],
"publisher":{"@type":"NewsMediaOrganization","name":"Tarn Media"}}]}</script>"""
TOP = """<div class="cookie-banner"><p>We use cookies on our pages.</p><button>Accept</button></div>
<header><nav class="main-nav"><ul>
<li><a href="/">Home</a></li><li><a href="/sport">Sport</a></li></ul></nav></header>"""
STORY = """<article class="story"><header><p class="kicker">Local politics</p>
<h1>Tarn council votes to <em>close</em> the Old&nbsp;Bridge</h1>
<p class="standfirst">Engineers say the crossing could fail within months</p>
<div class="byline">By <a rel="author" href="/mira">Mira Holt</a> and Jon Vash</div>
<time datetime="2024-03-04T14:05:00+01:00">4 March 2024, 14:05</time>
<div class="share-buttons"><a href="https://social.example/share">Share on Face</a> <a href="#">Tweet</a></div></header>
<figure><img src="/img/bridge.jpg" width="800" alt="x">
<figcaption>The Old Bridge at dusk. Photo: Lena Orr</figcaption></figure>
<div class="story-body">
<p>TARN (CNS) — The town council voted on Monday to close the Old Bridge, the mayor said, after
   a <a href="https://reports.example/bridge.pdf"> report by the
   Institute </a> found cracks in two of its piers.</p>
<p>“We can<b>not</b> wait,” Mayor Edda Quill told <a href="/people">reporters 😀</a> outside.
“It closes at midnight.”</p>
<h2>A long dispute</h2>
<p>The decision follows a dispute with the region, whose spokesman <a href="javascript:alert(1)">denied</a> that it had
ignored <a href="#top">earlier</a> warnings, or so <a href="mailto:a@b.example">he</a> said.</p>
<blockquote><p>Nobody told us that the piers were cracked. We would have acted at once.</p></blockquote>
<div class="read-also"><strong>Read also:</strong> <a href="/a">Floods cut off lower Tarn for the third time</a></div>
<p>Shop owners on the east bank fear for their trade.<br><br>Buses will be diverted, the operator said.</p>
<p>Watch the video: <iframe src="https://www.youtube.com/embed/abc123" title="Cracks"></iframe></p>
<video poster="/p.jpg"><source src="/video/cracks.mp4" type="video/mp4"></video>
<img src="/pixel.gif" width="1" height="1"><img src="data:image/png;base64,xx"><img src="/logo.svg">
</div>
<p class="copyright">© 2024 The Tarn Courier. All rights reserved. This material may not be published.</p>
<div class="newsletter"><h3>Sign up for our newsletter</h3><form><input type="email"></form></div></article>"""
BOTTOM = """<section id="comments"><h2>Leave a comment</h2>
<p>Your email address will not be published.</p><form>
<textarea></textarea></form><div class="comment"><p>Reader: About time too, I said so years ago in the pub!</p></div>
</section>
<aside class="teasers"><h2>Most read</h2><ul><li><a href="/1">Lost goat found on the library roof</a></li></ul>
</aside><footer><p>About us · Contact · © 2024 Tarn Media Group</p></footer>"""
PAGE = f'<!DOCTYPE html><html lang="en-GB"><head>{HEAD}</head><body>{TOP}<main>{STORY}{BOTTOM}</main></body></html>'
TEXT = """\
Tarn council votes to close the Old Bridge

Engineers say the crossing could fail within months

TARN (CNS) — The town council voted on Monday to close the Old Bridge, the mayor said, after a report by the \
Institute found cracks in two of its piers.

“We cannot wait,” Mayor Edda Quill told reporters 😀 outside. “It closes at midnight.”

A long dispute

The decision follows a dispute with the region, whose spokesman denied that it had ignored earlier warnings, or so he \
said.

Nobody told us that the piers were cracked. We would have acted at once.

Shop owners on the east bank fear for their trade.

Buses will be diverted, the operator said."""
BODY = "<p>The ferry to Solm sails again from Monday, the harbour office said, now that its engine is repaired.</p>" * 3


def page(body: str = BODY, head: str = "", attributes: str = "") -> Article:
    return article(f"<html {attributes}><head>{head}</head><body>{body}</body></html>", URL, "page")


def test_the_text_is_the_article_and_nothing_else() -> None:
    assert article(PAGE, URL, "page").text == TEXT


def test_links_stand_where_their_anchors_are() -> None:
    found = article(PAGE, URL, "page")
    assert [(found.text[link.start : link.end], link.url) for link in found.links] == [
        ("report by the Institute", "https://reports.example/bridge.pdf"),
        ("reporters 😀", "https://www.tarncourier.example/people"),
    ]


def test_what_the_page_says_of_itself(tmp_path: Path, read: Any) -> None:
    (tmp_path / "a.html").write_text(PAGE, encoding="utf-8")
    [found] = read(tmp_path / "a.html")
    assert (found.title, found.outlet) == ("Tarn council votes to close the Old Bridge", "The Tarn Courier")
    assert (found.byline, found.language) == ("Mira Holt, Jon Vash", "en")
    assert found.published.isoformat() == "2024-03-04T14:05:00+01:00"
    assert found.modified.isoformat() == "2024-03-04T18:30:00+01:00"
    assert article(PAGE, URL, "page").url == "https://www.tarncourier.example/news/2024/03/04/bridge"


def test_pictures_and_videos_with_their_captions() -> None:
    base = "https://www.tarncourier.example"
    assert article(PAGE, URL, "page").media == (
        MediaLink(f"{base}/img/bridge.jpg", "image", "The Old Bridge at dusk. Photo: Lena Orr"),
        MediaLink("https://www.youtube.com/embed/abc123", "video", "Cracks"),
        MediaLink(f"{base}/video/cracks.mp4", "video"),
        MediaLink(f"{base}/p.jpg", "image"),
    )


@pytest.mark.parametrize(
    ("head", "published"),
    [
        (
            '<meta property="article:published_time" content="2024-03-04T14:05:00Z">',
            datetime(2024, 3, 4, 14, 5, tzinfo=UTC),
        ),
        ('<meta name="date" content="4 March 2024">', datetime(2024, 3, 4)),
        ('<meta property="article:published_time" content="3020-03-04T14:05:00Z">', None),
        ('<meta property="article:published_time" content="soon">', None),
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"3020-01-01"}</script>', None),
        ('<script type="application/ld+json">{"@type":"NewsArticle",</script>', None),
        ('<script type="application/ld+json">' + "[" * 50_000 + "</script>", None),
        ("", None),
    ],
)
def test_times_that_are_given_and_times_that_lie(head: str, published: datetime | None) -> None:
    assert page(head=head).published == published


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("Published 14:02, 3 June 2024", datetime(2024, 6, 3, 14, 2)),
        ("By Jo Vash | 3 June 2024 14:02", datetime(2024, 6, 3, 14, 2)),
        ("Published 14:02, 3 June 2024 by Jo Vash", datetime(2024, 6, 3, 14, 2)),
        ("Updated: 4 June 2024. Published: June 3, 2024 at 2:02 PM", datetime(2024, 6, 3, 14, 2)),
        ("Jo Vash · Tuesday, 3 December 2024 · 4 min read", datetime(2024, 12, 3)),
        ("Published 14:02, 3 June 2994", None),
        ("1 January 1850", None),
        ("4 min read", None),
    ],
)
def test_a_time_that_the_page_only_shows(line: str, published: datetime | None) -> None:
    text = "<p>The ferry to Solm sails again, the harbour office said, but no one knows for how long it will.</p>" * 9
    body = f'<nav>2 May 2024</nav><h1>Ferry sails</h1><div class="who"><span>{line}</span></div>{text}'
    assert page(f"<article>{body}</article>").published == published


def test_an_old_page_of_tables_with_all_in_one_cell() -> None:
    body = """<div><a href="/">Ellery Daily</a> | <a href="/news">News</a></div>
    <table><tr><td><a href="/x">Weather</a><br>
    <a href="/y">Tides</a></td><td><h1>Port Ellery strike enters second week</h1><p>By Sam Birch</p>
    <p>Posted: March 3, 2019 2:15 PM EST</p>
    <p>Dock workers walked out for an eighth day on Sunday, the union said, and no talks are planned.</p>
    <p>"They have not called us once," said Ida Mott, who leads the union of the dock workers.</p>
    <p>Copyright 2019 Ellery Daily. All rights reserved.</p><p>Share this story: <a href="#">Face</a></p>
    <h3>Leave a Reply</h3><form><p>Your email address will not be published.</p></form></td></tr></table>"""
    found = page(body, '<meta name="author" content="Sam Birch">')
    assert found.text.split("\n\n") == [
        "Port Ellery strike enters second week",
        "Dock workers walked out for an eighth day on Sunday, the union said, and no talks are planned.",
        '"They have not called us once," said Ida Mott, who leads the union of the dock workers.',
    ]
    assert found.published is not None
    assert found.published.isoformat() == "2019-03-03T14:15:00-05:00"


def test_sentences_that_look_like_furniture_stay() -> None:
    kept = [
        "The report may not be published until after the election, the electoral commission said on Monday.",
        "“The names may not be published,” the judge told reporters.",
        "Like us, the Lorvian people deserve peace, the foreign minister said on Monday.",
        "Like us, they deserve peace.",
        "Sign up for the army, the president urged young men in a speech on Sunday.",
        "Join the conversation, the mayor urged citizens on Monday",
        "Human reproduction without a doctor’s permission is what the law forbids.",
        "Listen carefully: nobody leaves.",
        "More in the valley have died.",
        "This article was updated twice, the editor admitted on Monday.",
        "Copyright law must change, the minister said, because it was written for a world without machines that read.",
        "Share prices fell after the bank said that it had lost the savings of four thousand people in the valley.",
        "“Sign up for this and you will regret it,” the union told its members on the quay early on Monday.",
        "By Monday evening the water had reached the church, the fire brigade said, and nobody had been found.",
    ]
    assert page("<article>" + "".join(f"<p>{text}</p>" for text in kept) + "</article>").text.split("\n\n") == kept


@pytest.mark.parametrize(
    "notice",
    [
        "© 2024 The Tarn Courier",
        "This material may not be published, broadcast, rewritten or redistributed without permission.",
        "Reproduction in whole or in part is strictly prohibited.",
        "Sign up for our newsletter for the news of the valley.",
        "Like us on Facebook",
        "Story continues below",
        "More in Sport",
        "Your email address will not be published.",
        "Leave a comment",
    ],
)
def test_notices_are_no_text(notice: str) -> None:
    with_it, without = (page(f"<article>{BODY}{part}</article>") for part in (f"<p>{notice}</p>", ""))
    assert with_it.text == without.text


def test_a_comment_form_ends_the_text_near_the_end_of_the_page_only() -> None:
    said = [Paragraph(f"The ferry sails again on day {number}, the harbour office said.") for number in range(9)]
    form = [Paragraph("Leave a comment", heading=True), Paragraph("I knew it!")]
    assert furniture.without([*said, *form], None, None) == said
    assert furniture.without([*said[:4], *form, *said[4:]], None, None) == [*said[:4], form[1], *said[4:]]


LINK = '<a href="/n">Weir Street market moves to the school yard.</a>'
TEASERS = [
    f'<div class="read-also"><strong>Read also:</strong> {LINK}</div>',
    f"<p><b>READ MORE:</b> {LINK} | {LINK}</p>",
    f"<p>See also {LINK}.</p>",
    f"<div><h3>Related stories</h3><ul><li>{LINK}</li><li>{LINK}</li></ul></div>",
    f"<h3>Don’t miss</h3><ul><li>{LINK}</li></ul>",
    f'<p class="story-promo">{LINK}</p>',
    f'<div class="newsletter-box"><p>{LINK}</p></div>',
    '<blockquote class="twitter-tweet"><p>The bridge shuts <a href="https://t.example/x">t.example/x</a></p>'
    '— Edda Quill (@quill) <a href="https://twitter.example/quill/1">March 4, 2024</a></blockquote>',
    '<div class="embed"><iframe src="https://posts.example/1"><p>Your browser shows no frames</p></iframe></div>',
]
OWN = [
    f"Read also what the minister wrote of it: {LINK}",
    f'<i class="promo">The council said that</i> {LINK}',
    f"See: {LINK}",
    f"The ferry’s owner, the harbour office said, has known it for long. {LINK}",
]


@pytest.mark.parametrize("teaser", TEASERS)
@pytest.mark.parametrize("url", [URL, None])
def test_teasers_and_embedded_posts_are_no_text(teaser: str, url: str | None) -> None:
    with_it, without = (
        article(f"<body><article>{BODY}{part}{BODY}</article></body>", url, "x") for part in (teaser, "")
    )
    assert with_it.text == without.text
    assert with_it.links == ()


@pytest.mark.parametrize("own", OWN)
def test_sentences_with_links_are_no_teasers(own: str) -> None:
    assert LINK[13:-4] in page(f'<article>{BODY}<p class="promo">{own}</p>{BODY}</article>').text


def test_a_page_of_links_alone_is_looked_at_once() -> None:
    began = time.process_time()
    teasers.strip(parsed("<body><div><div>" + "<a href=x></a>" * 9_000))
    assert time.process_time() - began < 2


CAPTION = "<figcaption>" + "The bridge. " * 90_000 + "</figcaption>"
SLOW = [
    "<figure>" + "".join(f"<img src=/{number}.jpg>" for number in range(5_000)) + CAPTION + "</figure>",
    "<figure>" + "<img src=/a.jpg>" * 5_000 + CAPTION + "</figure>",
    f"<div class='{'x' * 1_000_000}'>" + "<img src=/a.jpg alt=x>" * 5_000 + "</div>",
    "<div id=x>" * 200 + "<img src=/a.jpg>" * 5_000 + "</div>" * 200,
    "<h1>" * 50 + "The bridge. " * 90_000,
]


@pytest.mark.parametrize("part", SLOW, ids=range(len(SLOW)))
def test_pictures_and_headings_take_no_time_of_their_own(part: str) -> None:
    tree, began = parsed(f"<article>{part}</article>"), time.process_time()
    shown = media(tree, {}, URL)
    assert len(about(tree, URL).title or "") <= 1_000
    assert time.process_time() - began < 8
    assert len(shown) <= 200
    assert all(len(found.caption or "") <= 2_000 for found in shown)


def test_a_page_that_nests_its_text_too_deeply_is_refused() -> None:
    with pytest.raises(InputError, match="too much text"):
        page("<h1>" * 200 + "The bridge. " * 90_000)


def test_broken_html_is_read(tmp_path: Path, read: Any) -> None:
    (tmp_path / "a.html").write_text(f"<html><body><div><p><b>Ferry</i></table>{BODY}<p>It was <a href='/x'>late")
    [found] = read(tmp_path / "a.html")
    assert "The ferry to Solm sails again" in found.text


@pytest.mark.parametrize(
    ("charset", "declared"),
    [
        ("cp1252", "iso-8859-1"),
        ("cp1252", ""),
        ("utf-8", "iso-8859-1"),
        ("utf-16", ""),
        ("cp1251", "windows-1251"),
        ("utf-8", "no-such-charset"),
        ("utf-8", "unicode_escape"),
    ],
)
def test_charsets(tmp_path: Path, read: Any, charset: str, declared: str) -> None:
    word = "Министр заявил, что мост закрыт." if charset == "cp1251" else "Le café de l’été est fermé."
    meta = f'<meta charset="{declared}">' if declared else ""
    (tmp_path / "a.html").write_bytes(
        f"<html><head>{meta}</head><body><p>{word}</p>{BODY}</body></html>".encode(charset)
    )
    assert word in read(tmp_path / "a.html")[0].text


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "is empty"),
        (b"  \n ", "is empty"),
        (b"<html></html>", "no article text found"),
        (b"<html><body><p>Please enable JavaScript.</p></body></html>", "no article text found"),
        (b"<html><body><nav><a href='/'>Home</a></nav></body></html>", "no article text found"),
        (b"<html><body>" + b"<p>x</p>" * 30_000, "has more than 20,000 elements, too many for a page with one article"),
    ],
)
def test_pages_without_an_article(tmp_path: Path, read: Any, content: bytes, cause: str) -> None:
    (tmp_path / "a.html").write_bytes(content)
    assert read(tmp_path / "a.html") == [Failure(str(tmp_path / "a.html"), cause)]


def test_a_page_of_300_mb_is_refused_unread(tmp_path: Path, read: Any) -> None:
    with (tmp_path / "huge.html").open("wb") as file:
        file.truncate(300 * 2**20)
    assert read(tmp_path / "huge.html")[0].cause == "is larger than the limit of 32 MB"


HOSTILE = "javascript:alert(1) JaVaScRiPt:x data:text/html,x http://u:p@x.example/ http://[::1 // vbscript:x"


def test_hostile_addresses_become_no_links() -> None:
    body = [f'<p>He said that <a href="{url}">this</a> was so, and all would be well.</p>' for url in HOSTILE.split()]
    assert page("".join(body) + BODY).links == ()


def test_a_paragraph_of_a_million_quotation_marks() -> None:
    assert page(f"<article><p>{'“' * 1_000_000}</p></article>").text.count("“") == 1_000_000


def test_right_to_left_text_and_its_links() -> None:
    sentence = 'قال الوزير إن <a href="/x">الجسر القديم</a> سيغلق أمام حركة المرور بعد منتصف الليل مباشرة. 👩‍👩‍👧'
    found = page(f'<article><p dir="rtl">{sentence}</p>{BODY}</article>')
    assert [found.text[link.start : link.end] for link in found.links] == ["الجسر القديم"]
