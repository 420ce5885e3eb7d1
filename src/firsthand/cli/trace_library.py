"""A claim of the library, and what it rests on there."""

from __future__ import annotations

import argparse
from contextlib import suppress

from firsthand import pipeline
from firsthand.claims import claim
from firsthand.cli.claiming import up_to_date
from firsthand.cli.library import opened
from firsthand.cli.main import complain
from firsthand.cli.options import settings
from firsthand.cli.trace import Traced
from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.claims import Claims, claims_of
from firsthand.provenance import trace


def traced(asked: argparse.Namespace) -> tuple[Traced, bool]:
    """What the claim rests on, and whether an article could not be read. Raises LibraryError where there is none."""
    with opened(asked) as library:
        failed = up_to_date(library, settings(asked).processes)
        with claims_of(library) as known:
            name, article = chosen(library, known, asked.what)
            found = pipeline.linked(known.shelf, name)
            articles = {one.article for one in found.appearances}
            others = {link.claim: claim(known.shelf, link.claim).text for link in found.links}
            provenance = trace(found, known.derivations(articles), known.texts(articles))
        told = {identity: library.article(identity).article for identity in sorted(articles)}
    return Traced(provenance, told, article, others), bool(failed)


def chosen(library: Library, known: Claims, what: str) -> tuple[str, str | None]:
    """The id of the claim that is asked for, and of the article, if it was one. Raises LibraryError."""
    if (name := known.named(what)) is not None:
        if not name.startswith(what):
            complain(f"{known.once(what)}: became part of {name}, which is traced")
        return name, None
    with suppress(LibraryError):
        article = library.resolve(what)
        if found := known.of_article(article):
            return found[0], article
    if not (saying := known.saying(what)):
        raise LibraryError(f"{what}: no claim or article has this id, and no statement has all of these words")
    return saying[0], None
