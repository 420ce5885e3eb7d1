"""The articles: the list and its search, one of them with its notes, its versions, its original."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import sqlite3
import time
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.library.given import TEXT
from tests.told import told_reading
from tests.web.given import add, add_original, add_read

if TYPE_CHECKING:
    from starlette.testclient import TestClient

    from firsthand.model import Reading

OFFICIAL = "540f06695689bc68"  # the agency's first report
REWRITE = "b9ce5117c48a9563"  # an outlet's rewrite of it
DENIAL = "e177dee6a29db623"


class Page(HTMLParser):
    """A page's elements and its words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words += data

    @property
    def flat(self) -> str:
        return " ".join(self.words.split())

    def ids(self) -> list[str]:
        return [str(attributes["id"]) for _, attributes in self.elements if "id" in attributes]

    def links(self) -> list[str]:
        return [str(attributes["href"]) for tag, attributes in self.elements if tag == "a" and "href" in attributes]


def page(client: TestClient, path: str) -> Page:
    answer = client.get(path)
    assert answer.status_code == 200, answer.text[:400]
    return Page(answer.text)


# The list.


def test_the_list_has_all_newest_first(client: TestClient) -> None:
    found = page(client, "/articles")
    ids = [link for link in found.links() if re.fullmatch("/articles/[0-9a-f]{16}", link)]
    assert len(ids) == 18
    assert "18 articles" in found.flat
    assert found.flat.index("Correction: Ondrava ferry report") < found.flat.index("Exams put off")


@pytest.mark.parametrize(
    ("query", "first", "count"),
    [
        ("q=ferry+plan", "Ministry: no plan to sink any ferry", 8),
        ("q=ferry+plan&sort=oldest", "Ondrava may sink ferry and blame Belmora", 8),
        ("q=ferry+plan&sort=newest", "Ministry: no plan to sink any ferry", 8),
        ("q=%22no+plan%22", "Ministry: no plan", 3),
        ("sort=oldest", "Ondrava may sink ferry", 18),
        ("sort=outlet", "Correction", 18),
        ("sort=added", "Exams put off", 18),
        ("outlet=herald", "Herring prices fall", 3),
        ("since=2025-06-06&until=2025-06-06", "What happened at the east quay?", 5),
        ("since=2025-06-07", "Correction", 1),
        ("q=minist*&outlet=courier", "Ministry: no plan", 1),
    ],
)
def test_it_is_searched_filtered_and_sorted(client: TestClient, query: str, first: str, count: int) -> None:
    lines = client.get(f"/articles.json?{query}").json()
    assert len(lines) == count
    assert lines[0]["called"].startswith(first)
    found = page(client, f"/articles?{query}")
    assert first in found.flat


def test_hits_are_marked(client: TestClient) -> None:
    html = client.get("/articles?q=lifeboats").text
    assert re.search(r"<mark>[Ll]ifeboats</mark>", html)


@pytest.mark.parametrize(
    "query",
    [
        *('q="', "q=*", "q=AND", "q=NEAR(a b)", "q=title:ferry", "q=ferry)", "q=-ferry", "q='; drop table version; --"),
        *("q=%00", "q=" + "ferry " * 200, "since=yesterday", "until=9999-12-31", "page=0", "page=99999999", "page=x"),
        *("sort=claims", "since=2025-06-07&until=2025-06-04", "outlet=%25_", "q=ferry&sort=outlet", "q=%ed%a0%80"),
    ],
)
def test_nothing_that_is_asked_breaks_it(client: TestClient, query: str) -> None:
    for path in ("/articles", "/articles.json", "/articles.csv"):
        assert client.get(f"{path}?{query}").status_code == 200
    assert client.get(f"/api/v1/articles?{query}").status_code in (200, 422)


def test_what_cannot_be_understood_is_told(client: TestClient) -> None:
    assert "is no day" in page(client, "/articles?since=yesterday").flat
    assert "There is no word to search for." in page(client, "/articles?q=*").flat


