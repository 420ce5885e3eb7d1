"""The network underneath the fetcher: it connects to the very address it has checked, and keeps one deadline.

A name is resolved once per connection, every address is judged, and the connection goes to a judged address:
a name server that answers differently a moment later (DNS rebinding) gains nothing. The Host header, TLS
server name and certificate check still use the name, because they are done above this layer.
"""

from __future__ import annotations

import queue
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import httpcore
import httpx

from firsthand.errors import RefusedAddress
from firsthand.ingest.addresses import refusal, refused

Resolve = Callable[[str, int], Sequence[str]]
"""Host name and port -> IP addresses. Raises OSError for a name that is not known."""

MOST_ADDRESSES = 4
"""Addresses of one name that are tried in turn."""


def system_resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, as the operating system finds them."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


class Deadline:
    """The moment at which a whole fetch must be over."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """Seconds left. Raises httpcore.ReadTimeout when there are none."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("the time is up")
        return left


class Backend(httpcore.NetworkBackend):
    """Connects by TCP to checked addresses only."""

    def __init__(self, origin: str, deadline: Deadline, resolve: Resolve, allow_private: bool) -> None:
        self._origin, self._deadline, self._resolve, self._allow_private = origin, deadline, resolve, allow_private
        self._tcp = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first checked address of `host` that answers."""
        failure: Exception = httpcore.ConnectError("the host has no address")
        for address in self._checked(host, port)[:MOST_ADDRESSES]:
            try:
                stream = self._tcp.connect_tcp(address, port, self._deadline.left(), local_address, socket_options)
                return _TimedStream(stream, self._deadline)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure

    def _checked(self, host: str, port: int) -> Sequence[str]:
        addresses = _within(self._deadline, lambda: self._resolve(host, port))
        reasons = [] if self._allow_private else list(filter(None, map(refused, addresses)))
        if reasons:
            raise RefusedAddress(self._origin, refusal(host, reasons[0]))
        return addresses


class Transport(httpx.BaseTransport):
    """httpx over an httpcore pool whose network is ours; httpx itself offers no place for one."""

    def __init__(self, backend: Backend, tls: ssl.SSLContext) -> None:
        self._pool = httpcore.ConnectionPool(ssl_context=tls, network_backend=backend, http1=True, http2=False)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request; redirects are the caller's."""
        url = request.url
        target = httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path)
        sent = httpcore.Request(request.method, target, headers=request.headers.raw, extensions=request.extensions)
        answer = self._pool.handle_request(sent)
        return httpx.Response(answer.status, headers=answer.headers, stream=_Body(answer))

    def close(self) -> None:
        """Close every connection."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    def __iter__(self) -> Iterator[bytes]:
        return self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


class _TimedStream(httpcore.NetworkStream):
    """A connection on which every wait ends at the deadline, however slowly the other side drips."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._stream, self._deadline = stream, deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, self._deadline.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        secured = self._stream.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(secured, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


def _within(deadline: Deadline, call: Callable[[], Sequence[str]]) -> Sequence[str]:
    """The call's result. Name resolution takes no timeout, so it runs beside us and is left behind if it must be."""
    results: queue.SimpleQueue[Sequence[str] | Exception] = queue.SimpleQueue()

    def work() -> None:
        try:
            results.put(call())
        except Exception as error:  # handed over to the waiting thread, which raises it
            results.put(error)

    threading.Thread(target=work, daemon=True).start()
    try:
        result = results.get(timeout=deadline.left())
    except queue.Empty:
        raise httpcore.ConnectTimeout("the name server does not answer") from None
    if isinstance(result, Exception):
        raise httpcore.ConnectError("the host is not known") from result
    return result
