"""Adding on the page and by the API: what is taken, what is refused, what becomes of it, who is told."""

from __future__ import annotations

import itertools
import json
import socket
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.config import Settings
from firsthand.library import Library, batches, effects
from firsthand.library.actions import Asked, actions
from firsthand.model import Article
from firsthand.web import add as pages
from firsthand.web import handing, hosts
from tests.conftest import HOSTILE
from tests.ingest.conftest import Server
from tests.ingest.test_fetch import let_through
from tests.web.asking import send, send_json, word
from tests.web.working import PRIVATE, work

if TYPE_CHECKING:
    from httpx import Response
    from starlette.testclient import TestClient

TEXT = """Ferry to Skarv stays in harbour

The ferry to Skarv will stay in harbour until May, the harbour master Tove Brandt said on Tuesday.

Brandt told reporters that three people had been hurt."""
COPY = """Skarv ferry held

The ferry to Skarv will stay in harbour until May, a spokesman for the ferry company said on Wednesday."""
PAGE = f"""<html><head><title>Ferry to Skarv stays in harbour</title></head><body><article>
<h1>Ferry to Skarv stays in harbour</h1>{"".join(f"<p>{part}</p>" for part in TEXT.split(chr(10) * 2)[1:])}
</article></body></html>"""


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(hosts, "PAUSE", 0.0)
    running = Server()
    yield running
    running.close()


def batch_of(answer: Response) -> str:
    """The id of what was handed in, which was confirmed."""
    assert answer.status_code == 303, answer.text
    place = str(answer.headers["location"])
    assert place.startswith("/add/b")
    return place.removeprefix("/add/")


def told(client: TestClient, name: str) -> Any:
    answer = client.get(f"/api/v1/add/{name}")
    assert answer.status_code == 200
    return answer.json()


def test_the_form_and_what_was_added_lately(client: TestClient) -> None:
    page = client.get("/add").text
    assert 'enctype="multipart/form-data"' in page
    assert "Nothing has been added on this page yet" in page
    name = batch_of(send(client, "/add", pasted=TEXT))
    page = client.get("/add").text
    assert f'href="/add/{name}"' in page and "0 of 1 taken in" in page


def test_a_pasted_text_is_read_and_joined_and_changes_the_claims(client: TestClient, ferry: Path) -> None:
    name = batch_of(
        send(client, "/add", pasted=TEXT, outlet="Skarv Post", published="2025-06-05 10:00", title="Ferry held")
    )
    page = client.get(f"/add/{name}").text
    assert "waiting" in page and '<meta http-equiv="refresh" content="3">' in page
    before = client.get("/api/v1/claims").json()
    work(ferry)
    (part,) = told(client, name)["items"]
    (article,) = part["articles"]
    assert (part["state"], article["action"], article["title"]) == ("done", "added", "Ferry held")
    assert article["claims"] and all(claim["articles"] == 1 for claim in article["claims"])
    with Library.open(ferry) as library:
        found = library.article(article["article"]).article
    assert found.text.startswith("Ferry held\n\nFerry to Skarv")
    assert (found.outlet, str(found.published)) == ("Skarv Post", "2025-06-05 10:00:00")
    page = client.get(f"/add/{name}").text
    assert "What was added" in page and "http-equiv" not in page and "It founded" in page
    assert len(client.get("/api/v1/claims").json()["claims"]) > len(before["claims"])


def test_a_first_line_that_is_a_headline_is_the_title(client: TestClient, ferry: Path) -> None:
    pasted = (TEXT, TEXT.partition("\n\n")[2], COPY.replace("\n\n", "\n"))
    names = [batch_of(send(client, "/add", pasted=text.replace("\n", "\r\n"))) for text in pasted]
    work(ferry)
    found = [told(client, name)["items"][0]["articles"][0]["article"] for name in names]
    with Library.open(ferry) as library:
        assert [library.article(one).article.title for one in found] == ["Ferry to Skarv stays in harbour", None, None]
        assert library.article(found[0]).article.text == TEXT


