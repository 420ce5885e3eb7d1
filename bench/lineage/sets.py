"""Generated sets on disk: made once for each number, seed and state of the generator."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

from bench.data import ROOT, read_jsonl, write_jsonl
from bench.lineage.generate import Set, write, write_many
from bench.lineage.story import story
from bench.lineage.truth import read

OUT = ROOT / "bench" / "out" / "lineage"


def generated(articles: int, seed: str) -> Set:
    """A set with its truth. Raises MissingData."""
    path = _path("set", articles, seed)
    truth = _once(path.with_suffix(".truth.jsonl"), lambda to: write(articles, seed, path, to))
    return Set(tuple(read_jsonl(path)), tuple(map(read, read_jsonl(truth))))


def articles_alone(articles: int, seed: str) -> Path:
    """A file of a set without its truth. Raises MissingData."""
    return _once(_path("alone", articles, seed), lambda to: write_many(articles, seed, to))


def file_of(articles: int, seed: str) -> Path:
    """The file of articles of `generated`. Raises MissingData."""
    generated(articles, seed)
    return _path("set", articles, seed)


def story_file(copies: int, seed: str) -> tuple[Path, Set]:
    """A story with so many copies, and the file of its articles. Raises MissingData."""
    path = _path("story", copies, seed)
    made = story(copies, seed)
    _once(path, lambda to: write_jsonl(to, made.articles))
    return path, made


def _path(kind: str, number: int, seed: str) -> Path:
    return OUT / f"{kind}-{number}-{seed.replace(' ', '-')}-{_state()}.jsonl"


def _state() -> str:
    """Of the generator: other code makes other sets."""
    made_by = sorted(path for path in Path(__file__).parent.iterdir() if path.suffix in {".py", ".txt"})
    texts = (path.read_bytes() for path in made_by if path.stem in GENERATOR)
    return hashlib.sha256(b"".join(texts)).hexdigest()[:12]


GENERATOR = {
    "credits",
    "edits",
    "exchange",
    "furniture",
    "generate",
    "originals",
    "page",
    "quotations",
    "story",
    "truth",
    "world",
}


def _once(path: Path, make: Callable[[Path], None]) -> Path:
    """The file, made under another name first: what was cut off is not taken for whole. Those of older code go."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.glob(f"{path.name.rsplit('-', 1)[0]}-*"):
            old.unlink()
        beside = path.with_suffix(".part")
        make(beside)
        beside.rename(path)
    return path
