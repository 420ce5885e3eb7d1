"""Articles become claims, and the claims follow them: new versions, removals, other models, failures."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import func, select

from firsthand.errors import LibraryError
from firsthand.library import Library, decisions, readings, schema
from firsthand.library.claims import claims_of
from firsthand.library.shelf import Shelf
from firsthand.library.upkeep import Upkeep
from firsthand.library.waiting import Waiting
from firsthand.model import Change, Decision
from tests.library import toy
from tests.library.given import added, article
from tests.library.test_opening import at
from tests.library.toy import caught_up, key, marks, put, regroup

SHUT, OPEN, RAIN = "Ann says the bridge is shut", "Bo says the bridge is open", "Cy says rain is coming"


def said(library: Library) -> dict[str, list[str]]:
    """Each claim's words, with the articles that carry it."""
    with claims_of(library) as known:
        claims = {
            one: [t for k in known.shelf.members(one) for t in known.shelf.of_node(k)] for one in known.most_carried()
        }
        return {several[0].full: sorted(t.appearance.article for t in several) for several in claims.values()}


def sizes(library: Library) -> dict[str, int]:
    names = "statement", "joined", "node", "head", "tie", "reading", "derivation", "compared", "waiting"
    with library.reading() as connection:
        counts = {name: select(func.count()).select_from(getattr(schema, name)) for name in names}
        return {name: connection.execute(count).scalar_one() for name, count in counts.items()}


def test_what_is_added_waits_and_is_joined(library: Library) -> None:
    one, two = put(library, [f"{SHUT}. {RAIN}", f"{SHUT}. {OPEN}"])
    assert Upkeep(library).waiting() == Waiting(2, 2, 2)
    upkeep = caught_up(library)
    assert upkeep.waiting() == Waiting(0, 0, 0)
    assert said(library) == {SHUT: sorted([one, two]), RAIN: [one], OPEN: [two]}
    assert sizes(library)["waiting"] == 0
    assert list(upkeep.unread()) == []


def test_a_reading_comes_back_as_it_was(library: Library) -> None:
    put(library, [SHUT, f"{OPEN}. {RAIN}"])
    upkeep = Upkeep(library)
    upkeep.use("toy 1", "toy 1")
    read = {number: marks(found) for number, found in upkeep.unread()}
    upkeep.keep("toy 1", read)
    with library.reading() as connection:
        back = dict(readings.readings(connection, list(read)))
    assert {
        number: replace(read[number], attributions=one.attributions, vectors=one.vectors)
        for number, one in back.items()
    } == read
    assert {one.model for one in back.values()} == {"toy 1"}


def test_a_new_version_replaces_what_the_old_one_said(library: Library) -> None:
    first = added(library, article(f"{SHUT}. {RAIN}", url="https://x.example/1"))
    caught_up(library)
    with claims_of(library) as known:
        before = set(known.of_article(first.id))
    assert added(library, article(f"{OPEN}. {RAIN}", url="https://x.example/1")).action == "new version"
    upkeep = Upkeep(library)
    assert upkeep.waiting() == Waiting(1, 1, 1)
    assert said(library) == {SHUT: [first.id], RAIN: [first.id]}  # until it is joined
    caught_up(library)
    assert said(library) == {OPEN: [first.id], RAIN: [first.id]}
    with claims_of(library) as known:
        assert set(known.of_article(first.id)) & before == {f"c{key(RAIN)}"}
        assert [one.change.kind for one in known.history(f"c{key(RAIN)}")] == ["made"]  # it was never gone
        assert [one.change.kind for one in known.history(f"c{key(SHUT)}")] == ["made", "ended"]
    assert sizes(library)["joined"] == 1


def test_an_older_version_waits_no_longer(library: Library) -> None:
    added(library, article(SHUT, url="https://x.example/1"))
    added(library, article(OPEN, url="https://x.example/1"))
    assert Upkeep(library).waiting() == Waiting(1, 1, 1)
    caught_up(library)
    assert list(said(library)) == [OPEN]


