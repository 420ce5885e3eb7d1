"""Watching: feeds, sitemaps and pages looked at on a schedule, politely; and what is new since one last looked."""

from __future__ import annotations

import gzip
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import update

from firsthand.config import Settings
from firsthand.library import Library, batches, watches
from firsthand.library.actions import Asked, actions
from firsthand.library.schema_submissions import watch as table
from firsthand.library.watches import Watch
from firsthand.web import hosts, watching
from firsthand.web.hosts import Hosts
from firsthand.web.watch import ago
from tests.conftest import HOSTILE
from tests.ingest.conftest import Server
from tests.ingest.test_fetch import answering, let_through
from tests.web.asking import send, send_json
from tests.web.test_add import LOOPBACK, PAGE, named
from tests.web.working import PRIVATE, work

if TYPE_CHECKING:
    from starlette.testclient import TestClient

NOW = datetime.now(UTC)


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    monkeypatch.setattr(hosts, "PAUSE", 0.0)
    running = Server()
    yield running
    running.close()


@pytest.fixture
def client(ferry: Path) -> Iterator[TestClient]:
    """Whoever serves these pages lets them watch this computer, at which the tests' server is."""
    yield from asking(ferry, PRIVATE)


@pytest.fixture
def usual(ferry: Path) -> Iterator[TestClient]:
    """As pages usually are."""
    yield from asking(ferry, Settings())


def asking(path: Path, settings: Settings) -> Iterator[TestClient]:
    """What asks an application with these settings."""
    from starlette.testclient import TestClient

    from firsthand.web.app import create
    from firsthand.web.options import Options

    with TestClient(create(Options(path, settings)), base_url="http://127.0.0.1:8470") as found:
        yield found


def page(number: int) -> bytes:
    return PAGE.replace("Skarv", f"Skarv {number}").encode()


def feed(server: Server, *numbers: int, path: str = "/feed", **headers: str) -> str:
    """A feed with these entries, each of which has its page."""
    items = []
    for number in numbers:
        url = server.serve(f"/{number}", page(number))
        when = format_datetime(NOW - timedelta(hours=number))
        items.append(f"<item><title>Entry {number}</title><link>{url}</link><pubDate>{when}</pubDate></item>")
    content = f'<rss version="2.0"><channel><title>Skarv Post</title>{"".join(items)}</channel></rss>'
    return server.serve(path, content.encode(), "application/rss+xml", **headers)


def sitemap(server: Server, path: str, ages: dict[int, int | None], pack: bool = False) -> str:
    """A sitemap of pages by number, so many days old each."""
    said = []
    for number, age in ages.items():
        url = server.serve(f"/{number}", page(number))
        when = "" if age is None else f"<lastmod>{(NOW - timedelta(days=age)).isoformat()}</lastmod>"
        said.append(f"<url><loc>{url}</loc>{when}</url>")
    content = f"<urlset>{''.join(said)}</urlset>".encode()
    return server.serve(path, gzip.compress(content) if pack else content, "application/xml")


def watched(client: TestClient, address: str, minutes: int = 60) -> str:
    """Watch an address; the watch's id."""
    assert send(client, "/watch", url=address, minutes=str(minutes)).status_code == 303
    (found,) = [one for one in client.get("/api/v1/watch").json() if one["url"] == address]
    return str(found["id"])


def looked(client: TestClient, path: Path, name: str, settings: Settings = PRIVATE) -> Any:
    """Look at it now; what is told of it then."""
    send(client, f"/watch/{name}/look")
    work(path, settings)
    (found,) = [one for one in client.get("/api/v1/watch").json() if one["id"] == name]
    return found


def found_by_watches(path: Path) -> list[str]:
    """The names of all that watches handed in."""
    with Library.open(path) as library, library.reading() as connection:
        every = batches.recent(connection, 100, by_watch=True)
        return [part.name for one in every for part in batches.parts(connection, one.id, 0, 100)]


