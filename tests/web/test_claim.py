"""The page of a claim, its exports and its API: what it shows, and what people may do from it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from firsthand import pipeline
from firsthand.errors import ModelError
from firsthand.library import Library
from firsthand.library.actions import Asked, actions
from firsthand.library.claims import claims_of
from firsthand.library.judgements import LONGEST_REASONS
from firsthand.web.claim_cards import cards
from firsthand.web.claim_found import Found, found
from firsthand.web.claim_record import EXCERPT
from firsthand.web.pages import environment
from tests.web.asking import send, send_json, word

Desk = Callable[[str], TestClient]

TITLES = {"support": "Root", "denies": "Denial", "doubts": "Doubt"}

OFFICIAL, MINISTER = "a senior Belmoran defence official", "Aldis Verrow"


@pytest.fixture
def claim(ferry_once: Path) -> str:
    """The id of the claim that most articles of the example carry."""
    with Library.open(ferry_once) as library, claims_of(library) as known:
        return known.most_carried(1)[0]


def page(client: TestClient, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    return unescape(answer.text)


def record(client: TestClient, claim: str) -> dict[str, Any]:
    answer = client.get(f"/api/v1/claims/{claim}")
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def judge(client: TestClient, claim: str, conclusion: str = "One official.", **fields: Any) -> Any:
    given = {"conclusion": conclusion, "reasons": "All lead to one briefing.", "rating": "4", **fields}
    return send(client, f"/claims/{claim}/judgements", **given)


def logged(client: TestClient) -> list[tuple[str, str, str]]:
    with client.app.state.library.reading() as connection:  # type: ignore[attr-defined]
        return [(one.who, one.what, one.on) for one in actions(connection, Asked())]


def test_it_shows_what_the_claim_rests_on(client: TestClient, claim: str) -> None:
    text = page(client, f"/claims/{claim}")
    for words in (
        OFFICIAL,
        MINISTER,
        "asked not to be named",
        "1 to 3 independent roots",
        "A person decides",
        "unnamed",
    ):
        assert words in text
    cards = re.findall(r'<article class="card (\w+)" id="(\w+)"', text)
    assert cards == [("support", "r1"), ("support", "r2"), ("support", "r3"), ("denies", "d1")]
    assert "may be one: the second is an unnamed official" in text
    assert "drops the hedge" in text and "hardened: surer than what it rests on" in text


def test_without_times_no_article_is_the_first(ferry_once: Path, claim: str) -> None:
    """Of a card as the page sets it: with the time of the article that carried it first, and without."""
    with Library.open(ferry_once) as library:
        one = found(library, claim)
    assert isinstance(one, Found)
    card = cards(one)[0]
    timeless = replace(card, first=replace(card.first, when=""))
    set_as = environment().get_template("claim_parts.html.jinja").make_module({"TITLES": TITLES}).card
    with_time, without = (" ".join(re.sub("<[^>]+>", " ", str(set_as(shown))).split()) for shown in (card, timeless))
    assert f"First carried by {card.first.outlet} , " in with_time
    assert card.more > 1 and card.articles == f"{card.more + 1} articles"
    assert f"Carried by {card.first.outlet} and {card.more} more" in without and "First" not in without


def test_every_article_is_drawn_and_listed_and_leads_to_its_words(client: TestClient, claim: str) -> None:
    text, found = page(client, f"/claims/{claim}"), record(client, claim)
    starts = {(one["article"], one["spans"][0][0]) for one in found["appearances"]}
    drawn = re.findall(r'<a class="node dot[^>]*href="/articles/([^#"]+)#at-(\d+)"', text)
    assert {article for article, _ in drawn} == {one["id"] for one in found["articles"]}
    assert all((article, int(start)) in starts for article, start in drawn)
    assert {f"a-{one['id']}" for one in found["appearances"]} <= set(re.findall(r'<span id="([^"]+)">', text))


def test_ids_on_the_page_are_unique_and_what_is_led_to_is_there(client: TestClient, claim: str) -> None:
    text = page(client, f"/claims/{claim}")
    ids = re.findall(r' id="([^"]+)"', text)
    assert len(ids) == len(set(ids))
    assert {anchor for anchor in re.findall(r'href="#([^"]+)"', text) if anchor != "main"} <= set(ids)


def test_of_what_nobody_tells_it_says_so(client: TestClient, ferry_once: Path) -> None:
    with Library.open(ferry_once) as library, claims_of(library) as known:
        every = known.most_carried()
    lone = next(name for name in every if not (found := record(client, name))["roots"] and found["denials"])
    text = page(client, f"/claims/{lone}")
    assert "Nothing here supports it" in text and "nobody here asserts it" in text and "Why" not in text


def test_nothing_on_it_is_inline(client: TestClient, claim: str) -> None:
    text = client.get(f"/claims/{claim}").text
    assert not re.search(r"<script(?! type=\"module\" src=\"/static/)|<style| style=| on\w+=", text)


def test_a_beginning_leads_to_the_whole_and_what_is_not_there_is_told(client: TestClient, claim: str) -> None:
    answer = client.get(f"/claims/{claim[:6]}", follow_redirects=False)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/claims/{claim}?asked={claim[:6]}")
    assert f"{claim[:6]}</bdi> is this claim" in client.get(answer.headers["location"]).text
    for name in ("cffffffffffff", "%00", "%F0%9F%90%9F", "x" * 3_000, "..%2f..%2fetc"):
        assert client.get(f"/claims/{name}").status_code == 404
        assert client.get(f"/api/v1/claims/{name}").status_code in (404, 422)
    assert client.get("/claims/c").status_code == 400


def test_a_missing_model_is_told_and_is_no_fault_of_who_asks(
    client: TestClient, claim: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing() -> None:
        raise ModelError("together.onnx: the model is missing; reinstall firsthand")

    monkeypatch.setattr(pipeline, "judge", missing)
    for address in (f"/claims/{claim}", f"/api/v1/claims/{claim}"):
        answer = client.get(address)
        assert answer.status_code == 503
        assert "together.onnx: the model is missing; reinstall firsthand" in unescape(answer.text)


@pytest.mark.parametrize("asked", ["open=all", "open=540f06695689bc68&open=nobody", "open=", "did=merge&other=%22%3E"])
def test_what_is_asked_for_in_the_address_is_taken_or_passed_over(client: TestClient, claim: str, asked: str) -> None:
    assert client.get(f"/claims/{claim}?{asked}").status_code == 200


def test_too_much_of_it_is_refused(client: TestClient, claim: str) -> None:
    assert client.get(f"/claims/{claim}?{'&'.join(['open=x'] * 100)}").status_code == 422


def test_as_json_it_is_the_contract_and_what_the_page_shows(client: TestClient, claim: str) -> None:
    found = client.get(f"/claims/{claim}.json").json()
    contract = {"id", "text", "appearances", "roots", "independent", "denied_by", "evidence", "hardening"}
    assert contract <= set(found)
    timed = ("appearances", "events", "articles", "history")  # which the API writes otherwise, with a Z
    assert found == record(client, claim) | {name: found[name] for name in timed}
    assert (found["independent"]["least"], found["independent"]["most"]) == (1, 3)
    assert max(len(one["words"]) for one in found["statements"]) <= EXCERPT
    assert [one["url"] for one in found["articles"] if one["url"]]


def test_as_a_table_it_has_a_line_for_each_statement(client: TestClient, claim: str) -> None:
    answer = client.get(f"/claims/{claim}.csv")
    assert answer.headers["content-disposition"] == f'attachment; filename="claim-{claim}.csv"'
    rows = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"))))
    assert [row["statement"] for row in rows] == [one["id"] for one in record(client, claim)["appearances"]]
    assert {row["outlet"] for row in rows} >= {"Meridian News Agency", "The Loud Gull"}


def test_the_report_credits_every_article_and_quotes_little(client: TestClient, claim: str) -> None:
    text, found = page(client, f"/claims/{claim}/report"), record(client, claim)
    assert all(one["url"] in text and one["outlet"] in text for one in found["articles"])
    assert max(len(words) for words in re.findall(r"<blockquote[^>]*><bdi>(.*?)</bdi>", text)) <= EXCERPT + 2
    assert "Nobody has judged it" in text


def test_a_judgement_is_written_with_who_and_why(desk: Desk, claim: str) -> None:
    ben = desk("ben")
    root = record(ben, claim)["roots"][0]["id"]
    statement = record(ben, claim)["appearances"][0]["id"]
    answer = judge(ben, claim, "One official <script>", rests=[root, statement])
    assert (answer.status_code, answer.headers["location"]) == (303, f"/claims/{claim}#judgement-1")
    raw = ben.get(f"/claims/{claim}").text
    assert "One official &lt;script&gt;" in raw and "4 of 6: <bdi>doubtful</bdi>" in raw
    (found,) = record(ben, claim)["judgements"]
    assert (found["who"], found["digit"], found["rating"], found["stands"]) == ("ben", 4, "4", True)
    assert [one["name"] for one in found["rests_on"]] == [
        OFFICIAL,
        "Meridian News Agency, 4 June 2025, 08:10 UTC: Ondrava may sink ferry and blame Belmora",
    ]
    assert logged(ben)[0] == ("ben", "judgement", claim)


def test_a_later_judgement_supersedes_and_none_vanishes(desk: Desk, claim: str) -> None:
    ann, ben = desk("ann"), desk("ben")
    judge(ben, claim, "First.")
    judge(ann, claim, "Mine.", rating="own", own="leans on one voice")
    judge(ben, claim, "Second.", rating="")
    found = record(ben, claim)["judgements"]
    assert [(one["who"], one["conclusion"], one["stands"]) for one in found] == [
        ("ben", "First.", False),
        ("ann", "Mine.", True),
        ("ben", "Second.", True),
    ]
    assert found[1]["rating"] == "leans on one voice" and found[1]["digit"] is None
    text = page(ben, f"/claims/{claim}")
    assert text.index("Second.") < text.index("Mine.") < text.index("First.")
    assert text.count("superseded by a later one") == 1


def test_a_judgement_on_what_has_changed_since_says_so(client: TestClient, ferry: Path, claim: str) -> None:
    from firsthand.cli.main import main

    judge(client, claim, "Two voices at most.")
    before = record(client, claim)
    assert "Changed since" not in page(client, f"/claims/{claim}")
    (sentinel,) = [one["id"] for one in before["articles"] if one["outlet"] == "Quillan Sentinel"]
    assert main(["remove", "--yes", "--library", str(ferry), sentinel]) == 0
    text = page(client, f"/claims/{claim}")
    assert "Changed since" in text and "When it was judged: <bdi>Carried by 10 articles of 7 outlets" in text
    assert "1 to 3 independent roots</bdi>. Now: Carried by 9 articles of 6 outlets" in text
    assert record(client, claim)["judgements"][0]["stood"].startswith("Carried by 10 articles")


def test_a_reader_sees_judgements_and_may_write_none(desk: Desk, claim: str) -> None:
    judge(desk("ben"), claim, "One official.")
    cid = desk("cid")
    text = page(cid, f"/claims/{claim}")
    assert "One official." in text and "Write a judgement" not in text and "Split statements off…" not in text
    assert judge(cid, claim).status_code == 403
    body = {"conclusion": "x", "reasons": "y"}
    assert send_json(cid, f"/api/v1/claims/{claim}/judgements", body).status_code == 403
    for what in ("merge", "split", "pin"):
        assert cid.get(f"/claims/{claim}/{what}").status_code == 403
        assert send(cid, f"/claims/{claim}/{what}", because="x").status_code == 403
    assert len(record(cid, claim)["judgements"]) == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"conclusion": " "}, "needs the conclusion"),
        ({"reasons": ""}, "needs the reasons"),
        ({"reasons": "x" * (LONGEST_REASONS + 1)}, "longer than 10,000"),
        ({"rating": "own", "own": " "}, "the rating"),
        ({"rests": ["root:nobody"]}, "no such root or statement"),
    ],
)
def test_what_is_no_judgement_is_told_and_what_was_typed_stays(
    client: TestClient, claim: str, fields: dict[str, Any], told: str
) -> None:
    answer = judge(client, claim, **{"conclusion": "Kept words.", **fields})
    assert answer.status_code == 422 and told in answer.text
    assert fields.get("conclusion", "Kept words.") in answer.text
    assert not record(client, claim)["judgements"]


def test_a_form_of_another_site_writes_nothing(client: TestClient, claim: str) -> None:
    address = f"/claims/{claim}/judgements"
    assert client.post(address, data={"conclusion": "x", "reasons": "y"}).status_code == 403
    assert not record(client, claim)["judgements"]


def test_many_who_judge_at_once_lose_nothing(desk: Desk, claim: str) -> None:
    browsers = [desk("ann"), desk("ben")]
    words = [word(one) for one in browsers]

    def one(number: int) -> int:
        fields = {"csrf": words[number % 2], "conclusion": f"Number {number}", "reasons": "because"}
        return browsers[number % 2].post(f"/claims/{claim}/judgements", data=fields, follow_redirects=False).status_code

    with ThreadPoolExecutor(6) as pool:
        assert set(pool.map(one, range(12))) == {303}
    said = {found["conclusion"] for found in record(browsers[0], claim)["judgements"]}
    assert said == {f"Number {number}" for number in range(12)}


def beside(client: TestClient, claim: str) -> str:
    """A claim beside this one."""
    other: str = record(client, claim)["links"][0]["claim"]
    return other


def seen(client: TestClient, claim: str) -> str:
    told: str = record(client, claim)["seen"]
    return told


def test_claims_are_merged_from_the_page_and_the_history_says_who_and_why(desk: Desk, claim: str) -> None:
    ben = desk("ben")
    other = beside(ben, claim)
    asked = page(ben, f"/claims/{claim}/merge?other={other}")
    assert f'name="other" value="{other}"' in asked
    given = {"other": other, "because": "both are the plan", "seen": seen(ben, claim), "seen_other": seen(ben, other)}
    answer = send(ben, f"/claims/{claim}/merge", **given)
    assert answer.status_code == 303
    kept = answer.headers["location"].split("?")[0].rsplit("/", 1)[1]
    text = page(ben, answer.headers["location"])
    assert "The claims are one now." in text and "by <bdi>ben</bdi>: “<bdi>both are the plan</bdi>”" in text
    gone = other if kept == claim else claim
    assert ben.get(f"/claims/{gone}", follow_redirects=False).headers["location"].startswith(f"/claims/{kept}?")
    turn = record(ben, kept)["history"][-1]
    assert (turn["action"], turn["by"]["who"], turn["by"]["because"]) == ("merged", "ben", "both are the plan")
    assert ("ben", "claims merged", claim) in logged(ben)


def test_judgements_of_a_claim_that_was_merged_go_with_it(client: TestClient, claim: str) -> None:
    other = beside(client, claim)
    judge(client, other, "Of the other.")
    answer = send(client, f"/claims/{claim}/merge", other=other, because="one", seen=seen(client, claim),
                  seen_other=seen(client, other))  # fmt: skip
    assert "Of the other." in page(client, answer.headers["location"])


def test_statements_are_split_off_from_the_page(client: TestClient, claim: str) -> None:
    found = record(client, claim)
    out = [one["id"] for one in found["appearances"] if one["source_name"] == MINISTER]
    assert out and all(f'value="{name}"' in page(client, f"/claims/{claim}/split") for name in out)
    answer = send(client, f"/claims/{claim}/split", statement=out, because="the minister", seen=found["seen"])
    assert answer.status_code == 303, answer.text
    text = page(client, answer.headers["location"])
    assert "The statements were split off." in text
    new = re.findall(r'The other claim is <a href="/claims/(\w+)"', text)
    assert {one["id"] for one in record(client, new[0])["appearances"]} >= set(out)
    assert not set(out) & {one["id"] for one in record(client, claim)["appearances"]}


def test_words_are_chosen_from_the_page(client: TestClient, claim: str) -> None:
    found = record(client, claim)
    one = next(one for one in found["appearances"] if one["id"] != found["clearest"])
    answer = send(client, f"/claims/{claim}/pin", statement=one["id"], because="clearer", seen=found["seen"])
    assert answer.status_code == 303
    after = record(client, claim)
    assert (after["clearest"], after["pinned"]) == (one["id"], True)
    assert "words chosen by a person" in page(client, f"/claims/{claim}")


def test_who_decides_on_a_claim_that_changed_meanwhile_is_told(desk: Desk, claim: str) -> None:
    ann, ben = desk("ann"), desk("ben")
    found = record(ben, claim)
    statement = found["appearances"][0]["id"]
    assert send(ann, f"/claims/{claim}/pin", statement=statement, because="a", seen=found["seen"]).status_code == 303
    late = send(ben, f"/claims/{claim}/pin", statement=found["appearances"][1]["id"], because="my reason",
                seen=found["seen"])  # fmt: skip
    assert late.status_code == 409
    assert "is not as you saw it" in late.text and "my reason" in late.text
    assert record(ben, claim)["clearest"] == statement
    fresh = re.search(r'name="seen" value="(\w+)"', late.text)
    assert fresh and fresh[1] == seen(ben, claim)  # who looks again may go on


def test_of_two_who_decide_at_once_one_is_told(desk: Desk, claim: str) -> None:
    browsers = [desk("ann"), desk("ben")]
    found = record(browsers[0], claim)
    words = [word(one) for one in browsers]
    names = [one["id"] for one in found["appearances"][:2]]

    def pin(number: int) -> int:
        fields = {"csrf": words[number], "statement": names[number], "because": "mine", "seen": found["seen"]}
        return browsers[number].post(f"/claims/{claim}/pin", data=fields, follow_redirects=False).status_code

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(pin, range(2))) == [303, 409]
    turns = [turn for turn in record(browsers[0], claim)["history"] if turn["action"] == "pinned"]
    assert len(turns) == 1 and len(record(browsers[0], claim)["appearances"]) == len(found["appearances"])


@pytest.mark.parametrize(
    ("what", "fields", "status", "told"),
    [
        ("merge", {"other": "cffffffffffff", "because": "x"}, 422, "no claim has this id"),
        ("merge", {"other": "", "because": "x"}, 422, "no claim has this id"),
        ("split", {"because": "x"}, 422, "no statement was chosen"),
        ("split", {"statement": "a@1-2", "because": "x"}, 409, "is no statement of this claim"),
        ("pin", {"statement": "a@1-2", "because": "x"}, 409, "is no statement of this claim"),
        ("pin", {"statement": "a@1-2", "because": " "}, 422, "needs a reason"),
        ("pin", {"because": "x"}, 422, "no statement was chosen"),
    ],
)
def test_what_cannot_be_decided_is_told(
    client: TestClient, claim: str, what: str, fields: dict[str, Any], status: int, told: str
) -> None:
    answer = send(client, f"/claims/{claim}/{what}", **{"seen": seen(client, claim), **fields})
    assert answer.status_code == status and told in answer.text


def test_a_claim_is_not_merged_with_itself_nor_all_of_it_split(client: TestClient, claim: str) -> None:
    every = [one["id"] for one in record(client, claim)["appearances"]]
    given = {"because": "x", "seen": seen(client, claim)}
    assert "is this claim; name another" in send(client, f"/claims/{claim}/merge", other=claim, **given).text
    assert "nothing would be left" in send(client, f"/claims/{claim}/split", statement=every, **given).text
    assert send(client, "/claims/cffffffffffff/pin", statement="x", **given).status_code == 404


def test_of_a_claim_that_is_no_more_its_history_and_judgements_are_left(client: TestClient, ferry: Path) -> None:
    from firsthand.cli.main import main

    with Library.open(ferry) as library, claims_of(library) as known:
        alone = known.most_carried()[-1]
    (article,) = {one["article"] for one in record(client, alone)["appearances"]}
    judge(client, alone, "It was so.")
    assert main(["remove", "--yes", "--library", str(ferry), article]) == 0
    answer = client.get(f"/claims/{alone}")
    assert answer.status_code == 410
    assert "It was so." in answer.text and "Nothing was left of it" in answer.text
    assert client.get(f"/api/v1/claims/{alone}").status_code == 410
    assert client.get(f"/claims/{alone}.json").status_code == 404


def test_the_api_judges_and_decides(desk: Desk, claim: str) -> None:
    ben, address = desk("ben"), f"/api/v1/claims/{claim}"
    body = {
        "conclusion": "So.",
        "reasons": "Because.",
        "rating": "2",
        "rests_on": [record(ben, claim)["roots"][1]["id"]],
    }
    made = send_json(ben, f"{address}/judgements", body)
    assert made.status_code == 201 and made.json()["rests_on"][0]["name"] == MINISTER
    assert ben.get(f"{address}/judgements").json() == [made.json()]
    statement = record(ben, claim)["appearances"][2]["id"]
    pinned = send_json(ben, f"{address}/pin", {"statement": statement, "because": "x", "seen": seen(ben, claim)})
    assert pinned.json()[0]["pinned"] is True
    stale = send_json(ben, f"{address}/pin", {"statement": statement, "because": "x", "seen": "0" * 16})
    assert stale.status_code == 409 and "is not as you saw it" in json.dumps(stale.json())
    other = beside(ben, claim)
    came = send_json(ben, f"{address}/merge", {"other": other, "because": "one"}).json()
    assert len(came) == 1 and came[0]["articles"] > 1
    now = came[0]["id"]
    out = {"statements": [record(ben, now)["appearances"][0]["id"]], "because": "not it"}
    assert len(send_json(ben, f"/api/v1/claims/{now}/split", out).json()) == 2
    assert [what for _, what, _ in logged(ben)][:4] == [
        "statements split off",
        "claims merged",
        "words pinned",
        "judgement",
    ]


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("judgements", {"conclusion": "", "reasons": "x"}, 422),
        ("judgements", {"conclusion": "x", "reasons": " "}, 422),
        ("judgements", {"conclusion": "x", "reasons": "y", "rests_on": ["root:nobody"]}, 422),
        ("merge", {"other": "cffffffffffff", "because": "x"}, 404),
        ("split", {"statements": ["a@1-2"], "because": "x"}, 409),
        ("split", {"statements": [], "because": "x"}, 422),
        ("pin", {"statement": "a@1-2", "because": "  "}, 409),
    ],
)
def test_the_api_says_what_cannot_be_done(
    client: TestClient, claim: str, path: str, body: dict[str, Any], status: int
) -> None:
    answer = send_json(client, f"/api/v1/claims/{claim}/{path}", body)
    assert answer.status_code == status and answer.json()["detail"]
