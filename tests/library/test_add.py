"""What becomes of an article that is added: new, a version of one that is there, or nothing."""

from __future__ import annotations

import hashlib
import io
import os
import zlib
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import func, insert, select, update

from firsthand.errors import LibraryError
from firsthand.library import Library, originals, schema
from firsthand.library.keys import address_of
from firsthand.library.records import Outcome
from firsthand.model import Article, Failure, Link, MediaLink
from tests.library.given import TEXT, added, article, many, original

URL = "https://post.example/bridge"


def test_the_same_again_changes_nothing(library: Library) -> None:
    found = article(url=URL)
    first, second = library.add([(found, original()), (found, original())])
    assert isinstance(first, Outcome) and isinstance(second, Outcome)
    assert (first.action, second.action) == ("added", "already there")
    assert library.add([(found, original(b"other bytes"))]) == [second]
    assert len(library.changes(first.id)) == 1


def test_a_changed_page_is_a_new_version(library: Library) -> None:
    page = article(url=URL)
    changed = replace(page, text=TEXT + " He was wrong.", url="http://POST.example/bridge?utm_source=x#top")
    first, second = added(library, page), added(library, changed)
    assert second == Outcome("new version", first.id, 2)
    assert added(library, page) == Outcome("already there", first.id, 1)
    assert [version.article.text for version in library.everything(all_versions=True)] == [page.text, changed.text]
    assert library.article(first.id).number == 2
    assert library.article(first.id, 1).article.text == page.text


def test_versions_within_one_batch_follow_each_other(library: Library) -> None:
    texts = [f"{TEXT} Update {n}." for n in (1, 2, 2, 3)]
    outcomes = library.add([(article(text, url=URL), original(text.encode())) for text in texts])
    assert [outcome.number for outcome in outcomes if isinstance(outcome, Outcome)] == [1, 2, 2, 3]
    assert library.count() == 1
    assert library.article(URL).article.text == texts[-1]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://post.example/?p=1", "https://post.example?p=1"),
        ("https://post.example/a?q=two%20words&b=", "https://post.example/a?utm_source=x&q=two%20words&b="),
        ("https://post.example/a?q=%C3%A9", "https://post.example/a?q=%C3%A9&utm%5Fmedium=y&fbclid"),
    ],
)
def test_addresses_of_one_article(one: str, other: str) -> None:
    assert address_of(one) == address_of(other) is not None


@pytest.mark.parametrize(
    "first",
    ["https://post.example/", "https://post.example", "https://post.example/?utm_id=x", "no url", "https://[::1", None],
)
def test_a_front_page_or_no_address_ties_nothing_together(library: Library, first: str | None) -> None:
    one, two = added(library, article("Ann said so.", url=first)), added(library, article("Bob said so.", url=first))
    assert (one.action, two.action) == ("added", "added")


def test_the_same_words_of_two_outlets_are_two_articles(library: Library) -> None:
    one = added(library, article(outlet="Post", url="https://post.example/a"), b"same")
    two = added(library, article(outlet="Ledger", url="https://ledger.example/a"), b"same")
    assert one.id != two.id
    assert library.article(one.id).sha256 == library.article(two.id).sha256


def test_an_id_of_the_input_ties_versions_of_one_outlet_together(library: Library) -> None:
    first = added(library, article("Ann said so.", id="7"))
    second = added(library, article("Ann said no.", id="7"), origin="/elsewhere/b.jsonl:1", source="/elsewhere/b.jsonl")
    other = added(library, article("Bob said so.", id="7", outlet="Ledger"))
    assert second == Outcome("new version", first.id, 2)
    assert other.action == "added"


def test_without_an_outlet_the_file_tells_whose_id_it_is(library: Library) -> None:
    def at(source: str | None, text: str) -> Outcome:
        return added(library, article(text, id="7", outlet=None), source=source, origin=f"{source}:1")

    first = at("/a.jsonl", "Ann said so.")
    assert at("/a.jsonl", "Ann said no.") == Outcome("new version", first.id, 2)
    assert at("/b.jsonl", "Bob said so.").action == "added"
    assert at(None, "Cy said so.").action == "added"
    assert at("/moved.jsonl", "Ann said so.") == Outcome("already there", first.id, 1)


def test_the_same_words_under_two_ids_are_two_articles(library: Library) -> None:
    one = added(library, article(id="1"), b'{"id": 1}')
    two = added(library, article(id="2"), b'{"id": 2}')
    assert (two.action, one.id == two.id) == ("added", False)


def test_ids_are_the_same_in_every_library(library: Library, tmp_path: object) -> None:
    found = [*many(20), (article(id="x7"), original(b"x"))]
    first = [outcome.id for outcome in library.add(found) if isinstance(outcome, Outcome)]
    with Library.open(f"{tmp_path}/other.db", create=True) as other:
        second = [outcome.id for outcome in other.add(reversed(found)) if isinstance(outcome, Outcome)]
    assert sorted(first) == sorted(second)
    assert len(set(first)) == 21


def test_an_id_of_ours_stays(library: Library) -> None:
    found = added(library, article(id="0123456789abcdef"))
    assert found.id == "0123456789abcdef"
    assert added(library, article("Changed.", id=found.id)) == Outcome("new version", found.id, 2)


def test_another_reading_of_the_same_bytes_from_the_same_place_is_no_version(library: Library) -> None:
    first = added(library, article(url=URL), b"<p>a page")
    assert added(library, article("A later Firsthand reads more.", url=URL), b"<p>a page") == replace(
        first, action="already there"
    )