def test_a_second_article_joins_and_roots_are_told(client: TestClient, ferry: Path) -> None:
    names = []
    for text, outlet in ((TEXT, "Skarv Post"), (COPY, "Belmora Times")):
        names.append(batch_of(send(client, "/add", pasted=text, outlet=outlet)))
        work(ferry)
    joined = [
        claim for claim in told(client, names[1])["items"][0]["articles"][0]["claims"] if claim["articles_before"]
    ]
    (same,) = [claim for claim in joined if claim["articles"] == 2]
    assert (same["roots_before"], same["roots"]) == ([1, 1], [2, 2])
    page = client.get(f"/add/{names[1]}").text
    assert "1 → 2</strong>" in page and "1 → 2 articles" in page
    watch = client.get("/watch").text
    assert "spokesman" in watch


def test_addresses_are_fetched_one_a_line(client: TestClient, ferry: Path, server: Server) -> None:
    good, missing = server.serve("/skarv", PAGE.encode()), server.url("/nothing")
    name = batch_of(send(client, "/add", pasted=f"{good}\r\n\r\n{missing}\n{good}"))
    work(ferry)
    first, second = told(client, name)["items"]
    assert (first["kind"], first["state"], first["articles"][0]["title"]) == (
        "address",
        "done",
        "Ferry to Skarv stays in harbour",
    )
    assert (second["state"], second["cause"]) == ("failed", "the server answers 404 Not Found")
    page = client.get(f"/add/{name}").text
    assert "the server answers 404 Not Found" in page and "Try again" in page
    server.serve("/nothing", PAGE.replace("Skarv", "Solm").encode())
    assert send(client, f"/add/{name}/again").status_code == 303
    work(ferry)
    assert told(client, name)["items"][1]["state"] == "done"
    assert client.get("/add/b0").status_code == send(client, "/add/b0/again").status_code == 404


def test_files_are_read_as_what_they_are(client: TestClient, ferry: Path) -> None:
    rows = [{"id": str(n), "text": f"Minister {n} said that the bridge {n} would stay shut."} for n in range(30)]
    files = [
        ("files", ("../../page.html", PAGE.encode(), "text/html")),
        ("files", ("all.jsonl", "\n".join(map(json.dumps, rows)).encode(), "application/json")),
        ("files", ("photo.jpg", b"\xff\xd8\xff\xe0 a picture", "image/jpeg")),
        ("files", ("C:\\docs\\empty.txt", b"", "text/plain")),
    ]
    name = batch_of(send(client, "/add", files=files))
    work(ferry)
    page, lines, photo, empty = told(client, name)["items"]
    assert (page["name"], page["articles"][0]["title"]) == ("page.html", "Ferry to Skarv stays in harbour")
    assert (lines["found"], len(lines["articles"])) == (30, batches.MOST_CAME)
    assert (photo["state"], photo["cause"]) == ("failed", "is not text, but a JPEG picture")
    assert (empty["name"], empty["cause"]) == ("empty.txt", "is empty")
    with Library.open(ferry) as library:
        assert library.article(page["articles"][0]["article"]).article.origin == f"upload://{name}/page.html"
    shown = client.get(f"/add/{name}").text
    assert "and 10 more articles" in shown
    table = client.get(f"/add/{name}.csv").text.splitlines()
    assert len(table) == 1 + 1 + batches.MOST_CAME + 2
    assert client.get(f"/add/{name}.json").json()["added"] == 31


def test_what_is_there_already_is_told(client: TestClient, ferry: Path) -> None:
    first, second = (batch_of(send(client, "/add", pasted=TEXT)) for _ in range(2))
    work(ferry)
    assert told(client, second)["items"][0]["articles"][0]["action"] == "already there"
    assert told(client, first)["added"] == told(client, second)["already_there"] == 1


@pytest.mark.parametrize(
    ("fields", "status", "words"),
    [
        ({}, 422, "Paste a text or an address"),
        ({"pasted": " \r\n "}, 422, "Paste a text or an address"),
        ({"pasted": "x" * (handing.MOST_CHARACTERS + 1)}, 413, "hand it in as a file"),
        ({"pasted": TEXT, "published": "yesterday"}, 422, "“yesterday” is no time"),
        ({"pasted": TEXT, "published": "4.6.25"}, 422, "such as 2025-06-04 08:10"),
        ({"pasted": TEXT, "url": "javascript:alert(1)"}, 422, "is no address"),
        ({"pasted": TEXT, "title": "x" * 2001}, 422, "longer than 2,000"),
        ({"pasted": "\n".join(f"https://x.example/{n}" for n in range(201))}, 413, "up to 200"),
    ],
)
def test_what_makes_no_sense_is_refused_and_kept_in_the_form(
    client: TestClient, ferry: Path, fields: dict[str, str], status: int, words: str
) -> None:
    answer = send(client, "/add", **fields)
    assert answer.status_code == status
    assert words in answer.text
    assert fields.get("title", "") in answer.text
    with Library.open(ferry) as library, library.reading() as connection:
        assert batches.recent(connection, 1) == []


