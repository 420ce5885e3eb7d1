"""What was measured of text reuse, as tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rich.table import Table
from rich.text import Text

Result = dict[str, Any]
OURS = "firsthand"
KINDS = {"sibling": "of one report", "quotation": "of one press conference", "boilerplate": "of one outlet"}
"""What two articles have in common that were joined and should not have been; "chance": nothing."""

REAL = {
    ("helsinki", "precision"): "pairs called copies that are",
    ("helsinki", "recall"): "copies that are found",
    ("helsinki", "stripped"): "agencies' reports without credit, joined to one with",
    ("story", "source"): "copies of the story, its source found",
    ("story", "parent"): "... their parent named",
}


def tables(results: Result) -> Iterator[Table | Text]:
    """All tables of one measurement, and what failed."""
    finders = {OURS: results["lineage"], **results["peers"]}
    measured = {name: result for name, result in finders.items() if "failed" not in result}
    if measured:
        yield _found(measured)
    if "failed" not in results["lineage"]:
        yield _told(results["lineage"])
    yield _real(results)
    yield _speed(results)
    for name, result in (results | results["peers"] | results["speed"]).items():
        if "failed" in result:
            yield Text(f"{name}: not measured: {result['failed']}", style="bold")


def _found(measured: Result) -> Table:
    table = _table(
        "Copies on generated lineage: pairs with their direct parent found, per cent", "", "pairs", *measured
    )
    for group, share in next(iter(measured.values()))["recall"].items():
        table.add_row(group, f"{share['total']:,}", *(_percent(one["recall"].get(group)) for one in measured.values()))
    table.add_row("precision", "", *(_percent(one["precision"]) for one in measured.values()))
    table.add_row("... of one report counted as right", "", *(_of_one_report(one) for one in measured.values()))
    overlaps = (f"{one['overlap']:.3f}" if name == OURS else "-" for name, one in measured.items())
    table.add_row("aligned ranges, mean IoU", "", *overlaps)
    return table


def _of_one_report(found: Result) -> str:
    right = found["precision"]["right"] + found["wrong"].get("sibling", 0)
    return f"{100 * right / found['precision']['total']:.1f}" if found["precision"]["total"] else "-"


def _told(found: Result) -> Table:
    table = _table("What is told of them by firsthand", "", "of", "per cent")
    rows = {f"direction, by {name}": share for name, share in found["direction"].items()}
    rows |= {"parent, where the texts tell it": found["parent"], "ties said to be ties": found["ties"]}
    rows |= {"ties said where there are none": found["false_ties"], "earliest origin": found["origin"]}
    rows |= {f"{name} not taken for copying": share for name, share in found["apart"].items()}
    for name, share in rows.items():
        table.add_row(name, f"{share['total']:,}", _percent(share))
    for kind, number in found["wrong"].items():
        table.add_row(f"wrong pairs, {KINDS.get(kind, 'by chance')}", f"{number:,}", "")
    return table


def _real(results: Result) -> Table:
    table = _table("Helsinki, 120 labelled pairs; a story with 400 copies", "", "of", "per cent")
    for (name, key), label in REAL.items():
        if "failed" not in results[name]:
            table.add_row(label, f"{results[name][key]['total']:,}", _percent(results[name][key]))
    return table


def _speed(results: Result) -> Table:
    table = _table("Speed of finding copies, one core", "", "per CPU-second", "... without start-up", "peak MiB")
    runs = {f"{OURS}, {name}": run for name, run in results["speed"].items()}
    runs |= {name: found["speed"] for name, found in results["peers"].items() if "speed" in found}
    for name, run in runs.items():
        if "failed" not in run:
            rates = (run["per CPU-second"], run["per CPU-second without start-up"], run["memory"])
            table.add_row(name, *(f"{rate:,.0f}" for rate in rates))
    return table


def _percent(share: Result | None) -> str:
    return "-" if share is None or share["percent"] is None else f"{share['percent']:.1f}"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold", box=None, padding=(0, 3, 0, 0))
    for position, column in enumerate(columns):
        table.add_column(column, justify="right" if position else "left")
    return table
