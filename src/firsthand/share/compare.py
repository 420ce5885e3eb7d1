"""Derivations -> one self-contained HTML page: two texts side by side, what they share tinted and numbered.

Made as `page` makes its own: nothing of an article is trusted, and nothing is fetched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.metadata import version
from itertools import chain, groupby
from urllib.parse import urlsplit

from jinja2 import Template
from markupsafe import Markup

from firsthand.model import Alignment, AlignmentKind, Article, Derivation
from firsthand.share.assets import asset, pages, policy
from firsthand.share.lineage import ALIGNMENTS, Fetched, first_words, name, only_words, share_words, time_of, when
from firsthand.share.page import has_lines, is_headline, language_tag, web_address
from firsthand.share.plain import one_line, plain, plain_lines
from firsthand.share.stretches import Piece, Tint, paragraphs, tints
from firsthand.share.titles import Title, title_of

TIES = 5
"""Ties that are named."""

FOLDED = 400
"""Characters of paragraphs that share nothing from which a phone folds them away: ten lines there, chosen by eye."""

Paragraph = tuple[Piece, ...]

ROLES = {False: ("Earlier", "Later"), True: ("One article", "The other")}
"""What the two sides are called, by whether it is not known which came first."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two articles and all that their texts share, quotations and boilerplate too.

    `derivation` is None where they share only such.
    """

    earlier: Article
    later: Article
    alignments: tuple[Alignment, ...]
    derivation: Derivation | None


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that follow each other. `folds` if none shares anything and they are long: a phone folds them away."""

    paragraphs: tuple[Paragraph, ...]
    folds: bool


