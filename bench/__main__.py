"""python -m bench: Firsthand beside its peers: reading PolNeAR dev, finding copies of known lineage, joining claims.

And how fast the web page answers.
"""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console

from bench import claims, million, readers, tables, web, whose_word
from bench.data import MissingData, read_jsonl, shared, words, write_jsonl
from bench.lineage import figures


def main() -> int:
    """Measure, print the tables, and write bench/out/results.json. Returns the exit status.

    What `--only` measures goes into a file of its own: the README is made of a whole bench, and of what is newer.
    """
    arguments = _arguments()
    readers.OUT.mkdir(parents=True, exist_ok=True)
    try:
        results = _all(arguments)
    except MissingData as missing:
        print(f"bench: {missing}", file=sys.stderr)
        return 1
    name = f"results-{arguments.only}.json" if arguments.only else "results.json"
    (readers.OUT / name).write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    Console(width=None if sys.stdout.isatty() else 140).print(tables.report(results))
    return 0


def _arguments() -> argparse.Namespace:
    names = [reader.name for reader in readers.READERS]
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--articles", type=int, metavar="N", help="about N articles, spread over the whole")
    parser.add_argument("--only", choices=("reading", "reuse", "claims", "web"), help="measure one of the four")
    parser.add_argument("--readers", nargs="+", choices=names, default=names, help="measure these only")
    return parser.parse_args()


def _all(arguments: argparse.Namespace) -> tables.Results:
    found: tables.Results = {"date": datetime.now(UTC).isoformat(timespec="seconds"), "machine": readers.machine()}
    if arguments.only in (None, "reading"):
        found |= _results(_gold(arguments.articles), arguments.readers)
    if arguments.only in (None, "reuse"):
        found |= {"reuse": figures.figures(), "million": million.figures()}
    if arguments.only in (None, "claims"):
        found |= {"claims": claims.figures()}
    if arguments.only in (None, "web"):
        found |= {"web": web.figures()}
    return found


def _gold(articles: int | None) -> Path:
    """The gold articles, or a file of about that many of them, spread over the whole."""
    path = shared().gold
    if not articles:
        return path
    records = read_jsonl(path)
    write_jsonl(readers.OUT / "gold.jsonl", records[:: max(1, len(records) // articles)])
    return readers.OUT / "gold.jsonl"


def _results(gold: Path, names: list[str]) -> tables.Results:
    scorer, articles = shared().scorer, read_jsonl(gold)
    return {
        "articles": len(articles),
        "words": words(articles),
        "readers": {r.name: readers.result(r, gold, scorer) for r in readers.READERS if r.name in names},
        "cold starts": readers.cold_starts(),
        "whose word": whose_word.figures(),
        "cost": whose_word.cost(),
    }


if __name__ == "__main__":
    sys.exit(main())