@pytest.mark.parametrize(
    ("lines", "wrong"),
    [
        (["https://x.example/1", "", "htp:/x.example/2", "https://x.example/3"], "Line 3, “htp:/x.example/2”, is no"),
        (["www.x.example/1", "https://x.example/3"], "Line 1, “www.x.example/1”, is no"),
        (["https://x.example/1", "<b>", "x", "https://x.example/3"], "Line 2, “&lt;b&gt;”, is no"),
    ],
)
def test_addresses_with_something_else_among_them_are_refused_and_kept(
    client: TestClient, ferry: Path, lines: list[str], wrong: str
) -> None:
    answer = send(client, "/add", pasted="\n".join(lines))
    assert answer.status_code == 422 and wrong in answer.text and "https://x.example/3</textarea>" in answer.text
    with Library.open(ferry) as library, library.reading() as connection:
        assert batches.recent(connection, 1) == []


def test_a_text_may_have_addresses_on_lines_of_their_own(client: TestClient) -> None:
    name = batch_of(send(client, "/add", pasted=f"{TEXT}\n\nhttps://x.example/1"))
    assert [item["kind"] for item in told(client, name)["items"]] == ["text"]


def test_too_many_files_are_refused(client: TestClient) -> None:
    files = [("files", (f"{n}.txt", b"x", "text/plain")) for n in range(handing.MOST_ITEMS + 1)]
    answer = send(client, "/add", files=files)
    assert answer.status_code == 413 and "201" in answer.text


def test_too_much_is_refused_while_it_comes(client: TestClient, ferry: Path) -> None:
    sent = 0

    def body() -> Iterator[bytes]:
        nonlocal sent
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(200):
            sent += 1
            yield b"x" * 2**20

    kind = {"Content-Type": "multipart/form-data; boundary=x", "X-CSRF": word(client)}
    answer = client.post("/add", content=body(), headers=kind)
    assert answer.status_code == 413
    with Library.open(ferry) as library, library.reading() as connection:
        assert batches.recent(connection, 1) == []


def test_a_broken_form_is_refused_in_a_line(client: TestClient) -> None:
    kind = {"Content-Type": "multipart/form-data; boundary=x", "X-CSRF": word(client)}
    answer = client.post("/add", content=b"--x\r\nno header at all", headers=kind)
    assert answer.status_code in (400, 422)


def test_the_api_takes_texts_addresses_and_files(client: TestClient, ferry: Path) -> None:
    items = [
        {"text": TEXT, "outlet": "Skarv Post", "published": "2025-06-05T10:00:00+02:00"},
        {"url": "https://x.example/"},
    ]
    answer = send_json(client, "/api/v1/add", {"items": items})
    assert answer.status_code == 201
    made = answer.json()
    assert [item["kind"] for item in made["items"]] == ["text", "address"] and not made["finished"]
    files = {"files": ("a.txt", TEXT.encode())}
    answer = client.post("/api/v1/add", files=files, headers={"X-CSRF": word(client)})
    assert answer.status_code == 201 and answer.json()["items"][0]["name"] == "a.txt"
    assert [one["id"] for one in client.get("/api/v1/add").json()] == [answer.json()["id"], made["id"]]
    assert client.get("/api/v1/add/b0").status_code == 404


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 422),
        (b"[]", 422),
        (b'{"items": []}', 422),
        (b'{"items": [{}]}', 422),
        (b'{"items": [{"text": 5}]}', 422),
        (b'{"items": [{"url": "ftp://x"}]}', 422),
        (b"[" * 100_000, 422),
        (b'{"items": [{"text": "\\ud800 said so", "title": "\\ud800"}]}', 422),
    ],
)
def test_the_api_refuses_what_makes_no_sense(client: TestClient, body: bytes, status: int) -> None:
    headers = {"X-CSRF": word(client), "Content-Type": "application/json"}
    answer = client.post("/api/v1/add", content=body, headers=headers)
    assert (answer.status_code, list(answer.json())) == (status, ["detail"])


