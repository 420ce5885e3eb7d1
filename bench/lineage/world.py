"""A world of articles: originals, and everything that is derived from them, each with its lineage."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Literal

from bench.lineage import credits, edits, originals, quotations
from bench.lineage.edits import Words
from bench.lineage.furniture import Outlet, furnished, outlets
from bench.lineage.originals import Original
from bench.lineage.page import Draft, Page, Paragraph, derived, new, page

WORLD = 5_000
"""Articles of a whole world. A smaller set takes as small a part of the originals."""
HOSTS, TIMELESS = 0.2, 0.16
"""Shares of the originals that others stand in, and of those that are shared without times."""
REWRITES = {"rewrite 10%": 0.10, "rewrite 15%": 0.15, "rewrite 20%": 0.20, "rewrite 25%": 0.25}
WEIGHTS = {"verbatim": 6, "shortened": 6, "chain": 4, "credit added": 2, "credit stripped": 2} | dict.fromkeys(
    REWRITES, 5
)
"""How often each case comes, after originals, excerpts and articles without times have their own."""
WIRED = 0.15
"""Share of originals that credit an agency."""
SECOND_HAND = 0.2
"""Share of derived articles that are taken from a copy instead of from the original."""
TWO_PARENTS = 0.15
"""Share of articles with an excerpt that have one from a second article."""
NEW_HEADLINE = 0.5
SAME_OUTLET = 0.1
ARTICLES_OF_AN_OUTLET = 80
ENOUGH_PARAGRAPHS, ENOUGH_WORDS = 6, 150
"""What an original must have to be derived from."""

Direction = Literal["time", "credit", "containment", "undetermined"]
Quoted = dict[int, list[tuple[int, str]]]
"""By number of an original: the press conferences it quotes, and the paragraph to add; "" where it stands already."""


@dataclass(frozen=True, slots=True)
class Made:
    """An article, and where it comes from.

    `parents` are ids; empty for an original. `direction` is what tells which of the two came first. `roots` are the
    originals behind it. `events` are the press conferences that it or an article behind it quotes. `number` is an
    original's place among the originals.
    """

    page: Page
    outlet: Outlet
    published: datetime | None
    case: str
    parents: tuple[str, ...] = ()
    direction: Direction = "time"
    roots: frozenset[str] = frozenset()
    events: frozenset[int] = frozenset()
    number: int | None = None

    @property
    def id(self) -> str:
        """The page's id."""
        return self.page.id


