"""What other people's robots.txt may say, without harm to anybody but its host."""

from __future__ import annotations

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from firsthand.config import Settings
from firsthand.errors import FetchError
from firsthand.ingest.fetch import Fetched
from firsthand.library import Library
from firsthand.web import hosts
from firsthand.web.hosts import LONGEST_PAUSE, Hosts
from firsthand.web.working import Signals, Working

URL = "http://hostile.example/a"


def polite(monkeypatch: pytest.MonkeyPatch, robots: str, clock: list[float] | None = None) -> Hosts:
    def fetched(address: str, _: Settings) -> Fetched:
        return Fetched(address, "text/plain", None, f"User-agent: *\n{robots}\n".encode())

    monkeypatch.setattr(hosts, "fetch", fetched)
    return Hosts(Settings(), lambda: clock[0]) if clock else Hosts(Settings())


def test_a_delay_of_400_digits_is_the_longest_pause(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = [100.0]
    asked = polite(monkeypatch, "Crawl-delay: " + "9" * 400, clock)
    asked.check(URL)
    asked.begin(URL)
    asked.end(URL)
    clock[0] += LONGEST_PAUSE - 1
    assert not asked.ready(URL)
    clock[0] += 1
    assert asked.ready(URL)


@pytest.mark.parametrize("robots", ["Crawl-delay: ²", "Crawl-delay: " + "9" * 5_000, "Disallow: http://[x"])
def test_what_cannot_be_read_is_told(monkeypatch: pytest.MonkeyPatch, robots: str) -> None:
    asked = polite(monkeypatch, robots)
    with pytest.raises(FetchError, match="cannot be read"):
        asked.check(URL)
    asked.end(URL)


def test_an_address_that_is_none_is_put_by(monkeypatch: pytest.MonkeyPatch) -> None:
    polite(monkeypatch, "").end("http://[x")


def test_what_nobody_has_foreseen_in_one_address_does_not_end_the_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unforeseen(*_: Any) -> None:
        raise OverflowError

    done: Future[Any] = Future()
    done.set_result(None)
    monkeypatch.setattr(Hosts, "end", unforeseen)
    with Library.open(tmp_path / "l.db", create=True) as library:
        working = Working(library, Settings(), Signals())
        working._underway[done] = URL, unforeseen
        working.step()
        assert not working.underway
