"""Sources: the list, and what one is told to have said; nobody unnamed is made a person."""

from __future__ import annotations

import csv
import io
import re

import pytest
from starlette.testclient import TestClient

from firsthand.library.slugs import outlet_key, source_key
from tests.web.test_claims import Page

OFFICIAL = "a senior Belmoran defence official"


def keys(client: TestClient, query: str = "") -> list[str]:
    answer = client.get(f"/sources{query}")
    assert answer.status_code == 200, answer.text
    found = Page(answer.text)
    assert found.inline == [] and len(found.ids) == len(set(found.ids))
    return [link.removeprefix("/sources/") for link in found.links if re.fullmatch(r"/sources/[a-z0-9-]+", link)]


def test_those_who_said_something_on_most_claims_come_first(client: TestClient) -> None:
    found = client.get("/api/v1/sources").json()["sources"]
    assert [one["claims"] for one in found] == sorted((one["claims"] for one in found), reverse=True)
    assert keys(client) == [one["key"] for one in found]
    assert set(keys(client, "?sort=name")) == set(keys(client, "?sort=latest")) == set(keys(client))
    by_name = client.get("/api/v1/sources?sort=name").json()["sources"]
    names = [one["name"].lower() for one in by_name]
    assert names == sorted(names)


def test_a_list_is_of_some_kind_or_with_words_in_the_name(client: TestClient) -> None:
    unnamed = client.get("/api/v1/sources?kind=unnamed").json()["sources"]
    assert unnamed and all(one["kind"] == "unnamed" and not one["named"] for one in unnamed)
    named = client.get("/api/v1/sources?kind=named").json()["sources"]
    assert named and all(one["named"] for one in named)
    assert [one["name"] for one in client.get("/api/v1/sources?q=TILDA").json()["sources"]] == ["Tilda Marsk"]
    assert "No source is like this" in client.get("/sources?q=zeppelin&kind=named").text
    for words in ("%", "_", "' OR 1=1", '"'):
        assert client.get("/sources", params={"q": words}).status_code == 200
    assert client.get("/api/v1/sources", params={"q": "%"}).json()["count"] == 0


def test_an_unnamed_official_is_not_one_person(client: TestClient) -> None:
    text = client.get(f"/sources/{source_key(OFFICIAL)}").text
    assert "not one person" in text and f"“{OFFICIAL}”" in text
    assert "What they are told to have said" in text
    assert "Not named because" in text
    person = client.get(f"/sources/{source_key('Tilda Marsk')}").text
    assert "not one person" not in person and "What Tilda Marsk is told to have said" in person


def test_what_was_said_is_told_with_its_claim_its_side_and_where(client: TestClient) -> None:
    key = source_key("Ondrava’s foreign ministry")
    told = client.get(f"/api/v1/sources/{key}").json()
    denied = [one for one in told["said"] if one["side"] == "denies"]
    assert denied and told["source"]["against"] == len({one["claim"] for one in denied})
    times = [one["at"] for one in told["said"]]
    assert times == sorted(times, reverse=True)
    text = client.get(f"/sources/{key}?side=denies").text
    links = Page(text).links
    for one in denied:
        assert f"/claims/{one['claim']}#a-{one['appearance']}" in links
        assert any(link.startswith(f"/articles/{one['article']}#at-") for link in links)
    assert len(client.get(f"/api/v1/sources/{key}?side=denies").json()["said"]) == len(denied)
    assert client.get(f"/claims/{denied[0]['claim']}").status_code == 200


def test_files_of_the_list_and_of_one(client: TestClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/sources.csv").content.decode("utf-8-sig"))))
    assert [one["key"] for one in rows] == keys(client)
    key = rows[0]["key"]
    said = list(csv.DictReader(io.StringIO(client.get(f"/sources/{key}.csv").content.decode("utf-8-sig"))))
    assert len(said) == client.get(f"/sources/{key}.json").json()["count"]
    for path in (f"/sources/{key}?print=1", "/sources?print=1"):
        assert '<form class="row' not in client.get(path).text


@pytest.mark.parametrize("key", ["nobody-123456", "%2e%2e", "x" * 400, "'--", "%00", "é"])
def test_a_source_that_is_not_is_not_found(client: TestClient, key: str) -> None:
    assert client.get(f"/sources/{key}").status_code == 404
    assert client.get(f"/api/v1/sources/{key}").status_code == 404
    assert client.get(f"/sources/{key}.csv").status_code == 404


def test_a_side_that_is_none_is_said(client: TestClient) -> None:
    assert client.get("/api/v1/sources/x?side=lies").status_code == 422
    key = source_key("Tilda Marsk")
    assert "Nothing is told" in client.get(f"/sources/{key}?side=doubts").text


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Donald J. Trump", "donald trump"),
        ("the Larkmoor port authority", "Larkmoor Port Authority"),
        ("two senior officials", "A senior official"),
        ("U.S. officials", "a US official"),
        ("Ondrava’s foreign ministry", "Ondrava's foreign ministry"),
    ],
)
def test_ways_of_writing_a_name_have_one_key(one: str, other: str) -> None:
    assert source_key(one) == source_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ilva Renn", "Tomas Renn"), ("the United States", "the united state"), ("???", "!!!"), ("Анна", "Инна")],
)
def test_different_names_have_different_keys(one: str, other: str) -> None:
    assert source_key(one) != source_key(other)


@pytest.mark.parametrize("name", ["", " ", "../../x", "a/b?c#d", "x" * 9000, "\ud800", "<b>", "ß", "***", "."])
def test_a_key_can_stand_in_an_address(name: str) -> None:
    for key in (source_key(name), outlet_key(name)):
        assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", key) and len(key) < 64