def test_what_is_read_of_a_version_that_is_newest_no_more_is_left(library: Library) -> None:
    added(library, article(SHUT, url="https://x.example/1"))
    upkeep = Upkeep(library)
    upkeep.use("toy 1", "toy 1")
    read = {number: marks(found) for number, found in upkeep.unread()}
    added(library, article(OPEN, url="https://x.example/1"))
    upkeep.keep("toy 1", read)
    assert sizes(library)["reading"] == 0
    library.remove(added(library, article(RAIN, url="https://x.example/2")).id)
    upkeep.keep("toy 1", {99: marks(article(RAIN))})
    assert sizes(library)["reading"] == 0


def test_removal_takes_all_that_the_article_alone_supported(library: Library) -> None:
    one, two = put(library, [f"{SHUT}. {RAIN}", f"{SHUT}. {OPEN}"])
    caught_up(library)
    assert Upkeep(library).remove(one, regroup) == 1
    assert said(library) == {SHUT: [two], OPEN: [two]}
    Upkeep(library).remove(two, regroup)
    assert set(sizes(library).values()) == {0}
    with library.reading() as connection:
        kinds = [row.kind for row in connection.execute(select(schema.claim_change).order_by(schema.claim_change.c.no))]
    assert kinds.count("made") == kinds.count("ended") == 3  # the log keeps that they were there


def test_an_article_with_claims_cannot_go_without_them(library: Library) -> None:
    (one,) = put(library, [SHUT])
    caught_up(library)
    with pytest.raises(LibraryError):
        library.remove(one)
    assert said(library) == {SHUT: [one]}


def test_another_model_reads_everything_again(library: Library) -> None:
    put(library, [SHUT, OPEN])
    upkeep = caught_up(library)
    assert upkeep.use("toy 1", "toy 1") == Waiting(0, 0, 0)
    assert upkeep.use("toy 2", "toy 1") == Waiting(2, 0, 2)
    other = {number: replace(marks(found), vectors=(toy.vector("x"),) * 2) for number, found in upkeep.unread()}
    upkeep.keep("toy 2", other)
    assert [step.failures for step in upkeep.join(regroup)] == [()]
    with library.reading() as connection:
        assert set(connection.execute(select(schema.statement.c.vector)).scalars()) == {toy.vector("x")}
        assert sizes(library)["statement"] == 2
    assert upkeep.use("toy 2", "toy 2") == Waiting(0, 0, 2)


def test_an_error_in_one_article_does_not_end_the_others(library: Library) -> None:
    put(library, [SHUT, f"{OPEN}. {RAIN}", RAIN])

    def broken(shelf: Shelf, gone: Any, reading: Any) -> Any:
        changes = regroup(shelf, gone, reading)
        if reading and len(reading.attributions) == 2:
            raise ZeroDivisionError("by\nzero")
        return changes

    upkeep = Upkeep(library)
    upkeep.use("toy 1", "toy 1")
    upkeep.keep("toy 1", {number: marks(found) for number, found in upkeep.unread()})
    list(upkeep.compare(toy.sketch, toy.nothing))
    (step,) = upkeep.join(broken)
    assert (step.count, [failure.cause for failure in step.failures]) == (3, ["ZeroDivisionError: by zero"])
    assert set(said(library)) == {SHUT, RAIN}
    assert upkeep.waiting() == Waiting(0, 0, 1)
    assert sum(step.count for step in upkeep.join(regroup)) == 1
    assert set(said(library)) == {SHUT, RAIN, OPEN}


def test_a_model_that_is_missing_ends_it_and_undoes_the_article(library: Library) -> None:
    put(library, [SHUT])

    def broken(shelf: Shelf, gone: Any, reading: Any) -> Any:
        regroup(shelf, gone, reading)
        raise LibraryError("no model")

    upkeep = Upkeep(library)
    upkeep.use("toy 1", "toy 1")
    upkeep.keep("toy 1", {number: marks(found) for number, found in upkeep.unread()})
    with pytest.raises(LibraryError, match="no model"):
        list(upkeep.join(broken))
    assert said(library) == {}
    list(upkeep.join(regroup))
    assert set(said(library)) == {SHUT}


