"""Article -> attributions with all that is known of each: whose word, through whom, how sure, on what evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from firsthand.model import Article, Attribution, ChainLink, Credit, Marks, Source, Spans, Statement

from .certainty import certainty
from .chain import Layer, chains
from .credit import credits
from .evidence import evidence
from .nested import nested
from .outlets import linked, outlet_name
from .pool import Pool
from .resolve import Resolver
from .sources import source
from .stance import stance
from .statements import statements
from .tagger import Tagged, Tagger
from .tokens import Tokens, tokens
from .vectors import Vectors
from .withheld import Withheld, withheld


class Reader:
    """Reads English articles. Made by `load`; `read` is pure and keeps nothing."""

    def __init__(self, tagger: Tagger, vectors: Vectors | None = None) -> None:
        self.name = tagger.name
        self._tagger = tagger
        self._vectors = vectors

    @classmethod
    def load(cls, *, vectors: bool = False) -> Reader:
        """The model that ships with this package; with `vectors`, its marks have `Marks.vectors`, a fifth slower.

        Raises ModelError where it is missing or damaged.
        """
        tagger = Tagger.load()
        return cls(tagger, Vectors.load(tagger.tokenizer) if vectors else None)

    def read(self, article: Article) -> Marks:
        """What the article says, in reading order of the cues; spans are offsets into its text."""
        found = credits(article)
        front = front_links(article, found)
        attributions: list[Attribution] = []
        own: tuple[Statement, ...] = ()
        for tagged in self._tagger.tag(article.text):
            if tagged.attributions or not tagged.offset:
                part = Part(self._tagger, tagged, article, front)
                attributions += part.attributions()
                own = own if tagged.offset else statements(article, part.toks, attributions)
                del part  # it holds much, and a text may have a thousand
        marks = Marks(tuple(attributions), found, own)
        return replace(marks, vectors=self._vectors.reading(article.text, marks)) if self._vectors else marks


class Part:
    """One stretch of the article: its attributions, the inner ones behind the others, and whose they are.

    `numbers` are the parties of the sources, `layers` the chains, for each of `all`.
    """

    def __init__(self, tagger: Tagger, tagged: Tagged, article: Article, front: tuple[ChainLink, ...]) -> None:
        self.toks: Tokens = tokens(tagged.text, tagged.offset)
        self._tagged, self._article, self._front = tagged, article, front
        self.all = (*tagged.attributions, *nested(tagger, tagged, self.toks))
        self.resolver = Resolver(self.toks, self.all, Pool(tagged))
        self.numbers = self.resolver.resolve()
        self._sources: dict[int | None, Source] = {}
        self.layers = chains(self.resolver, self.all, self.numbers, [link.name for link in front])

    def attributions(self) -> Iterator[Attribution]:
        """Those that are no mere layer of another's chain."""
        places = withheld(self.toks)
        for i, attribution in enumerate(self._tagged.attributions):
            if not self.layers[i].inner:
                yield self._told(i, attribution, places)

    def _told(self, i: int, attribution: Attribution, places: tuple[Withheld, ...]) -> Attribution:
        taken, below = stance(self._tagged, self.toks, attribution), self.layers[i].below
        return replace(
            attribution,
            who=self._source(self.numbers[i]),
            chain=self._chain(self.layers[i], attribution),
            stance=taken,
            certainty=certainty(self._tagged, self.toks, attribution, taken),
            evidence=evidence(self._tagged, self.toks, attribution, self._article.links, places),
            inner=None if below is None else self._told(below, self.all[below], places),
        )

    def _source(self, number: int | None) -> Source:
        """Whose word it is, worked out once for a party."""
        if number not in self._sources:
            self._sources[number] = source(self.resolver, number)
        return self._sources[number]

    def _chain(self, layer: Layer, attribution: Attribution) -> tuple[ChainLink, ...]:
        link = linked(self._article, attribution, [*self._front, *layer.links])
        return (*self._front, *link, *layer.links)


def front_links(article: Article, found: tuple[Credit, ...]) -> tuple[ChainLink, ...]:
    """The links that all chains of an article begin with: the outlet, and the agencies it credits."""
    return tuple(_front(article, found))


def _front(article: Article, found: tuple[Credit, ...]) -> Iterator[ChainLink]:
    name = outlet_name(article)
    if name:
        yield ChainLink(name, "outlet", "outlet")
    spans: dict[str, Spans] = {}
    for credit in found:
        spans[credit.agency] = spans.get(credit.agency, ()) + credit.spans
    for agency, where in spans.items():
        if agency != name:
            yield ChainLink(agency, "outlet", "wire credit", where)