def test_new_entries_of_a_feed_become_articles_once(client: TestClient, ferry: Path, server: Server) -> None:
    address = feed(server, 1, 2)
    name = watched(client, address)
    told = looked(client, ferry, name)
    assert (told["kind"], told["result"], told["articles_found"], told["failures"]) == ("feed", "2 new articles", 2, 0)
    assert told["last_new"] and told["next_look"] > told["last_look"]
    assert looked(client, ferry, name)["result"] == "nothing new"
    feed(server, 3, 1, 2)
    assert looked(client, ferry, name)["result"] == "1 new article"
    assert sorted(found_by_watches(ferry)) == [server.url(f"/{n}") for n in (1, 2, 3)]
    with Library.open(ferry) as library:
        found = library.article(server.url("/3")).article
        assert library.count() == 21
    assert found.published == (NOW - timedelta(hours=3)).replace(microsecond=0)  # as the feed says: the page does not
    page = client.get("/watch").text
    assert "Found lately" in page and "1 new article" in page


def test_a_feed_that_has_not_changed_is_not_sent_again(client: TestClient, ferry: Path, server: Server) -> None:
    name = watched(client, feed(server, 1, ETag='"v1"'))
    looked(client, ferry, name)
    server.answers["/feed"] = answering(304)
    assert looked(client, ferry, name)["result"] == "has not changed"
    asked = [headers for path, headers in server.requests if path == "/feed"]
    assert asked[-1]["If-None-Match"] == '"v1"' and asked[-1]["User-Agent"] == Settings().user_agent
    server.answers["/feed"] = answering(304)
    assert looked(client, ferry, name)["result"] == "has not changed"


def test_more_than_one_look_takes_is_left_for_the_next(
    client: TestClient, ferry: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "MOST_NEW", 2)
    name = watched(client, feed(server, 1, 2, 3, ETag='"v1"'))
    assert looked(client, ferry, name)["result"] == "3 new articles, of which 2 were taken"
    assert looked(client, ferry, name)["result"] == "1 new article"
    assert "If-None-Match" not in [headers for path, headers in server.requests if path == "/feed"][-1]


def test_of_a_sitemap_only_what_is_news_is_taken(client: TestClient, ferry: Path, server: Server) -> None:
    name = watched(client, sitemap(server, "/map.xml", {1: 0, 2: 1, 3: 5, 4: 400, 5: None}))
    assert looked(client, ferry, name)["kind"] == "sitemap"
    assert sorted(found_by_watches(ferry)) == [server.url("/1"), server.url("/2")]
    sitemap(server, "/map.xml", {1: 0, 2: 1, 3: 5, 4: 400, 5: None, 6: 0, 7: None, 8: 100})
    assert looked(client, ferry, name)["result"] == "2 new articles"
    assert sorted(found_by_watches(ferry))[2:] == [server.url("/6"), server.url("/7")]


def test_sitemaps_of_an_index_are_read_packed_or_not(client: TestClient, ferry: Path, server: Server) -> None:
    first = sitemap(server, "/1.xml.gz", {1: 0, 2: 300}, pack=True)
    second = sitemap(server, "/2.xml", {3: 0})
    said = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in (first, second, server.url("/none.xml")))
    name = watched(client, server.serve("/index.xml", f"<sitemapindex>{said}</sitemapindex>".encode(), "text/xml"))
    assert looked(client, ferry, name)["result"] == "2 new articles"
    assert sorted(found_by_watches(ferry)) == [server.url("/1"), server.url("/3")]


def test_few_sitemaps_of_an_index_are_read_those_that_changed_last(server: Server) -> None:
    from firsthand.ingest.listings import Entry

    dated = [Entry(f"https://x.example/{n}", NOW - timedelta(days=n)) for n in range(20)]
    undated = [Entry(f"https://x.example/u{n}") for n in range(20)]
    fresh, old = a_watch(), a_watch(checked=NOW - timedelta(days=3))
    assert list(watching._chosen(fresh, dated[::-1])) == dated[: watching.MOST_SITEMAPS]
    assert list(watching._chosen(old, dated)) == dated[:5]
    assert list(watching._chosen(fresh, undated)) == [*undated[:5], *undated[-5:]]


