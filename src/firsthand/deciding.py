"""What a person decides on claims: merged, split, given their words. No machine undoes it.

For the command line and for the web page alike, which say who decides.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import combinations
from typing import Literal

from firsthand.claims import Groups
from firsthand.claims import claim as claim_of
from firsthand.errors import LibraryError, OvertakenError
from firsthand.library import Library
from firsthand.library.claims import Claims, claims_of
from firsthand.library.decisions import Deed
from firsthand.library.shelf import Shelf
from firsthand.library.upkeep import Upkeep
from firsthand.model import Change, Claim, Decision

ROUNDS = 12
"""Times that claims are looked for which a decision changes and nobody named; in the example two or three do."""

What = Literal["merge", "split", "pin"]

DEEDS: dict[What, str] = {"merge": "claims merged", "split": "statements split off", "pin": "words pinned"}
"""What the log of actions calls each."""

Parts = Sequence[Sequence[str]]
"""Appearances by their ids: those of one part are to be of one claim, which no other part's are of."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody decides, and why. merge: `names` are claims; split: statements; pin: the one statement.

    `seen`: claims by their ids, as who decides has seen them (`digest`); where nothing is said they may be as they are.
    """

    what: What
    names: Sequence[str]
    because: str
    who: str
    seen: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Came:
    """A claim that came of a decision, and the ids of the claims that nobody named of which it took statements too."""

    claim: Claim
    took: tuple[str, ...]


class _Rehearsed(Exception):
    """Undoes a transaction that was only to show what becomes of it."""


def decide(library: Library, asked: Asked) -> tuple[Came, ...]:
    """Decide it, and what came of it.

    Raises LibraryError where it cannot be decided, OvertakenError where a claim is not as it was seen.
    """
    if not asked.because.strip():
        raise LibraryError("a decision needs a reason")
    with claims_of(library) as before:
        _check(before.shelf, asked.seen)
        parts = _PARTS[asked.what](before, asked.names)
        decisions = _rehearsed(library, before, asked.what, parts)
        said = f"{', '.join(asked.names)}: {asked.because}"
        deed = Deed(asked.who, DEEDS[asked.what], _claim_named(before, parts[0][0]), said)
        Upkeep(library).decide(asked.because, lambda shelf: _decided(shelf, decisions, parts, asked.seen), deed)
        with claims_of(library) as known:
            names = dict.fromkeys(_claim_named(known, part[0]) for part in parts)
            return tuple(_came(claim_of(known.shelf, name), before, parts) for name in names)


def digest(claim: Claim) -> str:
    """What changes when a claim's statements or its words do: 16 hexadecimal digits."""
    told = "\n".join([claim.clearest if claim.pinned else "", *sorted(one.id for one in claim.appearances)])
    return hashlib.sha256(told.encode(errors="surrogatepass")).hexdigest()[:16]


def _check(shelf: Shelf, seen: Mapping[str, str]) -> None:
    """Raises OvertakenError."""
    for name, was in seen.items():
        if not shelf.members(name):
            raise OvertakenError(f"{name}: is no more: somebody, or a new article, changed it meanwhile")
        if digest(claim_of(shelf, name)) != was:
            raise OvertakenError(f"{name}: is not as you saw it: somebody, or a new article, changed it meanwhile")


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


def _rehearsed(library: Library, before: Claims, what: What, parts: Parts) -> list[Decision]:
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


def _needed(shelf: Shelf, before: Claims, what: What, parts: Parts) -> Iterator[Decision]:
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


def _decided(
    shelf: Shelf, decisions: Sequence[Decision], parts: Parts, seen: Mapping[str, str]
) -> Iterator[Iterable[Change]]:
    """Decide all of it at one go, if the claims are as they were seen; what became of claims."""
    _check(shelf, seen)
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
        raise LibraryError(f"{appearance}: no statement has this id")
    return found


def _claim(shelf: Shelf, appearance: str) -> str | None:
    """The id of the claim that a statement is of."""
    told = shelf.told(appearance)
    node = shelf.node(told.key) if told else None
    return node.claim if node else None


def _clearest_first(claim: Claim) -> list[str]:
    return sorted((one.id for one in claim.appearances), key=lambda name: name != claim.clearest)


def _came(claim: Claim, before: Claims, parts: Parts) -> Came:
    named = {name for part in parts for name in part}
    more = {_claim(before.shelf, one.id) for one in claim.appearances if one.id not in named} if len(named) > 1 else ()
    return Came(claim, tuple(sorted({name for name in more if name} - {claim.id})))