def test_where_nothing_is_found_it_says_what_to_do(client: TestClient) -> None:
    assert "No article has all of these words" in page(client, "/articles?q=walrus").flat
    assert "No article is of that outlet" in page(client, "/articles?outlet=walrus").flat
    assert "does not go on so far" in page(client, "/articles?page=7").flat


def test_a_list_without_articles_leads_to_adding(tmp_path: Path) -> None:
    from starlette.testclient import TestClient

    from firsthand.web.app import create
    from firsthand.web.options import Options

    with TestClient(create(Options(tmp_path / "library")), base_url="http://127.0.0.1:8470") as client:
        assert "/add" in page(client, "/articles").links()


def test_long_lists_are_turned_over(client: TestClient, ferry: Path) -> None:
    for number in range(60):
        add(ferry, f"{TEXT} Page {number}.", url=f"https://post.example/{number}", title=f"Page {number}")
    first, second = page(client, "/articles"), page(client, "/articles?page=2")
    assert "/articles?page=2" in first.links()
    assert "/articles" in second.links()
    assert "51 to 78" in second.flat
    seen = [link for found in (first, second) for link in found.links() if re.fullmatch("/articles/[0-9a-f]{16}", link)]
    assert len(seen) == len(set(seen)) == 78
    hits = page(client, "/articles?q=larkmoor&page=2")
    assert "21 to 40" in hits.flat  # a page of a search is shorter: of each the words around what was sought are shown


def test_the_list_as_a_table_holds_no_formula(client: TestClient, ferry: Path) -> None:
    add(ferry, TEXT, title='=HYPERLINK("https://evil.example")', outlet="@evil")
    rows = list(csv.reader(io.StringIO(client.get("/articles.csv").text.lstrip("\ufeff"))))
    (row,) = [row for row in rows if "HYPERLINK" in row[1]]
    assert row[1].startswith("'=")
    assert row[2] == "'@evil"


# One article.


def test_an_article_shows_the_chain_in_the_margin(client: TestClient, ferry: Path) -> None:
    identity = add_read(ferry, told_reading())
    found = page(client, f"/articles/{identity}")
    assert "The Ulm Gazette" in found.flat
    assert "two engineers (unnamed)" in found.flat
    assert "Northern Press Agency" in found.flat
    html = client.get(f"/articles/{identity}").text
    assert re.search(r"The Ulm Gazette</bdi></b>\s*<span class=\"arrow\">←</span>\s*<bdi>two engineers", html)


def test_sources_are_led_to_where_they_have_a_page(client: TestClient) -> None:
    found = page(client, f"/articles/{OFFICIAL}")
    keys = {link for link in found.links() if link.startswith("/sources/")}
    assert any(key.startswith("/sources/senior-belmoran-defence-official-") for key in keys)
    assert not [key for key in keys if key.startswith("/sources/harrowmouth-")]  # who did not answer has said nothing
    assert {client.get(key).status_code for key in keys} == {200}


def test_every_statement_can_be_led_to(client: TestClient) -> None:
    for entry in client.get("/articles.json").json():
        found = page(client, f"/articles/{entry['id']}")
        reading = client.get(f"/articles/{entry['id']}.json").json()
        starts = {one["content"][0][0] for one in reading["attributions"] if one["content"]}
        starts |= {one["span"][0] for one in reading["statements"]}
        starts |= {one["span"][0] for one in client.get(f"/api/v1/articles/{entry['id']}").json()["claims"]}
        assert {f"at-{start}" for start in starts} <= set(found.ids())
        assert len(found.ids()) == len(set(found.ids()))


def test_what_stands_in_the_text_is_the_text(client: TestClient) -> None:
    html = client.get(f"/articles/{OFFICIAL}").text
    paragraphs = re.findall(r'<p class="body[^"]*" dir="auto">(.*?)</p>', html, re.DOTALL)
    shown = Page(re.sub(r'<a class="ref".*?</a>', "", "\n".join(paragraphs))).flat
    text = client.get(f"/articles/{OFFICIAL}/text").text.partition("\n\n")[2]
    assert shown == " ".join(text.split())


