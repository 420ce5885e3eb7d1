"""The server on a socket: who says nothing, or says it slowly, or too much of it, does not hold it."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from firsthand.web.options import Options
from firsthand.web.serving import HEADERS, _config
from tests.web.site import listening


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr("firsthand.web.serving.PATIENCE", 0.6)
    with listening(tmp_path / "l.db") as address:
        host, _, port = address.removeprefix("http://").partition(":")
        yield host, int(port)


def answer(connection: socket.socket) -> bytes:
    """All that comes until the other side closes."""
    connection.settimeout(15)
    parts = b""
    try:
        while part := connection.recv(65_536):
            parts += part
    except ConnectionError:
        pass
    return parts


def request(place: tuple[str, int], path: str = "/api/v1/account", more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: {place[0]}:{place[1]}\r\n{more}\r\n".encode()


def test_who_says_nothing_is_not_listened_to(place: tuple[str, int]) -> None:
    began = time.monotonic()
    with socket.create_connection(place) as silent:
        assert answer(silent) == b""
    assert time.monotonic() - began < 10


def test_who_says_it_a_letter_at_a_time_is_not(place: tuple[str, int]) -> None:
    with socket.create_connection(place) as slow, pytest.raises(OSError, match=r".*"):
        _dawdle(slow, request(place, more="X-Long: " + "a" * 400))


def _dawdle(slow: socket.socket, sent: bytes) -> None:
    for letter in sent:
        slow.sendall(bytes([letter]))
        time.sleep(0.02)


def test_a_second_request_on_a_connection_may_not_dawdle_either(place: tuple[str, int]) -> None:
    with socket.create_connection(place) as two:
        two.sendall(request(place))
        two.settimeout(15)
        assert b"200 OK" in two.recv(65_536)
        two.sendall(b"GET /api")
        began = time.monotonic()
        assert b"200 OK" not in answer(two)
        assert time.monotonic() - began < 10


def test_a_connection_answers_one_request_after_another(place: tuple[str, int]) -> None:
    with socket.create_connection(place) as many:
        many.settimeout(15)
        for _ in range(5):
            many.sendall(request(place))
            said = b""
            while not said.endswith(b"}"):
                said += many.recv(65_536)
            assert said.startswith(b"HTTP/1.1 200 OK")
            time.sleep(0.3)


@pytest.mark.parametrize(
    "sent",
    [
        b"\x16\x03\x01\x02\x00",
        b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        b"GET /\x00 HTTP/1.1\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX: " + b"a" * (2 * HEADERS),
        b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: " + b"9" * 5_000 + b"\r\n\r\n",
        b"POST /login HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: -1\r\n\r\n",
    ],
)
def test_what_is_no_request_is_not_answered_as_one(place: tuple[str, int], sent: bytes) -> None:
    with socket.create_connection(place) as connection:
        connection.sendall(sent)
        said = answer(connection)
    assert not said or said.startswith((b"HTTP/1.1 400", b"HTTP/1.1 413", b"HTTP/1.1 431"))
    with socket.create_connection(place) as connection:
        connection.sendall(request(place, more="Connection: close\r\n"))
        assert b"200 OK" in answer(connection)


def test_a_large_body_is_refused_before_it_is_sent(place: tuple[str, int]) -> None:
    head = f"POST /login HTTP/1.1\r\nHost: {place[0]}:{place[1]}\r\nContent-Length: 50000000\r\n\r\n"
    with socket.create_connection(place) as connection:
        connection.sendall(head.encode())
        assert answer(connection).startswith(b"HTTP/1.1 413")


def test_websockets_are_not_spoken(place: tuple[str, int]) -> None:
    upgrade = "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: eA==\r\n"
    with socket.create_connection(place) as connection:
        connection.sendall(request(place, "/claims", upgrade))
        connection.settimeout(15)
        assert b" 101 " not in connection.recv(65_536)


def client_of(peer: str, *forwarded: str, **more: Any) -> str:
    """The address that the application sees where `peer` connects and sends these headers."""
    seen = []

    async def app(scope: Any, _receive: Any, _send: Any) -> None:
        seen.append(scope["client"][0])

    config = _config(app, Options(Path("l.db"), **more))  # type: ignore[arg-type]
    config.load()
    headers = [(b"x-forwarded-for", one.encode()) for one in forwarded]
    scope = {"type": "http", "client": (peer, 1), "scheme": "http", "headers": headers}
    asyncio.run(config.loaded_app(scope, None, None))  # type: ignore[arg-type]
    return str(seen[0])


BEHIND = {"names": ("127.0.0.1", "desk.example"), "accounts": True}


@pytest.mark.parametrize("more", [BEHIND, {"secure": True}])
@pytest.mark.parametrize("peer", ["127.0.0.1", "::1", "::ffff:127.0.0.1"])
def test_a_proxy_at_this_computer_says_who_asks(more: dict[str, Any], peer: str) -> None:
    assert client_of(peer, "192.0.2.1", **more) == "192.0.2.1"
    assert client_of(peer, **more) == peer


def test_nobody_says_past_a_proxy_that_they_are_somebody_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "*")  # which is uvicorn's own, and not asked
    assert client_of("127.0.0.1", "198.51.100.7, 192.0.2.1", **BEHIND) == "192.0.2.1"
    assert client_of("127.0.0.1", "198.51.100.7", "192.0.2.1", **BEHIND) == "192.0.2.1"
    assert client_of("127.0.0.1", "127.0.0.1, 192.0.2.1", **BEHIND) == "192.0.2.1"
    assert client_of("203.0.113.5", "192.0.2.1", **BEHIND) == "203.0.113.5"


def test_without_a_proxy_nobody_is_believed() -> None:
    assert client_of("127.0.0.1", "192.0.2.1") == "127.0.0.1"
