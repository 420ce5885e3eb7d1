"""Reports on media: what one person sends holds up nobody else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from firsthand.library import Library, media_notes
from tests.media_given import REPORT
from tests.web.asking import send

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