def test_a_page_that_changes_becomes_a_new_version(client: TestClient, ferry: Path, server: Server) -> None:
    address = server.serve("/page", page(1))
    name = watched(client, address)
    assert looked(client, ferry, name)["kind"] == "page"
    server.serve("/page", page(1).replace(b"</body>", b"<!-- another advertisement --></body>"))
    assert looked(client, ferry, name)["result"] == "nothing new"
    server.serve("/page", page(1).replace(b"until May", b"until June"))
    assert looked(client, ferry, name)["result"] == "1 new article"
    with Library.open(ferry) as library:
        found = library.article(address)
    assert (found.number, "until June" in found.article.text) == (2, True)
    assert [path for path, _ in server.requests].count("/page") == 3  # what a look fetched is not fetched again


def test_what_fails_is_told_and_looked_at_ever_less_often(client: TestClient, ferry: Path, server: Server) -> None:
    name = watched(client, server.url("/feed"), 60)
    gaps = []
    for _ in range(3):
        told = looked(client, ferry, name)
        gaps.append(datetime.fromisoformat(told["next_look"]) - datetime.now(UTC))
    assert (told["result"], told["failures"]) == ("the server answers 404 Not Found", 3)
    assert gaps[0] > timedelta(hours=1.9) and gaps[1] > timedelta(hours=3.9) and gaps[2] > timedelta(hours=7.9)
    assert "failed 3 times" in client.get("/watch").text
    feed(server, 1)
    assert looked(client, ferry, name)["failures"] == 0


def test_a_server_that_wants_to_be_left_alone_is(client: TestClient, ferry: Path, server: Server) -> None:
    server.answers["/feed"] = answering(503, Retry_After="86400")
    told = looked(client, ferry, watched(client, server.url("/feed"), 15))
    assert datetime.fromisoformat(told["next_look"]) - datetime.now(UTC) > timedelta(hours=23)


def test_an_article_that_could_not_be_fetched_is_tried_again_by_itself(
    client: TestClient, ferry: Path, server: Server
) -> None:
    name = watched(client, feed(server, 1, 2))
    server.answers["/1"], server.answers["/2"] = answering(503), answering(410)
    looked(client, ferry, name)
    with Library.open(ferry) as library, library.reading() as connection:
        (batch,) = batches.recent(connection, 5)
        first, second = batches.parts(connection, batch.id, 0, 5)
    assert (first.state, first.cause) == ("waiting", "the server answers 503 Service Unavailable")
    assert (second.state, second.cause) == ("failed", "the server answers 410 Gone")
    assert "is tried again later" in client.get(f"/add/{batch.id}").text


def test_what_robots_txt_forbids_is_not_fetched_unless_a_person_asks(
    client: TestClient, ferry: Path, server: Server
) -> None:
    server.serve("/robots.txt", b"User-agent: *\nDisallow: /1\nDisallow: /private\n", "text/plain")
    name = watched(client, feed(server, 1, 2))
    looked(client, ferry, name)
    fetched = [path for path, _ in server.requests]
    assert "/2" in fetched and "/1" not in fetched
    assert fetched.count("/robots.txt") == 1
    told = looked(client, ferry, watched(client, server.url("/private/feed")))
    assert "robots.txt" in told["result"]
    send(client, "/add", pasted=server.url("/1"))
    work(ferry)
    assert "/1" in [path for path, _ in server.requests]


def test_where_robots_txt_cannot_be_had_nobody_goes_in(client: TestClient, ferry: Path, server: Server) -> None:
    server.answers["/robots.txt"] = answering(500)
    told = looked(client, ferry, watched(client, feed(server, 1)))
    assert told["result"] == "its host's robots.txt: the server answers 500 Internal Server Error"
    assert [path for path, _ in server.requests] == ["/robots.txt"]


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause() -> None:
    clock = [0.0]
    polite = Hosts(Settings(), lambda: clock[0])
    one, same, other = "https://x.example/1", "https://X.example/2", "https://y.example/"
    polite.begin(one)
    assert (polite.ready(same), polite.ready(other)) == (False, True)
    clock[0] = 100
    assert not polite.ready(same)
    polite.end(one)
    clock[0] += hosts.PAUSE / 2
    assert not polite.ready(same)
    clock[0] += hosts.PAUSE
    assert polite.ready(same)


def test_a_host_may_ask_for_a_longer_pause(server: Server) -> None:
    clock = [0.0]
    server.serve("/robots.txt", b"User-agent: *\nCrawl-delay: 9\n", "text/plain")
    polite, url = Hosts(PRIVATE, lambda: clock[0]), server.url("/")
    polite.check(url)
    polite.begin(url)
    polite.end(url)
    clock[0] = 8
    assert not polite.ready(url)
    clock[0] = 10
    assert polite.ready(url)


