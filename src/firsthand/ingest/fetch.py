"""One URL -> bytes. The only place in ingest that uses the network."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from firsthand.config import Settings
from firsthand.errors import AnswerError, FetchError, InputError
from firsthand.ingest.network import Backend, Deadline, Resolve, Transport, system_resolve
from firsthand.ingest.unpack import unpacked

MOST_REDIRECTS = 8
"""Redirects that are followed. Chosen, not measured."""

ACCEPT = "text/html,application/xhtml+xml,application/rss+xml,application/atom+xml,application/xml;q=0.9,*/*;q=0.8"

LONGEST_WAIT = 7 * 86_400.0
"""Seconds that a server may ask to be left alone for; one that asks for more is asked again after these."""

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
class Stamp:
    """What a server says in ETag and in Last-Modified, as it says it; empty where it says nothing."""

    etag: str = ""
    modified: str = ""


NO_STAMP = Stamp()


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a server sent: the address it came from after redirects, its type and charset, and the bytes, unpacked.

    `stamp` is by what the server knows this content again; with `unchanged` it is the one that was asked about, and
    there are no bytes.
    """

    url: str
    content_type: str | None
    charset: str | None
    content: bytes
    stamp: Stamp = NO_STAMP
    unchanged: bool = False


def fetch(
    url: str,
    settings: Settings,
    *,
    known: Stamp = NO_STAMP,
    resolve: Resolve = system_resolve,
    tls: ssl.SSLContext | None = None,
) -> Fetched:
    """The bytes at `url`, at most `settings.max_bytes` of them, unpacked, within `settings.timeout` seconds in all.

    With the stamp of what is known, a server may answer that it has not changed. Raises RefusedAddress for a host, of
    the URL or of any redirect, that is private, loopback, link-local or otherwise not public, unless
    `settings.allow_private`; AnswerError for an answer that is no content; FetchError for all else that goes wrong.
    """
    deadline = Deadline(settings.timeout)
    backend = Backend(url, deadline, resolve, settings.allow_private)
    context = tls or httpx.create_ssl_context(trust_env=False)
    try:
        with _client(Transport(backend, context), settings) as client:
            client.headers.update(_conditions(known))
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


def _conditions(known: Stamp) -> Mapping[str, str]:
    named = {"If-None-Match": known.etag, "If-Modified-Since": known.modified}
    return {name: value for name, value in named.items() if value and value.isascii() and value.isprintable()}


def _received(response: httpx.Response, origin: str, limit: int) -> Fetched:
    headers = response.headers
    stamp = Stamp(headers.get("etag", ""), headers.get("last-modified", ""))
    if response.status_code == 304 and response.request.headers.keys() & {"if-none-match", "if-modified-since"}:
        return Fetched(str(response.url), None, None, b"", stamp, unchanged=True)
    if response.status_code != 200:
        said = f"the server answers {response.status_code} {response.reason_phrase}".rstrip()
        raise AnswerError(origin, said, response.status_code, _wait(headers.get("retry-after", "")))
    content = unpacked(response.iter_raw(), headers.get("content-encoding", ""), origin, limit)
    content_type = headers.get("content-type", "").partition(";")[0].strip().lower() or None
    return Fetched(str(response.url), content_type, response.charset_encoding, content, stamp)


def _wait(said: str) -> float | None:
    """Seconds that a server asks to be left alone for, in Retry-After: as a number, or as a time."""
    if said.isascii() and said.isdigit():
        return min(float(said[:9]), LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(said)
        seconds = (until if until.tzinfo else until.replace(tzinfo=UTC)) - datetime.now(UTC)
    except (ValueError, TypeError, OverflowError):
        return None
    return min(max(seconds.total_seconds(), 0.0), LONGEST_WAIT)


def _one_line(error: Exception) -> str:
    return (" ".join(str(error).split()) or type(error).__name__)[:200]