@dataclass(frozen=True, slots=True)
class Side:
    """One of two articles as the template sets it. `key` begins the ids of its stretches, `other` those across."""

    key: str
    other: str
    role: str
    title: Title
    headline: Paragraph
    body: tuple[Block, ...]
    outlet: str
    time: datetime | None
    when: str
    url: str | None
    host: str
    language: str | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """One comparison as the template sets it. `facts` are what was found, each with its name; `kinds` by number."""

    number: int
    heading: str
    facts: tuple[tuple[str, str], ...]
    kinds: dict[int, AlignmentKind]
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the list on top: the sheet it leads to, the other article, and what was found."""

    number: int
    title: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """A part of the list on top."""

    heading: str
    lines: tuple[Line, ...]


def compare(
    comparisons: Sequence[Comparison],
    about: Article | None = None,
    known: Mapping[str, Article] | None = None,
    left_out: int = 0,
    fetched: Fetched | None = None,
) -> Iterator[str]:
    """The page, in parts to be written one after the other.

    `about` is the article that all of them are of, where there is one. `known` are articles by id, to name origins and
    ties by. `left_out` is how many comparisons more there would be. `fetched` is when articles were fetched, by id.
    """
    css, script = asset("paper.css", "compare.css"), asset("compare.js")
    known, fetched = known or {}, fetched or {}
    sheets = [sheet(number, found, known, fetched) for number, found in enumerate(comparisons, start=1)]
    return _template().generate(
        title=_title(comparisons, about),
        about=about,
        about_time=about and time_of(about, fetched),
        about_when=about and when(about, fetched),
        groups=tuple(_groups(comparisons, about, fetched)),
        sheets=sheets,
        left_out=left_out,
        version=version("firsthand"),
        css=Markup(css),
        script=Markup(script),
        policy=policy(css, script),
    )


def sheet(number: int, found: Comparison, known: Mapping[str, Article], fetched: Fetched) -> Sheet:
    """What the template needs of one comparison; `number` counts those of the page, from 1."""
    left, right = tints(found.earlier.text, found.later.text, found.alignments)
    unknown = found.derivation is None or found.derivation.direction == "undetermined"
    one, other = ROLES[unknown]
    keys = f"e{number}", f"l{number}"
    return Sheet(
        number,
        _heading(found),
        tuple(_facts(found, known)),
        {tint.number: tint.kind for tint in left},
        (
            _side(found.earlier, one, left, keys, fetched),
            _side(found.later, other, right, (keys[1], keys[0]), fetched),
        ),
    )


def _side(article: Article, role: str, tinted: Sequence[Tint], keys: tuple[str, str], fetched: Fetched) -> Side:
    title, url = title_of(article), web_address(article.url)
    headline, *body = [*paragraphs(article.text, tinted)] or [()]
    if not is_headline(headline, title):
        headline, body = (), [headline, *body]
    return Side(
        key=keys[0],
        other=keys[1],
        role=role,
        title=title,
        headline=headline,
        body=tuple(_blocks(body)),
        outlet=one_line(article.outlet or ""),
        time=time_of(article, fetched),
        when=when(article, fetched),
        url=url,
        host=plain(urlsplit(url).hostname or "") if url else "",
        language=language_tag(article.language),
    )


def _blocks(body: Iterable[Paragraph]) -> Iterator[Block]:
    for shares, run in groupby(body, key=lambda paragraph: any(piece.tints for piece in paragraph)):
        found = tuple(run)
        yield Block(found, not shares and sum(len(piece.text) for piece in chain(*found)) >= FOLDED)


def _heading(found: Comparison) -> str:
    if found.derivation is None:
        return only_words(found.alignments).capitalize()
    kind, share = found.derivation.kind.capitalize(), share_words(found.derivation)
    which = "other" if found.derivation.direction == "undetermined" else "later"
    return f"{kind}: {share} of the {which} article’s own words are shared"


def _facts(found: Comparison, known: Mapping[str, Article]) -> Iterator[tuple[str, str]]:
    derivation = found.derivation
    if derivation is None:
        return
    yield "came first", first_words(derivation, found.earlier, found.later)
    yield "why", one_line(derivation.reason)
    if derivation.origin != derivation.earlier:
        yield "known first from", _named(derivation.origin, known)
    if derivation.ties:
        yield "or as well from", _several(derivation.ties, known)


def _several(ids: Sequence[str], known: Mapping[str, Article]) -> str:
    more = f"; and {len(ids) - TIES:,} more" if len(ids) > TIES else ""
    return "; ".join(_named(one, known) for one in ids[:TIES]) + more


def _named(article_id: str, known: Mapping[str, Article]) -> str:
    return name(known[article_id]) if article_id in known else one_line(article_id)


def _title(comparisons: Sequence[Comparison], about: Article | None) -> str:
    if about:
        return title_of(about).shown
    return f"{len(comparisons)} comparisons" if len(comparisons) != 1 else title_of(comparisons[0].later).shown


def _groups(comparisons: Sequence[Comparison], about: Article | None, fetched: Fetched) -> Iterator[Group]:
    """What the article has from others, who has it from the article, and what cannot be told or is no derivation."""
    of: dict[str, list[Line]] = {}
    for number, found in enumerate(comparisons, start=1):
        of.setdefault(_group(found, about), []).append(_line(number, found, about, fetched))
    return (Group(heading, tuple(lines)) for heading, lines in of.items())


def _group(found: Comparison, about: Article | None) -> str:
    if found.derivation is None:
        return "Not copies"
    if about is None:
        return "Derivations"
    if found.derivation.direction == "undetermined":
        return "Shares wording with, and nothing tells which came first"
    return "Has wording from" if found.later.id == about.id else "Its wording is also in"


def _line(number: int, found: Comparison, about: Article | None, fetched: Fetched) -> Line:
    if about is None:
        return Line(number, f"{name(found.earlier)} → {name(found.later)}", tuple(_line_facts(found, None, fetched)))
    other = found.earlier if found.later.id == about.id else found.later
    return Line(number, title_of(other).shown, tuple(_line_facts(found, other, fetched)))


def _line_facts(found: Comparison, other: Article | None, fetched: Fetched) -> Iterator[str]:
    if other and other.outlet:
        yield one_line(other.outlet)
    if other and (time := when(other, fetched)):
        yield time
    derivation = found.derivation
    yield f"{derivation.kind}, {share_words(derivation)}" if derivation else only_words(found.alignments)


@cache
def _template() -> Template:
    environment = pages()
    environment.globals["ALIGNMENTS"] = ALIGNMENTS
    environment.filters.update(has_lines=has_lines, shown=plain_lines, title_of=title_of)
    return environment.get_template("compare.html.jinja")
