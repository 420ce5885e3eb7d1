"""Scores for sources: whether each labelled mention goes to the right party, and that party is of the right kind."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from bench.gold import Labelled
from bench.parties import same_parties
from firsthand.attribution import kinds
from firsthand.attribution.antecedents import sort_of
from firsthand.attribution.decode import Floats
from firsthand.attribution.parties import NAMED
from firsthand.attribution.phrases import bare, head_of
from firsthand.attribution.pool import Pool
from firsthand.attribution.resolve import Resolver
from firsthand.attribution.tagger import Tagged, Tagger
from firsthand.attribution.tokens import Tokens, tokens
from firsthand.model import Attribution, Span

Label = dict[str, Any]


@dataclass(slots=True)
class Shares:
    """Right and asked, under several names."""

    counts: dict[str, list[int]] = field(default_factory=dict)

    def count(self, name: str, right: bool) -> None:
        """One more that was asked."""
        both = self.counts.setdefault(name, [0, 0])
        both[0] += right
        both[1] += 1

    def merge(self, other: Shares) -> None:
        """Add another's counts."""
        for name, (right, asked) in other.counts.items():
            both = self.counts.setdefault(name, [0, 0])
            both[0] += right
            both[1] += asked

    def share(self, name: str) -> float:
        """Per cent right."""
        right, asked = self.counts[name]
        return 100 * right / asked

    def __str__(self) -> str:
        return ", ".join(f"{name} {self.share(name):.1f} ({a}/{b})" for name, (a, b) in self.counts.items())


class Case:
    """One labelled stretch of text, with the attributions that its sources are resolved among.

    In PolNeAR those are the gold ones, so that only whose they are is measured; elsewhere the tagger's.
    """

    def __init__(self, labelled: Labelled, tagged: Tagged) -> None:
        self.labelled = labelled
        self.toks: Tokens = tokens(tagged.text, tagged.offset)
        self.pool = Pool(tagged)
        end = tagged.offset + len(tagged.text)
        self.all_labels: list[Label] = [x for x in labelled.labels if tagged.offset <= x["source"][0] < end]
        found = _attributions(labelled, tagged)
        known = {a.source[:1]: i for i, a in enumerate(found)}
        missing = [x for x in self.all_labels if (tuple(x["source"]),) not in known and x.get("cue")]
        self.attributions = found + [Attribution((tuple(x["source"]),), _spans(x["cue"]), (), 1.0) for x in missing]
        places = {a.source[:1]: i for i, a in enumerate(self.attributions)}
        self.labels = {places[s]: x for x in self.all_labels if (s := (tuple(x["source"]),)) in places and "names" in x}

    @cached_property
    def resolver(self) -> Resolver:
        """The parties, before anything is resolved."""
        return Resolver(self.toks, self.attributions, self.pool)

    def named(self, label: Label) -> tuple[list[str], list[str]]:
        """The names of a label's party, and others that are as good."""
        return self.labelled.words(label["names"]), self.labelled.words(label["also"])

    def fold(self, folds: int) -> int:
        """Which of `folds` parts the article belongs to."""
        key = f"{self.labelled.set} {self.labelled.record['id']}"
        return hashlib.md5(key.encode(), usedforsecurity=False).digest()[0] % folds

    def capital(self, span: Span) -> bool:
        """Whether the noun of a mention is a name."""
        head = head_of(self.toks, span)
        return head is not None and self.toks.capital(head)

    def traits(self, span: Span, full: bool) -> Floats | None:
        """What the kinds see of a mention; `full`: as the fullest of its party."""
        head = head_of(self.toks, span)
        if head is None or not len(self.toks.inside(span)):
            return None
        spot = bare(self.toks, span, head)
        owners = (p for p in self.resolver.people if any(a <= head < b for a, b in p.mentions))
        return kinds.traits(self.toks, spot, next(owners, None) if full else None, self.pool)

    def answers(self) -> Iterator[tuple[Label, list[str], str, bool]]:
        """Each label with the names found for it, their kind, and whether its mention is a pronoun or description."""
        resolver = Resolver(self.toks, self.attributions, self.pool)
        numbers = resolver.resolve()
        for i, label in self.labels.items():
            number = numbers[i]
            assert number is not None
            party = resolver.people[number]
            yield label, resolver.names_of(party), resolver.kind(party), self._pointing(tuple(label["source"]))

    def _pointing(self, span: Span) -> bool:
        inside, head = self.toks.inside(span), head_of(self.toks, span)
        return sort_of(self.toks, inside.start, inside.start if head is None else head) != "plain" and (
            head is None or not any(p.sort == NAMED and _holds(p.mentions, head) for p in self.resolver.people)
        )


def cases(tagger: Tagger, labelled: Labelled) -> Iterator[Case]:
    """The stretches of an article that have labels."""
    for tagged in tagger.tag(labelled.text):
        case = Case(labelled, tagged)
        if case.all_labels:
            yield case


def score(found: Sequence[Case]) -> Shares:
    """party, pointing (party of pronouns and descriptions), kind, kind of a right party: per cent right."""
    shares = Shares()
    for case in found:
        for label, names, kind, pointing in case.answers():
            right = same_parties(names, *case.named(label))
            shares.count("party", right)
            shares.count("kind", kind == label["kind"])
            if right:
                shares.count("kind of a right party", kind == label["kind"])
            if pointing:
                shares.count("pointing", right)
    return shares


def _holds(mentions: Sequence[tuple[int, int]], head: int) -> bool:
    return any(a <= head < b for a, b in mentions)


def _attributions(labelled: Labelled, tagged: Tagged) -> list[Attribution]:
    rows = labelled.record.get("attributions")
    if rows is None:
        return [a for a in tagged.attributions if a.source]
    end = tagged.offset + len(tagged.text)
    made = [Attribution(_spans(r["source"]), _spans(r["cue"]), _spans(r["content"]), 1.0) for r in rows]
    return [a for a in made if a.source and a.cue and tagged.offset <= a.source[0][0] < end]


def _spans(pairs: Sequence[Sequence[int]]) -> tuple[Span, ...]:
    return tuple((start, end) for start, end in pairs)
