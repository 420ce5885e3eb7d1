"""Articles that are alike as a whole, by libraries for that: MinHash over runs of words, and an index of bands.

Run in .venv-bench: python -m bench.lineage.peers datasketch|rensa ARTICLES.jsonl FOUND.jsonl
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.data import read_jsonl, write_jsonl

RUN, PERMUTATIONS, LIKE = 5, 128, 0.5
"""Words of a run; permutations of a sketch; the likeness (Jaccard) from which two articles are a pair. 0.5 is both
libraries' usual middle: lower, and an index of bands names nearly everything."""

BANDS = 25
"""rensa's index wants bands that divide its permutations; 125 of them in 25 bands of five turn at 0.53."""

_WORD = re.compile(r"\w+")


def runs(text: str) -> set[str]:
    """All runs of words of a text, folded."""
    words = _WORD.findall(text.lower())
    return {" ".join(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}


def datasketch(articles: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs by datasketch's MinHash and MinHashLSH."""
    from datasketch import MinHash, MinHashLSH  # type: ignore[import-not-found]

    index = MinHashLSH(threshold=LIKE, num_perm=PERMUTATIONS)
    for name, text in articles:
        sketch = MinHash(num_perm=PERMUTATIONS)
        sketch.update_batch([run.encode() for run in runs(text)])
        yield from ((other, name) for other in index.query(sketch))
        index.insert(name, sketch)


def rensa(articles: list[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Pairs by rensa's RMinHash and RMinHashLSH."""
    from rensa import RMinHash, RMinHashLSH  # type: ignore[import-not-found]

    permutations = PERMUTATIONS // BANDS * BANDS
    index = RMinHashLSH(threshold=LIKE, num_perm=permutations, num_bands=BANDS)
    for number, (name, text) in enumerate(articles):
        sketch = RMinHash(num_perm=permutations, seed=1)
        sketch.update(list(runs(text)))
        yield from ((articles[other][0], name) for other in index.query(sketch))
        index.insert(number, sketch)


FINDERS = {"datasketch": datasketch, "rensa": rensa}


def main() -> None:
    """Write the pairs."""
    name, articles, found = sys.argv[1:]
    records = [(record["id"], record["text"]) for record in read_jsonl(Path(articles))]
    write_jsonl(Path(found), ({"earlier": one, "later": other} for one, other in FINDERS[name](records)))


if __name__ == "__main__":
    main()
