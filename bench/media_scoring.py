"""Scores of the bench of media: which queries were found, what was claimed falsely, how far the ranges are off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from bench.data import Record

Figures = dict[str, Any]
STAGES: dict[str, tuple[str, ...]] = {
    "pictures": ("pictures",),
    "with deep": ("pictures", "place"),
    "sound": ("sound",),
}
"""The columns, and the kinds of match that count for each."""


def figures(records: Sequence[Record], results: Iterable[Record], peer: Mapping[str, list[str]] | None) -> Figures:
    """All scores. `peer`: the references that vPDQ finds for each query; None where it was not asked."""
    found = {result["path"]: result for result in results}
    asked = [record for record in records if record["path"] in found]
    return {
        "kinds": _kinds([one for one in asked if one["role"] == "query"], found, peer),
        "unrelated": _claims([one for one in asked if one["role"] == "unrelated"], found, peer),
        "near misses": _near([one for one in asked if one["role"] == "near miss"], found, peer),
        "wrong reference": _wrong([one for one in asked if one["role"] == "query"], found),
        "failed": [result["path"] for result in found.values() if "failed" in result],
        "ranges": _ranges([one for one in asked if one["role"] == "query"], found),
        "cpu": _cpu(found.values()),
    }


def right(record: Record, matches: Iterable[Record], kinds: Sequence[str]) -> list[Record]:
    """The matches that name the query's reference where it is in the query."""
    return [
        match
        for match in matches
        if match["kind"] in kinds and match["reference"] == record["reference"] and _overlaps(record, match)
    ]


def _overlaps(record: Record, match: Record) -> bool:
    start, end = record["here"]
    return bool(record["medium"] == "picture" or min(end, match["end"]) > max(start, match["start"]))


def _measurable(record: Record, stage: str) -> bool:
    return bool(record["sound"]) if stage == "sound" else record["medium"] != "sound"


def _kinds(records: Sequence[Record], found: Mapping[str, Record], peer: Mapping[str, list[str]] | None) -> Figures:
    groups: dict[str, list[Record]] = defaultdict(list)
    for record in records:
        groups[record["kind"]].append(record)
    return {kind: _kind(group, found, peer) for kind, group in groups.items()}


def _kind(group: Sequence[Record], found: Mapping[str, Record], peer: Mapping[str, list[str]] | None) -> Figures:
    """Per cent found in each stage; None where a stage has nothing to look at."""
    scores: Figures = {"n": len(group)}
    for stage, kinds in STAGES.items():
        hits = [bool(right(one, found[one["path"]]["matches"], kinds)) for one in group if _measurable(one, stage)]
        scores[stage] = 100 * sum(hits) / len(hits) if hits else None
    films = [one for one in group if one["medium"] == "video" and peer is not None]
    hits = [one["reference"] in (peer or {}).get(one["path"], []) for one in films]
    return scores | {"vPDQ": 100 * sum(hits) / len(hits) if hits else None}


def _claims(records: Sequence[Record], found: Mapping[str, Record], peer: Mapping[str, list[str]] | None) -> Figures:
    """Queries for which anything is claimed, and which: nothing should be."""
    told: Figures = {"n": len(records)}
    for stage, kinds in STAGES.items():
        told[stage] = [one["path"] for one in records if any(m["kind"] in kinds for m in found[one["path"]]["matches"])]
    told["any"] = [one["path"] for one in records if found[one["path"]]["matches"]]
    return told | {"vPDQ": None if peer is None else [one["path"] for one in records if peer.get(one["path"])]}


def _near(records: Sequence[Record], found: Mapping[str, Record], peer: Mapping[str, list[str]] | None) -> Figures:
    kinds = dict.fromkeys(record["kind"] for record in records)
    return {kind: _claims([one for one in records if one["kind"] == kind], found, peer) for kind in kinds}


def _wrong(records: Sequence[Record], found: Mapping[str, Record]) -> dict[str, list[str]]:
    """Edited queries of which another reference than theirs is claimed, by stage."""
    return {
        kind: [one["path"] for one in records if _others(one, found[one["path"]]["matches"], kind)]
        for kind in ("pictures", "place", "sound")
    }


def _others(record: Record, matches: Iterable[Record], kind: str) -> bool:
    return any(match["kind"] == kind and match["reference"] != record["reference"] for match in matches)


def _ranges(records: Sequence[Record], found: Mapping[str, Record]) -> Figures:
    """Errors in seconds of both ends of the ranges told: median and 90th percentile, in the query and the reference.

    Of all matches that are right, from the first beginning to the last end; a still, which has one time, is apart.
    """
    films = [record for record in records if record["medium"] != "picture"]
    stills = [record for record in records if record["medium"] == "picture"]
    every = ("pictures", "place", "sound")
    told = {stage: _errors(films, found, kinds) for stage, kinds in STAGES.items()} | {
        "all": _errors(films, found, every)
    }
    kinds = dict.fromkeys(record["kind"] for record in films)
    by_kind = {kind: _errors([one for one in films if one["kind"] == kind], found, every) for kind in kinds}
    return {"stages": told, "stills": _spread(_missed(stills, found)), "kinds": by_kind}


def _missed(stills: Sequence[Record], found: Mapping[str, Record]) -> list[float]:
    """Seconds from a still's true time to the range of the reference in which it is said to be."""
    missed = []
    for record in stills:
        if matches := right(record, found[record["path"]]["matches"], _best(record, found, ("pictures", "place"))):
            start, end = (
                side(one[f"reference_{name}"] for one in matches) for side, name in ((min, "start"), (max, "end"))
            )
            missed.append(max(0.0, start - record["there"][0], record["there"][0] - end))
    return missed


def _errors(records: Sequence[Record], found: Mapping[str, Record], kinds: Sequence[str]) -> Figures:
    here: list[float] = []
    there: list[float] = []
    for record in records:
        if matches := right(record, found[record["path"]]["matches"], _best(record, found, kinds)):
            here += _off(record["here"], matches, "start", "end")
            there += _off(record["there"], matches, "reference_start", "reference_end")
    return {"in the query": _spread(here), "in the reference": _spread(there), "both": _spread(here + there)}


def _best(record: Record, found: Mapping[str, Record], kinds: Sequence[str]) -> Sequence[str]:
    """The first kind of match that a query has: what is told of it first."""
    matches = found[record["path"]]["matches"]
    return next(((kind,) for kind in kinds if right(record, matches, (kind,))), ())


def _off(true: Sequence[float], matches: Iterable[Record], start: str, end: str) -> list[float]:
    told = list(matches)
    return [abs(min(one[start] for one in told) - true[0]), abs(max(one[end] for one in told) - true[1])]


def _spread(errors: Sequence[float]) -> Figures:
    if not errors:
        return {"n": 0}
    median, ninety = np.percentile(errors, (50, 90))
    within = 100 * sum(error <= 0.5 for error in errors) / len(errors)
    return {"n": len(errors), "median": float(median), "p90": float(ninety), "within 0.5 s, per cent": within}


def _cpu(results: Iterable[Record]) -> Figures:
    """CPU-seconds in all of each stage."""
    total: dict[str, float] = defaultdict(float)
    for result in results:
        for stage, seconds in result["cpu"].items():
            total[stage] += seconds
    return dict(total)
