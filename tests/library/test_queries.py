"""Lists, searches, names of articles, removal."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from firsthand.errors import LibraryError
from firsthand.library import Library, schema, search
from firsthand.library.records import Filter
from tests.library.given import TEXT, added, article, many, original

NOON = datetime(2031, 4, 8, 12, tzinfo=UTC)


def titles(library: Library, words: str, wanted: Filter | None = None, limit: int = 20) -> list[str | None]:
    return [hit.entry.title for hit in library.search(words, wanted or Filter(), limit)]


def test_the_newest_comes_first_and_what_has_no_date_is_dated_by_its_addition(library: Library) -> None:
    old = added(library, article("Old.", published=NOON))
    older = added(library, article("Older.", published=NOON.replace(tzinfo=None) - timedelta(days=1)))
    undated = added(library, article("Undated.", published=None))
    ids = [entry.id for entry in library.articles()]
    assert ids == ([old.id, older.id, undated.id] if datetime.now(UTC) < NOON else [undated.id, old.id, older.id])
    assert [entry.id for entry in library.articles(limit=1)] == ids[:1]


def test_a_list_is_of_the_newest_versions(library: Library) -> None:
    added(library, article("One.", url="https://post.example/a", title="First title"))
    added(library, article("Two.", url="https://post.example/a", title="Second title", outlet="Ledger"))
    (entry,) = library.articles()
    assert (entry.title, entry.outlet, entry.versions) == ("Second title", "Ledger", 2)
    assert [one.id for one in library.articles(Filter("post"))] == []
    assert [one.id for one in library.articles(Filter("LEDG"))] == [entry.id]


def test_filters(library: Library) -> None:
    library.add(many(100))
    added(library, article("Elsewhere.", outlet="100%_Étoile", published=NOON))
    assert library.count() == 101
    start = datetime(2031, 4, 8, tzinfo=UTC)
    wanted = Filter("POST", start + timedelta(minutes=10), start + timedelta(minutes=20))
    assert [entry.title for entry in library.articles(wanted)] == [f"Page {n}" for n in range(19, 9, -1)]
    assert library.count(wanted) == 10
    assert len(library.search("bridge", wanted, 50)) == 10
    assert len(list(library.everything(wanted))) == 10
    for outlet, count in (
        ("étoile", 1),
        ("ÉTOILE", 1),
        ("0%", 1),
        ("%", 1),
        ("_", 1),
        ("l_r", 0),
        ("\ud800", 0),
        ("", 101),
    ):
        assert library.count(Filter(outlet)) == count, outlet


def test_a_search_finds_title_text_and_outlet_whatever_case_and_accents(library: Library) -> None:
    added(library, article("Nothing of it here.", title="Café Zürich burnt down", outlet=None))
    added(library, article("Ann sat in the CAFE at Larkmoor.", title="Lunch", outlet="Post"))
    added(library, article("Bob stayed at home.", title="Supper", outlet="Le Café du Matin"))
    assert sorted(map(str, titles(library, "cafe"))) == ["Café Zürich burnt down", "Lunch", "Supper"]
    assert titles(library, "CAFÉ zurich") == ["Café Zürich burnt down"]
    assert titles(library, "cafe home") == ["Supper"]
    assert titles(library, "cafe nowhere") == []


def test_a_phrase_stands_together_and_a_word_may_go_on(library: Library) -> None:
    added(library, article("They staged an attack.", title="A"))
    added(library, article("It was a staged attack.", title="B"))
    assert titles(library, '"staged attack"') == ["B"]
    assert titles(library, "“staged attack”") == ["B"]
    assert sorted(map(str, titles(library, "attack staged"))) == ["A", "B"]
    assert len(titles(library, "atta*")) == 2
    assert titles(library, "atta") == []


def test_a_snippet_marks_what_was_found(library: Library) -> None:
    added(library, article(f"{'Well. ' * 500}{TEXT}{' Well.' * 500}"))
    (hit,) = library.search("larkmoor tuesday")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["Larkmoor", "Tuesday"]
    assert len(hit.snippet) < 500


def test_words_of_an_older_version_are_found_too(library: Library) -> None:
    first = added(library, article("The dam was blown up.", url="https://post.example/a", title="Dam"))
    added(library, article("The dam broke.", url="https://post.example/a", title="Dam"))
    (hit,) = library.search("blown")
    assert (hit.entry.id, hit.number, hit.entry.versions) == (first.id, 1, 2)
    (hit,) = library.search("dam")
    assert hit.entry.id == first.id


def test_better_matches_come_first(library: Library) -> None:
    added(library, article("Rain fell. " * 40 + "The dam held.", title="Weather"))
    added(library, article("The dam held.", title="The dam"))
    assert titles(library, "dam") == ["The dam", "Weather"]
    assert titles(library, "dam", limit=1) == ["The dam"]


@pytest.mark.parametrize("words", ["", " ", '"', '""', "*", "( )", "- --", "…", '"" ""', "\0"])
def test_no_word_is_told(library: Library, words: str) -> None:
    with pytest.raises(LibraryError, match=r"^there is no word to search for$"):
        library.search(words)


HOSTILE = (
    *("a AND", "OR", "NOT a", "NEAR(a b)", "-a", "^a", "a:b", "title:bridge", "{a b}: c", "a + b", "a*b*", "'a", 'a"b'),
    *("a; DROP TABLE version", "a\0b", "a\ud800", "🎉 a", "\u0301a", "a" * 200_000, " ".join("abcdefgh" * 8)),
)


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_search_is_only_words(library: Library, words: str) -> None:
    library.add(many(3))
    library.search(words)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=60))
def test_any_search_gives_articles_or_says_why_not(searched: Library, words: str) -> None:
    hits = []
    with suppress(LibraryError):
        hits = searched.search(words)
    for hit in hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Library:
    made = Library.open(tmp_path_factory.mktemp("library") / "l.db", create=True)
    made.add(many(30))
    return made


def test_a_search_of_too_many_words_is_told(library: Library) -> None:
    with pytest.raises(LibraryError, match=f"at most {search.MOST_TERMS}"):
        library.search("a " * 100)


def test_marks_that_an_article_brings_along_deceive_nobody(library: Library) -> None:
    added(library, article("\x02Bridge\x03 shut \x03 by \x02 mayor"))
    (hit,) = library.search("mayor")
    assert all(0 <= start <= end <= len(hit.snippet) for start, end in hit.marks)
    assert "\x02" not in hit.snippet and "\x03" not in hit.snippet


def test_names_of_an_article(library: Library) -> None:
    one = added(library, article(id="0a00000000000001", url="https://post.example/a?b=1"))
    two = added(library, article(id="0a00000000000002", outlet="Ledger", url="https://ledger.example/a"))
    own = added(library, article("Third.", id="news/7", outlet="Third"))
    for name, outcome in (
        ("0a00000000000001", one),
        ("0A00000000000001", one),
        ("http://post.example/a?b=1&utm_source=x", one),
        ("news/7", own),
        (own.id[:12], own),
        (two.id, two),
    ):
        assert library.resolve(name) == outcome.id
    with pytest.raises(LibraryError) as error:
        library.resolve("0a0")
    assert str(error.value) == f"2 articles have ids that begin with 0a0; give more of the id: {one.id}, {two.id}"
    for name in ("ffffffffffffffff", "zz", "", "%", "0a%", "https://post.example/b", "\ud800", "0" * 99):
        with pytest.raises(LibraryError, match=r"the library has no such article$"):
            library.resolve(name)


def test_an_id_that_two_outlets_gave_names_both(library: Library) -> None:
    ids = sorted(added(library, article(f"Text {outlet}.", id="x-1", outlet=outlet)).id for outlet in ("A", "B"))
    with pytest.raises(LibraryError, match=f"^2 articles were called x-1 where they came from: {', '.join(ids)}$"):
        library.resolve("x-1")


def test_of_very_many_only_some_are_named(library: Library) -> None:
    library.add((article(f"{n}", id=f"{n:016x}"), original(b"%d" % n)) for n in range(30))
    told = r"^more than 10 articles have ids that begin with 0; give more of the id: (0{15}[0-9], ){10}\.\.\.$"
    with pytest.raises(LibraryError, match=told):
        library.resolve("0")


def test_a_version_that_is_not_there_is_told(library: Library) -> None:
    found = added(library, article())
    for number in (0, 2, -1):
        with pytest.raises(LibraryError, match=f"^{found.id}: has no version {number}$"):
            library.article(found.id, number)


def test_what_is_removed_leaves_nothing_but_the_log(library: Library) -> None:
    page = article(url="https://post.example/a")
    found, kept = added(library, page), added(library, article("Other.", url="https://post.example/b"))
    added(library, article("Changed.", url="https://post.example/a"))
    assert library.remove(found.id) == 2
    assert [entry.id for entry in library.articles()] == [kept.id]
    assert library.search("tuesday") == [] and library.search("changed") == []
    with library.reading() as connection:
        for table in (schema.article, schema.version, schema.original, schema.piece, schema.known_as):
            assert connection.execute(select(func.count()).select_from(table)).scalar_one() == 1, table.name
    assert [(change.action, change.number) for change in library.changes(found.id)] == [
        ("added", 1),
        ("new version", 2),
        ("removed", 1),
        ("removed", 2),
    ]
    with pytest.raises(LibraryError, match=f"^{found.id}: was removed by .* on 2"):
        library.resolve(found.id)
    assert added(library, page) == found


def test_what_another_removed_meanwhile_is_no_error(library: Library) -> None:
    found = added(library, article())
    assert (library.remove(found.id), library.remove(found.id)) == (1, 0)
    assert [change.action for change in library.changes(found.id)] == ["added", "removed"]


def test_bytes_that_another_article_needs_stay(library: Library) -> None:
    ids = [added(library, article(f"Entry {n}.", id=f"urn:{n}"), b"<rss>", origin=f"/f#{n}").id for n in range(2)]
    digest = library.article(ids[0]).sha256
    library.remove(ids[0])
    assert b"".join(library.original(digest)) == b"<rss>"
    library.remove(ids[1])
    with pytest.raises(LibraryError):
        list(library.original(digest))


def test_the_index_of_words_is_whole_after_removals(library: Library) -> None:
    ids = [outcome.id for outcome in library.add(many(50))]  # type: ignore[union-attr]
    for identity in ids[::2]:
        library.remove(identity)
    with library.writing() as connection:
        connection.exec_driver_sql("INSERT INTO words(words, rank) VALUES('integrity-check', 1)")
    assert len(library.search("bridge", limit=100)) == 25


def test_a_list_of_ten_thousand_takes_little_memory(tmp_path: Path) -> None:
    import tracemalloc

    with Library.open(tmp_path / "l.db", create=True) as library:
        found = many(10_000)
        for start in range(0, len(found), 1_000):
            library.add(found[start : start + 1_000])
        del found
        tracemalloc.start()
        assert sum(1 for _ in library.articles()) == 10_000
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
        tracemalloc.stop()
