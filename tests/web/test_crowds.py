"""Many connections of one address: they do not shut out all others."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from firsthand.web.bodies import AT_ONCE, Bodies
from firsthand.web.serving import FROM_ONE
from tests.web.site import listening

BODY = b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/x-www-form-urlencoded\r\n"
UNFINISHED = BODY + b"Content-Length: 500\r\n\r\ncsrf="


def crowd(address: str, many: int) -> list[socket.socket]:
    host, _, port = address.removeprefix("http://").partition(":")
    made = [socket.create_connection((host, int(port)), timeout=10) for _ in range(many)]
    for one in made:
        one.sendall(UNFINISHED)
    return made


def refused(made: list[socket.socket]) -> int:
    """How many are told that there are too many."""
    time.sleep(0.5)
    for one in made:
        one.setblocking(False)
    return sum(_begins(one).startswith(b"HTTP/1.1 503") for one in made)


def _begins(one: socket.socket) -> bytes:
    try:
        return one.recv(100)
    except OSError:
        return b""


@pytest.mark.parametrize(("accounts", "secure", "more"), [(True, False, 5), (False, False, 0), (True, True, 0)])
def test_an_address_has_so_many_connections(tmp_path: Path, accounts: bool, secure: bool, more: int) -> None:
    with listening(tmp_path / "l.db", accounts=accounts, secure=secure) as address:
        made = crowd(address, FROM_ONE + 5)
        assert refused(made) == more
        for one in made:
            one.close()


def test_a_stranger_has_less_time_for_a_body(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("firsthand.web.bodies.STRANGERS", 0.3)
    with listening(tmp_path / "l.db", accounts=True) as address:
        began = time.monotonic()
        (one,) = crowd(address, 1)
        assert one.recv(100).startswith(b"HTTP/1.1 408") and time.monotonic() - began < 5
        one.close()


def test_bodies_are_counted_by_the_address_that_a_proxy_tells() -> None:
    import anyio
    from starlette.exceptions import HTTPException

    async def slow(*_: object) -> None:
        await anyio.sleep(0.3)

    taken, bodies = list[bool](), Bodies(slow)

    async def one(host: str) -> None:
        scope = {"type": "http", "method": "POST", "path": "/login", "headers": [], "client": (host, 0)}
        try:
            await bodies(scope, None, None)  # type: ignore[arg-type]
            taken.append(True)
        except HTTPException as error:
            taken.append(error.status_code != 503)

    async def all_of(host: str) -> None:
        async with anyio.create_task_group() as group:
            for _ in range(AT_ONCE + 3):
                group.start_soon(one, host)

    anyio.run(all_of, "192.0.2.7")
    assert taken.count(False) == 3
    taken.clear()
    anyio.run(all_of, "127.0.0.1")
    assert all(taken)
    anyio.run(one, "192.0.2.7")
    assert taken[-1] and not bodies._open
