"""python -m bench.media: where edited clips come from: found by Firsthand and by vPDQ; how fast, in what memory.

The held-out set, unless `--seed development`. bench/media_suite.py says what the sets are; it makes them where they are
missing. Writes bench/out/results-media.json, and what was found for each query into the set's folder, found.jsonl.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console, Group
from rich.table import Table
from rich.text import Text

from bench import media_finding, media_materials, media_peers, media_scoring, media_speed, media_suite, readers
from bench.data import MissingData, Record
from bench.media_wanted import WANTED

Results = dict[str, Any]


def main() -> int:
    """Measure, print the tables, write the results. Returns the exit status."""
    arguments = _arguments()
    try:
        results = _results(arguments)
    except MissingData as missing:
        print(f"bench: {missing}", file=sys.stderr)
        return 1
    path = readers.OUT / f"results-media{'' if arguments.seed == media_materials.HELD_OUT else '-development'}.json"
    results["media"] = (_kept(path) if arguments.only else {}) | results["media"]
    path.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    Console(width=None if sys.stdout.isatty() else 140).print(Group(*tables(results["media"])))
    return 0


def _kept(path: Path) -> Results:
    """What was measured before."""
    found: Results = json.loads(path.read_text(encoding="utf-8"))["media"] if path.exists() else {}
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.media", description=__doc__)
    parser.add_argument("--seed", choices=tuple(media_suite.PARTS), default=media_materials.HELD_OUT, help="which set")
    parser.add_argument(
        "--only", choices=("finding", "speed"), help="measure this; keep what was measured of the other"
    )
    parser.add_argument("--as-is", action="store_true", help="measure what is there of the set; make nothing")
    parser.add_argument("--kinds", nargs="+", metavar="KIND", help="ask for queries of these kinds or roles only")
    return parser.parse_args()


def _results(arguments: argparse.Namespace) -> Results:
    folder = media_suite.FOLDER / arguments.seed
    found: Results = {}
    if arguments.only != "speed":
        found |= _found(folder, _records(arguments, folder))
    if arguments.only != "finding":
        found |= {"speed": media_speed.figures(media_suite.FOLDER / "speed")}
    return {"date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": readers.machine(), "media": found}


def _records(arguments: argparse.Namespace, folder: Path) -> list[Record]:
    part = media_suite.PARTS[arguments.seed]
    made = media_suite.manifest(folder) if arguments.as_is else media_suite.made(part, folder, _log)
    wanted = {"reference", *arguments.kinds} if arguments.kinds else {"reference", "query", "unrelated", "near miss"}
    return [one for one in made if one["role"] in wanted or one["kind"] in wanted]


def _log(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _found(folder: Path, records: list[Record]) -> Results:
    began = time.monotonic()
    found = media_finding.found(folder, records)
    media_finding.write(folder / "found.jsonl", found)
    results = {"references": sum(one["role"] == "reference" for one in records), "queries": len(found)}
    results |= {"seconds": time.monotonic() - began} | _sizes(records)
    results |= media_scoring.figures(records, found, media_peers.found(folder, records))
    return results | {"vPDQ": media_peers.missing() or "vpdq, its own hashes"}


def _sizes(records: list[Record]) -> Results:
    return {"hours of queries": sum(one["seconds"] for one in records if one["role"] != "reference") / 3600}


def tables(found: Results) -> Iterator[Table | Text]:
    """What was measured, as tables."""
    if "queries" in found:
        yield _sizes_told(found)
        yield from (_kinds(found), _false(found), _ranges(found["ranges"]))
        yield Text(f"Could not be asked: {', '.join(found['failed']) or 'none'}")
    if "speed" in found:
        yield Text("\nSpeed and memory", style="bold")
        yield from map(Text, media_speed.report(found["speed"]))


def _sizes_told(found: Results) -> Text:
    return Text(
        f"{found['queries']:,} queries against {found['references']} references, {found['hours of queries']:.1f} hours "
        f"of film and sound in {found['seconds'] / 60:.0f} minutes in two processes"
    )


def _kinds(found: Results) -> Table:
    columns = (*media_scoring.STAGES, "vPDQ")
    table = _table("Found, per cent of the queries", "", "n", "wanted", *columns)
    for kind, one in found["kinds"].items():
        table.add_row(kind, str(one["n"]), str(WANTED.get(kind, "")), *(_share(one[column]) for column in columns))
    return table


def _false(found: Results) -> Table:
    """Queries with any claim."""
    columns = (*media_scoring.STAGES, "any", "vPDQ")
    table = _table("Something claimed, number of queries", "", "n", *columns)
    rows = {"unrelated": found["unrelated"]} | {f"near: {kind}": one for kind, one in found["near misses"].items()}
    for name, one in rows.items():
        table.add_row(
            name, str(one["n"]), *("-" if one[column] is None else str(len(one[column])) for column in columns)
        )
    wrong = {kind: len(paths) for kind, paths in found["wrong reference"].items()}
    asked = sum(one["n"] for one in found["kinds"].values())
    cells = str(wrong["pictures"]), str(wrong["place"]), str(wrong["sound"])
    table.add_row("edited, of another reference", str(asked), *cells, "", "")
    return table


def _ranges(found: Results) -> Table:
    table = _table("Ranges: error of both ends, s", "", "n", "median", "90th percentile", "within 0.5 s, per cent")
    rows = {f"{stage}, {side}": one for stage, sides in found["stages"].items() for side, one in sides.items()}
    rows |= {f"{kind}, both": sides["both"] for kind, sides in found["kinds"].items()}
    for name, one in (rows | {"stills, in the reference": found["stills"]}).items():
        if one["n"]:
            figures = f"{one['median']:.2f}", f"{one['p90']:.2f}", f"{one['within 0.5 s, per cent']:.1f}"
            table.add_row(name, str(one["n"]), *figures)
    return table


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.1f}"


def _table(title: str, *columns: str) -> Table:
    table = Table(title=f"\n{title}", title_justify="left", title_style="bold")
    for number, column in enumerate(columns):
        table.add_column(column, justify="right" if number else "left")
    return table


if __name__ == "__main__":
    sys.exit(main())
