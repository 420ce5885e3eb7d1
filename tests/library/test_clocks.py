"""A clock that is set back: what was confirmed, and what is watched, does not wait until it has caught up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from firsthand.library import Library, submissions, watches
from firsthand.library.submissions import Item
from firsthand.library.watches import Look


def a_day_later(monkeypatch: pytest.MonkeyPatch, module: Any) -> None:
    """The clock of a module is a day fast, until that is undone."""

    class Fast(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
            return datetime.now(tz) + timedelta(days=1)

    monkeypatch.setattr(module, "datetime", Fast)


def test_what_was_confirmed_does_not_wait_for_a_clock_that_was_set_back(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_day_later(monkeypatch, submissions)
    with library.writing() as connection:
        name = submissions.hand_in(connection, "Ann", [Item("text", "a text", content=[b"The quay is shut."])])
    monkeypatch.undo()
    with library.writing() as connection:
        ((number, *_),) = submissions.ready(connection, 10)
        assert submissions.take(connection, number)
    a_day_later(monkeypatch, submissions)
    with library.writing() as connection:
        submissions.finish(connection, number, "busy")
        assert submissions.try_again(connection, "Ann", name) == 1
    monkeypatch.undo()
    with library.reading() as connection:
        assert submissions.is_waiting(connection) and len(submissions.ready(connection, 10)) == 1


def test_a_watch_does_not_wait_for_a_clock_that_was_set_back(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    soon = datetime.now(UTC) + timedelta(hours=1)
    a_day_later(monkeypatch, watches)
    with library.writing() as connection:
        watches.begin(connection, "Ann", "https://x.example/feed", 60)
        watches.begin(connection, "Ann", "https://x.example/other", 60)
        watches.looked(connection, 2, Look("feed", "nothing new", soon + timedelta(days=1)))
    monkeypatch.undo()
    with library.writing() as connection:
        assert sorted(one.number for one in watches.due(connection, 5)) == [1, 2]
        for number in (1, 2):
            assert watches.put_off(connection, number, soon)
        assert watches.due(connection, 5) == []
        assert [one.checked is None for one in watches.every(connection)] == [False, True]
