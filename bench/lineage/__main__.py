"""python -m bench.lineage: write a set of articles and the truth about them, to tune on or to look at."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from bench.data import MissingData
from bench.lineage import seeds
from bench.lineage.generate import write, write_many


def main() -> int:
    """Write the files. Returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m bench.lineage", description=__doc__)
    parser.add_argument("articles", type=Path, help="JSON Lines file to write the articles to")
    parser.add_argument("truth", type=Path, nargs="?", help="... and the truth; large sets are quicker without")
    parser.add_argument("--number", type=int, default=5_000, metavar="N", help="how many articles")
    parser.add_argument("--seed", default=seeds.DEVELOPMENT[0], help="any text")
    arguments = parser.parse_args()
    try:
        if arguments.truth:
            write(arguments.number, arguments.seed, arguments.articles, arguments.truth)
        else:
            write_many(arguments.number, arguments.seed, arguments.articles)
    except MissingData as missing:
        print(f"bench.lineage: {missing}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
