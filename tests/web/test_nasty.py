"""Whatever an address says, it is no mistake of ours: SQL, the syntax of searches, numbers and times that cannot be."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from typing import Any
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from starlette.testclient import TestClient

from tests.web.ids import known
from tests.web.routes import parameters, sample

WORDS = (
    *("' OR 1=1 --", '"', '" OR "a', "NEAR(a b, 1)", "title:a", "a*", "*", "(", "a -b", "\x00", "\x1b[31m", "\u202e"),
    *("'\"><script>alert(1)</script>", "%", "\\", "../../etc/passwd", "a" * 3_000, "🛥" * 200, "\n"),
)
NUMBERS = ("-1", "0", "99999999999999999999", "9223372036854775807", "NaN", "٣")
TIMES = ("0001-01-01", "9999-12-31", "9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "24:00")
RAW = ("%ff%fe", "%00", "%", "%ed%a0%80", "%c0%af", "+", "a%0d%0aSet-Cookie:x=1")

NASTY = (*(quote(value, safe="") for value in (*WORDS, *NUMBERS, *TIMES)), *RAW)

ALL = ("q", "sort", "page", "kind", "since", "until", "outlet", "source", "before", "version", "print", "a", "b")
"""What some page may read from its query without saying so."""

PAGES, PROGRAMS = 2, 6
"""Which part of it each place gets, never the same: a half of it on pages, a sixth in what answers programs by the same
code. All of it everywhere takes half a minute of a core, and was sent once, on 2026-11-23."""


def addresses(app: FastAPI) -> Iterator[str]:
    """Each address there is, with each nasty thing in each place."""
    ids, turn = known(app), count()
    for route, parts, names in parameters(app):
        path = str(route.path)
        if path.endswith("/events") or path.startswith("/static"):
            continue
        share = PROGRAMS if path.startswith("/api/") or "." in path else PAGES
        good = ids.get(path.removeprefix("/api/v1").split("/")[1], "1")
        filled = sample(route, **dict.fromkeys(parts, good))
        both = f"a={ids['articles']}&b={ids['other']}&" if "compare" in path else ""
        for name in names:
            yield from (f"{filled}?{both}{name}={value}" for value in _part(turn, share))
        for part in parts:
            for value in _part(turn, share):
                yield f"{sample(route, **{**dict.fromkeys(parts, good), part: value})}?{both}"
        for value in _part(turn, share):
            yield f"{filled}?{both}" + "&".join(f"{name}={value}" for name in ALL if name not in names)


def _part(turn: Iterator[int], share: int) -> tuple[str, ...]:
    return NASTY[next(turn) % share :: share]


@pytest.fixture
def forgiving(client: TestClient) -> TestClient:
    return TestClient(client.app, base_url=str(client.base_url), raise_server_exceptions=False)


def test_no_address_is_too_much(forgiving: TestClient) -> None:
    failed: list[tuple[int, str]] = []
    total = 0
    for address in addresses(forgiving.app):  # type: ignore[arg-type]
        answer = forgiving.get(address, follow_redirects=False)
        total += 1
        if answer.status_code >= 500 or "x=1" in answer.headers.get("set-cookie", ""):
            failed.append((answer.status_code, address))
    assert total > 1_000
    assert not failed, "\n".join(map(str, failed[:60]))


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b'{"a":' * 5_000, b'{"name": 1e400}', b"1" * 5_000]
)
def test_no_body_is_too_much(forgiving: TestClient, body: bytes) -> None:
    from tests.web.asking import word
    from tests.web.routes import changing

    failed: list[Any] = []
    for route in changing(forgiving.app):
        for kind in ("application/json", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "x"):
            headers = {"X-CSRF": word(forgiving), "Content-Type": kind}
            for method in sorted((route.methods or set()) - {"GET", "HEAD", "OPTIONS"}):
                if not sample(route).endswith("/logout"):
                    answer = forgiving.request(method, sample(route), content=body, headers=headers)
                    failed += [(answer.status_code, method, route.path, kind)] if answer.status_code >= 500 else []
    assert not failed, "\n".join(map(str, failed))
