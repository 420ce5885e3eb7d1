"""The application -> a server that listens, with limits on what anybody can make it hold."""

from __future__ import annotations

import asyncio
import errno
import gc
import socket
from typing import Any

import uvicorn
from fastapi import FastAPI
from uvicorn.protocols.http.h11_impl import H11Protocol

from firsthand.errors import FirsthandError
from firsthand.library.accounts import any_account
from firsthand.web.options import Options, is_loopback

HEADERS = 32 * 2**10
"""Bytes of a request's headers: an address with every filter has one or two thousand."""

PATIENCE = 10.0
"""Seconds that the headers of a request may take."""

CONNECTIONS = 200
"""At once; who comes then is told to come again. A browser has up to six, and one that waits for news of an add."""

PROXIES = ("127.0.0.0/8", "::1", "::ffff:127.0.0.0/104")
"""Who is believed when they say for whom they ask: this computer, as IPv4, IPv6 and IPv4 in IPv6 write it."""

FROM_ONE = 30
"""Of these from one address: several people may share one."""

_BACKLOG = 128

_CROWDED = b"HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"


class Patient(H11Protocol):
    """A connection that is closed when nobody says what they want: else a few hundred such would shut all others out.

    uvicorn itself limits only how long a connection may stay open between two requests.
    """

    _timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Wait for the first request; of an address that has enough connections already, for none."""
        super().connection_made(transport)
        if self._is_crowded():
            transport.write(_CROWDED)
            transport.close()
        else:
            self._wait()

    def _is_crowded(self) -> bool:
        host = self.client[0] if self.client else ""
        many = sum((getattr(one, "client", None) or ("",))[0] == host for one in self.connections)
        return many > FROM_ONE and _is_bounded(self.config.app, host)

    def data_received(self, data: bytes) -> None:
        """Wait on where a request has begun and is not whole; else no more."""
        if self._timer is None and self._idle():
            self._wait()
        super().data_received(data)
        if self._timer and not self._idle():
            self._stop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait no more."""
        self._stop()
        super().connection_lost(exc)

    def _idle(self) -> bool:
        return self.cycle is None or self.cycle.response_complete

    def _wait(self) -> None:
        self._timer = self.loop.call_later(PATIENCE, self.transport.close)

    def _stop(self) -> None:
        if self._timer:
            self._timer.cancel()
            self._timer = None


def _is_bounded(app: Any, host: str) -> bool:
    """Whether an address may have so many connections only: not a proxy's, nor this computer's without accounts."""
    options: Options = app.state.options
    if options.secure:  # then all come from a proxy; `Bodies` goes by the address that it tells
        return False
    if not is_loopback(host):
        return True
    with app.state.library.reading() as connection:
        return options.accounts or any_account(connection)


def bound(options: Options) -> socket.socket:
    """A socket that listens where the options say. Raises FirsthandError."""
    place = f"{options.host} port {options.port}"
    try:
        family, _, _, _, address = socket.getaddrinfo(options.host, options.port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FirsthandError(f"{place}: there is no such address here ({_reason(error)})") from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(_BACKLOG)
    except OSError as error:
        made.close()
        raise FirsthandError(f"{place}: {_cause(error)}") from None
    return made


def serve(app: FastAPI, options: Options, listening: socket.socket) -> None:
    """Answer until Ctrl-C.

    What was loaded so far stays: looking for what can be thrown away takes 80 ms less of some requests.
    """
    gc.collect()
    gc.freeze()
    uvicorn.Server(_config(app, options)).run(sockets=[listening])


def _config(app: FastAPI, options: Options) -> uvicorn.Config:
    limits: dict[str, Any] = {
        "http": Patient,
        "ws": "none",
        "h11_max_incomplete_event_size": HEADERS,
        "limit_concurrency": CONNECTIONS,
        "timeout_keep_alive": 15,
        "timeout_graceful_shutdown": 5,
    }
    # A name or TLS may mean a proxy at this computer, whose word is taken for who is asking, and nobody else's: others
    # connect from an address of theirs. A proxy puts the address that it sees last in X-Forwarded-For, and uvicorn
    # takes the last that is not loopback: what a client wrote there itself stands before it, and counts for nothing.
    # It would only behind a proxy that passes the header on as it came; wrong guesses by name are counted there too.
    return uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        loop="asyncio",
        proxy_headers=options.secure or options.accounts,
        forwarded_allow_ips=list(PROXIES),
        server_header=False,
        **limits,
    )


def _cause(error: OSError) -> str:
    causes = {
        errno.EADDRINUSE: "is in use already, perhaps by another `firsthand serve`; --port takes another one",
        errno.EACCES: "may not be listened on (permission denied); --port 8470 may",
        errno.EADDRNOTAVAIL: "is no address of this computer",
    }
    return causes.get(error.errno or 0) or _reason(error)


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)