def test_notes_lead_to_claims_and_back(client: TestClient) -> None:
    found = page(client, f"/articles/{OFFICIAL}")
    anchors = [link for link in found.links() if link.startswith("/claims/")]
    assert any(re.fullmatch(rf"/claims/c[0-9a-f]+#a-{OFFICIAL}@\d+-\d+", link) for link in anchors)
    inside = {link[1:] for link in found.links() if link.startswith("#")} - {"main"}
    assert inside <= set(found.ids())


def test_copied_paragraphs_say_where_they_come_from(client: TestClient) -> None:
    found = page(client, f"/articles/{REWRITE}")
    assert f"/compare?a={OFFICIAL}&b={REWRITE}" in found.links()
    assert "from Meridian News Agency" in found.flat
    assert "Has wording from" in found.flat
    assert "rewrite, 89% of the later’s words" in found.flat
    assert "Its wording is also in" in page(client, f"/articles/{OFFICIAL}").flat


def test_outlets_are_led_to_where_they_have_a_page(client: TestClient, ferry: Path) -> None:
    identity = add(ferry, TEXT)
    for path in ("/articles", f"/articles/{identity}", f"/articles/{OFFICIAL}"):
        keys = [link for link in page(client, path).links() if link.startswith("/outlets/")]
        assert {client.get(key).status_code for key in keys} <= {200}
    assert "/outlets/meridian" in client.get(f"/articles/{OFFICIAL}").text


def test_marks_can_be_hidden_by_a_link(client: TestClient) -> None:
    assert f"/articles/{OFFICIAL}?marks=off" in page(client, f"/articles/{OFFICIAL}").links()
    assert 'class="paper unmarked"' in client.get(f"/articles/{OFFICIAL}?marks=off").text


def test_an_article_that_waits_says_so_and_shows_its_text(client: TestClient, ferry: Path) -> None:
    identity = add(ferry, TEXT)
    found = page(client, f"/articles/{identity}")
    assert "not read yet" in found.flat
    assert "would stay shut until May" in found.flat
    assert "whether its words are its own is not known" in found.flat
    state = client.get(f"/articles/{identity}/state.json").json()
    assert state == {"read": False, "compared": False, "joined": False}
    assert all(client.get(f"/articles/{OFFICIAL}/state.json").json().values())
    assert client.get(f"/articles/{identity}.json").json()["attributions"] is None
    assert "not read yet" in page(client, "/articles").flat


@pytest.mark.parametrize(
    "name", ["zzz", "0" * 16, "..%2F..%2Fetc%2Fpasswd", "%00", "c" * 3000, "<script>", "%ed%a0%80"]
)
def test_what_is_not_there_is_not_found(client: TestClient, name: str) -> None:
    for rest in ("", ".json", ".csv", "/text", "/original", "/versions", "/report", "/state.json"):
        answer = client.get(f"/articles/{name}{rest}")
        assert answer.status_code == 404
        assert "<script>" not in answer.text or answer.headers["content-type"] == "application/json"


