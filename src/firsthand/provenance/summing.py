"""What a claim rests on -> the few facts of it that lists show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from firsthand.model import Appearance, Hardening, Provenance, Root, RootMark, Saying, Side, SourceKind, Summary, folded

from .outlets import usual
from .parties import parties
from .times import rank, utc

SHOWN = 8
"""Roots that a summary tells one by one: more lines than a small drawing has room for."""

VERSION = 3
"""Raised when the same claim may be traced or summed up otherwise than before: then libraries sum up all anew."""

_BY_ID: Mapping[str, SourceKind] = {"person": "person", "body": "body", "document": "document", "crowd": "class"}
_BY_SORT: Mapping[str, SourceKind] = {**_BY_ID, "described": "unnamed"}
_DESCRIBED = frozenset(["unnamed", "eyewitness", "on the record"])


def maker() -> str:
    """Name and version of what traces and sums up, for the record."""
    return f"firsthand trace {VERSION}"


def summary(found: Provenance) -> Summary:
    """The summary of a claim. Articles and outlets are those that support it; one that corrects it does not."""
    told = sorted(found.claim.appearances, key=rank)
    corrected = {one.article for one in told if one.corrects}
    carrying = {article for root in found.roots for article in root.articles} - corrected
    marks = [_mark(root, carrying) for root in found.roots]
    first = next((one for one in told if one.article == found.first), None)
    days = _days(told)
    return Summary(
        claim=found.claim.id,
        text=found.claim.text,
        articles=len(carrying),
        outlets=len({folded(one.outlet) for one in told if one.outlet and one.article in carrying}),
        least=found.corroboration.least,
        most=found.corroboration.most,
        evidence=found.evidence,
        roots=tuple(marks[:SHOWN]),
        others=len(marks[SHOWN:]),
        kinds=tuple(dict.fromkeys(mark.kind for mark in marks)),
        denied_by=_names(found.denials),
        doubted_by=_names(found.doubts),
        hardened=sum(not _inside(step) for step in found.hardening),
        first=_time(first),
        article=found.first,
        outlet=first.outlet if first else None,
        last=max((utc(one.published) for one in told if one.published), default=None),
        days=tuple(sorted(days.items())),
        undated=len({one.article for one in told}) - sum(days.values()),
        carried=tuple(sorted({usual(one.outlet) for one in told if one.outlet})),
        sayings=tuple(_sayings(found, told)),
        wordings=tuple({folded(one.text): one.text for one in reversed(told)}.values()),
    )


def _inside(step: Hardening) -> bool:
    """Whether an article only says it in its headline or lead without the source that it names below."""
    return step.lost == "source" and step.earlier.rsplit("@", 1)[0] == step.later.rsplit("@", 1)[0]


def _mark(root: Root, carrying: set[str]) -> RootMark:
    return RootMark(root.name, root.kind, len(carrying.intersection(root.articles)), root.first_hand)


def _names(roots: Iterable[Root]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(root.name for root in roots))


def _time(one: Appearance | None) -> datetime | None:
    return utc(one.published) if one and one.published else None


def _days(told: Sequence[Appearance]) -> Counter[int]:
    """How many articles tell of it on each day, each on its own day."""
    dated = {one.article: utc(one.published).toordinal() for one in told if one.published}
    return Counter(dated.values())


def _sayings(found: Provenance, told: Sequence[Appearance]) -> Iterator[Saying]:
    """What each source said: those that are roots, then those that are only named on the way."""
    known = {one.id: one for one in told}
    sides: tuple[tuple[Side, Sequence[Root]], ...] = (
        ("asserts", found.roots),
        ("denies", found.denials),
        ("doubts", found.doubts),
    )
    stated = {name for _, roots in sides for root in roots for name in root.stated}
    seen = set[tuple[Side, str]]()
    for side, roots in sides:
        for root in roots:
            if kind := _kind(root):
                saying = _of_root(root, kind, side, [known[name] for name in root.stated if name in known], told)
                seen |= {(side, folded(name)) for name in (saying.name, *saying.names)}
                yield saying
    yield from _on_the_way([one for one in told if one.id not in stated], seen)


def _kind(root: Root) -> SourceKind | None:
    """What a root is as a source; None of an outlet, and of nobody."""
    kind = _BY_ID.get(root.id.removeprefix("root:").partition(":")[0])
    return kind or ("unnamed" if root.kind in _DESCRIBED else None)


def _of_root(
    root: Root, kind: SourceKind, side: Side, stated: Sequence[Appearance], told: Sequence[Appearance]
) -> Saying:
    resting = set(root.articles)
    first = stated[0] if stated else next(one for one in told if one.article == root.first)
    who = [one.who for one in stated if one.who]
    own = [one for one in who if one.kind not in ("outlet", None)]
    return Saying(
        name=root.name,
        kind=kind,
        side=side,
        root=True,
        appearance=first.id,
        article=first.article,
        articles=len(resting),
        at=_time(first),
        outlet=first.outlet,
        position=next((one.position for one in own if one.position), None),
        anonymity=root.anonymity,
        names=tuple(sorted({one.name for one in own if len(one.mentions) < 2} | {root.name})),
        outlets=tuple(sorted({one.outlet for one in told if one.outlet and one.article in resting})),
    )


_SIDES: Mapping[str, Side] = {"asserts": "asserts", "reports": "asserts", "denies": "denies", "doubts": "doubts"}


def _on_the_way(rest: Sequence[Appearance], seen: set[tuple[Side, str]]) -> Iterator[Saying]:
    """Who is named where an article has it from another, and is not known there."""
    groups: dict[tuple[Side, str, SourceKind], list[Appearance]] = {}
    for one in rest:
        for party in parties(one):
            kind, side = _BY_SORT.get(party.sort), _SIDES[one.stance]
            if kind and (side, folded(party.name)) not in seen:
                groups.setdefault((side, party.name, kind), []).append(one)
    for (side, name, kind), those in groups.items():
        yield _named_on_the_way(side, name, kind, those)


def _named_on_the_way(side: Side, name: str, kind: SourceKind, those: Sequence[Appearance]) -> Saying:
    first = those[0]
    who = first.who if first.who and first.who.name == name else None
    return Saying(
        name=name,
        kind=kind,
        side=side,
        root=False,
        appearance=first.id,
        article=first.article,
        articles=len({one.article for one in those}),
        at=_time(first),
        outlet=first.outlet,
        position=who.position if who else None,
        anonymity=who.anonymity if who else None,
        names=(name,),
        outlets=tuple(sorted({one.outlet for one in those if one.outlet})),
    )
