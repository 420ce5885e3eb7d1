"""Reports on media: what one person sends holds up nobody else."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.errors import LibraryError
from firsthand.library import Library, media_notes
from firsthand.model import Claimed
from firsthand.web import media_lately
from tests.media_given import REPORT
from tests.web.asking import send
from tests.web.ids import known

if TYPE_CHECKING:
    from starlette.testclient import TestClient


def test_answers_wait_for_the_library_beside_all_other_requests(
    client: TestClient, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits for the library in the loop of events makes all others wait."""
    kept: list[str] = []

    def answer(connection: Any, sha256: str, key: str, words: str, who: str) -> None:
        with pytest.raises(RuntimeError, match="no running event loop"):
            asyncio.get_running_loop()
        kept.append(key)

    with Library.open(ferry) as library, library.writing() as connection:
        number = media_notes.keep_report(connection, REPORT, "ann")
    monkeypatch.setattr(media_notes, "answer", answer)
    assert send(client, f"/media/reports/{number}/answers", **{"choice-wounds": "fits"}).status_code == 303
    assert kept == ["wounds"]


def test_the_list_says_for_which_claim_and_how_much_was_found(client: TestClient, ferry: Path) -> None:
    claim = known(client.app)["claims"]
    with Library.open(ferry) as library, library.writing() as connection:
        for name in (claim, "c0ffee000000", None):
            media_notes.keep_report(connection, replace(REPORT, claimed=Claimed(claim=name)), "ann")
    text = client.get("/media").text
    assert text.count("7 findings, 4 seen before") == 3 and text.count("for the claim") == 2
    words = text.partition(f'for the claim <a href="/claims/{claim}"><bdi>')[2].partition("<")[0]
    assert words and words in client.get(f"/claims/{claim}").text
    assert '<a href="/claims/c0ffee000000"><code>c0ffee000000</code></a>, which is gone' in text


def test_the_list_reads_each_report_once_and_bears_one_that_is_damaged(
    client: TestClient, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, read = media_notes.report, list[int]()

    def report(connection: Any, number: int) -> Any:
        read.append(number)
        if number == damaged:
            raise LibraryError("damaged")
        return whole(connection, number)

    monkeypatch.setattr(media_notes, "report", report)
    with Library.open(ferry) as library, library.writing() as connection:
        first, damaged = (media_notes.keep_report(connection, REPORT, "ann") for _ in range(2))
    for _ in range(2):
        assert client.get("/media").text.count("7 findings") == 1
    assert read == [damaged, first, damaged]


def test_what_another_request_forgets_is_read_again(
    client: TestClient, ferry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgetful(dict[Any, Any]):
        def __contains__(self, name: object) -> bool:
            found = super().__contains__(name)
            self.clear()
            return found

    monkeypatch.setattr(media_lately, "_told", Forgetful())
    with Library.open(ferry) as library, library.writing() as connection:
        media_notes.keep_report(connection, REPORT, "ann")
    for _ in range(2):
        assert "7 findings" in client.get("/media").text
