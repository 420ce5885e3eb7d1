"""The word lists that sources are read with, made anew from their sources.

Usage: python -m training.lexicons WORDNET CENSUS POLNEAR

WORDNET is the dict folder of Princeton WordNet 3.0 (Debian's wordnet-base installs it as /usr/share/wordnet); CENSUS a
folder with the U.S. Census Bureau's dist.male.first and dist.female.first of 1990; POLNEAR a train.jsonl of PolNeAR.
Only single words and their classes are taken, no glosses and no text.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "src" / "firsthand" / "attribution" / "lexicons"
CLASSES = {"18": "person", "14": "group", "10": "document"}
"""WordNet's lexicographer files: noun.person, noun.group, noun.communication."""
RARE = 0.004
"""Per cent of the population: rarer first names are more often words of another sort in a newspaper."""

_WORD = re.compile(r"(?<=[\w,] )[A-Za-z][a-z]+")


def main() -> None:
    """Write nouns.txt, names.txt and words.txt."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("wordnet", "census", "polnear"):
        parser.add_argument(name, type=Path)
    given = parser.parse_args()
    _write("nouns.txt", "Princeton WordNet 3.0: the class of each noun's first sense", _nouns(given.wordnet))
    _write("names.txt", "U.S. Census Bureau, 1990: first names, m, f or both", _names(given.census))
    _write("words.txt", "words that PolNeAR train prints in lower case more often than not", _words(given.polnear))


def _write(name: str, source: str, lines: Iterator[str]) -> None:
    (FOLDER / name).write_text("\n".join([f"# {source}. Made by training/lexicons.py.", *sorted(lines)]) + "\n")


def _nouns(folder: Path) -> Iterator[str]:
    rows = [row.split(" ") for row in _lines(folder / "data.noun")]
    kinds = {row[0]: row[1] for row in rows if "@i" not in row}  # an instance is a name, not a noun
    for row in (line.split() for line in _lines(folder / "index.noun")):
        first_sense = row[-int(row[2])]
        if row[0].isalpha() and (kind := CLASSES.get(kinds.get(first_sense, ""))):
            yield f"{row[0]} {kind}"


def _lines(path: Path) -> Iterator[str]:
    return (line for line in path.read_text(encoding="latin-1").splitlines() if not line.startswith(" "))


def _names(folder: Path) -> Iterator[str]:
    shares = {sex: _shares(folder / f"dist.{sex}male.first") for sex in ("", "fe")}
    for name in set(shares[""]) | set(shares["fe"]):
        male, female = shares[""].get(name, 0), shares["fe"].get(name, 0)
        if male + female >= RARE:
            yield f"{name} {'m' if male > 5 * female else 'f' if female > 5 * male else 'mf'}"


def _shares(path: Path) -> dict[str, float]:
    return {row[0].lower(): float(row[1]) for row in map(str.split, path.read_text().splitlines()) if row}


def _words(path: Path) -> Iterator[str]:
    counts: Counter[str] = Counter()
    for line in path.read_text(encoding="utf-8").splitlines():
        counts.update(word[0] for word in _WORD.finditer(json.loads(line)["text"]))
    return (word for word, count in counts.items() if word.islower() and count > counts[word.capitalize()])


if __name__ == "__main__":
    main()
