"""What a claim rests on as its page shows it: a card for each root, and the articles that hang on it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import quote

from firsthand.library.slugs import outlet_key, source_key
from firsthand.model import Appearance, Root
from firsthand.share.plain import one_line
from firsthand.share.titles import by_text, title_of
from firsthand.share.trace_branches import Branches
from firsthand.share.trace_quotes import telling, words_for
from firsthand.share.trace_tree import how
from firsthand.share.trace_words import correcting, count, several
from firsthand.web.claim_found import Found

DEEPEST = 8
"""Steps to the right in the list of a root; deeper ones stand below each other."""

GROUPS = (("support", "", "r"), ("denies", "D", "d"), ("doubts", "?", "q"))
"""What roots do to the claim; the sign before their numbers; what their places on the page are called by."""

KINDS = {
    "on the record": "on the record",
    "unnamed": "unnamed",
    "document": "a document",
    "eyewitness": "an eyewitness",
    "outlet's own": "the outlet’s own word",
    "outlet not here": "an outlet of which nothing is here",
    "unknown": "not told who",
}

HANDS = {
    True: "first-hand",
    False: "not first-hand",
    None: "whether it is first-hand could not be looked for",
}


@dataclass(frozen=True, slots=True)
class Told:
    """An article to be named: where it leads, by what words; each "" where it is not known."""

    article: str
    href: str
    outlet: str
    when: str
    title: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """An article in the list of a root, `depth` steps to the right: `how` it has it from what stands above it.

    `ids`: its statements, if it is listed here first; `lost`: what fell away on the way into it; `words` are what it
    says, `by` whose word that is.
    """

    told: Told
    depth: int
    how: str
    lost: str
    words: str
    by: str
    ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Card:
    """A root. `key`: its place on the page; `side` as in `GROUPS`; `id`: the root's own; `page`: the source's, if any.

    `articles` hang on it, `more` of them besides `first`, which without times is any; `correcting` more say that it was
    wrong. `hand` is True, False or None as in the model. `words`: what `first` says, best where it names the root.
    """

    key: str
    number: str
    side: str
    id: str
    name: str
    page: str
    kind: str
    unnamed: bool
    hand: bool | None
    hand_words: str
    anonymity: str
    reason: str
    first: Told
    articles: str
    more: int
    correcting: int
    through: str
    withdrawn: bool
    words: str
    by: str
    rows: tuple[Row, ...]


def cards(found: Found) -> tuple[Card, ...]:
    """All roots, those that support the claim first, then those that deny it, then those that doubt it."""
    provenance, listing = found.provenance, _Listing(found)
    groups = (provenance.roots, provenance.denials, provenance.doubts)
    return tuple(
        _card(root, group, number, listing)
        for group, roots in zip(GROUPS, groups, strict=True)
        for number, root in enumerate(roots, 1)
    )


def others(found: Found, shown: Iterable[Card]) -> tuple[Row, ...]:
    """The articles that hang on no root: those that only correct the claim."""
    listed = {row.told.article for card in shown for row in card.rows}
    left = dict.fromkeys(one.article for one in found.claim.appearances if one.article not in listed)
    listing = _Listing(found)
    return tuple(listing.row(article, 0, "", (), set()) for article in left)


def told(found: Found, article: str, appearance: Appearance | None = None) -> Told:
    """An article by its id; it leads to where this statement stands, or to its first."""
    names, known = found.names, found.known.get(article)
    one = appearance or names.stated(article)[0]
    title = title_of(by_text(known)).shown if known else ""
    return Told(
        article, href(one), names.outlet(article), names.when(article), title, (known.language or "") if known else ""
    )


def href(one: Appearance) -> str:
    """Where a statement stands in its article."""
    return f"/articles/{quote(one.article, safe='')}#at-{one.spans[0][0]}"


class _Listing:
    """What the cards and lists of all roots are made of; what is asked for more than once is worked out once."""

    def __init__(self, found: Found) -> None:
        self.found, self.branches = found, Branches(found.provenance)
        self.correcting = correcting(found.provenance)
        self._listed, self._told = set[str](), dict[tuple[str, int], Told]()

    def rows(self, root: Root, below: set[str]) -> Iterator[Row]:
        """By a stack of our own: chains of copies can be longer than Python lets functions call each other."""
        waiting = [(twig, 0) for twig in reversed(self.branches.twigs(root))]
        while waiting:
            twig, depth = waiting.pop()
            said = how(twig.edge, root, self.found.names)
            yield self.row(twig.article, min(depth, DEEPEST), said, twig.lost, below)
            waiting += [(after, depth + 1) for after in reversed(twig.twigs)]

    def row(self, article: str, depth: int, said: str, lost: tuple[str, ...], below: set[str]) -> Row:
        """A line for an article that hangs on a root by what is `below` it."""
        stated = self.found.names.stated(article)
        one = telling(stated, below)
        ids = () if article in self._listed else tuple(said.id for said in stated)
        self._listed.add(article)
        fell = f"drops the {' and the '.join(lost)}" if lost else ""
        return Row(self._of(article, one), depth, said, fell, *words_for([one], below), ids)

    def _of(self, article: str, one: Appearance) -> Told:
        key = article, one.spans[0][0]
        if key not in self._told:
            self._told[key] = told(self.found, article, one)
        return self._told[key]


def _card(root: Root, group: tuple[str, str, str], number: int, listing: _Listing) -> Card:
    (side, sign, key), found = group, listing.found
    below = listing.branches.resting(root)
    stated = found.names.stated(root.first)
    named = {one.id for one in stated} & set(root.stated)  # those of several parties, not one sentence of them all
    words, by = words_for(stated, named or below)
    carrying = [article for article in root.articles if article not in listing.correcting]
    return Card(
        key=f"{key}{number}",
        number=f"{sign}{number}",
        side=side,
        id=root.id,
        name=one_line(root.name),
        page=page_of(root),
        kind=KINDS[root.kind],
        unnamed=root.kind == "unnamed",
        hand=root.first_hand,
        hand_words=HANDS[root.first_hand],
        anonymity=one_line(root.anonymity or ""),
        reason=_sentence(root.reason),
        first=told(found, root.first, _stated(root, found)),
        articles=count(len(carrying), "article"),
        more=sum(article != root.first for article in carrying),
        correcting=len(root.articles) - len(carrying),
        through=several(root.through),
        withdrawn=root.withdrawn,
        words=words,
        by=by,
        rows=tuple(listing.rows(root, below)),
    )


def page_of(root: Root) -> str:
    """Where all is told that this source said; "" of an outlet's own word, and of nobody."""
    if root.kind == "outlet not here":
        return f"/outlets/{outlet_key(root.name)}"
    return f"/sources/{source_key(root.name)}" if root.kind in _SOURCES else ""


_SOURCES = frozenset(["on the record", "unnamed", "document", "eyewitness"])


def _sentence(words: str) -> str:
    line = one_line(words)
    return line[:1].upper() + line[1:]


def _stated(root: Root, found: Found) -> Appearance | None:
    """What the first to carry it says of it."""
    own = set(root.stated)
    return next((one for one in found.names.stated(root.first) if one.id in own), None)
