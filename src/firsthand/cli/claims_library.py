"""`firsthand claims` of a library: brought up to date first, then shown."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence

from firsthand.claims import claim
from firsthand.cli.claiming import up_to_date
from firsthand.cli.claims import limit, written
from firsthand.cli.library import opened, time
from firsthand.cli.options import settings
from firsthand.cli.output import Output
from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.claims import Claims, claims_of
from firsthand.library.decisions import Changed
from firsthand.model import Provenance
from firsthand.provenance import trace
from firsthand.share.claims import lead_line
from firsthand.share.lines import line
from firsthand.share.plain import one_line

AT_ONCE = 200
"""Claims that are read from the library at one go."""

_BECAME = {"made": "made", "ended": "nothing is left of it", "pinned": "its words were chosen"}


def run(asked: argparse.Namespace) -> int:
    """Show what is asked for; 1 if an article could not be read. Raises FirsthandError, BrokenPipeError."""
    with opened(asked) as library:
        failed = 0 if asked.history else _up_to_date(library, asked)
        with claims_of(library) as known, Output(asked.output, keep_encoding=asked.format == "table") as output:
            output.write_all(_shown(asked, library, known, output))
    return 1 if failed else 0


def _up_to_date(library: Library, asked: argparse.Namespace) -> int:
    try:
        return up_to_date(library, settings(asked).processes)
    except KeyboardInterrupt:
        raise KeyboardInterrupt("run it again to go on from here") from None


def _shown(asked: argparse.Namespace, library: Library, known: Claims, output: Output) -> Iterable[str]:
    if asked.history:
        return _history(known, asked.history, asked.format)
    if asked.leads:
        return _leads(library, known)
    names = known.most_carried(limit(asked))
    return written(asked, _traced(known, names), known.count(), output)


def _traced(known: Claims, names: Sequence[str]) -> Iterator[Provenance]:
    """What each claim rests on, one by one."""
    for number, name in enumerate(names):
        if number % AT_ONCE == 0:
            known.shelf.look_up(names[number : number + AT_ONCE])
        found = claim(known.shelf, name)
        articles = {one.article for one in found.appearances}
        yield trace(found, known.derivations(articles), known.texts(articles))


def _leads(library: Library, known: Claims) -> Iterator[str]:
    """Each article's main claim: its headline's, else its lead's, else the first in its text."""
    for entry in library.articles():
        if claims := known.of_article(entry.id):
            yield lead_line(entry.id, claims[0])


def _history(known: Claims, name: str, form: str) -> Iterator[str]:
    """What became of a claim, oldest first. Raises LibraryError where there never was one with this id."""
    claim = known.named(name) or known.once(name) or name
    found = known.history(claim)
    if not found:
        raise LibraryError(f"{name}: no claim has, or had, this id")
    for one in found:
        yield line(_record(one)) if form == "jsonl" else f"{_told(one, claim)}\n"


def _record(one: Changed) -> dict[str, object]:
    by = one.by and {
        "at": time(one.by.at),
        "who": one.by.who,
        "because": one.by.because,
        "decided": one.by.decision.kind,
        "statements": [name for name in (one.by.decision.one, one.by.decision.other) if name],
    }
    change = one.change
    return {"at": time(one.at), "action": change.kind, "claim": change.claim, "other": change.other or None, "by": by}


def _told(one: Changed, name: str) -> str:
    why = f", by {one_line(one.by.who)}: {one_line(one.by.because)}" if one.by else ""
    return f"{one.at:%Y-%m-%d %H:%M:%S} UTC  {_became(one, name)}{why}"


def _became(one: Changed, name: str) -> str:
    """What a change was, seen from one of its two claims."""
    change = one.change
    if change.kind == "merged":
        return f"took in {change.other}" if change.claim == name else f"became part of {change.claim}"
    if change.kind == "split":
        return f"split from {change.other}" if change.claim == name else f"{change.claim} split from it"
    return _BECAME[change.kind]