def test_addresses_of_this_computer_are_not_watched_whatever_leads_there(
    client: TestClient, ferry: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed(server, 1)
    server.requests.clear()
    names = [watched(client, server.url("/feed", host)) for host in LOOPBACK]
    work(ferry, Settings(timeout=2))
    every = {one["id"]: one for one in client.get("/api/v1/watch").json()}
    assert {every[name]["failures"] for name in names} == {1}
    assert all(every[name]["result"] for name in names)
    assert server.requests == []


@pytest.mark.parametrize("host", [*LOOPBACK, "localhost.", "a.LOCALHOST", "127.0.0.1.", "10.1.2.3", "[fd00::1]"])
def test_an_address_of_this_computer_is_refused_at_once(usual: TestClient, host: str) -> None:
    answer = send(usual, "/watch", url=f"http://{host}:8000/feed")
    assert answer.status_code == 422 and "whoever serves this page can allow it" in answer.text
    assert f"{host}:8000/feed" in answer.text and "--allow-private" not in answer.text
    assert send_json(usual, "/api/v1/watch", {"url": f"http://{host}/"}).status_code == 422
    assert usual.get("/api/v1/watch").json() == []


def test_a_refusal_tells_the_address_once(usual: TestClient, ferry: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = send_json(usual, "/api/v1/watch", {"url": "http://127.0.0.1/"}).json()
    said = "is not fetched: 127.0.0.1 is a loopback address (whoever serves this page can allow it)"
    assert answer == {"detail": f"This address {said}."}
    named(monkeypatch, {"inside.example": ["127.0.0.1"]})
    name = watched(usual, "http://inside.example/feed")
    assert looked(usual, ferry, name, Settings())["result"] == (
        "is not fetched: inside.example is a loopback address, 127.0.0.1 (whoever serves this page can allow it)"
    )


def test_a_new_watch_is_looked_at_at_once(usual: TestClient, ferry: Path) -> None:
    watched(usual, "https://203.0.114.9/feed", minutes=1440)
    with Library.open(ferry) as library, library.reading() as connection:
        (found,) = watches.due(connection, 5)
    assert found.checked is None and found.minutes == 1440


def test_neither_redirects_nor_changing_names_nor_entries_lead_a_watch_inside(
    client: TestClient, ferry: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    let_through(monkeypatch, "203.0.113.9", "127.0.0.1")
    turning = itertools.chain([["203.0.113.9"]] * 2, itertools.repeat(["127.0.0.1"]))
    names = {"public.example": ["203.0.113.9"], "inside.example": ["127.0.0.1"]}
    named(monkeypatch, lambda host: next(turning) if host == "turns.example" else names[host])
    inside = f"http://inside.example:{server.port}/secret"
    server.redirect("/to", inside)
    server.redirect("/again", "/again")
    server.serve("/secret", page(1))
    item = f"<item><title>t</title><link>{inside}</link></item>"
    server.serve("/list", f"<rss version='2.0'><channel>{item}</channel></rss>".encode(), "text/xml")
    index = f"<sitemapindex><sitemap><loc>{inside}</loc></sitemap></sitemapindex>"
    server.serve("/index", index.encode(), "text/xml")
    for path, host in (("/to", "public"), ("/again", "turns"), ("/list", "public"), ("/index", "public")):
        looked(client, ferry, watched(client, server.url(path, f"{host}.example")), Settings(timeout=2))
    told = {one["url"].rpartition("/")[2]: one["result"] for one in client.get("/api/v1/watch").json()}
    assert "inside.example is a loopback address" in told["to"] and "is not fetched" in told["again"]
    assert told["index"] == "nothing new"
    with Library.open(ferry) as library, library.reading() as connection:
        (batch,) = batches.recent(connection, 5)
        (part,) = batches.parts(connection, batch.id, 0, 5)
    assert part.state == "failed" and "is a loopback address" in part.cause
    assert "/secret" not in [path for path, _ in server.requests]


# The page and the API.


def test_the_page_says_what_to_do_where_nothing_is_watched(client: TestClient) -> None:
    page = client.get("/watch")
    assert page.status_code == 200 and "Nothing is watched yet" in page.text


def test_a_watch_is_paused_resumed_changed_and_ended(client: TestClient, ferry: Path, server: Server) -> None:
    name = watched(client, server.url("/feed"))
    assert send(client, f"/watch/{name}/pause").status_code == 303
    work(ferry)
    assert server.requests == [] and ">paused<" in client.get("/watch").text
    assert send(client, f"/watch/{name}", minutes="15").status_code == 303
    assert send(client, f"/watch/{name}/resume").status_code == 303
    (told,) = client.get("/api/v1/watch").json()
    assert (told["minutes"], told["paused"]) == (15, False)
    assert client.get("/watch.csv").text.splitlines()[1].startswith(server.url("/feed"))
    assert client.get("/watch.json").json()["watches"][0]["id"] == name
    assert send(client, f"/watch/{name}/remove").status_code == 303
    assert client.get("/api/v1/watch").json() == []
    for path in (f"/watch/{name}/pause", f"/watch/{name}/odd", "/watch/w0/look", "/watch/w0/remove"):
        assert send(client, path).status_code == 404
    assert send(client, "/watch/w0", minutes="60").status_code == 404
    with Library.open(ferry) as library, library.reading() as connection:
        assert len(actions(connection, Asked(on=name))) == 5


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"url": "feed.xml"}, "is no address"),
        ({"url": "file:///etc/passwd"}, "is no address"),
        ({"url": ""}, "is no address"),
        ({"url": "https://x.example/", "minutes": "1"}, "minutes"),
        ({"url": "https://x.example/", "minutes": "x"}, "minutes"),
    ],
)
def test_what_cannot_be_watched_is_refused(client: TestClient, fields: dict[str, str], words: str) -> None:
    answer = send(client, "/watch", **fields)
    assert answer.status_code == 422 and words in answer.text
    assert client.get("/api/v1/watch").json() == []


