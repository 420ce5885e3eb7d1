"""The action of `firsthand copies ID`: who has wording from whom, of one article of the library."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from firsthand.cli.compiling import compiling_told
from firsthand.cli.library import opened
from firsthand.cli.main import complain
from firsthand.cli.output import Output
from firsthand.cli.shape import width_of, wrapped
from firsthand.cli.sketching import catch_up
from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.model import Alignment, Article, Derivation, Span
from firsthand.pipeline import carries_credit
from firsthand.reuse import align, derivations, sketch
from firsthand.share import lineage
from firsthand.share.compare import Comparison, compare
from firsthand.share.lines import line
from firsthand.share.plain import one_line, words_of
from firsthand.share.titles import by_text, title_of

MOST = 10_000
"""Versions that an article is compared with: those of the library that share most with it."""

ON_A_PAGE = 100
"""Comparisons of one page: each has two whole texts, and a browser slows down beyond some megabytes."""

SHOWN = 160
"""Characters of shared wording in the table."""

TIES = 3
"""Ties that the table names."""

GROUPS = {
    "later": "Has wording from",
    "earlier": "Its wording is also in",
    "undetermined": "Shares wording with, and nothing tells which came first",
}


@dataclass(frozen=True, slots=True)
class Lineage:
    """What an article and others of the library have from each other. `known` are all of them by id, itself too.

    `fetched` is when each was fetched, where that is known, `versions` which version of it was compared, both by id;
    `boilerplate` are fingerprints of the article.
    """

    article: Article
    derivations: tuple[Derivation, ...]
    known: dict[str, Article]
    fetched: dict[str, datetime]
    versions: dict[str, int]
    boilerplate: frozenset[int]


def run(asked: argparse.Namespace, name: str) -> int:
    """Show what is asked of the article that is called `name`. Raises FirsthandError, BrokenPipeError."""
    with compiling_told():
        with opened(asked) as library:
            _catch_up(library)
            found = lineage_of(library, name)
        with Output(asked.output, keep_encoding=asked.format == "table") as output:
            output.write_all(_written(found, asked.format, width_of(output)))
    return 0


def _catch_up(library: Library) -> None:
    """Where the library may only be read, what it lacks is told: that nothing was found there is not known."""
    try:
        catch_up(library)
    except LibraryError as error:
        complain(f"{error}; so {library.behind():,} of its texts were not looked at")


def lineage_of(library: Library, name: str) -> Lineage:
    """What the newest version of an article and others have from each other. Raises LibraryError."""
    stored = library.article(name)
    article = by_text(stored.article)
    related = library.sharing(article.text, sketch, MOST, but=article.id)
    fetched = related.fetched | ({article.id: stored.fetched} if stored.fetched else {})
    here, *candidates = (timed(one, fetched.get(one.id)) for one in (article, *related.articles))
    found = derivations(here, candidates, related.boilerplate, carries_credit)
    known = {one.id: by_text(one) for one in related.articles} | {article.id: article}
    ordered = sorted(found, key=lambda one: (list(GROUPS).index(_group(one, article)), -one.share))
    versions = related.versions | {article.id: stored.number}
    return Lineage(article, tuple(ordered), known, fetched, versions, related.boilerplate)


def timed(article: Article, fetched: datetime | None) -> Article:
    """The article with the time when it was fetched, where it does not say when it was published."""
    return article if article.published else replace(article, published=fetched)


def _written(found: Lineage, form: str, width: int | None) -> Iterable[str]:
    if form == "html":
        return _page(found)
    return map(line, _records(found)) if form == "jsonl" else (f"{row}\n" for row in _table(found, width))


def _records(found: Lineage) -> Iterator[dict[str, object]]:
    for one in found.derivations:
        numbers = {f"{side}_version": found.versions[getattr(one, side)] for side in ("earlier", "later")}
        yield lineage.record(one) | numbers


def _page(found: Lineage) -> Iterator[str]:
    shown = found.derivations[:ON_A_PAGE]
    comparisons = [_comparison(one, found) for one in shown]
    return compare(comparisons, found.article, found.known, len(found.derivations) - len(shown), found.fetched)


def _comparison(one: Derivation, found: Lineage) -> Comparison:
    earlier, later = found.known[one.earlier], found.known[one.later]
    return Comparison(earlier, later, (*one.passages, *besides(one, earlier, later, found.boilerplate)), one)


def besides(one: Derivation, earlier: Article, later: Article, boilerplate: frozenset[int]) -> Iterator[Alignment]:
    """What the two share besides the passages: the same quotation, boilerplate."""
    spans = [(passage.earlier, passage.later) for passage in one.passages]
    for other in align(_blanked(earlier.text, [a for a, _ in spans]), _blanked(later.text, [b for _, b in spans])):
        if any(_overlap(other, passage) for passage in one.passages):
            continue
        if other.kind == "quotation":
            yield other
        elif boilerplate & set(sketch(later.text[slice(*other.later)]).tolist()):
            yield replace(other, kind="boilerplate")


def _blanked(text: str, spans: Iterable[Span]) -> str:
    """`text` with nothing in these spans, and all else where it was."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _overlap(one: Alignment, other: Alignment) -> bool:
    return one.later[0] < other.later[1] and other.later[0] < one.later[1]


