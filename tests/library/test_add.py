"""What becomes of an article that is added: new, a version of one that is there, or nothing."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import pytest

from firsthand.library import Library
from firsthand.library.records import Outcome
from firsthand.model import Article, Failure

TEXT = "The mayor of Larkmoor said on Tuesday that the bridge would stay shut until May."


@dataclass(frozen=True)
class Original:
    stream: BinaryIO
    media_type: str = "text/html"
    source: str | None = "/news/bridge.html"
    origin: str = "/news/bridge.html"
    fetched: datetime | None = None


def original(content: bytes = b"<p>a page", **fields: str | None) -> Original:
    return Original(io.BytesIO(content), **fields)  # type: ignore[arg-type]


def article(text: str = TEXT, **fields: object) -> Article:
    known = {"id": "", "title": "Bridge shut", "outlet": "Larkmoor Post", "published": datetime(2031, 4, 8, tzinfo=UTC)}
    return Article(text=text, **known | fields)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "l.db", create=True) as made:
        yield made


def test_the_same_again_changes_nothing(library: Library) -> None:
    found = article(url="https://post.example/bridge")
    first, second = library.add([(found, original()), (found, original())])
    assert isinstance(first, Outcome) and isinstance(second, Outcome)
    assert (first.action, second.action) == ("added", "already there")
    assert library.add([(found, original(b"other bytes"))]) == [second]


def test_a_changed_page_is_a_new_version(library: Library) -> None:
    page = article(url="https://post.example/bridge")
    changed = replace(page, text=TEXT + " He was wrong.", url="http://POST.example/bridge?utm_source=x#top")
    (first,), (second,) = library.add([(page, original())]), library.add([(changed, original(b"changed"))])
    assert isinstance(first, Outcome)
    assert second == Outcome("new version", first.id, 2)
    assert library.add([(page, original())]) == [Outcome("already there", first.id, 1)]


def test_half_a_character_is_a_failure_and_the_rest_is_added(library: Library) -> None:
    bad, good = library.add([(article("a \ud800"), original()), (article(), original())])
    assert isinstance(bad, Failure) and isinstance(good, Outcome)
