"""The action of `firsthand decide`: what a person decides on claims, which no machine undoes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence

from firsthand.claims import Groups
from firsthand.claims import claim as claim_of
from firsthand.cli.library import opened
from firsthand.cli.output import Output
from firsthand.errors import LibraryError
from firsthand.library.claims import Claims, claims_of
from firsthand.library.shelf import Shelf
from firsthand.library.upkeep import Upkeep
from firsthand.model import Change, Claim, Decision
from firsthand.share.plain import one_line

Parts = Sequence[Sequence[str]]
"""Appearances by their ids: those of one part are to be of one claim, which no other part's are of."""


def run(asked: argparse.Namespace) -> int:
    """Decide what is asked for, and say what came of it. Raises LibraryError."""
    with opened(asked) as library:
        with claims_of(library) as known:
            parts = _PARTS[asked.what](known, asked.names)
        Upkeep(library).decide(asked.because, lambda shelf: _decided(shelf, asked.what, parts))
        with claims_of(library) as known, Output(None, keep_encoding=True) as output:
            names = dict.fromkeys(_claim_named(known, part[0]) for part in parts)
            output.write_all(f"{_said(claim_of(known.shelf, name))}\n" for name in names)
    return 0


def _merging(known: Claims, names: Sequence[str]) -> Parts:
    """All statements of the claims that are named. Raises LibraryError."""
    found = {(one := _named(known, name)).id: one for name in names}
    if len(found) < 2:
        raise LibraryError(f"{names[-1]}: is the same claim already; name two that are to be one")
    return [[name for one in found.values() for name in _clearest_first(one)]]


def _splitting(known: Claims, names: Sequence[str]) -> Parts:
    """The statements that are named, and the others of their claim. Raises LibraryError."""
    claims = {_claim_named(known, name) for name in names}
    if len(claims) > 1:
        raise LibraryError(f"{', '.join(names)}: are statements of different claims already")
    out = list(dict.fromkeys(names))
    left = [name for name in _clearest_first(claim_of(known.shelf, claims.pop())) if name not in out]
    if not left:
        raise LibraryError(f"{', '.join(names)}: nothing would be left of the claim")
    return [out, left]


def _pinning(known: Claims, names: Sequence[str]) -> Parts:
    """The statement that is named. Raises LibraryError."""
    _claim_named(known, names[0])
    return [names]


_PARTS = {"merge": _merging, "split": _splitting, "pin": _pinning}


def _decided(shelf: Shelf, what: str, parts: Parts) -> Iterator[Iterable[Change]]:
    """Decide as little as is needed, one thing after the other; what became of claims by each."""
    groups = Groups(shelf)
    for decision in _decisions(shelf, what, parts):
        try:
            groups.decide(decision)
        except ValueError as error:
            raise LibraryError(str(error)) from None
        yield groups.changes()
    _check(shelf, parts)


def _check(shelf: Shelf, parts: Parts) -> None:
    """Raises LibraryError, so that nothing is decided, where it did not come out as it was meant."""
    claims = [{_claim(shelf, name) for name in part} for part in parts]
    if any(len(found) > 1 for found in claims) or len(set().union(*claims)) < len(parts):
        raise LibraryError("what was decided before stands against it; see `firsthand claims --history CLAIM`")


def _decisions(shelf: Shelf, what: str, parts: Parts) -> Iterator[Decision]:
    if what == "pin":
        yield Decision("clearest", parts[0][0])
        return
    if what == "split":
        yield Decision("apart", parts[0][0], parts[1][0])
        yield from (Decision("same", parts[0][0], name) for name in parts[0][1:])
    for first, *others in parts:
        for name in others:
            if _claim(shelf, name) != _claim(shelf, first):  # by now: others may have followed by themselves
                yield Decision("same", first, name)


def _named(known: Claims, name: str) -> Claim:
    found = known.named(name)
    if found is None:
        raise LibraryError(f"{name}: no claim has this id")
    return claim_of(known.shelf, found)


def _claim_named(known: Claims, appearance: str) -> str:
    found = _claim(known.shelf, appearance)
    if found is None:
        raise LibraryError(f"{appearance}: no statement has this id; `firsthand decide --help` says where to find them")
    return found


def _claim(shelf: Shelf, appearance: str) -> str | None:
    """The id of the claim that a statement is of."""
    told = shelf.told(appearance)
    node = shelf.node(told.key) if told else None
    return node.claim if node else None


def _clearest_first(claim: Claim) -> list[str]:
    return sorted((one.id for one in claim.appearances), key=lambda name: name != claim.clearest)


def _said(claim: Claim) -> str:
    count = len({one.article for one in claim.appearances})
    pinned = ", pinned" if claim.pinned else ""
    return f"{claim.id}  {count:,} article{'s' if count > 1 else ''}{pinned}: “{one_line(claim.text)}”"
