"""A tree of marked-up text -> paragraphs, and paragraphs -> one text with its links at their offsets."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from firsthand.model import Link

if TYPE_CHECKING:
    from lxml.etree import _Element


def _tags(names: str) -> frozenset[str]:
    return frozenset(names.split())


GAP = "\n\n"
"""What stands between two paragraphs of an article's text."""

BLOCKS = _tags(
    "address article aside blockquote body caption code dd details div dl dt fab figcaption figure footer form h1 h2 h3"
    " h4 h5 h6 head header hr html item li list main nav ol p pre quote row section summary table tbody tr ul"
)
"""Elements that begin and end a paragraph: those of HTML and those of trafilatura."""

CELLS = frozenset(("cell", "td", "th"))
BREAKS = frozenset(("br", "lb"))
LINKS = {"a": "href", "ref": "target"}
HEADINGS = frozenset(("head", "h1", "h2", "h3", "h4", "h5", "h6"))
SILENT = _tags("audio button canvas iframe noscript object script select style svg template textarea title video")
"""Elements whose text is not the article's."""

SPACIOUS = 4
"""Characters of a page's source that are looked at for each one of a text that may be full of white space."""

_SPACE = re.compile(r"\s+")
_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
_SENTENCE_END = re.compile(r"[.!?…:][\"'”’»)\]]*$")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its text, its links at their offsets in it, and whether it is a heading."""

    text: str
    links: tuple[Link, ...] = ()
    heading: bool = False


def paragraphs(root: _Element) -> list[Paragraph]:
    """The paragraphs of a tree, in reading order. Iterative: a page may nest a hundred thousand elements."""
    from lxml import etree

    flow, silent = _Flow(), 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        if event == "start":
            silent += tag in SILENT
            flow.enter(tag, element)
        else:
            flow.leave(tag)
            silent -= tag in SILENT
        said = element.text if event == "start" else element.tail if element is not root else None
        if said and not silent:
            flow.say(said)
    return flow.finished()


def joined(parts: Iterable[Paragraph]) -> tuple[str, tuple[Link, ...]]:
    """One text of many paragraphs, with every link where it stands in that text."""
    texts, links, offset = [], [], 0
    for part in parts:
        texts.append(part.text)
        links += [Link(link.start + offset, link.end + offset, link.url) for link in part.links]
        offset += len(part.text) + len(GAP)
    return GAP.join(texts), tuple(links)


def plain(text: str) -> str:
    """Text as a browser would show it: runs of white space as one space, invisible characters gone."""
    return _SPACE.sub(" ", _UNSEEN.sub("", text)).strip()


def beginning(element: _Element, limit: int) -> str:
    """The first `limit` characters of an element's text, at a cost that does not grow with what follows."""
    pieces, room = [], SPACIOUS * limit
    for piece in element.itertext():
        pieces.append(piece[:room])
        room -= len(pieces[-1])
        if room <= 0:
            break
    return plain("".join(pieces))[:limit].rstrip()


class _Flow:
    """Collects what a walk over a tree comes across."""

    def __init__(self) -> None:
        self._done: list[Paragraph] = []
        self._heading = False
        self._links: list[Link] = []
        self._open: list[tuple[int, int, str]] = []  # pieces and characters before the anchor, address
        self._pieces: list[str] = []
        self._length = 0

    def enter(self, tag: str, element: _Element) -> None:
        if tag in BLOCKS:
            self._end()
            self._heading = tag in HEADINGS
        elif tag in CELLS and self._length:
            self.say(" | ")
        elif tag in BREAKS:
            self._break()
        elif tag in LINKS:
            self._open.append((len(self._pieces), self._length, element.get(LINKS[tag]) or ""))

    def leave(self, tag: str) -> None:
        if tag in LINKS and self._open:
            self._close_link()
        elif tag in BLOCKS:
            self._end()

    def say(self, text: str) -> None:
        text = _SPACE.sub(" ", _UNSEEN.sub("", text))
        if not self._pieces or self._pieces[-1][-1] in " \n":
            text = text.lstrip()
        self._add(text)

    def finished(self) -> list[Paragraph]:
        self._end()
        return self._done

    def _add(self, text: str) -> None:
        if text:
            self._pieces.append(text)
            self._length += len(text)

    def _break(self) -> None:
        """A line break. Two of them are how old pages mark a paragraph; after a sentence one is enough."""
        if not self._pieces:
            return
        last = self._pieces.pop()
        self._length -= len(last)
        self._add(last.rstrip(" "))
        before = "".join(self._pieces[-2:])
        if before.endswith("\n") or _SENTENCE_END.search(before[-4:]):
            self._end()
        else:
            self._add("\n")

    def _close_link(self) -> None:
        piece, start, url = self._open.pop()
        anchor = "".join(self._pieces[piece:])
        end = start + len(anchor.rstrip())
        start += len(anchor) - len(anchor.lstrip())
        if url and start < end:
            self._links.append(Link(start, end, url))

    def _end(self) -> None:
        text = "".join(self._pieces).rstrip()
        if text:
            self._done.append(Paragraph(text, tuple(sorted(self._links, key=_place)), self._heading))
        # A link around several paragraphs goes on at the next one's beginning.
        self._links, self._pieces, self._length = [], [], 0
        self._open = [(0, 0, url) for _, _, url in self._open]


def _place(link: Link) -> tuple[int, int]:
    return link.start, link.end