def test_a_body_of_another_kind_is_refused(client: TestClient) -> None:
    headers = {"X-CSRF": word(client), "Content-Type": "text/plain"}
    assert client.post("/api/v1/add", content=b"x", headers=headers).status_code == 415


def test_what_is_added_is_logged_with_who(client: TestClient, ferry: Path) -> None:
    name = batch_of(send(client, "/add", pasted=TEXT))
    with Library.open(ferry) as library, library.reading() as connection:
        (done,) = actions(connection, Asked(what="handed in"))
    assert (done.on, done.detail) == (name, "Ferry to Skarv stays in harbour")


def test_nothing_that_is_handed_in_reaches_the_page_unescaped(client: TestClient, ferry: Path) -> None:
    names = []
    for evil in HOSTILE:
        shown = evil.replace("\ud800", "")
        names.append(batch_of(send(client, "/add", pasted=f"{shown}\n\n{TEXT}", title=shown[:200], outlet=shown[:200])))
    work(ferry)
    for address in (*(f"/add/{name}" for name in names), "/add", "/watch"):
        answer = client.get(address)
        assert answer.status_code == 200
        for bad in (
            "<script>window",
            "<img src=https",
            "<svg/onload",
            "<iframe",
            "<base href",
            "<plaintext",
            "onclick='w",
        ):
            assert bad not in answer.text


# Server-sent events.


def stream(client: TestClient, name: str, **headers: str) -> str:
    answer = client.get(f"/add/{name}/events", headers=headers)
    assert answer.headers["content-type"].startswith("text/event-stream")
    return answer.text


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    """Streams that end soon, for the test client reads them whole."""
    monkeypatch.setattr(pages, "EVERY", 0.01)
    monkeypatch.setattr(pages, "HEARTBEAT", 0.03)
    monkeypatch.setattr(pages, "LASTS", 0.2)


@pytest.mark.usefixtures("short")
def test_progress_is_told_and_taken_up_again(client: TestClient, ferry: Path) -> None:
    name = batch_of(send(client, "/add", pasted=TEXT))
    said = stream(client, name)
    mark = next(line for line in said.splitlines() if line.startswith("id: ")).removeprefix("id: ")
    assert said.count("data: ") == 1 and '"words": "0 of 1 taken in"' in said and ": nothing new" in said
    assert "data: " not in stream(client, name, **{"Last-Event-ID": mark})
    assert "data: " in stream(client, name, **{"Last-Event-ID": "something else"})
    work(ferry)
    assert stream(client, name) == "event: done\ndata: {}\n\n"
    assert client.get("/add/b0/events").status_code == 404


