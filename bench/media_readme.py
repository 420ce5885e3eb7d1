"""The bench of media as lines of Markdown, for README.md (`bench.readme` puts them there)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from bench.media_scoring import STAGES
from bench.media_wanted import WANTED

Results = dict[str, Any]


def lines(found: Results) -> Iterator[str]:
    """Tables of what was found, what was claimed falsely, how far ranges are off, how fast it is; none: no lines."""
    if "kinds" in found:
        yield from (*_kinds(found), "", *_told(found))
    if "speed" in found:
        yield from ("", *_speed(found["speed"]))


def _kinds(found: Results) -> Iterator[str]:
    columns = (*STAGES, "vPDQ")
    yield _row("found, per cent of queries", "n", "wanted", *columns)
    yield _row("---", *["---:"] * (len(columns) + 2))
    for kind, one in found["kinds"].items():
        shares = ("-" if one[column] is None else f"{one[column]:.1f}" for column in columns)
        yield _row(kind, str(one["n"]), str(WANTED.get(kind, "-")), *shares)


def _told(found: Results) -> Iterator[str]:
    """What is claimed that should not be, and the ranges."""
    unrelated, near = found["unrelated"], found["near misses"].values()
    wrong = {path for paths in found["wrong reference"].values() for path in paths}
    claimed, asked = sum(len(one["any"]) for one in near), sum(one["n"] for one in near)
    yield (
        f"Of {unrelated['n']:,} unrelated queries something is claimed of {len(unrelated['any'])}; of {asked} near "
        f"misses (the same place filmed again, the same words in another voice) of {claimed}; another reference beside "
        f"or in place of the right one in {len(wrong)} of {sum(one['n'] for one in found['kinds'].values()):,} edits."
    )
    error = found["ranges"]["stages"]["all"]["both"]
    if error["n"]:
        yield (
            f"Ends of ranges are off by {error['median']:.2f} s (median), {error['p90']:.2f} s (90th percentile); "
            f"{error['within 0.5 s, per cent']:.0f} % by at most 0.5 s."
        )


def _speed(speed: Results) -> Iterator[str]:
    yield _row("times real time", "one process", "two processes")
    yield _row("---", "---:", "---:")
    for stage, one in speed["times real time"].items():
        yield _row(stage, f"{one['one process']:.0f}", f"{one['two processes']:.0f}")
    yield ""
    memory = ", ".join(f"{stage} {most:.0f} MiB" for stage, most in speed["two hours, MiB"].items())
    minute = speed["search"]["60 s"]["s"]
    yield f"Peak memory over two hours: {memory}. A minute is sought among ten million hashes in {minute:.1f} s."


def _row(*cells: str) -> str:
    return "| " + " | ".join(cells) + " |"