def test_entries_of_a_feed_share_their_bytes(library: Library) -> None:
    feed = [(article(f"Entry {n}.", id=f"urn:{n}"), original(b"<rss>", origin=f"/f.rss#{n}")) for n in range(3)]
    outcomes = library.add(feed)
    assert [outcome.action for outcome in outcomes if isinstance(outcome, Outcome)] == ["added"] * 3
    with library.reading() as connection:
        assert connection.execute(select(func.count()).select_from(schema.original)).scalar() == 1


def test_bytes_that_entries_share_are_read_once(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    read = list[object]()
    monkeypatch.setattr(originals, "sha256", lambda stream, of=originals.sha256: read.append(stream) or of(stream))
    feed = original(b"<rss>")
    library.add([(article(f"Entry {n}.", id=f"urn:{n}"), feed) for n in range(9)])
    assert read == [feed.stream]


def test_everything_that_an_article_has_comes_back(library: Library) -> None:
    zone = timezone(timedelta(hours=2))
    found = Article(
        id="own",
        text="Ann\r\nsaid\0 so. \u2028 \U0001f469\u200d\U0001f467",
        title="Title",
        outlet="Post",
        byline="Ann Wick",
        published=datetime(2031, 4, 8, 1, 30, tzinfo=zone),
        modified=datetime(2031, 4, 9, 1, 30),
        language="en",
        url=URL,
        links=(Link(0, 3, "https://a.example/"),),
        media=(MediaLink("https://a.example/b.png", "image", "A dam"), MediaLink("https://a.example/c", "video")),
        origin="a.warc#3",
    )
    fetched = datetime(2031, 4, 10, tzinfo=UTC)
    outcome = added(library, found, b"bytes", origin="/x/a.warc#3", media_type="application/warc", fetched=fetched)
    stored = library.article(outcome.id)
    assert stored.article == replace(found, id=outcome.id, origin="/x/a.warc#3")
    assert (stored.own_id, stored.fetched, stored.media_type, stored.size) == ("own", fetched, "application/warc", 5)
    assert stored.sha256 == hashlib.sha256(b"bytes").hexdigest()


def test_half_a_character_is_a_failure_and_the_rest_is_added(library: Library) -> None:
    bad, good = library.add([(article("a \ud800"), original()), (article(), original())])
    assert isinstance(bad, Failure) and isinstance(good, Outcome)
    assert library.count() == 1


def test_half_a_character_elsewhere_is_written_out(library: Library) -> None:
    hostile = "a\udc80b"
    found = added(
        library, article(title=hostile, outlet=hostile, byline=hostile, url=hostile, id=hostile), origin=f"/{hostile}"
    )
    stored = library.article(found.id)
    assert stored.article.title == stored.article.outlet == stored.own_id == "a\\udc80b"
    assert added(library, article(title=hostile, id=hostile, outlet=hostile)).action == "already there"


@pytest.mark.parametrize("size", [0, 1, originals.PIECE, originals.PIECE + 1, 20 * originals.PIECE])
def test_bytes_come_back_as_they_were(library: Library, size: int) -> None:
    content = os.urandom(size)
    stored = library.article(added(library, article(), content).id)
    assert (stored.size, b"".join(library.original(stored.sha256))) == (size, content)


def test_damaged_bytes_are_told(library: Library) -> None:
    stored = library.article(added(library, article(), b"evidence").id)
    for content in (zlib.compress(b"forged"), b"broken"):
        with library.writing() as connection:
            connection.execute(update(schema.piece).values(bytes=content))
        with pytest.raises(LibraryError, match=f"the original {stored.sha256[:16]} is damaged"):
            list(library.original(stored.sha256))


def test_the_log_tells_who_and_when_and_cannot_be_changed(library: Library) -> None:
    before = datetime.now(UTC) - timedelta(seconds=1)
    found = added(library, article(url=URL), origin="/news/a.html")
    added(library, article("Changed.", url=URL), origin="/news/b.html")
    first, second = library.changes(found.id)
    assert (first.action, first.number, first.origin) == ("added", 1, "/news/a.html")
    assert (second.action, second.number, second.origin) == ("new version", 2, "/news/b.html")
    assert before < first.at <= second.at <= datetime.now(UTC)
    assert first.who
    for change in (update(schema.change).values(who="nobody"), schema.change.delete()):
        with pytest.raises(LibraryError, match="only ever added to"), library.writing() as connection:
            connection.execute(change)
    assert library.changes(found.id) == [first, second]


def test_nothing_of_a_batch_is_there_when_it_fails(library: Library) -> None:
    class Broken(io.BytesIO):
        reads = 0

        def read(self, size: int | None = -1) -> bytes:
            Broken.reads += 1
            if Broken.reads > 2:
                raise KeyboardInterrupt
            return super().read(size)

    with pytest.raises(KeyboardInterrupt):
        library.add([*many(3), (article(), replace(original(), stream=Broken(b"x")))])
    assert library.count() == 0
    with library.reading() as connection:
        assert not connection.execute(select(func.count()).select_from(schema.original)).scalar()


def test_a_version_needs_an_article_and_an_original(library: Library) -> None:
    with pytest.raises(LibraryError), library.writing() as connection:
        connection.execute(insert(schema.known_as), {"key": "x", "article": 99})


@pytest.mark.parametrize(
    "when", [datetime(1, 1, 1), datetime.max, datetime.max.replace(tzinfo=timezone(-timedelta(hours=9)))]
)
def test_no_time_is_too_far(library: Library, when: datetime) -> None:
    found = added(library, article(published=when, modified=when))
    assert library.article(found.id).article.published == when