def test_what_is_watched_is_not_watched_twice(client: TestClient) -> None:
    watched(client, "https://x.example/feed")
    answer = send(client, "/watch", url="https://x.example/feed")
    assert answer.status_code == 422 and "is watched already" in answer.text
    assert send_json(client, "/api/v1/watch", {"url": "https://x.example/feed"}).status_code == 409


def test_the_api_watches_changes_and_ends(client: TestClient) -> None:
    made = send_json(client, "/api/v1/watch", {"url": "https://x.example/feed", "minutes": 30})
    assert made.status_code == 201
    place = f"/api/v1/watch/{made.json()['id']}"
    changed = send_json(client, place, {"paused": True, "minutes": 120, "look": True})
    assert (changed.json()["paused"], changed.json()["minutes"], changed.json()["next_look"]) == (True, 120, None)
    assert send_json(client, place, {"minutes": 1}).status_code == 422
    assert send_json(client, place, None, "DELETE").status_code == 204
    assert send_json(client, place, None, "DELETE").status_code == 404
    assert send_json(client, place, {}).status_code == 404
    assert send_json(client, "/api/v1/watch", {"url": "javascript:1"}).status_code == 422


def test_what_is_new_is_told_to_each_person_until_they_say_that_they_saw_it(client: TestClient, ferry: Path) -> None:
    page = client.get("/watch").text
    assert "New in the last days" in page and "new claims" in page
    assert "new claims" in client.get("/watch").text  # to have opened the page is not to have seen it
    new = client.get("/api/v1/watch/news").json()
    assert new["new_claims"] == len(new["claims"]) > 30 and new["since"] is None
    send(client, "/watch/seen", change=str(new["seen_changes"]), new=str(new["seen_roots"]))
    page = client.get("/watch").text
    assert "New since you last looked" in page and "No new claim and no new root" in page
    assert client.get("/api/v1/watch/news").json()["new_claims"] == 0
    send(client, "/add", pasted="The harbour of Skarv will be closed in May, the harbour master Tove Brandt said.")
    work(ferry)
    page = client.get("/watch").text
    assert "1 new claim since" in page and "The harbour of Skarv will be closed in May" in page
    upto = client.get("/api/v1/watch/news").json()
    seen = {name: upto[name] for name in ("seen_changes", "seen_roots")}
    assert send_json(client, "/api/v1/watch/seen", seen).json()["new_claims"] == 0
    for wrong in ("-1", "x", str(2**70)):
        assert send(client, "/watch/seen", change=wrong, new="0").status_code == 422


