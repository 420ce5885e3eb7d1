"""The action of `firsthand decide`: what a person decides on claims, which no machine undoes."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import combinations

from firsthand.claims import Groups
from firsthand.claims import claim as claim_of
from firsthand.cli.library import opened
from firsthand.cli.output import Output
from firsthand.errors import LibraryError
from firsthand.library import Library
from firsthand.library.claims import Claims, claims_of
from firsthand.library.shelf import Shelf
from firsthand.library.upkeep import Upkeep
from firsthand.model import Change, Claim, Decision
from firsthand.share.plain import one_line

ROUNDS = 12
"""Times that claims are looked for which a decision changes and nobody named; in the example two or three do."""

Parts = Sequence[Sequence[str]]
"""Appearances by their ids: those of one part are to be of one claim, which no other part's are of."""


class _Rehearsed(Exception):
    """Undoes a transaction that was only to show what becomes of it."""


def run(asked: argparse.Namespace) -> int:
    """Decide what is asked for, and say what came of it. Raises LibraryError."""
    with opened(asked) as library, claims_of(library) as before:
        parts = _PARTS[asked.what](before, asked.names)
        decisions = _rehearsed(library, before, asked.what, parts)
        Upkeep(library).decide(asked.because, lambda shelf: _decided(shelf, decisions, parts))
        with claims_of(library) as known, Output(None, keep_encoding=True) as output:
            names = dict.fromkeys(_claim_named(known, part[0]) for part in parts)
            output.write_all(_said(claim_of(known.shelf, name), before, parts) for name in names)
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


def _rehearsed(library: Library, before: Claims, what: str, parts: Parts) -> list[Decision]:
    """What must be decided for this to come out, and nothing else: found by trying it in a transaction that is undone.

    What is decided on a statement lets others choose their claims again. Claims that were not named, and would change
    by that, are kept as they are by decisions of their own. Raises LibraryError.
    """
    needed: list[Decision] = []

    def rehearse(shelf: Shelf) -> Iterator[Iterable[Change]]:
        needed.extend(_needed(shelf, before, what, parts))
        raise _Rehearsed
        yield

    with suppress(_Rehearsed):
        Upkeep(library).decide("", rehearse)
    return needed


def _needed(shelf: Shelf, before: Claims, what: str, parts: Parts) -> Iterator[Decision]:
    if what == "pin":
        yield Decision("clearest", parts[0][0])
        return
    groups, wanted = Groups(shelf), list(parts)
    for _ in range(ROUNDS):
        made = False
        for decision in _missing(shelf, wanted):
            _decide(groups, decision)
            yield decision
            made = True
        strayed = _strayed(shelf, before, groups.touched(), wanted)
        wanted += strayed
        if not (made or strayed):
            return


def _missing(shelf: Shelf, parts: Parts) -> Iterator[Decision]:
    """What must be decided for the parts to be a claim each; by now: others may have followed by themselves."""
    for one, other in combinations(parts, 2):
        if _claim(shelf, one[0]) == _claim(shelf, other[0]):
            yield Decision("apart", one[0], other[0])
            yield from (Decision("apart", *pair) for pair in _tied(shelf, one, other))
    for first, *others in parts:
        for name in others:
            if _claim(shelf, name) != _claim(shelf, first):
                yield Decision("same", first, name)


def _tied(shelf: Shelf, one: Sequence[str], other: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The pairs of two parts that a person put together."""
    for name in one:
        last = {decided.other if decided.one == name else decided.one: decided.kind for decided in shelf.decided(name)}
        yield from ((name, its) for its in other if last.get(its) == "same")


def _strayed(shelf: Shelf, before: Claims, touched: Iterable[str], parts: Parts) -> list[list[str]]:
    """The claims that nobody named and that are not what they were, as they were."""
    own = {name for part in parts for name in part}
    found = [_of(before.shelf, claim) for claim in sorted(touched)]
    return [names for names in found if names and names[0] not in own and not _whole(shelf, names)]


def _of(shelf: Shelf, claim: str) -> list[str]:
    """The statements of a claim, the one first that it has gathered around."""
    nodes = shelf.nodes(list(shelf.members(claim))).values()
    names = [(node.key != node.centre, told.appearance.id) for node in nodes for told in shelf.of_node(node.key)]
    return [name for _, name in sorted(names)]


def _whole(shelf: Shelf, names: Sequence[str]) -> bool:
    """Whether a claim has these statements and no others."""
    claim = _claim(shelf, names[0])
    return claim is not None and set(_of(shelf, claim)) == set(names)


def _decided(shelf: Shelf, decisions: Sequence[Decision], parts: Parts) -> Iterator[Iterable[Change]]:
    """Decide all of it at one go; what became of claims."""
    groups = Groups(shelf)
    _decide(groups, *decisions)
    yield groups.changes()
    claims = [{_claim(shelf, name) for name in part} for part in parts]
    if any(len(found) > 1 for found in claims) or len(set().union(*claims)) < len(parts):
        raise LibraryError("what was decided before stands against it; see `firsthand claims --history CLAIM`")


def _decide(groups: Groups, *decisions: Decision) -> None:
    try:
        groups.decide(*decisions)
    except ValueError as error:
        raise LibraryError(str(error)) from None


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


def _said(claim: Claim, before: Claims, parts: Parts) -> str:
    count = len({one.article for one in claim.appearances})
    pinned = ", pinned" if claim.pinned else ""
    line = f"{claim.id}  {count:,} article{'s' if count > 1 else ''}{pinned}: “{one_line(claim.text)}”\n"
    named = {name for part in parts for name in part}
    more = {_claim(before.shelf, one.id) for one in claim.appearances if one.id not in named} if len(named) > 1 else ()
    others = sorted({name for name in more if name} - {claim.id})
    return f"{line}  also took in statements of {', '.join(others)}\n" if others else line
