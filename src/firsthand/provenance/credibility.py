"""A suggestion for the second digit of the Admiralty code, from roots and denials. A person decides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from firsthand.model import Corroboration, EvidenceValue, Root

from .words import inside


@dataclass(frozen=True, slots=True)
class Grade:
    """1 confirmed by other sources, 2 probably true, 3 possibly true, 4 doubtful, 5 improbable, 6 cannot be judged."""

    digit: int
    reason: str


def suggested(
    roots: Sequence[Root], denials: Sequence[Root], counted: Corroboration, seen: int, evidence: EvidenceValue
) -> Grade:
    """The digit and why.

    Never 1: only a person confirms. `seen`: how many of the least independent roots have one that is answerable.
    """
    standing = [root for root in roots if not root.withdrawn]
    denied = f", and {_who(denials)} denied it" if denials else ""
    if not standing:
        taken = "everybody who reported it took it back" if roots else "nothing here supports it"
        return Grade(5 if roots or denials else 6, taken + denied)
    if all(root.kind in ("outlet not here", "outlet's own", "unknown") and not root.first_hand for root in standing):
        return Grade(5 if denials else 6, f"it is not told where it is from{denied}")
    if counted.least >= 2:
        return _confirmed(counted, seen, denied)
    return _single(seen, evidence, denied)


def answerable(root: Root) -> bool:
    """Whether somebody can be asked, or something looked at: first-hand, and not without a name."""
    return bool(root.first_hand) and root.kind != "unnamed"


def _confirmed(counted: Corroboration, seen: int, denied: str) -> Grade:
    roots = f"it rests on at least {counted.least} independent roots"
    if denied:
        return Grade(3 if seen else 4, f"{roots}{denied}")
    if seen >= 2:
        return Grade(2, f"{roots}, {seen} of which can be held to it, and nobody denied it")
    return Grade(2 if seen else 3, f"{roots}, though not two of them can be held to it; nobody denied it")


def _single(seen: int, evidence: EvidenceValue, denied: str) -> Grade:
    root = "it may rest on a single root" + (", one that can be held to it" if seen else ", which is not named")
    shown = " and evidence was shown" if evidence in ("shown", "eyewitness") else ""
    if denied:
        return Grade(3 if seen and shown else 4, f"{root}{shown}{denied}")
    return Grade(2 if seen and shown else 3, f"{root}{shown}; nobody denied it, nobody else confirmed it")


def _who(denials: Sequence[Root]) -> str:
    names = [inside(root.name) for root in denials]
    return names[0] if len(names) == 1 else f"{names[0]} and {len(names) - 1} more"
