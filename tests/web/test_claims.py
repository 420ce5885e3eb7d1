"""The list of claims: found, filtered, sorted, drawn, told to other programs; whatever is asked for."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from sqlalchemy import insert
from starlette.testclient import TestClient

from firsthand.library import Library, summaries
from firsthand.library.claims import claims_of
from firsthand.library.schema_summaries import stale
from firsthand.library.summaries import ClaimFilter, Listed
from firsthand.model import RootMark, Summary
from firsthand.web import plants, sparks
from firsthand.web.claim_filters import Asked
from firsthand.web.claim_rows import row

FERRY = "Ondrava may sink ferry and blame Belmora"


class Page(HTMLParser):
    """The ids, the links and the words of a page, and what of it is as the policy forbids."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids, self.links, self.labels, self.inline = list[str](), list[str](), list[str](), list[str]()
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.ids += [given["id"] or ""] if "id" in given else []
        self.links += [given["href"] or ""] if tag == "a" and "href" in given else []
        self.labels += [given["aria-label"] or ""] if "aria-label" in given else []
        self.inline += [name for name in given if name == "style" or name.startswith("on")]
        self.inline += [tag] if tag == "style" or (tag == "script" and "src" not in given) else []


def listed(client: TestClient, query: str = "") -> list[str]:
    """The ids of the claims on a page."""
    answer = client.get(f"/claims{query}")
    assert answer.status_code == 200, answer.text
    found = Page(answer.text)
    assert found.inline == []
    assert len(found.ids) == len(set(found.ids))
    return [link.removeprefix("/claims/") for link in found.links if re.fullmatch(r"/claims/c[0-9a-f]+", link)]


def test_the_list_tells_what_most_carry_first_and_on_how_little_it_rests(client: TestClient) -> None:
    text = client.get("/claims").text
    assert "35 claims" in text
    first = text.split("<li id=")[1]
    assert FERRY in first and "1 to 3 roots" in first and "10 articles" in first
    assert "a senior Belmoran defence official" in first and "unnamed" in first
    assert "Denied" in first and "foreign ministry" in first
    assert "evidence withheld" in first and "hardened in" in first
    assert "First report 4 June 2025, 08:10 UTC" in first and "Meridian News Agency" in first
    drawn = next(label for label in Page(first).labels if "articles on" in label)
    assert re.match(
        r"10 articles on 1 to 3 roots: a senior Belmoran defence official \(unnamed\), \d articles; ", drawn
    )


def test_every_order_has_all_claims(client: TestClient) -> None:
    every = set(listed(client))
    assert len(every) == 35
    for sort in ("carried", "newest", "rooted", "changed"):
        assert set(listed(client, f"?sort={sort}")) == every
    by_api = client.get("/api/v1/claims", params={"sort": "newest"}).json()["claims"]
    times = [one["first_report"] or "" for one in by_api]
    assert times == sorted(times, reverse=True)
    rooted = client.get("/api/v1/claims", params={"sort": "rooted"}).json()["claims"]
    shares = [one["roots_most"] / one["articles"] for one in rooted if one["articles"]]
    assert shares == sorted(shares)


@pytest.mark.parametrize(
    ("query", "so"),
    [
        ("denied=1", lambda one: one["denied_by"]),
        ("hardened=1", lambda one: one["hardened"]),
        ("not_shown=1", lambda one: one["evidence"] not in ("shown", "eyewitness")),
        ("kind=unnamed", lambda one: any(root["kind"] == "unnamed" for root in one["roots"])),
        ("kind=unmeasured", lambda one: one["unmeasured"]),
        ("since=2025-06-05", lambda one: any(day["day"] >= "2025-06-05" for day in one["days"])),
        ("until=2025-06-04", lambda one: any(day["day"] <= "2025-06-04" for day in one["days"])),
        ("since=2025-06-05&until=2025-06-05", lambda one: "2025-06-05" in [day["day"] for day in one["days"]]),
    ],
)
def test_a_filter_leaves_exactly_what_is_so(client: TestClient, query: str, so: object) -> None:
    every = client.get("/claims.json").json()["claims"]
    wanted = [one["id"] for one in every if so(one)]  # type: ignore[operator]
    assert listed(client, f"?{query}") == wanted
    assert [one["id"] for one in client.get(f"/api/v1/claims?{query}").json()["claims"]] == wanted


def test_claims_of_an_outlet_and_of_a_source_by_name_and_by_key(client: TestClient) -> None:
    by_name = listed(client, "?outlet=meridian news agency")
    key = next(
        one["key"] for one in client.get("/outlets.json").json()["outlets"] if one["name"].startswith("Meridian")
    )
    assert by_name and by_name == listed(client, f"?outlet={key}")
    source = client.get("/sources.json").json()["sources"][0]
    assert len(listed(client, f"?source={source['key']}")) == source["claims"]
    assert listed(client, f"?source={source['name']}") == listed(client, f"?source={source['key']}")
    assert listed(client, "?outlet=nobody") == listed(client, "?source=nobody") == []


