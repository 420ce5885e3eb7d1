"""Outlets: of what their text is made, whom they rely on, whom they leave unnamed; unmeasured is not none."""

from __future__ import annotations

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from firsthand.library.outlets import Listed
from firsthand.library.slugs import outlet_key
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


def test_the_example_has_a_copy_with_credit_and_one_without(client: TestClient) -> None:
    every = {one["name"]: one for one in client.get("/outlets.json").json()["outlets"]}
    herald, post, agency = (every[name] for name in ("Harrowmouth Herald", "The Callis Post", "Meridian News Agency"))
    assert herald["copied_with_credit"] > 500 and herald["copied_without_credit"] == 0
    assert post["copied_with_credit"] == 0 and post["copied_without_credit"] > 500
    assert agency["own"] == agency["characters"]


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


def test_the_key_of_an_outlet_is_that_of_its_site() -> None:
    assert outlet_key("CNN") == outlet_key("cnn.com") == outlet_key("https://www.cnn.com/world")
    assert outlet_key("The Quay") == outlet_key("the  quay") == outlet_key("Quay")
    assert outlet_key("news.google.com") != outlet_key("news.sky.com")
