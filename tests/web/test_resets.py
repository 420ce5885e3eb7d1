"""What a new password ends: every session, those too that begin while it is set, and the tokens of who was reset."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Any

import pytest
from argon2 import PasswordHasher
from starlette.testclient import TestClient

from firsthand.library import Library, accounts
from firsthand.library.schema_accounts import session
from firsthand.web import passwords
from tests.web.asking import send
from tests.web.conftest import PASSWORD
from tests.web.test_accounts import a_token, library, log, number, with_token

Desk = Callable[[str], TestClient]

OTHER, THIRD = "a lantern under the stairs", "seven oars and no boat"


def sessions(kept: Library, no: int) -> int:
    with kept.reading() as connection:
        return len(connection.execute(session.select().where(session.c.account == no)).all())


def meanwhile(monkeypatch: pytest.MonkeyPatch, name: str, act: Callable[[], object]) -> None:
    """Do something once, after a password was checked or hashed and before what comes of it."""
    before, left = getattr(passwords, name), [act]

    def slow(*given: Any) -> Any:
        found = before(*given)
        if left:
            left.pop()()
        return found

    monkeypatch.setattr(passwords, name, slow)


def reset(kept: Library, name: str, password: str = "") -> None:
    stored = passwords.hashed_anew(password or OTHER)
    with kept.writing() as connection:
        one = accounts.named(connection, name)
        assert one
        accounts.set_password(connection, one, stored, "ann")


def lock(kept: Library, name: str) -> None:
    with kept.writing() as connection:
        one = accounts.named(connection, name)
        assert one
        accounts.set_locked(connection, one, True, "ann")


@pytest.mark.parametrize("act", [reset, lock])
def test_who_logs_in_while_it_is_reset_or_locked_is_not_let_in(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, act: Callable[[Library, str], None]
) -> None:
    browser = desk("")
    cid = number(browser, "cid")
    meanwhile(monkeypatch, "is_right", lambda: act(library(browser), "cid"))
    answer = send(browser, "/login", name="cid", password=PASSWORD)
    assert (answer.status_code, "do not go together" in answer.text) == (403, True)
    assert sessions(library(browser), cid) == 0
    assert log(browser)[0] == ("", "login refused", "cid")


def test_hashing_anew_does_not_bring_an_old_password_back(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = desk("")
    weak = PasswordHasher(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    with library(browser).writing() as connection:
        one = accounts.named(connection, "cid")
        assert one
        accounts.set_password(connection, one, weak, "ann")
    meanwhile(monkeypatch, "hashed_anew", lambda: reset(library(browser), "cid"))
    assert send(browser, "/login", name="cid", password=PASSWORD).status_code == 403
    assert send(browser, "/login", name="cid", password=OTHER).status_code == 303


@pytest.mark.parametrize("name", ["is_right", "hashed"])
def test_ones_own_change_does_not_undo_an_admins(desk: Desk, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    browser = desk("cid")
    meanwhile(monkeypatch, name, lambda: reset(library(browser), "cid"))
    answer = send(browser, "/account/password", old=PASSWORD, new=THIRD, again=THIRD)
    assert (answer.status_code, "old password is not right" in answer.text) == (403, True)
    assert browser.get("/api/v1/account").status_code == 401
    assert send(browser, "/login", name="cid", password=THIRD).status_code == 403
    assert send(browser, "/login", name="cid", password=OTHER).status_code == 303


def test_an_admins_reset_ends_the_tokens(desk: Desk) -> None:
    ann, cid = desk("ann"), desk("cid")
    program = with_token(cid, a_token(cid, "reader", 365))
    assert program.get("/api/v1/account").status_code == 200
    assert send(ann, f"/accounts/{number(ann, 'cid')}/password", password=OTHER).status_code == 303
    assert program.get("/api/v1/account").status_code == 401
    assert log(ann)[:2] == [("ann", "token revoked", "a script"), ("ann", "password changed", "cid")]


def test_ones_own_change_says_that_tokens_stay_and_revokes_them_on_demand(desk: Desk) -> None:
    browser = desk("ben")
    programs = [with_token(browser, a_token(browser, "reader")) for _ in range(2)]
    answer = send(browser, "/account/password", old=PASSWORD, new=OTHER, again=OTHER)
    shown = browser.get(answer.headers["location"]).text
    assert "Tokens stay good" in shown and "Revoke all your tokens" in shown
    assert [program.get("/api/v1/account").status_code for program in programs] == [200, 200]
    again = desk("ben")
    answer = send(again, "/account/tokens/revoke")
    assert "All your tokens are revoked" in again.get(answer.headers["location"]).text
    assert [program.get("/api/v1/account").status_code for program in programs] == [401, 401]


def test_an_admin_sees_anothers_tokens_and_revokes_one(desk: Desk) -> None:
    ann, cid = desk("ann"), desk("cid")
    programs = [with_token(cid, a_token(cid, "reader")) for _ in range(2)]
    address = f"/accounts/{number(ann, 'cid')}/tokens"
    shown = ann.get("/accounts").text
    assert f"{address}/1/revoke" in shown and "a script" in shown and "2 tokens" in shown
    assert send(cid, f"{address}/1/revoke").status_code == 403
    assert send(ann, f"/accounts/{number(ann, 'ben')}/tokens/1/revoke").status_code == 400
    assert send(ann, f"{address}/{2**63}/revoke").status_code == 404
    assert send(ann, f"{address}/1/revoke").status_code == 303
    assert [program.get("/api/v1/account").status_code for program in programs] == [401, 200]
    assert log(ann)[0] == ("ann", "token revoked", "a script")


def test_nobody_is_given_the_name_of_a_removed_account(desk: Desk) -> None:
    ann = desk("ann")
    send(ann, f"/accounts/{number(ann, 'cid')}/remove")
    answer = send(ann, "/accounts", name="CID", role="reader", password=PASSWORD)
    assert (answer.status_code, "choose another name" in answer.text) == (422, True)


def test_progress_is_told_to_nobody_who_is_signed_out_meanwhile(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = desk("ben")
    address = send(browser, "/add", pasted="Ilse Moor said the weir at Larkmoor was shut on Tuesday.").headers[
        "location"
    ]
    for name, seconds in (("EVERY", 0.01), ("HEARTBEAT", 0.03), ("LASTS", 3.0)):
        monkeypatch.setattr(f"firsthand.web.add.{name}", seconds)
    signing_out = threading.Timer(0.5, reset, (library(browser), "ben"))
    signing_out.start()
    began = time.monotonic()
    assert "taken in" in browser.get(f"{address}/events").text
    assert time.monotonic() - began < 2.5
    signing_out.join()
    answer = browser.get(f"{address}/events", follow_redirects=False)
    assert answer.headers["location"].startswith("/login")