def test_what_a_person_decided_is_written_with_who_and_why_and_stays(library: Library) -> None:
    (one,) = put(library, [SHUT])
    upkeep = caught_up(library)
    decision = Decision("clearest", f"{one}@0-{len(SHUT)}")

    def decide(shelf: Shelf) -> Any:
        shelf.decide(decision)
        assert list(shelf.decided(decision.one)) == [decision]
        yield [Change("split", "c1", f"c{key(SHUT)}")]

    upkeep.decide("so \udcff it is", decide)
    upkeep.remove(one, regroup)
    with library.reading() as connection:
        (kept,) = decisions.every(connection)
        history = decisions.history(connection, "c1")
    assert (kept.decision, kept.because) == (decision, "so \\udcff it is")
    assert kept.who
    assert [(step.change.kind, step.by) for step in history] == [("split", kept)]
    for table in ("decision", "claim_change"):
        for change in (f"DELETE FROM {table}", f"UPDATE {table} SET at = ''"):
            with pytest.raises(LibraryError, match="only ever added to"), library.writing() as connection:
                connection.exec_driver_sql(change)


def test_a_decision_that_fails_leaves_nothing(library: Library) -> None:
    (one,) = put(library, [SHUT])
    upkeep = caught_up(library)

    def decide(shelf: Shelf) -> Any:
        shelf.decide(Decision("clearest", one))
        yield []
        raise LibraryError("no")

    with pytest.raises(LibraryError, match=r"^no$"):
        upkeep.decide("why", decide)
    with library.reading() as connection:
        assert decisions.every(connection) == []


def test_a_library_of_before_waits_as_a_whole(tmp_path: Any) -> None:
    path = at(tmp_path / "l.db", "0002")
    import sqlite3

    with sqlite3.connect(path) as connection:
        when = "2031-04-08T00:00:00.000+00:00"
        connection.execute("INSERT INTO article VALUES (1, '00000000000000aa', 2, ?, NULL)", (when,))
        connection.execute("INSERT INTO original VALUES (1, ?, 1, 'text/plain', ?, '/a.txt')", ("ab" * 32, when))
        for number in (1, 2):
            row = (number, 1, number, 1, when, None, "/a.txt", *[None] * 8, "[]", "[]", str(number), SHUT)
            connection.execute(f"INSERT INTO version VALUES ({', '.join('?' * len(row))})", row)
    connection.close()
    with Library.open(path) as library:
        assert Upkeep(library).waiting() == Waiting(1, 1, 1)
        caught_up(library)
        assert said(library) == {SHUT: ["00000000000000aa"]}


def test_claims_are_found_by_id_article_and_words(library: Library) -> None:
    one, two = put(library, [f"{SHUT}. {RAIN}", f"{SHUT}. {OPEN}"])
    caught_up(library)
    shut, rain, opened = (f"c{key(words)}" for words in (SHUT, RAIN, OPEN))
    with claims_of(library) as known:
        assert known.count() == 3
        assert known.most_carried() == [shut, *sorted([rain, opened])]
        assert known.most_carried(1) == [shut]
        assert known.of_article(one) == [shut, rain]
        assert known.saying("BRIDGE the") == [shut, opened]
        assert known.saying("bridge rain") == []
        assert known.named(rain[:8]) == known.named(rain) == rain
        assert known.named("c_") is known.named("") is None
        assert set(known.texts([one, two, "gone"])) == {one, two}
        with pytest.raises(LibraryError, match="several claims"):
            known.named("c")


def test_a_claim_that_was_merged_is_found_by_its_old_id(library: Library) -> None:
    put(library, [SHUT])
    upkeep = caught_up(library)
    heir = f"c{key(SHUT)}"
    upkeep.decide("x", lambda shelf: iter([[Change("merged", "c2", "c1")], [Change("merged", heir, "c2")]]))
    upkeep.decide("x", lambda shelf: iter([[Change("merged", "c4", "c3")], [Change("merged", "c3", "c4")]]))
    with claims_of(library) as known:
        assert known.named("c1") == known.named("c2") == heir
        assert known.named("c3") is None