@pytest.mark.usefixtures("short")
def test_the_number_of_streams_is_bounded_and_those_that_end_are_forgotten(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = batch_of(send(client, "/add", pasted=TEXT))
    stream(client, name)
    streams = client.app.state.streams  # type: ignore[attr-defined]
    assert streams == set()
    monkeypatch.setattr(pages, "STREAMS", 1)
    streams.add("another page")
    assert client.get(f"/add/{name}/events").status_code == 503
    streams.clear()
    stream(client, name)


def test_progress_goes_only_forward() -> None:
    steps = [
        batches.Counts(2, 2),
        batches.Counts(2, 1, added=1, to_read=1),
        batches.Counts(2, 0, added=2, to_read=2),
        batches.Counts(2, 0, added=2, to_compare=2),
        batches.Counts(2, 0, added=2, to_join=2),
        batches.Counts(2, 0, added=2, to_trace=2),
        batches.Counts(2, 0, added=2),
    ]
    shares = [pages.progress(one)["done"] / pages.progress(one)["all"] for one in steps]  # type: ignore[operator]
    assert shares == sorted(shares) and shares[-1] == 1 and steps[-1].finished


# Addresses that must not be fetched.

LOOPBACK = ["127.0.0.1", "localhost", "[::1]", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "127.1", "0.0.0.0"]
LOOPBACK += ["[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[0:0:0:0:0:0:0:1]", "[::]", "017700000001"]


def test_an_address_of_this_computer_is_refused_however_it_is_written(
    client: TestClient, ferry: Path, server: Server
) -> None:
    server.serve("/", PAGE.encode())
    name = batch_of(send(client, "/add", pasted="\n".join(server.url("/", host) for host in LOOPBACK)))
    work(ferry, Settings(timeout=2))
    items = told(client, name)["items"]
    assert len(items) == len(LOOPBACK)
    for item in items:
        assert item["state"] == "failed"
        assert any(words in item["cause"] for words in ("is not fetched", "not known", "cannot be fetched"))
    assert server.requests == []


def test_a_redirect_to_this_computer_is_refused(
    client: TestClient, ferry: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.redirect("/start", f"http://inside.example:{server.port}/secret")
    server.serve("/secret", PAGE.encode())
    let_through(monkeypatch, "203.0.113.9", "127.0.0.1")
    named(monkeypatch, {"public.example": ["203.0.113.9"], "inside.example": ["127.0.0.1"]})
    name = batch_of(send(client, "/add", pasted=server.url("/start", "public.example")))
    work(ferry, Settings(timeout=2))
    (item,) = told(client, name)["items"]
    assert "inside.example is a loopback address" in item["cause"]
    assert [path for path, _ in server.requests] == ["/start"]


def test_a_name_that_changes_its_address_gains_nothing(
    client: TestClient, ferry: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.redirect("/again", "/again")
    let_through(monkeypatch, "203.0.113.9", "127.0.0.1")
    answers = itertools.chain([["203.0.113.9"]], itertools.repeat(["127.0.0.1"]))
    named(monkeypatch, lambda host: next(answers))
    name = batch_of(send(client, "/add", pasted=server.url("/again", "rebind.example")))
    work(ferry, Settings(timeout=2))
    (item,) = told(client, name)["items"]
    assert "is not fetched" in item["cause"]
    assert len(server.requests) == 1


def named(monkeypatch: pytest.MonkeyPatch, names: Any) -> None:
    """Stands in for the name server."""
    find = names if callable(names) else lambda host: names[host]

    def getaddrinfo(host: str, port: int, *_: Any, **__: Any) -> Any:
        found = [host] if host[0].isdigit() else find(host)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in found]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)


def test_what_the_worker_adds_is_what_the_command_adds(client: TestClient, ferry: Path) -> None:
    """A file by the page, and the same by `firsthand add`, are one article."""
    path = Path(__file__).parents[2] / "examples" / "ferry" / "01-meridian-official.html"
    name = batch_of(send(client, "/add", files=[("files", (path.name, path.read_bytes(), "text/html"))]))
    work(ferry)
    assert told(client, name)["items"][0]["articles"][0]["action"] == "already there"
    with Library.open(ferry) as library, library.reading() as connection:
        assert library.count() == 18 and not effects.are_pending(connection)


def test_what_comes_while_claims_are_brought_up_to_date_is_not_forgotten(
    client: TestClient, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from firsthand.web import effects as tracing

    late: list[str] = []
    work_out = tracing.work_out

    def and_then(library: Library) -> Iterator[int]:
        yield from work_out(library)
        if not late:
            late.append(batch_of(send(client, "/add", pasted=COPY)))
            yield 0

    monkeypatch.setattr(tracing, "work_out", and_then)
    batch_of(send(client, "/add", pasted=TEXT))
    work(ferry)
    assert told(client, late[0])["finished"]


def test_an_article_that_cannot_be_read_does_not_keep_the_worker_busy(
    client: TestClient, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from firsthand.attribution.reader import Reader

    read = Reader.read

    def fails(self: Reader, article: Article) -> Any:
        if "Skarv" in article.text:
            raise KeyError("a word that nobody foresaw")
        return read(self, article)

    monkeypatch.setattr(Reader, "read", fails)
    name = batch_of(send(client, "/add", pasted=TEXT))
    work(ferry)
    made = told(client, name)
    assert made["finished"] and "KeyError" in made["items"][0]["articles"][0]["problem"]
    monkeypatch.setattr(Reader, "read", read)
    other = batch_of(send(client, "/add", pasted="The mill will open in May, the mayor said."))
    work(ferry)
    assert told(client, other)["items"][0]["articles"][0]["claims"]
    assert told(client, name)["items"][0]["articles"][0]["claims"]  # with the next one it was tried again


def test_private_settings_are_for_tests_alone() -> None:
    assert PRIVATE.allow_private and not Settings().allow_private
