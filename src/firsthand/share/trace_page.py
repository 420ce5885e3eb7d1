"""What a claim rests on -> one self-contained HTML page: a drawing over time, and the tree below it.

Made as `page` makes its own: nothing of an article is trusted, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version

from jinja2 import Template
from markupsafe import Markup

from firsthand.model import Provenance
from firsthand.share.assets import asset, pages, policy
from firsthand.share.page import web_address
from firsthand.share.plain import one_line
from firsthand.share.trace_graph import Drawing, drawing
from firsthand.share.trace_tree import Line, tree
from firsthand.share.trace_words import Known, Names
from firsthand.share.wording import quoted

DEEPEST = 8
"""Steps to the right on the page; deeper ones stand below each other."""

MARGIN = 40
"""Pixels beside the drawing, both sides together."""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a part: `url` leads to the article's page, `key` is what the drawing leads to.

    `quote` and `by` are as in `Line`.
    """

    text: str
    depth: int
    note: bool
    key: str = ""
    url: str | None = None
    quote: str = ""
    by: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """A heading and its lines; `key` is what a root's box leads to."""

    heading: str
    rows: tuple[Row, ...]
    key: str = ""


def trace_page(
    found: Provenance, known: Known, article: str | None = None, others: Mapping[str, str] | None = None
) -> Iterator[str]:
    """The page, in parts to be written one after the other. `article` and `others`: as for `tree`."""
    drawn = drawing(found, Names(found, known))
    css = asset("paper.css", "drawing.css", "trace.css") + _fitting(drawn)
    lines = list(tree(found, known, article, others))
    return _template().generate(
        title=one_line(found.claim.text),
        headline=quoted(one_line(found.claim.text)),
        summary=[line.text for line in lines if line.kind == "summary"],
        parts=tuple(_parts(found, lines, known)),
        drawn=drawn,
        keys=_article_keys(found),
        root_keys=_root_keys(found),
        version=version("firsthand"),
        css=Markup(css),
        policy=policy(css, ""),
    )


def _fitting(drawn: Drawing) -> str:
    """Where the screen is narrower than the drawing, it is said that it scrolls."""
    return f"@media screen and (max-width: {drawn.width + MARGIN}px) {{ .more {{ display: block; }} }}\n"


def _parts(found: Provenance, lines: list[Line], known: Known) -> Iterator[Part]:
    """The tree's parts; an article is led to where it stands first."""
    articles, roots, placed = _article_keys(found), _root_keys(found), set[str]()
    heading, rows = Line(), list[Row]()
    for line in [
        *(line for line in lines if line.text and line.kind not in ("title", "summary")),
        Line(kind="heading"),
    ]:
        if line.kind != "heading":
            fresh = line.article is not None and line.article not in placed
            placed.add(line.article or "")
            url = web_address(known[line.article].url) if line.article and line.article in known else None
            key = articles[line.article] if fresh and line.article else ""
            rows.append(Row(line.text, min(line.depth, DEEPEST), line.kind == "note", key, url, line.quote, line.by))
            continue
        if heading.text:
            yield Part(
                heading.text.removesuffix(":"),
                tuple(rows),
                roots.get((heading.root or "", heading.text.split()[0]), ""),
            )
        heading, rows = line, []


def _article_keys(found: Provenance) -> dict[str, str]:
    """What the page calls each article."""
    articles = dict.fromkeys(one.article for one in found.claim.appearances)
    return {article: f"a{number}" for number, article in enumerate(articles, 1)}


def _root_keys(found: Provenance) -> dict[tuple[str, str], str]:
    """What the page calls each root, by its id and the word that its heading begins with."""
    groups = (("Root", "r", found.roots), ("Denial", "d", found.denials), ("Doubt", "q", found.doubts))
    return {(root.id, word): f"{sign}{number}" for word, sign, roots in groups for number, root in enumerate(roots, 1)}


@cache
def _template() -> Template:
    environment = pages()
    environment.globals["WORDS"] = {"support": "Root", "denies": "Denial", "doubts": "Doubt"}
    return environment.get_template("trace.html.jinja")