def test_words_are_found_in_other_forms_of_them(client: TestClient) -> None:
    assert FERRY in client.get("/claims", params={"q": "sinking the ferries"}).text


def test_words_are_found_in_any_wording_and_no_syntax_is_any(client: TestClient) -> None:
    first = listed(client)[0]
    assert first in listed(client, "?q=ferry sink")
    assert first in listed(client, '?q="sink ferry"')
    assert listed(client, "?q=sinkferry") == []
    for words in (
        "ferry NOT ferry",
        "ferry OR nothinglikethis",
        "text:ferry",
        "ferry)",
        "NEAR(ferry",
        "fer*ry",
        "'; --",
        "^ferry",
    ):
        assert client.get("/claims", params={"q": words}).status_code == 200
        assert client.get("/api/v1/claims", params={"q": words}).status_code in (200, 422)
    assert listed(client, "?q=ferry OR nothinglikethis") == []
    assert "no word to search for" in client.get("/claims", params={"q": '"" ***'}).text


@pytest.mark.parametrize("query", ["page=0", "page=x", "sort=best", "kind=liar", "since=yesterday", f"q={'a' * 501}"])
def test_what_cannot_be_understood_is_said_in_a_line(client: TestClient, query: str) -> None:
    assert client.get(f"/claims?{query}").status_code == 422
    answer = client.get(f"/api/v1/claims?{query}")
    assert answer.status_code == 422 and isinstance(answer.json()["detail"], str)


def test_a_form_that_was_left_empty_asks_for_all(client: TestClient) -> None:
    empty = "?q=&sort=carried&since=&until=&outlet=&source=&kind=&denied=&page="
    assert listed(client, empty) == listed(client)


def test_no_match_says_which_filter_to_drop(client: TestClient) -> None:
    text = client.get("/claims?q=zeppelin&denied=1").text
    assert "Drop: with “zeppelin”" in text and "Drop: denied" in text
    assert "/claims?denied=1" in Page(text).links and "/claims?q=zeppelin" in Page(text).links


def test_an_empty_library_says_how_to_add(tmp_path: Path) -> None:
    from firsthand.web.app import create
    from firsthand.web.options import Options

    with TestClient(create(Options(tmp_path / "new")), base_url="http://127.0.0.1:8470") as asking:
        for path, words in (("/claims", "no claims yet"), ("/sources", "Nobody is known"), ("/outlets", "No outlet")):
            text = asking.get(path).text
            assert words in text and "/add" in Page(text).links


def test_what_is_out_of_date_is_said(client: TestClient, ferry: Path) -> None:
    assert "brought up to date" not in client.get("/claims").text
    with Library.open(ferry) as library, library.writing() as connection:
        connection.exec_driver_sql("INSERT INTO stale SELECT 'claim', claim FROM summary LIMIT 12")
    assert "12 claims are being brought up to date" in client.get("/claims").text
    assert client.get("/api/v1/claims").json()["stale"] == 12


def test_what_is_removed_and_decided_is_listed_as_if_it_had_always_been_so(ferry: Path) -> None:
    from firsthand import upkeep
    from firsthand.cli.main import main
    from tests.library.test_summaries import from_scratch, shown

    with Library.open(ferry) as library:
        first, second, *_ = [one.id for one in library.articles()]
        with library.reading() as connection:
            claims = connection.exec_driver_sql("SELECT claim FROM summary ORDER BY articles DESC").scalars().all()
        before = shown(library)
        upkeep.remove(library, first)
        assert main(["decide", "merge", claims[2], claims[3], "--because", "a test", "--library", str(ferry)]) == 0
        upkeep.remove(library, second)
        assert upkeep.summarise(library) == 0
        after = shown(library)
        from_scratch(library)
        assert upkeep.summarise(library) == 0
        assert shown(library) == after != before


def test_the_list_as_files(client: TestClient) -> None:
    found = list(csv.DictReader(io.StringIO(client.get("/claims.csv?denied=1").content.decode("utf-8-sig"))))
    whole = client.get("/claims.json?denied=1").json()
    assert [one["claim"] for one in found] == [one["id"] for one in whole["claims"]] == listed(client, "?denied=1")
    assert found[0]["roots_most"] == "3" and found[0]["first_report"].startswith("2025-06-04T08:10")
    printed = client.get("/claims?denied=1&print=1").text
    assert "<form" not in printed.split("<main")[1] and "only those denied" in printed


