"""The fetcher: what it brings, and what it must never touch."""

from __future__ import annotations

import gzip
import itertools
import pickle
import ssl
import subprocess
import threading
import time
import zlib
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from firsthand.config import Settings
from firsthand.errors import AnswerError, FetchError, RefusedAddress
from firsthand.ingest.addresses import refused_host
from firsthand.ingest.fetch import Stamp, fetch
from firsthand.model import Article, Failure

PRIVATE = Settings(allow_private=True, timeout=5)
PAGE = b"<html><head><title>Ferry to Solm runs again</title></head><body><article><h1>Ferry to Solm runs again</h1>" + (
    b"<p>The ferry to Solm sails again from Monday, the harbour office said, after its engine was repaired.</p>" * 3
    + b"</article></body></html>"
)


def test_a_page_is_fetched_with_a_named_agent(server: Any) -> None:
    found = fetch(server.serve("/ferry", PAGE), PRIVATE)
    assert (found.content, found.content_type, found.charset) == (PAGE, "text/html", "utf-8")
    assert server.requests[0][1]["User-Agent"] == PRIVATE.user_agent


def test_a_url_becomes_an_article(server: Any, read: Any) -> None:
    [article] = read(server.serve("/ferry", PAGE), allow_private=True)
    assert isinstance(article, Article)
    assert (article.title, article.url) == ("Ferry to Solm runs again", server.url("/ferry"))


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f.1", "0.0.0.0", "127.1"])
def test_loopback_is_refused_however_it_is_written(server: Any, host: str, read: Any) -> None:
    server.serve("/", PAGE)
    [failure] = read(server.url("/", host))
    assert isinstance(failure, Failure)
    assert "is not fetched" in failure.cause or "not known" in failure.cause
    assert server.requests == []


NOT_PUBLIC = """
    10.0.0.7 192.168.1.1 172.16.0.1 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1 192.0.2.1 198.18.0.1
    :: ::ffff:127.0.0.1 ::ffff:10.1.1.1 ::7f00:1 fe80::1%eth0 fd00::1 fec0::1 ff02::1 64:ff9b::a00:1 2002:7f00:1::
    2001:0:5:6:7:8:f5ff:fffe nonsense
"""


@pytest.mark.parametrize("address", NOT_PUBLIC.split())
def test_addresses_that_are_not_public_are_refused(address: str) -> None:
    with pytest.raises(RefusedAddress, match="is not fetched"):
        fetch("http://news.example/", Settings(timeout=2), resolve=lambda host, port: [address])


@pytest.mark.parametrize(
    ("host", "reason"),
    [
        ("127.0.0.1", "127.0.0.1 is a loopback address"),
        ("2130706433", "2130706433 is a loopback address, 127.0.0.1"),
        ("0x7f.1", "0x7f.1 is a loopback address, 127.0.0.1"),
        ("::ffff:10.0.0.1", "is a private address"),
        ("fe80::1%eth0", "is a link-local address"),
        ("\uff11\uff12\uff17.0.0.1", "is a loopback address"),
        ("LocalHost.", "is this computer"),
    ],
)
def test_a_host_may_show_by_itself_that_it_is_refused(host: str, reason: str) -> None:
    assert reason in str(refused_host(host))


@pytest.mark.parametrize(
    "host", ["x.example", "localhost.example", "93.184.216.34", "2606:4700::1", "", "a\0b", "\udcff"]
)
def test_other_hosts_do_not(host: str) -> None:
    assert refused_host(host) is None


def test_one_private_address_among_public_ones_is_enough() -> None:
    with pytest.raises(RefusedAddress):
        fetch("http://news.example/", Settings(timeout=2), resolve=lambda host, port: ["93.184.215.14", "10.0.0.1"])


