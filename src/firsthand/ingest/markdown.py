"""Markdown -> Article: the text as a reader of the rendered page would see it, with its links and pictures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from html import escape
from typing import TYPE_CHECKING, Any

from firsthand.config import Settings
from firsthand.errors import InputError
from firsthand.ingest import rows
from firsthand.ingest.document import Document
from firsthand.ingest.flow import Paragraph, joined, paragraphs
from firsthand.ingest.furniture import same
from firsthand.ingest.html import parsed, resolve_links
from firsthand.ingest.media import media
from firsthand.ingest.plain import text_of
from firsthand.model import Article, Failure

if TYPE_CHECKING:
    from lxml.html import HtmlElement

LONGEST = 4 * 2**20
"""Characters of Markdown that are parsed: measured, 2.5 s for a million of prose, 8 s for a million of short lines."""

LONGEST_FRONT = 200
"""Lines of front matter; what goes on for longer is text between two rules."""

UNREAD = ("pre", "table")
"""Elements that hold code and tables: nobody's words."""

_FIELD = re.compile(r"([A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(.*))?$")
_OPENING = ("|", ">", "&", "!", "*", "{")
"""What a YAML value begins with that is more than one line of text."""


def read(document: Document, settings: Settings) -> Iterator[Article | Failure]:
    """The one article of a Markdown file. Raises InputError for one that is too long, binary or without text."""
    limits = replace(settings, max_characters=min(LONGEST, settings.max_characters))
    said, body = _front_matter(text_of(document, limits))
    tree = _rendered(body)
    parts, shown = paragraphs(tree), media(tree, {}, document.url)
    if not parts:
        raise InputError(document.origin, "holds no text" if body.strip() else "is empty")
    text, links = joined(_titled(parts, said))
    yield replace(_article(said, text, _title(parts, said), document, settings), links=links, media=shown)


def _article(
    said: Mapping[str, object], text: str, title: str | None, document: Document, settings: Settings
) -> Article:
    """The article with what its front matter says, found by the names that a table's columns may have."""
    fields = rows.columns(said)
    row = {field: rows.value(said, names) for field, names in fields.items()} | {"text": text, "title": title}
    row["url"] = row.get("url") or document.url
    return rows.article(row, {field: (field,) for field in row}, document.origin, settings)


def _title(parts: Sequence[Paragraph], said: Mapping[str, object]) -> str | None:
    """The front matter's title, else the first heading."""
    return _stated(said) or next((part.text for part in parts if part.heading), None)


def _titled(parts: list[Paragraph], said: Mapping[str, object]) -> list[Paragraph]:
    """The paragraphs, with the front matter's title above them where no heading says it."""
    title = _stated(said)
    shown = not title or any(part.heading and same(part.text, title) for part in parts)
    return parts if shown else [Paragraph(title or "", heading=True), *parts]


def _stated(said: Mapping[str, object]) -> str | None:
    names = rows.columns(said).get("title")
    return str(rows.value(said, names)) if names else None


def _rendered(body: str) -> HtmlElement:
    """The tree of a text in Markdown, without code, tables and HTML."""
    from lxml import etree
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    parser.validateLink = _any_link  # type: ignore[assignment, method-assign] # what leads nowhere becomes no link, below
    parser.add_render_rule("html_block", _nothing)
    parser.add_render_rule("html_inline", _space)
    parser.add_render_rule("code_inline", _as_text)
    tree = parsed(f"<body>{parser.render(body)}</body>")
    etree.strip_elements(tree, *UNREAD, with_tail=False)
    resolve_links(tree, None)
    return tree


def _any_link(_: str) -> bool:
    return True


def _nothing(*_: Any) -> str:
    return ""


def _space(_: Any, tokens: Sequence[Any], place: int, *__: Any) -> str:
    """A line break within a sentence keeps the words on its two sides apart; other tags leave nothing."""
    return " " if tokens[place].content.lower().startswith("<br") else ""


def _as_text(_: Any, tokens: Sequence[Any], place: int, *__: Any) -> str:
    """A word set as code stands in its sentence like any other."""
    return escape(tokens[place].content)


def _front_matter(text: str) -> tuple[dict[str, object], str]:
    """The `key: value` lines between two lines of dashes at the beginning, and the text after them."""
    lines = text.splitlines(keepends=True)
    if not lines or lines[0].rstrip() != "---":
        return {}, text
    end = next((n for n, line in enumerate(lines[1:LONGEST_FRONT], 1) if line.rstrip() in ("---", "...")), 0)
    if not end or not all(map(_is_yaml, lines[1:end])):
        return {}, text
    found = (_FIELD.match(line.rstrip()) for line in lines[1:end])
    fields = {match[1]: _value(match[2]) for match in found if match and match[2]}
    return {key: value for key, value in fields.items() if value}, "".join(lines[end + 1 :])


def _is_yaml(line: str) -> bool:
    return not line.strip() or line[0] in " \t#-" or _FIELD.match(line.rstrip()) is not None


def _value(value: str) -> str | list[str]:
    """What a line of YAML says, if it is text or a list of texts in brackets; else an empty string."""
    if value.startswith("[") and value.endswith("]"):
        return [_unquoted(item) for item in value[1:-1].split(",")]
    return "" if value.startswith(_OPENING) else _unquoted(value)


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "'\""
    return value[1:-1] if quoted else value.partition(" #")[0].rstrip()
