"""Articles about invented places, with bytes, to be added."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, BinaryIO

from firsthand.library import Library
from firsthand.library.records import Outcome
from firsthand.model import Article

TEXT = "The mayor of Larkmoor said on Tuesday that the bridge would stay shut until May."


@dataclass(frozen=True)
class Original:
    stream: BinaryIO
    media_type: str = "text/html"
    source: str | None = "/news/bridge.html"
    origin: str = "/news/bridge.html"
    fetched: datetime | None = None


def original(content: bytes = b"<p>a page", **fields: Any) -> Original:
    return Original(io.BytesIO(content), **fields)


def article(text: str = TEXT, **fields: Any) -> Article:
    known = {"id": "", "title": "Bridge shut", "outlet": "Larkmoor Post", "published": datetime(2031, 4, 8, tzinfo=UTC)}
    return Article(text=text, **known | fields)


def added(library: Library, found: Article, content: bytes | None = None, **fields: Any) -> Outcome:
    """Add one article, with its text for bytes where no others are given."""
    (outcome,) = library.add([(found, original(found.text.encode() if content is None else content, **fields))])
    assert isinstance(outcome, Outcome)
    return outcome


def many(count: int) -> list[tuple[Article, Original]]:
    """Articles of one outlet, each with its own address, a minute apart."""
    first = datetime(2031, 4, 8, tzinfo=UTC).timestamp()
    pairs = ((n, datetime.fromtimestamp(first + 60 * n, UTC)) for n in range(count))
    found = [
        article(
            f"{TEXT} Page {n} tells more of it.", url=f"https://post.example/{n}", title=f"Page {n}", published=when
        )
        for n, when in pairs
    ]
    return [(one, original(one.text.encode(), origin=f"/news/all.jsonl:{n}")) for n, one in enumerate(found)]
