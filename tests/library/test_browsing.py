"""Lists of articles that are turned over, and all that is known of one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from firsthand.errors import LibraryError
from firsthand.library import Library, browsing, readings, showing
from firsthand.library.browsing import Order
from firsthand.library.records import Filter
from firsthand.model import Attribution, Certainty, Marks, Statement
from tests.library.given import TEXT, added, article, many

MOST = 10**9


@pytest.fixture
def ten(tmp_path: Path) -> Library:
    """Ten articles, a minute apart; the first has come last."""
    library = Library.open(tmp_path / "library", create=True)
    library.add([*many(10)[1:], *many(1)])
    return library


def titles(library: Library, order: Order, offset: int = 0, limit: int = 3, wanted: Filter | None = None) -> list[str]:
    with library.reading() as connection:
        found = browsing.listed(connection, wanted or Filter(), order, offset, limit)
    return [str(one.title) for one in found]


def test_lists_are_in_order_and_go_on(ten: Library) -> None:
    assert titles(ten, "newest") == ["Page 9", "Page 8", "Page 7"]
    assert titles(ten, "newest", 8) == ["Page 1", "Page 0"]
    assert titles(ten, "oldest") == ["Page 0", "Page 1", "Page 2"]
    assert titles(ten, "added") == ["Page 0", "Page 9", "Page 8"]
    assert titles(ten, "newest", 10) == []


def test_those_without_an_outlet_come_last(ten: Library) -> None:
    added(ten, article("Nobody says who.", title="Nobody", outlet=None))
    added(ten, article("Arne says so.", title="Arne", outlet="Arne’s Blog"))
    assert titles(ten, "outlet", 0, 2) == ["Arne", "Page 9"]
    assert titles(ten, "outlet", 11) == ["Nobody"]


def test_they_are_filtered(ten: Library) -> None:
    since = Filter(since=datetime(2031, 4, 8, 0, 8, tzinfo=UTC))
    assert titles(ten, "oldest", wanted=since) == ["Page 8", "Page 9"]
    assert titles(ten, "newest", wanted=Filter("nobody")) == []


def test_what_is_found_goes_on_and_comes_by_time(ten: Library) -> None:
    with ten.reading() as connection:
        best = [one.entry.id for one in browsing.best(connection, "larkmoor", Filter(), 0, 10)]
        assert [one.entry.id for one in browsing.best(connection, "larkmoor", Filter(), 4, 3)] == best[4:7]
        newest = browsing.by_time(connection, "larkmoor", Filter(), 0, 2)
        oldest = browsing.by_time(connection, "larkmoor", Filter(), 1, 2, newest=False)
    assert [one.entry.title for one in newest] == ["Page 9", "Page 8"]
    assert [one.entry.title for one in oldest] == ["Page 1", "Page 2"]
    ((start, stop),) = newest[0].marks
    assert newest[0].snippet[start:stop] == "Larkmoor"


def test_an_old_version_is_found_by_its_words(ten: Library) -> None:
    url = "https://post.example/bridge"
    added(ten, article("The walrus sings.", url=url))
    added(ten, article("The seal sings.", url=url))
    with ten.reading() as connection:
        (found,) = browsing.by_time(connection, "walrus", Filter(), 0, 5)
        assert (found.number, found.entry.versions) == (1, 2)
        (found,) = browsing.by_time(connection, "sings", Filter(), 0, 5)
        assert found.number == 2


def test_both_ways_of_sorting_what_was_found_are_one(ten: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    added(ten, article(TEXT + " And more.", url="https://post.example/3", published=datetime(2031, 5, 1, tzinfo=UTC)))
    seen = []
    for many_are in (0, 1_000):
        monkeypatch.setattr(browsing, "MANY", many_are)
        with ten.reading() as connection:
            for newest in (True, False):
                for wanted in (Filter(), Filter("post", until=datetime(2031, 4, 8, 0, 7, tzinfo=UTC))):
                    found = browsing.by_time(connection, "larkmoor", wanted, 1, 4, newest=newest)
                    seen.append([(one.entry.id, one.number) for one in found])
    assert seen[:4] == seen[4:]
    assert all(len(found) == 4 for found in seen)


def test_no_words_are_refused(ten: Library) -> None:
    with ten.reading() as connection, pytest.raises(LibraryError, match="no word"):
        browsing.best(connection, "*", Filter(), 0, 5)


def test_what_is_known_of_those_in_a_list(ten: Library) -> None:
    with ten.reading() as connection:
        (one,) = browsing.listed(connection, Filter(), "newest", 0, 1)
        assert browsing.noted(connection, [one.id]) == {one.id: browsing.Noted(False, None, None, 0)}
        assert browsing.noted(connection, []) == {}


def read(library: Library, identity: str, marks: Marks) -> int:
    with library.writing() as connection:
        no, _ = showing.shown(connection, identity)
        readings.keep(connection, "given 1", {no: marks})
    return no


def test_of_a_reading_a_part_is_given(ten: Library) -> None:
    identity = added(ten, article(TEXT * 3, url="https://post.example/three")).id
    said = [Attribution(((at, at + 9),), ((at + 22, at + 26),), ((at + 30, at + 40),), 0.9) for at in (0, 90, 170)]
    own = Statement((80, 100), Certainty(8, 8))
    no = read(ten, identity, Marks(tuple(said), (), (own,)))
    with ten.reading() as connection:
        stored = showing.shown(connection, identity)[1]
        every = showing.known(connection, no, stored, (0, MOST)).read
        part = showing.known(connection, no, stored, (80, 150)).read
    assert every
    assert (every.marks.attributions, every.numbers, every.total, every.model) == (tuple(said), (0, 1, 2), 3, "given 1")
    assert part
    assert (part.marks.attributions, part.numbers, part.total) == ((said[1],), (1,), 3)
    assert part.marks.statements == (own,)


def test_what_waits_is_told_and_what_is_too_long_is_not_shown(ten: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    identity = added(ten, article(TEXT, url="https://post.example/four")).id
    with ten.reading() as connection:
        no, stored = showing.shown(connection, identity)
        found = showing.known(connection, no, stored, (0, MOST))
    assert (found.read, found.too_long) == (None, False)
    assert found.awaits == {"to_read", "to_compare", "to_join"}
    read(ten, identity, Marks(()))
    monkeypatch.setattr(showing, "LONGEST_READ", 1)
    with ten.reading() as connection:
        found = showing.known(connection, no, stored, (0, MOST))
    assert (found.read, found.too_long) == (None, True)
    assert found.awaits == {"to_compare", "to_join"}


def test_versions_are_listed_with_who_added_them(ten: Library) -> None:
    url = "https://post.example/bridge"
    first = article("The bridge is shut.", url=url)
    identity = added(ten, first, b"one").id
    added(ten, replace(first, text="The bridge is open."), b"three")
    with ten.reading() as connection:
        one, two = showing.editions(connection, identity)
        assert showing.editions(connection, "0" * 16) == []
        assert showing.shown(connection, identity, 1)[1].number == 1
        with pytest.raises(LibraryError, match="no version 3"):
            showing.shown(connection, identity, 3)
    assert (one.number, two.number) == (1, 2)
    assert (one.size, two.size, two.characters) == (3, 5, len("The bridge is open."))
    assert one.who == two.who != ""


def test_a_search_is_counted_up_to_a_number(ten: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    def counted(words: str, wanted: Filter | None = None) -> int | None:
        with ten.reading() as connection:
            return browsing.counted(connection, words, wanted or Filter())

    assert counted("bridge") == 10 and counted("heron") == 0
    assert counted("bridge", Filter(until=datetime(1999, 1, 1, tzinfo=UTC))) == 0
    monkeypatch.setattr(browsing, "MOST_COUNTED", 10)
    assert counted("bridge") == 10
    monkeypatch.setattr(browsing, "MOST_COUNTED", 9)
    assert counted("bridge") is None
