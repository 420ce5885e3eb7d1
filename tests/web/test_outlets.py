"""Outlets: of what their text is made, whom they rely on, whom they leave unnamed; unmeasured is not none."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from firsthand.library.outlets import Listed
from firsthand.library.slugs import outlet_key
from firsthand.model import (
    Alignment,
    Article,
    Attribution,
    ChainLink,
    Credit,
    Derivation,
    Direction,
    Reading,
    Relied,
    Source,
)
from firsthand.provenance import make
from firsthand.web.shares import bar, percent
from tests.web.test_claims import Page

PARTS = ("own", "copied_with_credit", "copied_without_credit", "shared_not_known_who_was_first")


def test_the_list_tells_of_what_each_is_made(client: TestClient) -> None:
    answer = client.get("/outlets")
    found = Page(answer.text)
    assert answer.status_code == 200 and found.inline == [] and len(found.ids) == len(set(found.ids))
    every = client.get("/api/v1/outlets").json()["outlets"]
    assert [link for link in found.links if re.fullmatch(r"/outlets/[a-z0-9-]+", link)] == [
        f"/outlets/{one['key']}" for one in every
    ]
    assert sum(one["articles"] for one in every) == 18
    for one in every:
        if one["articles"]:
            assert sum(one[part] for part in PARTS) == one["characters"]
            assert one["to_named"] + one["to_unnamed"] + one["to_nobody_in_particular"] == one["attributions"]
        else:
            assert {one[part] for part in PARTS} == {None}


@pytest.mark.parametrize("sort", ["articles", "own", "copied", "unnamed", "name"])
def test_every_order_has_all(client: TestClient, sort: str) -> None:
    found = client.get(f"/api/v1/outlets?sort={sort}").json()
    assert len(found["outlets"]) == found["count"] == client.get("/api/v1/outlets").json()["count"]


def test_an_outlet_that_copies_with_credit(client: TestClient) -> None:
    agency = client.get("/api/v1/outlets?q=meridian").json()["outlets"][0]
    told = client.get(f"/api/v1/outlets/{agency['key']}").json()
    assert told["relied_on_by"] and agency["relied_on_by"]
    for one in told["relied_on_by"]:
        other = client.get(f"/api/v1/outlets/{one['key']}").json()
        assert agency["key"] in [each["key"] for each in other["relies_on"]]
    assert any(one["characters_copied"] for one in told["relied_on_by"])
    text = client.get(f"/outlets/{agency['key']}").text
    assert "Who relies on it" in text and Page(text).inline == []
    assert f"/claims?outlet={agency['key']}" in Page(text).links


def test_an_outlet_of_which_nothing_is_here_is_unmeasured(client: TestClient) -> None:
    away = [one for one in client.get("/api/v1/outlets").json()["outlets"] if not one["articles"]]
    for one in away:
        assert "unmeasured" in client.get(f"/outlets/{one['key']}").text
    assert bar(Listed("k", "n", *[0] * 11)) is None


def test_files_and_what_is_not_there(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/outlets.csv").content.decode("utf-8-sig"))))
    assert [one["key"] for one in rows] == [one["key"] for one in client.get("/outlets.json").json()["outlets"]]
    key = rows[0]["key"]
    assert client.get(f"/outlets/{key}.csv").status_code == client.get(f"/outlets/{key}.json").status_code == 200
    for path in ("/outlets?print=1", f"/outlets/{key}?print=1"):
        assert '<form class="row' not in client.get(path).text
    for path in ("/outlets/nobody", "/outlets/nobody.csv", "/api/v1/outlets/nobody", "/outlets/%00", "/outlets/%2e%2e"):
        assert client.get(path).status_code == 404
    assert "No outlet is called so" in client.get("/outlets?q=zeppelin").text
    assert client.get("/api/v1/outlets", params={"q": "%' OR"}).json()["count"] == 0


def test_a_share_is_never_none_of_something_nor_all_of_a_part() -> None:
    assert [percent(1, 1000), percent(999, 1000), percent(0, 10), percent(10, 10), percent(0, 0)] == [
        *("1%", "99%", "0%", "100%", "0%"),
    ]
    drawn = bar(Listed("k", "n", 1, 1, 200, 100, 50, 50, 0, 1, 0, 0, 0))
    assert drawn and drawn.words == "50% its own, 25% copied with credit, 25% copied without credit"
    assert sum(one.width for one in drawn.shares) == pytest.approx(600)


TEXT = "a" * 100
TIME = datetime(2031, 4, 8, tzinfo=UTC)


def reading(credits: tuple[Credit, ...] = (), *who: Source, chain: tuple[ChainLink, ...] = ()) -> Reading:
    article = Article("own", TEXT, outlet="Larkmoor Post", published=TIME)
    found = tuple(Attribution((), ((0, 1),), ((1, 2),), 0.5, one, chain) for one in who)
    return Reading(article, found, "m", (), credits)


def derived(start: int, end: int, earlier: str = "other", how: Direction = "time", later: str = "own") -> Derivation:
    passages = (Alignment((0, end - start), (start, end)),)
    return Derivation(earlier, later, "excerpt", 0.5, how, passages, earlier, "toy")


OUTLETS = {"other": "The Quay", "third": "Reuters", "mine": "The Larkmoor Post"}


def test_what_is_copied_is_counted_once_and_without_credit_where_nobody_is_named() -> None:
    made = make(reading(), [derived(0, 40), derived(20, 60, "third")], OUTLETS)
    assert (made.own, made.credited, made.copied, made.open) == (40, 0, 60, 0)
    assert made.relies == (Relied("Reuters", "copied", 40), Relied("The Quay", "copied", 40))


def test_a_name_makes_it_credited() -> None:
    link = ChainLink("the Quay", "outlet", "cites")
    made = make(
        reading((), Source("Ann", "person"), chain=(link,)), [derived(0, 40), derived(30, 60, "third")], OUTLETS
    )
    assert (made.own, made.credited, made.copied) == (40, 40, 20)
    contributed = make(reading((Credit("Reuters", "contributed"),)), [derived(0, 40, "third")], OUTLETS)
    assert (contributed.own, contributed.credited) == (60, 40)


def test_the_media_are_no_outlet_that_one_relies_on() -> None:
    chain = (ChainLink("Russian state media", "outlet", "cites"), ChainLink("AP", "outlet", "cites"))
    made = make(reading((), Source("Ann", "person"), chain=chain), [], {})
    assert made.relies == (Relied("Associated Press", "cited", 1),)


def test_an_agencys_text_is_credited_as_a_whole() -> None:
    made = make(reading((Credit("Reuters", "dateline"),)), [derived(0, 40)], OUTLETS)
    assert (made.own, made.credited, made.copied, made.open) == (0, 100, 0, 0)
    assert Relied("Reuters", "credited", 1) in made.relies


def test_an_outlets_own_text_told_again_is_its_own_and_what_nobody_knows_is_open() -> None:
    made = make(reading(), [derived(0, 40, "mine")], OUTLETS)
    assert (made.own, made.copied, made.relies) == (100, 0, ())
    either = make(reading(), [derived(0, 40, how="undetermined")], OUTLETS)
    assert (either.own, either.copied, either.open, either.relies) == (60, 0, 40, ())
    turned = make(reading(), [derived(50, 70, "own", "undetermined", later="other")], OUTLETS)
    assert (turned.own, turned.open) == (80, 20)


def test_whom_it_names() -> None:
    who = (
        Source("Ann", "person"),
        Source("an official", "unnamed"),
        Source("analysts", "crowd"),
        Source("unattributed", None),
    )
    made = make(reading((), *who), [], {})
    assert (made.named, made.unnamed, made.nobody) == (1, 1, 2)


def test_the_key_of_an_outlet_is_that_of_its_site() -> None:
    assert outlet_key("CNN") == outlet_key("cnn.com") == outlet_key("https://www.cnn.com/world")
    assert outlet_key("The Quay") == outlet_key("the  quay") == outlet_key("Quay")
    assert outlet_key("news.google.com") != outlet_key("news.sky.com")