def test_a_reader_sees_and_says_so_but_adds_and_watches_nothing(desk: Any) -> None:
    reader = desk("cid")
    assert reader.get("/watch").status_code == reader.get("/add").status_code == 200
    assert 'name="url"' not in reader.get("/watch").text and 'name="pasted"' not in reader.get("/add").text
    assert send(reader, "/watch/seen", change="1", new="0").status_code == 303
    assert send_json(reader, "/api/v1/watch/seen", {"seen_changes": 1, "seen_roots": 0}).status_code == 200
    for path in ("/add", "/add/b0/again", "/watch", "/watch/w0", "/watch/w0/pause"):
        assert send(reader, path, pasted="x", url="https://x.example/").status_code == 403
    for path in ("/api/v1/add", "/api/v1/watch", "/api/v1/watch/w0"):
        assert send_json(reader, path, {}).status_code == 403


def test_each_person_has_seen_their_own(desk: Any) -> None:
    ann, ben = desk("ann"), desk("ben")
    new = ann.get("/api/v1/watch/news").json()
    send(ann, "/watch/seen", change=str(new["seen_changes"]), new=str(new["seen_roots"]))
    assert ann.get("/api/v1/watch/news").json()["new_claims"] == 0
    assert ben.get("/api/v1/watch/news").json()["new_claims"] == new["new_claims"]


def test_nothing_of_a_feed_reaches_the_page_unescaped(client: TestClient, ferry: Path, server: Server) -> None:
    items = []
    for number, evil in enumerate(HOSTILE):
        title = f"<title><![CDATA[{''.join(filter(str.isprintable, evil)).replace(']]>', '')}]]></title>"
        items.append(f"{title}<item>{title}<link>{server.serve(f'/{number}', page(number))}</link></item>")
    content = f"<rss version='2.0'><channel>{''.join(items)}</channel></rss>"
    name = watched(client, server.serve("/feed", content.encode(), "text/xml; charset=utf-8"))
    assert looked(client, ferry, name)["articles_found"] == len(HOSTILE)
    for path in ("/watch", f"/add/{client.get('/api/v1/add').json()[0]['id']}", "/add"):
        text = client.get(path).text
        for bad in ("<script>window", "<img src=https", "<svg/onload", "<iframe", "<base href", "<plaintext"):
            assert bad not in text


def test_how_long_ago_is_said_roughly() -> None:
    said = [ago(NOW - timedelta(**{unit: many}), NOW) for unit, many in (("seconds", 5), ("minutes", 1), ("hours", 5))]
    assert said == ["a moment ago", "1 minute ago", "5 hours ago"]
    assert ago(NOW + timedelta(days=2), NOW) == "in 2 days"


def test_looks_do_not_come_all_at_once() -> None:
    gaps = {watching._next(a_watch()) for _ in range(20)}
    assert len(gaps) == 20
    assert all(timedelta(minutes=53) < gap - datetime.now(UTC) < timedelta(minutes=67) for gap in gaps)


def test_a_look_that_kills_is_not_made_again_at_once(client: TestClient, ferry: Path) -> None:
    watched(client, "https://x.example/feed")
    with Library.open(ferry) as library, library.writing() as connection:
        (one,) = watches.due(connection, 5)
        assert watches.put_off(connection, one.number, datetime.now(UTC) + timedelta(hours=1))
        assert watches.due(connection, 5) == []
        connection.execute(update(table).values(due="2001-01-01T00:00:00.000+00:00"))
        assert [found.id for found in watches.due(connection, 5)] == [one.id]


def a_watch(**given: Any) -> Watch:
    known: dict[str, Any] = {
        **{
            "number": 1,
            "id": "w1",
            "address": "https://x.example/",
            "kind": "",
            "who": "Ann",
            "at": NOW,
            "minutes": 60,
        },
        **{"paused": False, "due": NOW, "checked": None, "changed": None, "etag": "", "modified": "", "failures": 0},
        **{"result": "", "found": 0},
    }
    return Watch(**known | given)
