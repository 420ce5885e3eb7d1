"""The editing history: clips that a file was made from, the project it was cut in, the steps since."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model.media import Claimed, Finding, Ingredient, Metadata

from .dates import Window, length, shown, window
from .findings_dates import SLACK
from .ingredients import PROJECT
from .stating import listed, stated

MOST_CLIPS = 12
"""Clips that have a finding each; the rest is counted in one more."""


def of(metadata: Metadata, claimed: Claimed) -> Iterator[Finding]:
    """What the history says: clips first, those that are older than the claimed time before the others."""
    claim = window(claimed.time) if claimed.time else None
    clips = [one for one in metadata.ingredients if one.kind == "clip"]
    clips.sort(key=lambda one: not _is_older(one, claim))
    yield from (_clip(one, claim, metadata) for one in clips[:MOST_CLIPS])
    if len(clips) > MOST_CLIPS:
        names = [one.name or "without a name" for one in clips[MOST_CLIPS:]]
        yield stated(
            "history",
            "notable",
            f"The editing history names {len(names)} more clips: {listed(names, 5)}",
            clips[MOST_CLIPS].where,
        )
    yield from (_project(one) for one in metadata.ingredients if one.kind == "step" and one.action == PROJECT)
    steps = [one for one in metadata.ingredients if one.kind == "step" and one.action != PROJECT]
    yield from _steps(steps, _made(metadata), claim)


def _is_older(one: Ingredient, claim: Window | None) -> bool:
    span = window(one.at) if one.at else None
    return span is not None and claim is not None and span.last < claim.first - SLACK


def _clip(one: Ingredient, claim: Window | None, metadata: Metadata) -> Finding:
    """One clip, with its folder and its age."""
    folder = f" in the folder {one.folder}" if one.folder else ""
    says = f"The editing history names another clip as its source: “{one.name or 'without a name'}”{folder}"
    if one.at:
        says += f", dated {shown(one.at)}"
    if gap := _gap(one, claim):
        says += f", {gap} before the claimed time"
    elif gap := _gap(one, _made(metadata)):
        says += f", {gap} before this file was made"
    return stated("history", "at odds" if _is_older(one, claim) else "notable", says, one.where, _facts(one))


def _gap(one: Ingredient, then: Window | None) -> str | None:
    span = window(one.at) if one.at else None
    if span is None or then is None or span.last >= then.first:
        return None
    if span.exact and then.exact:
        return length(then.first - span.first)
    return f"at least {length(then.first - span.last)}"


def _made(metadata: Metadata) -> Window | None:
    """When the file itself was made: the first date of creation, by the file's own word."""
    spans = [window(date.at) for date in metadata.dates if date.at and date.what in ("created", "encoded")]
    return next((span for span in spans if span), None)


def _project(one: Ingredient) -> Finding:
    folder = f" in the folder {one.folder}" if one.folder else ""
    says = f"It was cut in the project “{one.name or 'without a name'}”{folder}, as an editing program noted"
    return stated("history", "notable", says, one.where, _facts(one))


def _steps(steps: list[Ingredient], made: Window | None, claim: Window | None) -> Iterator[Finding]:
    """The steps in one line: programs, from when to when, how long before the claimed time the first of them is, and
    how long after the file was made the last.
    """
    if not steps:
        return
    programs = listed(one.software for one in steps if one.software) or "a program that gives no name"
    times = _in_order(steps)
    span = f", {shown(times[0])} to {shown(times[-1])}" if len(times) > 1 else f", {shown(times[0])}" if times else ""
    says = f"The editing history has {len(steps)} step{'s' if len(steps) != 1 else ''}, by {programs}{span}"
    last = window(times[-1]) if times else None
    if last and made and last.exact and made.exact and last.first > made.first:
        says += f"; the last is {length(last.first - made.first)} after the file's own date of creation"
    older = [one for one in steps if one.at == times[0] and _is_older(one, claim)] if times else []
    if older:
        says += f"; the first is {_gap(older[0], claim)} before the claimed time"
    facts = [(f"step {number}", _step(one)) for number, one in enumerate(steps[:40], 1)]
    yield stated("history", "at odds" if older else "notable", says, steps[0].where, facts)


def _in_order(steps: list[Ingredient]) -> list[str]:
    """The dates of steps, the earliest instant first: as texts, those of different zones have another order."""
    dated = ((span.first, one.at) for one in steps if one.at and (span := window(one.at)))
    return [at for _, at in sorted(dated)]


def _step(one: Ingredient) -> str:
    parts = (one.action, f"by {one.software}" if one.software else None, shown(one.at) if one.at else None)
    return " ".join(part for part in parts if part)


def _facts(one: Ingredient) -> list[tuple[str, str]]:
    pairs = (("name", one.name), ("folder", one.folder), ("date", one.at), ("made with", one.software))
    return [(name, value) for name, value in pairs if value]