class World:
    """Articles of one seed. World 0 is PolNeAR's own texts; in the others words are exchanged. Raises MissingData."""

    def __init__(self, number: int, size: int, seed: str) -> None:
        self.rng = random.Random(f"{seed}/world/{number}")
        self.number, self.size = number, size
        every = originals.world(number, seed)
        self.found = self.rng.sample(every, max(12, round(len(every) * min(1, size / WORLD))))
        self.words = Words([text for one in every for text in one.paragraphs])
        self.outlets = outlets(max(12, size // ARTICLES_OF_AN_OUTLET), self.words, self.rng)
        self.made: list[Made] = []

    def fill(self) -> list[Made]:
        """All articles, originals first."""
        hosts, timeless, sources, rest = self._parted()
        quoted = _with_quotations(self.found, [*sources, *rest], self.rng)
        roots = [self._original(number, quoted, timed=True) for number in [*sources, *rest]]
        for number in timeless:
            self._shared_without_times(number, quoted)
        self._excerpts(hosts, roots[: len(sources)])
        self._derive(roots[: len(sources)])
        del self.made[self.size :]
        return list(self.made)

    def _parted(self) -> tuple[list[int], list[int], list[int], list[int]]:
        """Numbers of the originals that are hosts, timeless, derived from, and only there."""
        long = [number for number, one in enumerate(self.found) if _long(one)]
        hosts = long[: round(HOSTS * len(long))]
        unsigned = [number for number in long[len(hosts) :] if not self.found[number].names_an_agency]
        timeless = unsigned[: round(TIMELESS * len(long))]
        sources = [number for number in long[len(hosts) :] if number not in timeless]
        rest = [number for number in range(len(self.found)) if number not in {*hosts, *timeless, *sources}]
        return hosts, timeless, sources, rest

    def _original(self, number: int, quoted: Quoted, timed: bool) -> Made:
        one, rng = self.found[number], self.rng
        paragraphs = [new(text) for text in one.paragraphs]
        for text in (text for _, text in quoted.get(number, ()) if text):
            paragraphs.insert(rng.randrange(1, len(paragraphs) + 1), new(text))
        draft: Draft = (new(one.headline, "headline"), *paragraphs)
        wired = timed and not one.names_an_agency and rng.random() < WIRED
        draft = credits.credited(draft, rng) if wired else draft
        published = _moment(one.date, rng) if timed else None
        events = frozenset(event for event, _ in quoted.get(number, ()))
        case = "original, credited" if wired else "original"
        return self._add(draft, Made(_BLANK, rng.choice(self.outlets), published, case, events=events, number=number))

    def _add(self, draft: Draft, made: Made) -> Made:
        name = f"{self.number}.{len(self.made)}"
        finished = page(name, furnished(draft, made.outlet, self.rng))
        made = replace(made, page=finished, roots=made.roots or frozenset({name}))
        self.made.append(made)
        return made

    def _child(self, parents: Sequence[Made], case: str, draft: Draft) -> Made:
        first, *more = parents
        latest = max((parent.published for parent in parents if parent.published), default=None)
        made = replace(
            Made(_BLANK, self._outlet(first), latest and latest + _lag(self.rng), case),
            parents=tuple(parent.id for parent in parents),
            roots=first.roots.union(*(parent.roots for parent in more)),
            events=first.events.union(*(parent.events for parent in more)),
        )
        return self._add(draft, made)

    def _outlet(self, parent: Made) -> Outlet:
        return parent.outlet if self.rng.random() < SAME_OUTLET else self.rng.choice(self.outlets)

    def _shared_without_times(self, number: int, quoted: Quoted) -> None:
        """An article and one that has it, of which only a credit, or that one is a part, or nothing tells the first."""
        direction: Direction = self.rng.choice(("credit", "containment", "undetermined"))
        parent = self._original(number, quoted, timed=False)
        if direction == "credit":
            self.made.pop()
            parent = self._add(credits.credited(_plain(parent), self.rng), parent)
        copied = self._copied(parent)
        whole = edits.lightly(copied, self.rng.choice((0, 0.05)), self.words, self.rng)
        draft = edits.shortened(copied, self.rng) if direction == "containment" else whole
        child = self._child([parent], f"no times, {direction}", draft)
        self.made[-1] = replace(child, direction=direction)

    def _excerpts(self, hosts: Sequence[int], sources: Sequence[Made]) -> None:
        """Paragraphs of one article, or of two, inside what is otherwise another."""
        for number in hosts:
            for piece in self._pieces(self.found[number]):
                parents = self.rng.sample(sources, 2 if self.rng.random() < TWO_PARENTS else 1)
                inside = [edits.excerpt(self._copied(parent), self.rng) for parent in parents]
                self._child(parents, "embedded", self._embedded(piece, inside))

    def _pieces(self, host: Original) -> Iterator[list[Paragraph]]:
        """A host cut into parts that share nothing, of 150 words or more."""
        piece: list[Paragraph] = []
        least = self.rng.randint(150, 450)
        for text in host.paragraphs:
            piece.append(new(text))
            if edits.count(piece) >= least:
                yield piece
                piece, least = [], self.rng.randint(150, 450)

    def _embedded(self, host: Sequence[Paragraph], inside: Sequence[Draft]) -> Draft:
        paragraphs = list(host)
        for excerpt in inside:
            edges = [at for at in range(1, len(paragraphs) + 1) if not _sourced(paragraphs, at)]
            at = self.rng.choice(edges)
            paragraphs[at:at] = excerpt
        return (self._headline(), *paragraphs)

    def _derive(self, sources: Sequence[Made]) -> None:
        credited = [one for one in sources if one.case == "original, credited"] or sources
        plain = [one for one in sources if one.case == "original"]
        families: dict[str, list[Made]] = {one.id: [one] for one in sources}
        cases = [case for case, weight in WEIGHTS.items() for _ in range(weight)]
        while len(self.made) < self.size:
            case = self.rng.choice(cases)
            root = self.rng.choice({"credit added": plain, "credit stripped": credited}.get(case, sources))
            family = families[root.id]
            parent = self.rng.choice(family) if self.rng.random() < SECOND_HAND and "credit" not in case else root
            family.extend(one for one in self._case(case, parent) if one.case.startswith(("verbatim", "rewrite 10")))

    def _case(self, case: str, parent: Made) -> Iterator[Made]:
        copied = self._copied(parent)
        if case == "chain":
            middle = self._child([parent], "chain, middle", self._altered(copied))
            yield self._child([middle], "chain, end", self._altered(self._copied(middle)))
        else:
            yield self._child([parent], case, self._altered_as(case, copied))

    def _altered_as(self, case: str, draft: Draft) -> Draft:
        if case == "shortened":
            return edits.shortened(draft, self.rng)
        if case == "credit added":
            return credits.credited(draft, self.rng)
        rate = REWRITES.get(case)
        return edits.rewritten(draft, rate, self.words, self.rng) if rate else draft

    def _altered(self, draft: Draft) -> Draft:
        draft = edits.shortened(draft, self.rng) if self.rng.random() < 0.3 and len(edits.body(draft)) > 5 else draft
        return edits.rewritten(draft, self.rng.uniform(0.04, 0.12), self.words, self.rng)

    def _copied(self, parent: Made) -> Draft:
        """What a copy starts from: the parent without furniture and credits, half the time under another headline."""
        draft = credits.without(derived(parent.page))
        if self.rng.random() < NEW_HEADLINE:
            return (self._headline(), *edits.body(draft))
        return draft

    def _headline(self) -> Paragraph:
        return new(self.words.line(self.rng, self.rng.randint(6, 11)), "headline")


_BLANK = Page("", (), "", ())


def _plain(made: Made) -> Draft:
    return tuple(paragraph for paragraph in made.page.draft if paragraph.role != "furniture")


def _sourced(paragraphs: Sequence[Paragraph], at: int) -> bool:
    """Whether a cut before paragraph `at` would go through an excerpt."""
    return at < len(paragraphs) and any(line.origin for p in paragraphs[at - 1 : at + 1] for line in p.sentences)


def _long(one: Original) -> bool:
    return len(one.paragraphs) >= ENOUGH_PARAGRAPHS and one.words >= ENOUGH_WORDS


def _with_quotations(found: Sequence[Original], numbers: Sequence[int], rng: random.Random) -> Quoted:
    put: Quoted = {}
    among = [found[number] for number in numbers]
    for event, (first, text, others) in enumerate(quotations.events(among, rng)):
        put.setdefault(numbers[first], []).append((event, ""))
        for place in others:
            put.setdefault(numbers[place], []).append((event, quotations.paragraph(text, rng)))
    return put


def _moment(date: str, rng: random.Random) -> datetime:
    return datetime.fromisoformat(date).replace(tzinfo=UTC) + timedelta(seconds=rng.randrange(86_400))


def _lag(rng: random.Random) -> timedelta:
    """A minute, minutes, hours or days."""
    minutes = rng.choice((1, rng.randint(2, 60), rng.randint(60, 1_440), rng.randint(1_440, 4_320)))
    return timedelta(minutes=minutes)