def _table(found: Lineage, width: int | None) -> Iterator[str]:
    article = found.article
    yield title_of(article).shown
    yield " · ".join(_facts(article, found))
    if not found.derivations:
        yield ""
        yield "No other article of the library shares wording with it that is more than a quotation or boilerplate."
    for group, heading in GROUPS.items():
        members = [one for one in found.derivations if _group(one, article) == group]
        if members:
            yield ""
            yield f"{heading}: {len(members)}"
        for one in members:
            yield ""
            yield from _rows(one, found, width)


def _rows(one: Derivation, found: Lineage, width: int | None) -> Iterator[str]:
    """One derivation: the other article, what was found, the longest shared wording, origin and ties."""
    earlier, later = found.known[one.earlier], found.known[one.later]
    other = earlier if later is found.article else later
    yield from _indented(title_of(other).shown, width, 2)
    yield from _indented(" · ".join(_facts(other, found)), width, 4)
    told = "" if one.direction == "undetermined" else f"; {lineage.first_words(one, earlier, later)}"
    yield from _indented(f"{one.kind}, {lineage.share_words(one)}{told}", width, 4)
    yield from _indented(f"“{_wording(one, later)}”", width, 4)
    if one.origin != one.earlier:
        yield from _indented(f"known first from {_named(one.origin, found)}", width, 4)
    for tie in one.ties[:TIES]:
        yield from _indented(f"or as well from {_named(tie, found)}", width, 4)
    if len(one.ties) > TIES:
        yield from _indented(f"or as well from {len(one.ties) - TIES:,} more, which jsonl names", width, 4)


def _indented(text: str, width: int | None, by: int) -> Iterator[str]:
    return (" " * by + row for row in wrapped(text, width and max(width - by, 20)))


def _facts(article: Article, found: Lineage) -> Iterator[str]:
    if article.outlet:
        yield one_line(article.outlet)
    if time := lineage.when(article, found.fetched):
        yield time
    yield article.id


def _wording(one: Derivation, later: Article) -> str:
    """How the longest passage begins."""
    longest = max((passage.later for passage in one.passages), key=lambda span: span[1] - span[0])
    words = words_of(later.text, (longest,))
    return words if len(words) <= SHOWN else f"{words[:SHOWN].rpartition(' ')[0] or words[:SHOWN]} …"


def _named(article_id: str, found: Lineage) -> str:
    known = found.known.get(article_id)
    return f"{article_id} ({lineage.name(known)})" if known else one_line(article_id)


def _group(one: Derivation, article: Article) -> str:
    if one.direction == "undetermined":
        return "undetermined"
    return "later" if one.later == article.id else "earlier"
