"""What is handed in: written down whole, taken once, accounted for; what is watched; what is new."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, func, select, update

from firsthand.errors import LibraryError
from firsthand.library import Library, batches, effects, news, pending, submissions, summing, watches
from firsthand.library.actions import Asked, actions
from firsthand.library.adding import Result
from firsthand.library.effects import Joined, NewRoot
from firsthand.library.schema_submissions import batch, effect, outcome, submission, submitted, watch_seen
from firsthand.library.submissions import MOST_TRIES, PIECE, Item, Told
from firsthand.library.watches import Look
from firsthand.model import Failure
from tests.library.given import article, original
from tests.library.toy import caught_up, put

TOLD = Told("Bridge shut", "Larkmoor Post", "https://post.example/1", datetime(2031, 4, 8, 9, tzinfo=UTC))
NOW = datetime(2031, 4, 8, tzinfo=UTC)


def handed_in(library: Library, *items: Item, who: str = "Ann", watch: int | None = None) -> str:
    with library.writing() as connection:
        return submissions.hand_in(connection, who, items, watch)


def text(words: str = "The mayor said the bridge was shut.") -> Item:
    return Item("text", "a text", TOLD, [words.encode()])


def taken(library: Library) -> list[submissions.Submission]:
    """Take all there is."""
    with library.writing() as connection:
        found = [submissions.take(connection, number) for number, _, _ in submissions.ready(connection, 100)]
    return [one for one in found if one]


def look(library: Library, name: str) -> tuple[batches.Counts, list[batches.Part]]:
    with library.reading() as connection:
        found = batches.one(connection, name)
        assert found
        return found.counts, batches.parts(connection, name, 0, 100)


def added(library: Library, number: int, *texts: str, first: int = 0) -> list[Result]:
    """Add articles for a submission, as the worker does."""
    pairs = [(article(words, url=f"https://x.example/{hash(words)}"), original(words.encode())) for words in texts]

    def also(connection: Connection, results: Sequence[Result]) -> None:
        submissions.record(connection, number, first, results)
        effects.expect(connection)

    return library.add(pairs, None, also)


def finished(library: Library, number: int, cause: str = "") -> None:
    with library.writing() as connection:
        submissions.finish(connection, number, cause) if cause else submissions.close(connection, number)


def test_what_is_handed_in_is_taken_out_as_it_was(library: Library) -> None:
    big = [b"x" * PIECE, b"y" * 5]
    name = handed_in(
        library, text("Ann says so."), Item("file", "a.csv", content=big), Item("address", "https://x.example/")
    )
    first, second, third = taken(library)
    assert (first.batch, first.kind, first.told, first.by_watch, first.tries) == (name, "text", TOLD, False, 1)
    assert (third.kind, third.name, third.told) == ("address", "https://x.example/", Told())
    with library.reading() as connection:
        assert list(submissions.content(connection, first.number)) == [b"Ann says so."]
        assert list(submissions.content(connection, second.number)) == big
        assert list(submissions.content(connection, third.number)) == []
        sizes = list(connection.execute(select(submission.c.size).order_by(submission.c.no)).scalars())
        (done,) = actions(connection, Asked(what="handed in"))
    assert sizes == [12, PIECE + 5, 0]
    assert (done.who, done.on, done.detail) == ("Ann", name, "a text, a.csv, https://x.example/")


def test_nothing_of_a_batch_is_there_where_one_thing_cannot_be_read(library: Library) -> None:
    def broken() -> Any:
        yield b"x" * 10
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        handed_in(library, text(), Item("file", "b", content=broken()))
    with library.reading() as connection:
        for table in (batch, submission, submitted):
            assert connection.execute(select(func.count()).select_from(table)).scalar() == 0


def test_one_takes_what_two_want(library: Library) -> None:
    handed_in(library, *(text(f"Text {n}.") for n in range(40)))
    with ThreadPoolExecutor(4) as pool:
        found = [one.number for some in pool.map(lambda _: taken(library), range(4)) for one in some]
    assert sorted(found) == sorted(set(found)) and len(found) == 40


def test_many_hand_in_at_once_and_nothing_is_lost(library: Library) -> None:
    with ThreadPoolExecutor(8) as pool:
        names = list(pool.map(lambda n: handed_in(library, text(f"Text {n}."), who=f"P{n % 2}"), range(60)))
    assert len(set(names)) == 60
    assert len(taken(library)) == 60


def test_people_come_before_watches_and_each_batch_has_its_turn(library: Library) -> None:
    with library.writing() as connection:
        watches.begin(connection, "Ann", "https://x.example/feed", 60)
    handed_in(library, *(Item("address", f"https://w.example/{n}") for n in range(2)), watch=1)
    handed_in(library, *(Item("file", f"f{n}", content=[b"x"]) for n in range(3)))
    handed_in(library, Item("text", "later", content=[b"x"]))
    with library.reading() as connection:
        names = [name for _, _, name in submissions.ready(connection, 10)]
    assert names == ["f0", "later", "f1", "f2", "https://w.example/0", "https://w.example/1"]


def test_what_a_dead_process_worked_on_waits_again_but_not_for_ever(library: Library) -> None:
    name = handed_in(library, text())
    for tried in range(1, MOST_TRIES + 1):
        (one,) = taken(library)
        assert one.tries == tried
        assert taken(library) == []
        with library.writing() as connection:
            assert submissions.is_waiting(connection)
            submissions.release(connection)
    counts, (part,) = look(library, name)
    assert (counts.broken, part.state, part.cause, part.again) == (1, "failed", submissions.DIED, True)


def test_articles_and_the_word_of_them_come_together(library: Library) -> None:
    name = handed_in(library, Item("file", "two.jsonl", content=[b"{}"]))
    (one,) = taken(library)
    added(library, one.number, "The mayor spoke.", "The council met.")
    with pytest.raises(LibraryError):  # what is accounted for cannot be accounted for again: nothing is added either
        added(library, one.number, "A third article.")
    assert library.count() == 2
    with library.writing() as connection:
        submissions.release(connection)
    (again,) = taken(library)
    assert again.done == 2
    finished(library, one.number)
    counts, (part,) = look(library, name)
    assert (counts.added, counts.to_read, counts.open, counts.finished) == (2, 2, 0, False)
    assert [came.action for came in part.came] == ["added", "added"]
    assert [came.step for came in part.came] == ["to read", "to read"]
    with library.reading() as connection:
        assert connection.execute(select(func.count()).select_from(submitted)).scalar() == 0


@pytest.mark.parametrize(
    ("results", "state", "cause", "left"),
    [
        ([], "failed", "holds nothing that can be read", 0),
        ([Failure("a", "is empty")], "failed", "is empty", 0),
        (
            [Failure("a:1", "is empty"), Failure("a:2", "is no JSON")],
            "failed",
            "is empty (and 1 more could not be read)",
            2,
        ),
    ],
)
def test_what_holds_nothing_has_failed(
    library: Library, results: list[Failure], state: str, cause: str, left: int
) -> None:
    name = handed_in(library, text())
    (one,) = taken(library)
    with library.writing() as connection:
        submissions.record(connection, one.number, 0, results)
    finished(library, one.number)
    counts, (part,) = look(library, name)
    assert (part.state, part.cause, part.count, counts.finished) == (state, cause, left, True)


def test_what_failed_can_be_tried_again_by_somebody(library: Library) -> None:
    name = handed_in(library, text(), Item("address", "https://x.example/"), text("More."))
    for one in taken(library)[:2]:
        finished(library, one.number, "the server answers 500")
    with library.writing() as connection:
        assert submissions.try_again(connection, "Bo", name, 2) == 1
        assert submissions.try_again(connection, "Bo", name) == 1
        assert submissions.try_again(connection, "Bo", name) == 0
        assert [done.who for done in actions(connection, Asked(what="tried again"))] == ["Bo", "Bo"]
        with pytest.raises(LibraryError, match="nothing was handed in"):
            submissions.try_again(connection, "Bo", "b0")
    assert [one.tries for one in taken(library)] == [1, 1]


def test_what_is_put_off_waits(library: Library) -> None:
    handed_in(library, Item("address", "https://x.example/"))
    (one,) = taken(library)
    with library.writing() as connection:
        submissions.postpone(connection, one.number, datetime.now(UTC) + timedelta(hours=1), "busy")
        assert not submissions.is_waiting(connection)
        assert submissions.ready(connection, 10) == []
        submissions.postpone(connection, one.number, datetime.now(UTC) - timedelta(hours=1), "busy")
        assert len(submissions.ready(connection, 10)) == 1


def test_bytes_of_what_failed_long_ago_go(library: Library) -> None:
    name = handed_in(library, text())
    (one,) = taken(library)
    finished(library, one.number, "is empty")
    with library.writing() as connection:
        submissions.sweep(connection)
    assert look(library, name)[1][0].again
    with library.writing() as connection:
        connection.execute(update(submission).values(after="2001-01-01T00:00:00.000+00:00"))
        submissions.sweep(connection)
    assert not look(library, name)[1][0].again


def test_steps_are_told_until_all_is_done(library: Library) -> None:
    name = handed_in(library, text())
    (one,) = taken(library)
    (result,) = added(library, one.number, "Ann says the bridge is shut. Bo says it is open")
    finished(library, one.number)
    caught_up(library)
    counts, (part,) = look(library, name)
    assert (counts.to_trace, part.came[0].step, part.came[0].joined) == (1, "to trace", None)
    with library.writing() as connection:
        ((number, identity),) = effects.pending(connection, 10).items()
        assert identity == result.id  # type: ignore[union-attr]
        carried = effects.carried_by(connection, number)
        assert [set(one) for one in carried.values()] == [{identity}, {identity}]
        joined = [Joined(claim, 0, 1) for claim in carried]
        effects.keep(connection, {number: [*joined, Joined("c1", 1, 2, ((1, 1), (1, 3)))]}, ())
        assert not effects.are_pending(connection)
    counts, (part,) = look(library, name)
    assert counts.finished
    assert part.came[0].joined == (*joined, Joined("c1", 1, 2, ((1, 1), (1, 3))))


def test_what_cannot_be_read_is_told_and_not_waited_for(library: Library) -> None:
    name = handed_in(library, text())
    (one,) = taken(library)
    added(library, one.number, "Ann says the bridge is shut.")
    finished(library, one.number)
    with library.writing() as connection:
        effects.failed(connection, "/news/bridge.html", "it could not be read: KeyError")
    counts, (part,) = look(library, name)
    assert counts.finished
    assert (part.came[0].problem, part.came[0].step) == ("it could not be read: KeyError", "done")


def test_an_article_that_is_removed_is_told_as_gone(library: Library) -> None:
    name = handed_in(library, text())
    (one,) = taken(library)
    (result,) = added(library, one.number, "Ann says the bridge is shut.")
    finished(library, one.number)
    library.remove(result.id)  # type: ignore[union-attr]
    counts, (part,) = look(library, name)
    assert (counts.finished, part.came[0].step) == (True, "gone")
    with library.reading() as connection:
        assert connection.execute(select(func.count()).select_from(effect)).scalar() == 0


def test_batches_are_listed_newest_first(library: Library) -> None:
    with library.writing() as connection:
        watches.begin(connection, "Ann", "https://x.example/feed", 60)
    names = [handed_in(library, text(f"Text {n}.")) for n in range(3)]
    names.append(handed_in(library, Item("address", "https://x.example/1"), watch=1))
    with library.reading() as connection:
        assert [one.id for one in batches.recent(connection, 3)] == names[:0:-1]
        (found,) = batches.recent(connection, 3, by_watch=True)
        assert (found.id, found.watch, found.name) == (names[3], "https://x.example/feed", "https://x.example/1")
        assert batches.one(connection, "b0") is None
    with library.writing() as connection:
        watches.end(connection, "Ann", watches.every(connection)[0].id)
    with library.reading() as connection:
        (found,) = batches.recent(connection, 3, by_watch=True)
        assert (found.by_watch, found.watch) == (True, None)


def test_a_watch_is_kept_changed_and_ended(library: Library) -> None:
    with library.writing() as connection:
        name = watches.begin(connection, "Ann", "https://x.example/feed", 60)
        with pytest.raises(LibraryError, match="is watched already"):
            watches.begin(connection, "Bo", "https://x.example/feed", 30)
        assert [one.id for one in watches.due(connection, 5)] == [name]
        watches.pause(connection, "Bo", name, paused=True)
        assert watches.due(connection, 5) == []
        watches.pause(connection, "Bo", name, paused=False)
        watches.change(connection, "Bo", name, 15)
        found = watches.named(connection, name)
        assert (found.minutes, found.who, found.kind, found.checked, found.paused) == (15, "Ann", "", None, False)
        watches.end(connection, "Bo", name)
        assert watches.every(connection) == []
        with pytest.raises(LibraryError, match="nothing is watched"):
            watches.look_now(connection, "Bo", name)
        said = [(done.who, done.what) for done in actions(connection, Asked(on=name))]
    assert said[::-1] == [
        ("Ann", "watched"),
        ("Bo", "watch paused"),
        ("Bo", "watch resumed"),
        ("Bo", "watch changed"),
        ("Bo", "watch removed"),
    ]


def test_a_look_hands_in_what_is_new_once(library: Library) -> None:
    urls = [f"https://x.example/{n}" for n in range(4)]
    later = datetime.now(UTC) + timedelta(hours=1)
    with library.writing() as connection:
        watches.begin(connection, "Ann", "https://x.example/feed", 60)
        assert watches.unseen(connection, 1, [*urls, urls[0]]) == urls
        items = [Item("address", url) for url in urls[:2]]
        name = watches.looked(
            connection, 1, Look("feed", "2 new articles", later, "e", "m", seen=urls[:2], items=items)
        )
        assert name
        assert watches.unseen(connection, 1, urls) == urls[2:]
        watches.looked(connection, 1, Look("feed", "nothing new", later, "e", "m", seen=urls[:2]))
        (found,) = watches.every(connection)
        assert (found.kind, found.etag, found.modified, found.result) == ("feed", "e", "m", "nothing new")
        assert (found.found, found.failures, found.due) == (2, 0, found.due) and found.changed
        assert connection.execute(select(func.count()).select_from(watch_seen)).scalar() == 2
        watches.looked(connection, 1, Look("", "the server answers 503", later, failed=True))
        watches.looked(connection, 1, Look("", "the server answers 503", later, failed=True))
        (found,) = watches.every(connection)
        assert (found.failures, found.kind, found.etag) == (2, "feed", "e")
        assert watches.looked(connection, 99, Look("feed", "gone", later, items=items)) is None
    assert [one.by_watch for one in taken(library)] == [True, True]


def test_new_claims_and_roots_are_told_until_they_are_seen(library: Library) -> None:
    put(library, ["Ann says the bridge is shut", "Bo says the mill is open. Ann says the bridge is shut"])
    caught_up(library)
    with library.writing() as connection:
        effects.keep(connection, {}, [NewRoot("c1", "a1", "Ann", "on the record")])
        made = len({row.claim for row in connection.execute(select(effects.node.c.claim))})
    _summarised(library)
    with library.writing() as connection:
        new = news.told(connection, "Ann", 10)
        assert (new.since.at, new.made, new.grown) == (None, made, 1)
        assert len(new.claims) == made
        assert [(root.claim, root.name) for root in new.roots] == [("c1", "Ann")]
        assert set(news.named(connection, [one.claim for one in new.claims])) == {one.claim for one in new.claims}
        news.seen(connection, "Ann", new.upto.change, new.upto.news)
        after = news.told(connection, "Ann", 10)
        assert after.since.at and (after.made, after.grown, after.claims, after.roots) == (0, 0, (), ())
        assert news.told(connection, "Bo", 10).made == made
        news.seen(connection, "Ann", 0, 0)  # an old page that was left open
        assert news.told(connection, "Ann", 10).made == 0
        news.seen(connection, "Bo", 10**9, 10**9)  # what is yet to come has not been seen
        assert news.since(connection, "Bo").change == new.upto.change
        written = len(actions(connection, Asked(what="news seen")))
        news.seen(connection, "Bo", 10**9, 10**9)
        assert len(actions(connection, Asked(what="news seen"))) == written


def test_what_is_new_to_a_stranger_is_of_the_last_days(library: Library) -> None:
    put(library, ["Ann says the bridge is shut"])
    caught_up(library)
    from firsthand.library.schema import claim_change

    with library.writing() as connection:
        count = connection.execute(select(func.max(claim_change.c.no))).scalar_one()
        for days, expected in ((0, 0), (30, count)):
            now = (datetime.now(UTC) + timedelta(days=days) - news.FIRST).isoformat()
            assert news._last_before(connection, claim_change, now) == expected


def test_what_is_left_changes_with_what_comes_and_is_done(library: Library) -> None:
    with library.reading() as connection:
        before = pending.left(connection)
        assert before.nothing and not pending.is_asked_for(connection)
    handed_in(library, text())
    with library.reading() as connection:
        assert pending.is_asked_for(connection)
    (one,) = taken(library)
    added(library, one.number, "Ann says the bridge is shut.")
    with library.reading() as connection:
        left = pending.left(connection)
        assert left != before and left.waiting.to_read == 1


def _summarised(library: Library) -> None:
    from firsthand.upkeep import made, summarised

    for step in summing.summarise(library, summarised, made):
        assert not step.failures


def test_two_libraries_do_not_share(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a", create=True) as one, Library.open(tmp_path / "b", create=True) as other:
        name = handed_in(one, text())
        with other.reading() as connection:
            assert batches.one(connection, name) is None
            assert connection.execute(select(func.count()).select_from(outcome)).scalar() == 0
