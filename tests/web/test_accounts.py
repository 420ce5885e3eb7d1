"""Logging in and out, one's own account, everybody's: what is asked is done, logged, and nothing else is."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from firsthand.library import Library, accounts
from firsthand.library.actions import Asked, actions
from firsthand.library.schema_accounts import session, token
from firsthand.web.throttle import BY_NAME
from tests.web.asking import send, word
from tests.web.conftest import PASSWORD

Desk = Callable[[str], TestClient]

OTHER = "a lantern under the stairs"


def library(browser: TestClient) -> Library:
    found: Library = browser.app.state.library  # type: ignore[attr-defined]
    return found


def log(browser: TestClient) -> list[tuple[str, str, str]]:
    with library(browser).reading() as connection:
        return [(one.who, one.what, one.on) for one in actions(connection, Asked())]


def number(browser: TestClient, name: str) -> int:
    with library(browser).reading() as connection:
        found = accounts.named(connection, name)
    assert found
    return found.no


def test_without_accounts_the_computers_user_is_admin(client: TestClient) -> None:
    assert client.get("/api/v1/account").json()["role"] == "admin"
    assert "Make the first account" in client.get("/account").text


def test_the_first_account_closes_the_door(client: TestClient) -> None:
    assert send(client, "/accounts", name="ben", role="analyst", password=PASSWORD).status_code == 422
    assert send(client, "/accounts", name="ann", role="admin", password=PASSWORD).status_code == 303
    assert client.get("/accounts", follow_redirects=False).headers["location"] == "/login?next=%2Faccounts"
    assert client.get("/api/v1/account").status_code == 401


@pytest.mark.parametrize("name", ["ann", "ANN", " Ann "])
def test_a_name_is_found_whatever_its_case(desk: Desk, name: str) -> None:
    browser = desk("")
    assert send(browser, "/login", name=name, password=PASSWORD).headers["location"] == "/claims"
    assert browser.get("/api/v1/account").json() == {"name": "ann", "role": "admin"}


def test_a_wrong_name_and_a_wrong_password_are_answered_alike(desk: Desk) -> None:
    browser = desk("")
    answers = [send(browser, "/login", name=name, password="not it, sorry") for name in ("ann", "zed")]
    pages = [re.sub(r'value="[^"]*"', "", answer.text) for answer in answers]
    assert [answer.status_code for answer in answers] == [403, 403]
    assert pages[0] == pages[1]
    assert log(browser)[:2] == [("", "login refused", ""), ("", "login refused", "ann")]


def test_who_guesses_waits_even_with_the_right_password(desk: Desk) -> None:
    browser = desk("")
    for _ in range(BY_NAME):
        assert send(browser, "/login", name="ann", password="not it, sorry").status_code == 403
    answer = send(browser, "/login", name="Ann", password=PASSWORD)
    assert answer.status_code == 429
    assert int(answer.headers["retry-after"]) >= 1
    assert send(browser, "/login", name="ben", password=PASSWORD).status_code == 303


def test_logging_out_ends_the_session_itself(desk: Desk) -> None:
    browser = desk("ann")
    kept = dict(browser.cookies)
    assert send(browser, "/logout").headers["location"] == "/login"
    browser.cookies.update(kept)
    assert browser.get("/api/v1/account").status_code == 401
    assert log(browser)[:2] == [("ann", "signed out", ""), ("ann", "signed in", "")]


def test_a_new_password_logs_every_other_browser_out(desk: Desk) -> None:
    here, there = desk("ben"), desk("ben")
    answer = send(here, "/account/password", old=PASSWORD, new=OTHER, again=OTHER)
    assert answer.headers["location"] == "/account?changed=password"
    assert here.get("/api/v1/account").json()["name"] == "ben"
    assert there.get("/api/v1/account").status_code == 401
    assert send(there, "/login", name="ben", password=PASSWORD).status_code == 403
    assert send(there, "/login", name="ben", password=OTHER).status_code == 303


@pytest.mark.parametrize(
    ("old", "new", "again", "said"),
    [
        ("wrong password", OTHER, OTHER, "The old password is not right"),
        (PASSWORD, OTHER, OTHER + "s", "are not the same"),
        (PASSWORD, "short", "short", "A password has 12 to"),
        (PASSWORD, "aaaaaaaaaaaaaaa", "aaaaaaaaaaaaaaa", "5 different characters"),
    ],
)
def test_a_password_that_will_not_do(desk: Desk, old: str, new: str, again: str, said: str) -> None:
    browser = desk("cid")
    answer = send(browser, "/account/password", old=old, new=new, again=again)
    assert answer.status_code in (403, 422)
    assert said in answer.text
    assert browser.get("/api/v1/account").json()["name"] == "cid"


@pytest.mark.parametrize(
    ("act", "fields"),
    [("role", {"role": "analyst"}), ("password", {"password": OTHER}), ("lock", {"locked": "true"}), ("remove", {})],
)
def test_what_an_admin_changes_logs_the_account_out(desk: Desk, act: str, fields: dict[str, str]) -> None:
    ann, cid = desk("ann"), desk("cid")
    assert send(ann, f"/accounts/{number(ann, 'cid')}/{act}", **fields).status_code == 303
    assert cid.get("/api/v1/account").status_code == 401
    who, what, on = log(ann)[0]
    assert (who, on) == ("ann", "cid")
    assert what in ("role changed", "password changed", "account locked", "account removed")


def test_who_is_locked_cannot_log_in_until_unlocked(desk: Desk) -> None:
    ann, cid = desk("ann"), desk("")
    for locked, status in (("true", 403), ("false", 303)):
        send(ann, f"/accounts/{number(ann, 'cid')}/lock", locked=locked)
        assert send(cid, "/login", name="cid", password=PASSWORD).status_code == status


@pytest.mark.parametrize(
    ("act", "fields"),
    [("role", {"role": "reader"}), ("password", {"password": OTHER}), ("lock", {"locked": "true"}), ("remove", {})],
)
def test_an_admin_cannot_shut_themselves_out_nor_set_their_password_without_the_old_one(
    desk: Desk, act: str, fields: dict[str, str]
) -> None:
    ann = desk("ann")
    assert send(ann, f"/accounts/{number(ann, 'ann')}/{act}", **fields).status_code == 400
    assert ann.get("/api/v1/account").json()["role"] == "admin"
    assert send(desk(""), "/login", name="ann", password=PASSWORD).status_code == 303


def test_sessions_end_by_age_and_by_idleness(desk: Desk) -> None:
    for column, age in (("made", timedelta(days=8)), ("seen", timedelta(hours=13))):
        browser = desk("ben")
        with library(browser).writing() as connection:
            connection.execute(update(session).values({column: (datetime.now(UTC) - age).isoformat()}))
        assert browser.get("/api/v1/account").status_code == 401


def test_it_is_written_down_when_a_session_is_seen(desk: Desk) -> None:
    browser = desk("ben")
    long_ago = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    with library(browser).writing() as connection:
        connection.execute(update(session).values(seen=long_ago))
    browser.get("/api/v1/account")
    with library(browser).reading() as connection:
        (seen,) = connection.execute(session.select()).all()
    assert seen.seen > long_ago


def a_token(browser: TestClient, role: str, days: int = 30) -> str:
    answer = send(browser, "/account/tokens", name="a script", role=role, days=days)
    return re.findall(r"<code>(fh_[\w-]{43})</code>", answer.text)[0]


def with_token(browser: TestClient, given: str) -> TestClient:
    return TestClient(browser.app, base_url="http://127.0.0.1:8470", headers={"Authorization": f"Bearer {given}"})


def test_a_token_is_shown_once_and_lets_a_program_in(desk: Desk) -> None:
    browser = desk("ben")
    given = a_token(browser, "reader")
    assert with_token(browser, given).get("/api/v1/account").json() == {"name": "ben", "role": "reader"}
    shown = browser.get("/account").text
    assert "a script" in shown
    assert given not in shown
    assert given.encode() not in b"".join(file.read_bytes() for file in library(browser).path.parent.iterdir())


def test_a_token_has_no_more_than_its_owners_role(desk: Desk) -> None:
    ben, ann = desk("ben"), desk("ann")
    assert "no more than analyst" in send(ben, "/account/tokens", name="x", role="admin", days=7).text
    given = a_token(ben, "analyst")
    send(ann, f"/accounts/{number(ann, 'ben')}/role", role="reader")
    assert with_token(ben, given).get("/api/v1/account").json()["role"] == "reader"


def test_a_tokens_refusal_says_that_it_is_the_token(desk: Desk) -> None:
    ben = desk("ben")
    program = with_token(ben, a_token(ben, "reader"))
    said = "This token may act as reader; make one that may act as {}, with an account of that role."
    refused = program.post("/api/v1/watch", json={"url": "https://x.example/"})
    assert (refused.status_code, refused.json()) == (403, {"detail": said.format("analyst")})
    assert program.get("/api/v1/accounts").json() == {"detail": said.format("admin")}
    assert ben.get("/api/v1/accounts").json() == {"detail": "This needs the role admin; you are signed in as analyst."}


def test_tokens_end(desk: Desk) -> None:
    ben, ann = desk("ben"), desk("ann")
    revoked, over, locked = (a_token(ben, "analyst") for _ in range(3))
    assert send(ben, "/account/tokens/1/revoke").status_code == 303
    with library(ben).writing() as connection:
        connection.execute(update(token).where(token.c.no == 2).values(expires="2020-01-01T00:00:00.000+00:00"))
    assert with_token(ben, locked).get("/api/v1/account").status_code == 200
    send(ann, f"/accounts/{number(ann, 'ben')}/lock", locked="true")
    assert [with_token(ben, one).get("/api/v1/account").status_code for one in (revoked, over, locked)] == [401] * 3


def test_nobody_revokes_anothers_token(desk: Desk) -> None:
    ben, cid = desk("ben"), desk("cid")
    given = a_token(ben, "analyst")
    assert send(cid, "/account/tokens/1/revoke").status_code == 400
    assert with_token(ben, given).get("/api/v1/account").status_code == 200


def test_a_password_of_older_parameters_is_hashed_anew(desk: Desk) -> None:
    from argon2 import PasswordHasher

    browser = desk("")
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with library(browser).writing() as connection:
        one = accounts.named(connection, "ben")
        assert one
        accounts.rehash(connection, one, weak)
    assert send(browser, "/login", name="ben", password=PASSWORD).status_code == 303
    with library(browser).reading() as connection:
        now = accounts.named(connection, "ben")
    assert now
    assert "m=65536,t=3,p=1" in now.password


def test_the_log_is_shown_filtered_and_exported(desk: Desk) -> None:
    ann = desk("ann")
    desk("ben")
    assert ann.get("/log?who=ben").text.count("<tr>") == 2
    rows = ann.get("/log.json?who=ben").json()
    assert [(row["who"], row["what"]) for row in rows] == [("ben", "signed in")]
    lines = ann.get("/log.csv?what=account+made").text.splitlines()
    assert lines[0] == "\ufeffnumber,at,who,what,on,detail"
    assert [line.split(",")[4] for line in lines[1:]] == ["cid", "ben", "ann"]
    assert [row["number"] for row in ann.get("/api/v1/log?limit=2&before=3").json()] == [2, 1]


def test_a_form_that_is_too_old_says_so(desk: Desk) -> None:
    ann = desk("ann")
    old = word(ann)
    send(ann, "/logout")
    answer = ann.post("/login", data={"csrf": old, "name": "ann", "password": PASSWORD})
    assert answer.status_code == 403
    assert "too old" in answer.text


def test_the_library_file_has_no_password(desk: Desk, tmp_path: Path) -> None:
    desk("ann")
    assert all(PASSWORD.encode() not in file.read_bytes() for file in tmp_path.iterdir() if file.is_file())


def test_the_head_of_a_page_says_who_is_signed_in_and_as_what(desk: Desk) -> None:
    assert ">cid (reader)</a>" in desk("cid").get("/claims").text
    assert "signed in as <b><bdi>cid</bdi></b> (reader)" in desk("cid").get("/account").text