def test_beginnings_of_ids_and_addresses_lead_on(client: TestClient) -> None:
    answer = client.get(f"/articles/{OFFICIAL[:5]}?marks=off", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/articles/{OFFICIAL}?marks=off")


def test_numbers_that_cannot_be_are_refused(client: TestClient) -> None:
    for query in ("version=0", "version=x", "part=-1", "at=1e9", "marks=maybe", f"version={10**30}"):
        assert client.get(f"/articles/{OFFICIAL}?{query}").status_code == 422
    assert client.get(f"/articles/{OFFICIAL}?version=2").status_code == 404


def test_hostile_articles_are_shown_and_do_nothing(
    client: TestClient, ferry: Path, hostile_readings: list[Reading]
) -> None:
    for number, reading in enumerate(hostile_readings):
        text = reading.article.text.encode("utf-8", "replace").decode()
        reading = replace(reading, article=replace(reading.article, text=text, id=f"evil {number}"))
        identity = add_read(ferry, reading)
        for rest in ("", "/report", "/versions", "?marks=off"):
            answer = client.get(f"/articles/{identity}{rest}")
            assert answer.status_code == 200
            _assert_harmless(answer.text)
    _assert_harmless(client.get("/articles").text)
    _assert_harmless(client.get("/articles?q=hacked").text)


def _assert_harmless(html: str) -> None:
    found = Page(html)
    for tag, attributes in found.elements:
        assert tag not in ("img", "svg", "iframe", "base", "style", "plaintext")
        assert not [name for name in attributes if name.startswith("on") or name == "style"]
        assert not str(attributes.get("href", "")).startswith(("javascript:", "data:"))
        assert tag != "script" or str(attributes.get("src", "")).startswith("/static/")
    assert not re.search("[\u202a-\u202e\u2066-\u2069\x00\x1b]", html)


# Long ones.


def test_a_long_text_comes_in_parts(client: TestClient, ferry: Path) -> None:
    text = "\n\n".join(f"Paragraph {number} of the report of Larkmoor’s harbour board." for number in range(3_000))
    identity = add(ferry, text)
    first, last = page(client, f"/articles/{identity}"), page(client, f"/articles/{identity}?part=99")
    assert "is shown in 5 parts: this is part 1" in first.flat
    assert "Paragraph 0 " in first.flat
    assert "Paragraph 2999 " in last.flat
    assert "Paragraph 2999 " not in first.flat
    at = text.index("Paragraph 1500 ")
    assert "Paragraph 1500 " in page(client, f"/articles/{identity}?at={at}").flat


@pytest.mark.parametrize("text", ["word " * 1_000_000, "x" * 5_000_000, "a line\n" * 700_000, "a\n\n" * 1_600_000])
def test_five_million_characters_do_not_take_the_server_down(client: TestClient, ferry: Path, text: str) -> None:
    identity = add(ferry, text)
    for path in ("", "?part=20", "/versions", "/report"):
        begun = time.monotonic()
        answer = client.get(f"/articles/{identity}{path}")
        assert answer.status_code == 200
        assert len(answer.content) < 2_000_000
        assert time.monotonic() - begun < 10
    assert len(client.get(f"/articles/{identity}/text").text) == len(text)


# Versions, text, original.


def test_versions_say_what_changed(client: TestClient, ferry: Path) -> None:
    old = "Bridge shut\n\nThe bridge may open in May, the mayor said.\n\nIt is old.\n\nIt is long.\n\nIt is grey."
    new = old.replace("may open", "will open").replace(", the mayor said", "")
    url = "https://post.example/bridge"
    identity = add(ferry, old, url=url)
    assert add(ferry, new, url=url, title="Bridge to open") == identity
    found = page(client, f"/articles/{identity}/versions")
    assert "From version 1 to version 2" in found.flat
    assert "[taken out: may] [put in: will]" in found.flat
    assert "3 words taken out" not in found.flat
    assert "Bridge to open" in found.flat
    assert "taken out: Bridge shut" in found.flat
    tags = [tag for tag, _ in found.elements]
    assert tags.count("del") >= 2
    assert "ins" in tags
    assert page(client, f"/articles/{identity}?version=1").flat.count("This is version 1") == 1
    assert [one["version"] for one in client.get(f"/articles/{identity}/versions.json").json()] == [1, 2]
    assert client.get(f"/articles/{identity}/versions?from=1&to=9").status_code == 404
    assert client.get(f"/articles/{identity}/versions?from=1&to=1").status_code == 404


def test_one_version_says_that_nothing_changed(client: TestClient) -> None:
    assert "There is one version" in page(client, f"/articles/{OFFICIAL}/versions").flat


def test_the_text_is_plain(client: TestClient, ferry: Path) -> None:
    identity = add(ferry, "<script>alert(1)</script>\n\nÆther")
    answer = client.get(f"/articles/{identity}/text")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.text == "<script>alert(1)</script>\n\nÆther"


def test_the_original_is_a_download_with_its_hash(client: TestClient, ferry: Path) -> None:
    content = b"<!doctype html><script>alert(1)</script>" + b"\x00\xff" * 2_000_000
    evil = 'text/html; name="../../x.exe"\r\nSet-Cookie: a=b'
    outcome = add_original(ferry, TEXT, content, evil, url="https://post.example/../../etc/passwd")
    answer = client.get(f"/articles/{outcome.id}/original")
    assert answer.content == content
    assert answer.headers["content-type"] == "application/octet-stream"
    assert answer.headers["content-disposition"] == f'attachment; filename="{outcome.id}-1.html"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert hashlib.sha256(content).hexdigest() in answer.headers["etag"]
    assert "set-cookie" not in {name for name, value in answer.headers.items() if "a=b" in value}
    assert hashlib.sha256(content).hexdigest() in page(client, f"/articles/{outcome.id}").words


def test_a_damaged_original_is_not_given(client: TestClient, ferry: Path) -> None:
    identity = add(ferry, TEXT, b"<p>as it was")
    with sqlite3.connect(ferry) as connection:
        no = "(SELECT no FROM original ORDER BY no DESC LIMIT 1)"
        connection.execute(f"UPDATE piece SET bytes = ? WHERE original = {no}", (b"\x78\x9c\x03\x00\x00\x00\x00\x01",))
    answer = client.get(f"/articles/{identity}/original")
    assert answer.status_code == 410
    assert "is damaged" in answer.text
    assert client.get(f"/articles/{identity}/text").text == TEXT


# Exports and the API.


def test_the_reading_is_the_contract(client: TestClient) -> None:
    line = client.get(f"/articles/{OFFICIAL}.json").json()
    assert list(line) == [
        *("id", "title", "outlet", "published", "language", "text"),
        *("attributions", "wire_credits", "statements", "model"),
    ]
    rows = list(csv.DictReader(io.StringIO(client.get(f"/articles/{OFFICIAL}.csv").text.lstrip("\ufeff"))))
    assert len(rows) == len(line["attributions"])
    assert rows[1]["source"] == "a senior Belmoran defence official"
    assert rows[1]["claim"].startswith("c")


def test_a_report_quotes_no_more_than_it_needs(client: TestClient, ferry: Path) -> None:
    long = "that " + "the valley would be flooded by the dam and " * 40
    text = f"Ann Ek said {long}."
    from tests.conftest import make_reading

    reading = make_reading(text, [(["Ann Ek"], ["said"], [long])], title="Flood")
    identity = add_read(ferry, reading)
    html = client.get(f"/articles/{identity}/report").text
    quotes = re.findall(r"<blockquote[^>]*>(.*?)</blockquote>", html, re.DOTALL)
    assert quotes
    assert max(map(len, quotes)) <= 300
    assert "https://post.example/bridge" in Page(html).links()


def test_the_api_says_the_same(client: TestClient) -> None:
    listed = client.get("/api/v1/articles?q=ferry+plan").json()
    assert [line["id"] for line in listed["articles"]][:1] == ["21b94f6000e23668"]
    one = client.get(f"/api/v1/articles/{OFFICIAL}").json()
    assert one["reading"]["attributions"] == client.get(f"/articles/{OFFICIAL}.json").json()["attributions"]
    assert one["awaits"] == []
    found = client.get(f"/api/v1/articles/{REWRITE}/derivations").json()
    assert [line["earlier"] for line in found["earlier"]] == [OFFICIAL]
    assert found["compared"] is True
    assert client.get(f"/api/v1/articles/{OFFICIAL}/versions").json()[0]["version"] == 1
    assert client.get(f"/api/v1/articles/{OFFICIAL}/text").text.startswith("Ondrava may sink")
    assert client.get("/api/v1/articles/zzz").status_code == 404
    assert client.get("/api/v1/articles?q=*").status_code == 422
    assert client.get("/api/v1/articles?page=0").status_code == 422
