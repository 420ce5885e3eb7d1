"""One URL -> bytes. The only place in ingest that uses the network."""

from __future__ import annotations

import ssl
from dataclasses import dataclass

import httpcore
import httpx

from firsthand.config import Settings
from firsthand.errors import FetchError, InputError
from firsthand.ingest.network import Backend, Deadline, Resolve, Transport, system_resolve
from firsthand.ingest.unpack import unpacked

MOST_REDIRECTS = 8
"""Redirects that are followed. Chosen, not measured."""

ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"

_TROUBLE = (
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    httpcore.ProtocolError,
    httpcore.NetworkError,
    httpcore.UnsupportedProtocol,
    ssl.SSLError,
    UnicodeError,
    OSError,
)


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: the address it came from after redirects, its type and charset, and the bytes, unpacked."""

    url: str
    content_type: str | None
    charset: str | None
    content: bytes


def fetch(
    url: str, settings: Settings, *, resolve: Resolve = system_resolve, tls: ssl.SSLContext | None = None
) -> Fetched:
    """The bytes at `url`, at most `settings.max_bytes` of them, unpacked, within `settings.timeout` seconds in all.

    Raises RefusedAddress for a host, of the URL or of any redirect, that is private, loopback, link-local or
    otherwise not public, unless `settings.allow_private`; FetchError for everything else that goes wrong.
    """
    deadline = Deadline(settings.timeout)
    backend = Backend(url, deadline, resolve, settings.allow_private)
    context = tls or httpx.create_ssl_context(trust_env=False)
    try:
        with _client(Transport(backend, context), settings) as client:
            return _followed(client, url, deadline, settings.max_bytes)
    except (httpcore.TimeoutException, httpx.TimeoutException):
        raise FetchError(url, f"does not answer within {settings.timeout:g} seconds") from None
    except FetchError:
        raise
    except InputError as error:
        raise FetchError(url, error.cause) from None
    except _TROUBLE as error:
        raise FetchError(url, f"cannot be fetched: {_one_line(error)}") from None


def _client(transport: Transport, settings: Settings) -> httpx.Client:
    headers = {"User-Agent": settings.user_agent, "Accept": ACCEPT, "Accept-Encoding": "gzip"}
    return httpx.Client(transport=transport, headers=headers, trust_env=False, follow_redirects=False)


def _followed(client: httpx.Client, url: str, deadline: Deadline, limit: int) -> Fetched:
    address = url
    for _ in range(MOST_REDIRECTS + 1):
        _check(address, url)
        deadline.left()
        with client.stream("GET", address) as response:
            if response.next_request is None:
                return _received(response, url, limit)
            address = str(response.next_request.url)
    raise FetchError(url, f"redirects more than {MOST_REDIRECTS} times")


def _check(address: str, origin: str) -> None:
    """Whether an address is one to ask at all; what its host's name leads to is judged when connecting."""
    parsed = httpx.URL(address)
    if parsed.scheme not in ("http", "https"):
        raise FetchError(origin, f"leads to a {parsed.scheme or 'nameless'}: address; only http and https are fetched")
    if not parsed.host:
        raise FetchError(origin, "names no host")
    if parsed.userinfo:
        raise FetchError(origin, "holds a user name or password, which are not sent")


def _received(response: httpx.Response, origin: str, limit: int) -> Fetched:
    if response.status_code != 200:
        raise FetchError(origin, f"the server answers {response.status_code} {response.reason_phrase}".rstrip())
    content = unpacked(response.iter_raw(), response.headers.get("content-encoding", ""), origin, limit)
    content_type = response.headers.get("content-type", "").partition(";")[0].strip().lower() or None
    return Fetched(str(response.url), content_type, response.charset_encoding, content)


def _one_line(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:200]
