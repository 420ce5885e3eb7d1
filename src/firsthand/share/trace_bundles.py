"""Articles that hang on the same marks of the drawing and carry nothing themselves, drawn as one with their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping

from firsthand.model import Appearance, EdgeKind, Provenance, Root

FEWEST = 3
"""Articles that are drawn as one: two take no more room than one with its number. A choice."""

EVERY = "all"
"""What says, of what is to be opened, that all is."""


def bundled(found: Provenance, opened: Collection[str] = ()) -> dict[str, str]:
    """Each article -> the mark that it is drawn as: itself, or the first, in order of time, of those it is one with.

    Those are one that rest on the same in the same way and do the same to the claim, on which nothing rests, which are
    no surer than what they have it from, and which nothing is opened of. `opened` holds marks that are drawn apart, or
    `EVERY`.
    """
    own = {one.article: one.article for one in found.claim.appearances}
    if EVERY in opened:
        return own
    groups: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for article, key in _alike(found).items():
        groups[key].append(article)
    together = [group for group in groups.values() if len(group) >= FEWEST and group[0] not in opened]
    return own | {article: group[0] for group in together for article in group}


def _alike(found: Provenance) -> dict[str, tuple[object, ...]]:
    """Of each article that may be drawn with others what those must have too."""
    articles = {one.id: one.article for one in found.claim.appearances}
    does: dict[str, set[str]] = defaultdict(set)
    for one in found.claim.appearances:
        does[one.article].add("corrects" if one.corrects else side(one))
    above = _above(found, articles)
    alone = _carrying(found, articles) | _hardened(found, articles) | {root.first for root in _roots(found)}
    return {
        article: (frozenset(above[article].items()), frozenset(said))
        for article, said in does.items()
        if article not in alone and above[article]
    }


def side(one: Appearance) -> str:
    """Which roots a statement hangs on: of those that support ("support"), that deny, that doubt the claim."""
    return {"denies": "denies", "doubts": "doubts"}.get(one.stance, "support")


def _above(found: Provenance, articles: Mapping[str, str]) -> dict[str, dict[str, str]]:
    """What each article rests on, other articles and roots, and how."""
    above: dict[str, dict[str, str]] = defaultdict(dict)
    for edge in found.edges:
        later, earlier = articles[edge.later], articles.get(edge.earlier, edge.earlier)
        if later != earlier:
            above[later].setdefault(earlier, _WAYS[edge.kind])
    return above


_WAYS: dict[EdgeKind, str] = {
    "copied": "wording",
    "rewritten": "wording",
    "excerpted": "wording",
    "cited": "cited",
    "quoted": "named",
    "same party": "named",
}
"""What counts as the same way to rest on something."""


def _carrying(found: Provenance, articles: Mapping[str, str]) -> set[str]:
    """The articles that others rest on."""
    ends = ((articles.get(edge.earlier), articles[edge.later]) for edge in found.edges)
    return {earlier for earlier, later in ends if earlier is not None and earlier != later}


def _hardened(found: Provenance, articles: Mapping[str, str]) -> set[str]:
    return {articles[step.later] for step in found.hardening if articles[step.earlier] != articles[step.later]}


def _roots(found: Provenance) -> tuple[Root, ...]:
    return (*found.roots, *found.denials, *found.doubts)
