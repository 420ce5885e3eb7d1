"""A library in which whatever an article or a feed says tries to become a part of the page that shows it."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from firsthand.library import Library, watches
from firsthand.library.submissions import Item, Told, finish, hand_in
from firsthand.library.watches import Look
from firsthand.model import Article, Link, MediaLink

MARK = "xq7"
"""What is in the name of every element and attribute that an article tries to make."""

TAGS = f"</title></textarea></style></script><{MARK} on{MARK}=1><script>window.{MARK}=1</script>"
EVIL = f"""{TAGS}"'><img src=x onerror=window.{MARK}=1><a href=javascript:{MARK}>\x1b[31m\u202e{{{{7*7}}}}"""
FORMULA = '=HYPERLINK("http://xq7.example","x")'
SCRIPT = f"javascript:window.{MARK}=1//"
BREAKS_OUT = f'http://news.example/" on{MARK}="1'

_LINE = f"The dam <b on{MARK}=1>at</b> Larkmoor </p><script>window.{MARK}=1</script> will be blown up on Friday"
_SAID = f'Ilva "<{MARK}>" Renn'
_TEXT = """\
{title}

{who}, the mayor of Larkmoor, said on Tuesday that {line}. "{line}," said {who}.

An official who asked not to be named because <{mark} on{mark}=1> he may not speak said that the bridge {n} was shut.

Tomas Ek, a spokesman for <iframe src=javascript:{mark}> Belmora, denied that {line}.
"""


@dataclass(frozen=True)
class _Original:
    stream: BinaryIO
    media_type: str = "text/html"
    source: str | None = None
    origin: str = f"/news/{EVIL}.html"
    fetched: datetime | None = None


def article(number: int) -> Article:
    """One of several that say much the same, some with nothing but markup where a name should be."""
    title = (_LINE, EVIL, FORMULA, _LINE)[number % 4]
    text = _TEXT.format(title=title, who=_SAID, line=_LINE, mark=MARK, n=number)
    return Article(
        f"{number:016x}",
        text,
        title,
        outlet=(EVIL, FORMULA, f"Post </h1><{MARK}>", EVIL)[number % 4],
        byline=EVIL,
        published=datetime(2031, 4, 8, 6, tzinfo=UTC) + timedelta(hours=number),
        language=f'en"><{MARK}>',
        url=(SCRIPT, BREAKS_OUT, f"http://news.example/{EVIL}", "data:text/html,<script>xq7</script>")[number % 4],
        links=(Link(0, 4, SCRIPT), Link(6, 9, BREAKS_OUT)),
        media=(MediaLink(SCRIPT, "image", EVIL), MediaLink(BREAKS_OUT, f'image"><{MARK}>', EVIL)),
        origin=f"/news/{EVIL}/{number}.html",
    )


def build(path: Path) -> None:
    """Make the library: read, compared, joined, summed up; with a feed and what it handed in."""
    from firsthand.cli.main import main

    with Library.open(path, create=True) as library:
        found = [article(number) for number in range(6)]
        content = [_Original(io.BytesIO(f"<title>{EVIL}{one.id}".encode())) for one in found]
        assert all(getattr(one, "id", None) for one in library.add(list(zip(found, content, strict=True))))
        _watch(library)
    assert main(["claims", "--limit", "1", "--library", str(path)]) == 0


def _watch(library: Library) -> None:
    now = datetime.now(UTC)
    told = Told(title=EVIL, outlet=EVIL, url=BREAKS_OUT, published=now)
    items = [Item("address", BREAKS_OUT, told), Item("text", EVIL, told, (b"x",)), Item("file", FORMULA, told, (b"x",))]
    with library.writing() as connection:
        name = watches.begin(connection, EVIL, BREAKS_OUT, 60)
        number = watches.named(connection, name).number
        watches.looked(connection, number, Look(EVIL, EVIL, now, EVIL, EVIL, failed=True, seen=(EVIL,), items=items))
        hand_in(connection, EVIL, items)
        for submission in range(1, 4):
            finish(connection, submission, EVIL)


class Made(HTMLParser):
    """What a browser would make of a page, as far as it could be an article's work."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.wrong: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        """An element, with what its attributes say."""
        self.tags.add(tag)
        given = dict(attributes)
        self.wrong += [f"<{tag}>"] if MARK in tag or tag in _NEVER else []
        self.wrong += [f"<{tag} {name}>" for name in given if name.startswith("on") or MARK in name or name == "style"]
        for name in ("href", "src", "action", "formaction", "xlink:href", "poster", "data", "srcset", "ping"):
            address = given.get(name) or ""
            if not _is_harmless(tag, name, address):
                self.wrong.append(f"<{tag} {name}={address[:80]}>")
        if tag == "script" and not (given.get("src") or "").startswith("/"):
            self.wrong.append("<script> without an address of ours")

    def handle_comment(self, data: str) -> None:
        """No page of ours has any."""
        self.wrong.append(f"<!--{data[:40]}-->")


_NEVER = ("img", "iframe", "object", "embed", "base", "style", "audio", "video", "source", "applet", "frame", "portal")


def _is_harmless(tag: str, name: str, address: str) -> bool:
    """Whether it leads to a page of ours; or is a link, to be followed by hand, to the web."""
    if tag == "a" and name == "href" and address.startswith(("http://", "https://")):
        return bool(urlsplit(address).hostname)
    return not address or (address[0] in "/#?" and not address.startswith(("//", "/\\")))


def wrong(page: str) -> list[str]:
    """What is in a page that no page of ours has."""
    made = Made()
    made.feed(page)
    made.close()
    hidden = [f"U+{ord(letter):04X}" for letter in ("\x1b", "\u202e", "\x00") if letter in page]
    return [*made.wrong, *hidden]
