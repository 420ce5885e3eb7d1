"""Readings that are given, not found: what shows them is tested without a model."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from firsthand.model import Article, Attribution, MediaLink, Reading, Spans

Given = Callable[..., Reading]

TEXT = """\
Larkmoor bridge to stay shut, mayor says

Mayor Ada Quill said on Tuesday that the bridge would stay shut until May. “We will not
gamble with lives,” she told reporters, “and not with the river.”

An engineer wrote that Orvane Steel had denied that the bolts were its own. It was expected that the council would vote.
"""
PARTS = (
    (["mayor"], ["says"], ["Larkmoor bridge to stay shut"]),
    (["Mayor Ada Quill"], ["said"], ["that the bridge would stay shut until May"]),
    (["she"], ["told reporters"], ["“We will not\ngamble with lives,”", "“and not with the river.”"]),
    (["An engineer"], ["wrote"], ["that Orvane Steel had denied that the bolts were its own"]),
    (["Orvane Steel"], ["had denied"], ["that the bolts were its own"]),
    ([], ["It was expected"], ["that the council would vote"]),
)


@pytest.fixture
def given_reading() -> Given:
    """Makes a reading of an invented article; `text`, `parts` and any field of Article can be given."""
    return make_reading


def make_reading(text: str = TEXT, parts: Any = None, warnings: tuple[str, ...] = (), **fields: Any) -> Reading:
    known: dict[str, Any] = {
        "id": "larkmoor-1",
        "title": "Larkmoor bridge to stay shut, mayor says",
        "outlet": "The Larkmoor Post",
        "byline": "Tam Reed",
        "published": datetime(2031, 4, 8, 9, 30, tzinfo=UTC),
        "language": "en",
        "url": "https://post.example/bridge",
        "origin": "bridge.html",
    }
    parts = (PARTS if text is TEXT else ()) if parts is None else parts
    found = tuple(Attribution(*(_spans(text, role) for role in roles), 0.9) for roles in parts)
    return Reading(Article(text=text, **known | fields), found, "given 1", warnings)


HOSTILE = (
    "<script>window.hacked=1;alert(1)</script>",
    "</style><script>window.hacked=1</script>",
    "</title><script>window.hacked=1</script>",
    "</textarea></script><script>window.hacked=1</script>",
    "<img src=https://evil.example/x onerror=window.hacked=1>",
    '" onmouseover="window.hacked=1" autofocus onfocus="window.hacked=1',
    "' onclick='window.hacked=1",
    "<svg/onload=window.hacked=1>",
    "<a href=javascript:window.hacked=1>click</a>",
    "<style>body{display:none}@import 'https://evil.example/a.css'</style>",
    "{{ 7*7 }}{% raw %}${7*7}",
    "<meta http-equiv=refresh content='0;url=https://evil.example'>",
    "<base href=https://evil.example/><iframe src=https://evil.example></iframe>",
    "<!--",
    "]]><!DOCTYPE x><plaintext>",
    "\u202egnol si siht\u2066",
    "&lt;script&gt;&#0;&#x3c;img&gt;",
    "\x00\x1b[31m\ud800",
)


@pytest.fixture
def hostile_readings() -> list[Reading]:
    """Articles that attack what shows them, in each of their fields."""
    return [_hostile(evil) for evil in HOSTILE]


def _hostile(evil: str) -> Reading:
    cue, content = f"said {evil}", f"that {evil} is so"
    text, parts = f"Ann {evil} {cue} {content}.\n\n{evil}", [([f"Ann {evil}"], [cue], [content])]
    fields = dict.fromkeys(("id", "title", "outlet", "byline", "language", "origin"), evil)
    media = MediaLink(f"https://evil.example/{evil}", evil, evil), MediaLink("https://evil.example/a.png", evil, evil)
    url = f"https://evil.example/{evil}"
    return make_reading(text, parts, warnings=(evil,), url=url, media=media, **fields)


def _spans(text: str, words: list[str]) -> Spans:
    return tuple((text.index(part), text.index(part) + len(part)) for part in words)