@pytest.mark.parametrize("address", ["93.184.215.14", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::5db8:d70e"])
def test_public_addresses_are_not_refused(address: str) -> None:
    from firsthand.ingest.addresses import refused

    assert refused(address) is None


def test_a_redirect_to_a_private_address_is_refused(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    server.redirect("/start", f"http://inside.example:{server.port}/secret")
    server.serve("/secret", PAGE)
    let_through(monkeypatch, "203.0.113.9", "127.0.0.1")
    names = {"public.example": ["203.0.113.9"], "inside.example": ["127.0.0.1"]}
    with pytest.raises(RefusedAddress, match=r"inside\.example is a loopback address"):
        fetch(server.url("/start", "public.example"), Settings(timeout=5), resolve=lambda host, port: names[host])
    assert [path for path, _ in server.requests] == ["/start"]


def test_a_name_that_changes_its_address_gains_nothing(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the first answer is public, every later one is loopback. Only the checked one is connected to."""
    server.redirect("/again", "/again")
    connected = let_through(monkeypatch, "203.0.113.9", "127.0.0.1")
    answers = itertools.chain([["203.0.113.9"]], itertools.repeat(["127.0.0.1"]))
    with pytest.raises(RefusedAddress):
        fetch(server.url("/again", "rebind.example"), Settings(timeout=5), resolve=lambda host, port: next(answers))
    assert connected == ["203.0.113.9"]
    assert len(server.requests) == 1


def let_through(monkeypatch: pytest.MonkeyPatch, public: str, real: str) -> list[str]:
    """Stands in for the internet: what goes to a public address reaches our server. Keeps who was called."""
    import httpcore

    connected: list[str] = []
    original = httpcore.SyncBackend.connect_tcp
    monkeypatch.setattr("firsthand.ingest.network.refused", lambda ip: None if ip == public else _refused(ip))

    def connect(self: Any, host: str, *rest: Any) -> Any:
        connected.append(host)
        return original(self, real if host == public else host, *rest)

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", connect)
    return connected


def _refused(ip: str) -> str | None:
    from firsthand.ingest.addresses import refused

    return refused(ip)


@pytest.mark.parametrize(
    "to", ["file:///etc/passwd", "ftp://x.example/", "gopher://x.example/", "//[", "http://u:p@x.example/"]
)
def test_redirects_to_other_schemes_and_credentials_are_refused(server: Any, to: str) -> None:
    with pytest.raises(FetchError):
        fetch(server.redirect("/", to), PRIVATE)


@pytest.mark.parametrize(
    "url", ["http://user:pw@news.example/", "http://@@/", "http:///x", "http://exa mple/", "http://[::1/"]
)
def test_odd_urls_are_refused_in_one_line(url: str, read: Any) -> None:
    [failure] = read(url, timeout=2)
    assert isinstance(failure, Failure)
    assert "\n" not in failure.cause


@pytest.mark.parametrize("url", ["ftp://news.example/x", "file:///etc/passwd", "data://x"])
def test_only_http_is_fetched(url: str, read: Any) -> None:
    [failure] = read(url)
    assert "only http and https" in failure.cause


def test_endless_redirects_end(server: Any) -> None:
    with pytest.raises(FetchError, match="more than 8 times"):
        fetch(server.redirect("/loop", "/loop"), PRIVATE)


def test_a_relative_redirect_is_followed_and_named(server: Any) -> None:
    server.serve("/new/page", PAGE)
    assert fetch(server.redirect("/old", "new/page"), PRIVATE).url == server.url("/new/page")


def test_an_error_of_the_server_is_named(server: Any) -> None:
    with pytest.raises(FetchError, match="404 Not Found"):
        fetch(server.url("/nothing"), PRIVATE)


def answering(status: int, **headers: str) -> Any:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.end_headers()

    return answer


def test_what_is_known_is_asked_about_and_not_sent_again(server: Any) -> None:
    url = server.serve("/page", PAGE, ETag='"v1"', Last_Modified="Mon, 04 Mar 2024 14:05:00 GMT")
    found = fetch(url, PRIVATE)
    assert found.stamp == Stamp('"v1"', "Mon, 04 Mar 2024 14:05:00 GMT") and not found.unchanged
    server.answers["/page"] = answering(304, ETag='"v1"')
    again = fetch(url, PRIVATE, known=found.stamp)
    assert again.unchanged and again.content == b""
    sent = server.requests[-1][1]
    assert (sent["If-None-Match"], sent["If-Modified-Since"]) == ('"v1"', "Mon, 04 Mar 2024 14:05:00 GMT")
    with pytest.raises(AnswerError, match="304"):  # who has not asked has nothing to go on with
        fetch(url, PRIVATE)


@pytest.mark.parametrize("etag", ["a\r\nX-Evil: 1", "\u00e9", "\0"])
def test_a_stamp_puts_nothing_else_into_the_request(server: Any, etag: str) -> None:
    fetch(server.serve("/page", PAGE), PRIVATE, known=Stamp(etag))
    assert not {"X-Evil", "If-None-Match"} & server.requests[-1][1].keys()


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("120", 120.0),
        ("9" * 30, 7 * 86_400.0),
        ("Mon, 04 Mar 2024 14:05:00 GMT", 0.0),
        ("soon", None),
        ("", None),
        ("-1", None),
    ],
)
def test_how_long_a_server_wants_to_be_left_alone(server: Any, said: str, wait: float | None) -> None:
    server.answers["/busy"] = answering(429, Retry_After=said)
    with pytest.raises(AnswerError, match="the server answers 429") as told:
        fetch(server.url("/busy"), PRIVATE)
    assert (told.value.status, told.value.wait) == (429, wait)
    assert str(pickle.loads(pickle.dumps(told.value))) == str(told.value)


def test_a_body_above_the_limit_is_refused(server: Any) -> None:
    settings = Settings(allow_private=True, max_bytes=10_000)
    with pytest.raises(FetchError, match="larger than the limit of 10 kB"):
        fetch(server.serve("/big", b"x" * 10_001), settings)
    assert len(fetch(server.serve("/fits", b"x" * 10_000), settings).content) == 10_000


def test_an_endless_body_ends_at_the_limit(server: Any) -> None:
    def endless(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        while True:
            handler.wfile.write(b"<p>" * 5_000)

    server.answers["/endless"] = endless
    with pytest.raises(FetchError, match="larger than the limit"):
        fetch(server.url("/endless"), Settings(allow_private=True, max_bytes=10**6, timeout=10))


def test_a_gzip_bomb_is_not_unpacked(server: Any) -> None:
    bomb = gzip.compress(b"\0" * 50_000_000)
    with pytest.raises(FetchError, match="larger than the limit"):
        fetch(server.serve("/bomb", bomb, Content_Encoding="gzip"), Settings(allow_private=True, max_bytes=10**6))


@pytest.mark.parametrize(
    ("coding", "pack"),
    [
        ("gzip", gzip.compress),
        ("x-gzip", lambda body: gzip.compress(body[:50]) + gzip.compress(body[50:]) + b"\0\0"),
        ("deflate", zlib.compress),
        ("deflate", lambda body: zlib.compress(body)[2:-4]),
    ],
)
def test_packed_bodies_are_unpacked(server: Any, coding: str, pack: Any) -> None:
    assert fetch(server.serve("/packed", pack(PAGE), Content_Encoding=coding), PRIVATE).content == PAGE


@pytest.mark.parametrize(
    ("coding", "body", "cause"),
    [
        ("gzip", gzip.compress(PAGE)[:-20], "cut off"),
        ("gzip", b"\x1f\x8b" + b"\xff" * 50, "damaged"),
        ("br", b"xyz", 'content encoding "br"'),
        ("gzip, gzip", gzip.compress(gzip.compress(PAGE)), "content encoding"),
    ],
)
def test_bodies_that_cannot_be_unpacked_are_named(server: Any, coding: str, body: bytes, cause: str) -> None:
    with pytest.raises(FetchError, match=cause):
        fetch(server.serve("/", body, Content_Encoding=coding), PRIVATE)


def dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n")
    for _ in range(100):
        handler.wfile.write(b"x")
        time.sleep(0.05)


def slow_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\n")
    for number in range(100):
        handler.wfile.write(b"X-%d: 1\r\n" % number)
        time.sleep(0.05)


def silent(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(2)


@pytest.mark.parametrize("answer", [dripping, slow_header, silent])
def test_a_slow_server_meets_the_time_limit(server: Any, answer: Any) -> None:
    server.answers["/slow"] = answer
    start = time.monotonic()
    with pytest.raises(FetchError, match=r"within 0\.3 seconds"):
        fetch(server.url("/slow"), Settings(allow_private=True, timeout=0.3))
    assert time.monotonic() - start < 1.5


def test_a_name_server_that_never_answers_meets_the_time_limit() -> None:
    waiting = threading.Event()
    start = time.monotonic()
    with pytest.raises(FetchError, match="does not answer"):
        fetch("http://news.example/", Settings(timeout=0.2), resolve=lambda host, port: [str(waiting.wait(3))])
    assert time.monotonic() - start < 1.5
    waiting.set()


def test_a_cut_body_is_an_error(server: Any) -> None:
    def short(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")

    server.answers["/short"] = short
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(server.url("/short"), PRIVATE)


def test_what_is_no_http_is_an_error(server: Any) -> None:
    server.answers["/odd"] = lambda handler: handler.wfile.write(b"\x00\x01SSH-2.0\r\n\r\n")
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(server.url("/odd"), PRIVATE)


def test_nobody_listens(server: Any) -> None:
    server.close()
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(server.url("/"), PRIVATE)


def test_proxies_of_the_environment_are_not_asked(server: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    assert fetch(server.serve("/", PAGE), PRIVATE).content == PAGE


@pytest.fixture
def certificate(tmp_path: Path) -> Path:
    path = tmp_path / "pair.pem"
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", str(tmp_path / "key"), "-out"]
    made += [str(path), "-days", "2", "-subj", "/CN=secure.example", "-addext", "subjectAltName=DNS:secure.example"]
    try:
        subprocess.run(made, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        pytest.skip(f"no openssl to make a certificate with: {error}")
    path.write_bytes(path.read_bytes() + (tmp_path / "key").read_bytes())
    return path


def test_tls_checks_the_name_although_it_connects_to_the_address(server: Any, certificate: Path) -> None:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    server.secure(context)
    server.serve("/", PAGE)
    trusting = ssl.create_default_context(cafile=str(certificate))
    options: dict[str, Any] = {"resolve": lambda host, port: ["127.0.0.1"], "tls": trusting}
    assert fetch(f"https://secure.example:{server.port}/", PRIVATE, **options).content == PAGE
    assert server.requests[0][1]["Host"] == f"secure.example:{server.port}"
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(f"https://other.example:{server.port}/", PRIVATE, **options)
    with pytest.raises(FetchError, match="cannot be fetched"):
        fetch(f"https://secure.example:{server.port}/", PRIVATE, resolve=options["resolve"])
