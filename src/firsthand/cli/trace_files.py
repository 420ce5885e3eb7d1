"""Articles that are no library's -> their claims, and what the one that is asked for rests on."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from pathlib import PurePath

from firsthand import pipeline
from firsthand.cli.compiling import compiling_told
from firsthand.cli.main import complain
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.cli.progress import progress
from firsthand.cli.trace import Traced
from firsthand.errors import InputError
from firsthand.model import Appearance, Article, Claim, Derivation, Failure, Reading, folded

SHORTEST = 5
"""Letters of an id's beginning that tell it from a word."""

_ROLES = ("headline", "lead", "attributed")


def traced(asked: argparse.Namespace, output: Output) -> tuple[Traced, bool]:
    """What the claim rests on, and whether an input failed. Raises FirsthandError where no claim is found."""
    failures: list[Failure] = []
    with progress(asked.inputs, output) as advance:
        outcomes = advance(pipeline.read_all(asked.inputs, settings(asked), load=pipeline.with_vectors))
        readings = list(_told(outcomes, failures))
    known = {reading.article.id: reading.article for reading in readings}
    shelf = pipeline.grouped(readings)
    every = pipeline.claims_on(shelf)
    bare, article = chosen(every, list(known.values()), asked.what)
    found = pipeline.linked(shelf, bare.id)
    with compiling_told():
        copies = [one for one in pipeline.copies_among(known.values()) if isinstance(one, Derivation)]
    (provenance,) = pipeline.traced([found], copies, known.values())
    return Traced(provenance, known, article, {one.id: one.text for one in every}), bool(failures)


def chosen(found: Sequence[Claim], articles: Sequence[Article], what: str) -> tuple[Claim, str | None]:
    """The claim that is asked for, and the article, if it was one. Raises InputError where there is none."""
    named = [one for one in found if one.id == what or (len(what) >= SHORTEST and one.id.startswith(what))]
    if len(named) == 1:
        return named[0], None
    article = next((one.id for one in articles if what in _names(one)), None)
    if article is not None:
        return _of_article(found, article), article
    saying = [(_count(one, what), one) for one in found]
    most = max(saying, key=lambda pair: (pair[0], len(pair[1].appearances), pair[1].id), default=(0, None))
    if most[1] is None or not most[0]:
        raise InputError(what, "no statement of these articles has all of these words")
    return most[1], None


def _names(article: Article) -> Iterator[str]:
    """What an article may be asked for by."""
    yield article.id
    yield from filter(None, (article.url, article.origin))
    if article.origin:
        yield PurePath(article.origin).name


def _of_article(found: Sequence[Claim], article: str) -> Claim:
    """The claim of an article's headline, else of its lead, else of what it reports first. Raises InputError."""
    own = [(_place(one), claim) for claim in found for one in claim.appearances if one.article == article]
    if not own:
        raise InputError(article, "no statement was found in it")
    return min(own, key=lambda pair: pair[0])[1]


def _place(one: Appearance) -> tuple[int, tuple[int, int]]:
    return _ROLES.index(one.role), one.spans[0]


def _count(claim: Claim, what: str) -> int:
    """How many of a claim's statements have all of the words."""
    words = [word.strip("'") for word in folded(what).replace('"', " ").split()]
    return sum(all(word in folded(one.text) for word in words) for one in claim.appearances) if words else 0


def _told(outcomes: Iterable[Reading | Failure], failures: list[Failure]) -> Iterator[Reading]:
    for outcome in outcomes:
        if isinstance(outcome, Failure):
            failures.append(outcome)
            complain(f"{outcome.origin}: {outcome.cause}")
        else:
            yield outcome
