"""Everything that is measured of text reuse, on the seed to report on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any, TypeVar

from bench import measure
from bench.data import ROOT, read_jsonl, write_jsonl
from bench.lineage import ours, pairs, sets, stripped
from bench.lineage.generate import Set
from bench.lineage.score import Scores, Share, score
from bench.lineage.seeds import REPORT
from firsthand.errors import FirsthandError
from firsthand.model import Derivation

SET = 5_000
SIZES = (5_000, 10_000, 100_000)
STORY, LONG_STORY = 400, 10_000
PEERS = ("datasketch", "rensa")
ONE_CORE = {"FIRSTHAND_PROCESSES": "1", "NUMBA_NUM_THREADS": "1"}

FIRSTHAND = str(Path(sys.executable).with_name("firsthand"))
PEER_PYTHON = str(ROOT / ".venv-bench" / "bin" / "python")
NOTHING = [{"id": "one", "text": "It rained."}, {"id": "two", "text": "The sun shone."}]

Result = dict[str, Any]
Made = TypeVar("Made")


def figures() -> Result:
    """All of it. What could not be measured is {"failed": why}. Raises MissingData."""
    return {
        "lineage": _or_why(partial(_aside, lineage)),
        "helsinki": _or_why(partial(_aside, helsinki)),
        "story": _or_why(partial(_aside, story)),
        "speed": speeds(),
        "peers": {name: _or_why(partial(peer, name)) for name in PEERS},
    }


def _aside(make: Callable[..., Made], *arguments: Any) -> Made:
    """What `make` gives, made in a process that ends with it.

    What we hold ourselves would be counted into the peak memory of the commands that we measure.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as process:
        return process.submit(make, *arguments).result()


def _or_why(measured: Callable[[], Result]) -> Result:
    try:
        return measured()
    except (measure.CommandFailed, OSError, FirsthandError) as error:
        return {"failed": str(error)}


def lineage() -> Result:
    """Ours on a generated set."""
    made = sets.generated(SET, REPORT)
    return as_result(score(made.truths, ours.found(made.articles)))


def as_result(scores: Scores) -> Result:
    """Scores as JSON, with shares in per cent beside their counts."""
    return {name: _plain(getattr(scores, name)) for name in Scores.__dataclass_fields__}


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return asdict(value) | {"percent": value.percent} if isinstance(value, Share) else value


def helsinki() -> Result:
    """Ours on our labelled pairs, and on the agencies' reports that do not say so."""
    articles = pairs.helsinki()
    linked = pairs.Linked(ours.copies_among(articles))
    found = pairs.agreed(pairs.labels(), linked)
    reports = stripped.linked(stripped.reports(articles), linked)
    return {"precision": _plain(found.precision), "recall": _plain(found.recall), "stripped": _plain(reports)}


def story() -> Result:
    """Ours on one story and its copies: those for which the source is found, and those whose parent is named."""
    _, made = sets.story_file(STORY, REPORT)
    found = ours.found(made.articles)
    return {
        "source": _plain(source_found(made, found)),
        "parent": _plain(score(made.truths, found).parent),
        "lines": len(found),
    }


def source_found(made: Set, found: Iterable[Derivation]) -> Share:
    """Copies that are joined to the report, directly or as where they have it from in the end."""
    source = made.truths[0].id
    joined = {one.later for one in found if source in {one.earlier, one.origin}} - {source}
    return Share(len(joined), len(made.truths) - 1)


def speeds() -> Result:
    """`firsthand copies` on sets of several sizes, and on a long story: what each run took."""
    write_jsonl(_scratch("nothing"), NOTHING)
    start_up = _or_why(lambda: asdict(measure.median(_copies(_scratch("nothing")), times=3)))
    files: dict[str, tuple[int, Callable[[int], Path]]] = {f"{size:,} articles": (size, _file) for size in SIZES}
    files[f"a story with {LONG_STORY:,} copies"] = (LONG_STORY, _story)
    return {name: _or_why(partial(_speed_of, size, file, start_up)) for name, (size, file) in files.items()}


def _speed_of(size: int, file: Callable[[int], Path], start_up: Result) -> Result:
    return speed(_copies(_aside(file, size)), size, start_up)


def _story(copies: int) -> Path:
    return sets.story_file(copies, REPORT)[0]


def _file(size: int) -> Path:
    return sets.file_of(size, REPORT) if size == SET else sets.articles_alone(size, REPORT)


def speed(command: Sequence[str], articles: int, start_up: Result) -> Result:
    """What one run over so many articles took. Raises CommandFailed."""
    run = measure.run(command, ONE_CORE)
    rest = max(run.cpu - start_up.get("cpu", 0.0), 1e-9)
    rates = {"per CPU-second": articles / run.cpu, "per CPU-second without start-up": articles / rest}
    return asdict(run) | rates


def peer(name: str) -> Result:
    """A library that compares articles as a whole, on the set that ours is scored on."""
    command = [PEER_PYTHON, "-m", "bench.lineage.peers", name]
    write_jsonl(_scratch("nothing"), NOTHING)
    start_up = asdict(measure.median([*command, str(_scratch("nothing")), str(_scratch(name))], times=1))
    took = speed([*command, str(_aside(_file, SET)), str(_scratch(name))], SET, start_up)
    return _aside(_peer_scores, name) | {"speed": took}


def _peer_scores(name: str) -> Result:
    found = [_claim(record["earlier"], record["later"]) for record in read_jsonl(_scratch(name))]
    return as_result(score(sets.generated(SET, REPORT).truths, found))


def _claim(earlier: str, later: str) -> Derivation:
    return Derivation(earlier, later, "copy", 1.0, "undetermined", (), earlier, "")


def _copies(articles: Path) -> list[str]:
    return [FIRSTHAND, "copies", str(articles), "--format", "jsonl", "--output", str(_scratch("found"))]


def _scratch(name: str) -> Path:
    sets.OUT.mkdir(parents=True, exist_ok=True)
    return sets.OUT / f"{name}.jsonl"