def test_pages_follow_each_other(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    from firsthand.web import claims

    monkeypatch.setattr(claims, "SIZE", 10)
    parts = [listed(client, f"?page={number}") for number in (1, 2, 3, 4)]
    assert [len(part) for part in parts] == [10, 10, 10, 5]
    assert len({name for part in parts for name in part}) == 35
    assert "/claims?page=3" in Page(client.get("/claims?page=2").text).links
    assert "No claim is on this page" in client.get("/claims?page=9").text


def test_an_address_says_only_what_is_not_usual() -> None:
    asked = Asked(q="a & b", denied=True, since=date(2031, 4, 8), page=3)
    assert asked.query() == "?q=a+%26+b&since=2031-04-08&denied=1"
    assert asked.query(page=4).endswith("&page=4")
    assert Asked().query() == ""
    assert dict(asked.filters())["told since 8 April 2031"] == "?q=a+%26+b&denied=1"


def summary(counts: list[int], **fields: object) -> Summary:
    marks = tuple(RootMark(f"root {i}", "unnamed", count) for i, count in enumerate(counts))
    known = {"claim": "c1", "text": "It is so", "articles": sum(counts), "outlets": 1, "evidence": "none"}
    known |= {"least": 1, "most": max(len(counts), 1), "roots": marks, "kinds": ("unnamed",)}
    return Summary(**{**known, **fields})  # type: ignore[arg-type]


@pytest.mark.parametrize("counts", [[], [0], [1], [40], [400], [5000], [1] * 8, [300, 200, 100, 90, 80, 70, 60, 50]])
def test_a_drawing_stays_in_its_box_and_has_a_seed_for_every_article(counts: list[int]) -> None:
    drawn = plants.meadow(summary(counts))
    assert drawn.width <= plants.WIDTH + 2 * plants.EDGE + plants.NARROWEST * len(counts)
    assert [plant.seeds.count("h0") for plant in drawn.plants] == [min(n, plants.MOST_SEEDS) for n in counts]
    for plant in drawn.plants:
        for x, y in re.findall(r"M(-?[\d.]+) (-?[\d.]+)h0", plant.seeds):
            assert -1 <= float(x) <= drawn.width + 1 and -drawn.height - 1 <= float(y) < 0
    assert (drawn.surely, drawn.perhaps) == (1, max(len(counts), 1) - 1)


def test_one_root_under_forty_articles_is_one_large_head() -> None:
    one, many = plants.meadow(summary([40])), plants.meadow(summary([5] * 8))
    assert len(one.plants) == 1 and len(many.plants) == 8
    assert one.height > 2 * many.height


def test_of_a_claim_that_is_only_denied_no_first_report_is_told(client: TestClient) -> None:
    lines = client.get("/claims").text.split("<li id=")[1:]
    lone = [line for line in lines if "Asserted by" not in line]
    assert lone and all("nobody here asserts it" in line for line in lone)
    assert not any("nobody here asserts it" in line for line in lines if line not in lone)


def test_a_sparkline_tells_its_days_in_words() -> None:
    first = date(2031, 4, 8).toordinal()
    drawn = sparks.spark(summary([5], days=((first, 1), (first + 2, 3)), undated=1))
    assert drawn and drawn.path.count("M") == 2
    assert drawn.words.startswith("Told from 8 April 2031 to 10 April 2031, by most articles (3) on 10 April 2031; 1")
    years = sparks.spark(summary([5], days=((first, 1), (first + 9999, 3))))
    assert years and years.path.count("M") == 2
    assert sparks.spark(summary([5])) is None


def test_a_hostile_claim_stays_text(client: TestClient) -> None:
    evil = '<script>alert(1)</script>\u202e"onload=x'
    told = row(
        Listed(summary([1], text=evil, denied_by=(evil,), outlet=evil, first=datetime.now(UTC)), datetime.now(UTC))
    )
    from firsthand.web.pages import environment

    parts = environment().get_template("claims_parts.html.jinja").module
    drawn = str(parts.names(told.denied))  # type: ignore[attr-defined]
    assert "<script" not in drawn and "\u202e" not in drawn
    shown = plants.meadow(Summary("c", evil, 1, 1, 1, 1, "none", (RootMark(evil, "unnamed", 1),)))
    ElementTree.fromstring(str(parts.meadow(shown, plants.MARKS, plants.OPEN)).strip())  # type: ignore[attr-defined]


def test_the_command_has_claims_in_the_order_of_the_page(ferry: Path) -> None:
    """By what supports a claim: an article that denies it does not carry it. Of equal ones the order is each's own."""
    with Library.open(ferry) as library:
        with claims_of(library) as known, library.reading() as connection:
            page = summaries.claims(connection, ClaimFilter(), "carried", 1, 1_000).claims
            counted = {one.summary.claim: (one.summary.articles, one.summary.outlets) for one in page}
            names = known.most_carried()
            assert [counted[name] for name in names] == list(counted.values())
            assert known.most_carried(2) == names[:2]
        with library.writing() as connection:
            connection.execute(insert(stale), {"what": "claim", "name": names[0]})
        with claims_of(library) as known:
            assert sorted(known.most_carried()) == sorted(names)
