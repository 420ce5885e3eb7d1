"""The readers that are compared, each measured as a person would run it: a process of its own."""

from __future__ import annotations

import platform
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

from bench import measure, scores
from bench.data import ROOT, Record, read_jsonl, words, write_jsonl

OUT = ROOT / "bench" / "out"
FIRSTHAND = str(Path(sys.executable).with_name("firsthand"))
PEER_PYTHON = str(ROOT / ".venv-bench" / "bin" / "python")
EXAMPLE = str(ROOT / "examples" / "warning.html")
ONE, TWO = {"FIRSTHAND_PROCESSES": "1"}, {"FIRSTHAND_PROCESSES": "2"}
COLD_STARTS = 5
START_UP = [{"id": "start-up", "text": "It rained.", "attributions": []}]

Result = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """A reader of attributions: its name, and its command for (articles, predictions), both JSON Lines files."""

    name: str
    command: Callable[[Path, Path], list[str]]
    in_parallel: bool = False


def _firsthand(articles: Path, predicted: Path) -> list[str]:
    return [FIRSTHAND, "read", str(articles), "--format", "jsonl", "--output", str(predicted)]


def _peer(name: str) -> Reader:
    command = [PEER_PYTHON, "-m", "bench.peers", name]
    return Reader(name, lambda articles, predicted: [*command, str(articles), str(predicted)])


READERS = (Reader("firsthand", _firsthand, in_parallel=True), _peer("textacy"), _peer("rules"))


def result(reader: Reader, gold: Path, scorer: ModuleType) -> Result:
    """Everything measured of one reader. What could not be measured is {"failed": why}, never a zero."""
    try:
        return _measured(reader, gold, scorer)
    except (measure.CommandFailed, OSError) as error:
        return {"failed": str(error)}


def _measured(reader: Reader, gold: Path, scorer: ModuleType) -> Result:
    predicted = OUT / f"{reader.name}.jsonl"
    run = measure.run(reader.command(gold, predicted), ONE)
    articles = read_jsonl(gold)
    parallel = _two_processes(reader, gold, words(articles), run) if reader.in_parallel else {}
    return _scored(scorer, articles, read_jsonl(predicted)) | _speed(reader, run, words(articles)) | parallel


def _scored(scorer: ModuleType, gold: list[Record], predicted: list[Record]) -> Result:
    models = sorted({record["model"] for record in predicted if "model" in record})
    return {
        "model": models,
        "overall": scores.overall(scorer, gold, predicted),
        "kinds": scores.by_kind(scorer, gold, predicted),
    }


def _speed(reader: Reader, run: measure.Run, total: int) -> Result:
    start_up = _start_up(reader)
    return {
        "words": total,
        "one process": asdict(run),
        "words per CPU-second": total / run.cpu,
        "words per CPU-second without start-up": total / max(run.cpu - start_up.cpu, 1e-9),
        "start-up CPU-seconds": start_up.cpu,
        "memory": run.memory,
    }


def _start_up(reader: Reader) -> measure.Run:
    """What reading next to nothing takes, model loading included."""
    write_jsonl(OUT / "start-up.jsonl", START_UP)
    return measure.median(reader.command(OUT / "start-up.jsonl", OUT / "start-up.out.jsonl"), times=3)


def _two_processes(reader: Reader, gold: Path, total: int, one: measure.Run) -> Result:
    command = reader.command(gold, OUT / "two.jsonl")
    two = measure.run(command, TWO)
    return {
        "two processes": asdict(two),
        "wall words per second, two": total / two.wall,
        "two over one": one.cpu / two.wall,
        "memory, two": measure.peak_of_tree(command, TWO),
    }


def cold_starts() -> Result:
    """Median wall seconds of `firsthand read` on one bundled article, and of `firsthand --help`."""
    commands = {"read": [FIRSTHAND, "read", EXAMPLE], "help": [FIRSTHAND, "--help"]}
    return {name: _cold_start(command) for name, command in commands.items()}


def _cold_start(command: list[str]) -> Result:
    try:
        return asdict(measure.median(command, COLD_STARTS))
    except (measure.CommandFailed, OSError) as error:
        return {"failed": str(error)}


def machine() -> Result:
    """What the figures were measured on."""
    return {"python": platform.python_version(), "system": platform.platform(), "processor": _processor()}


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())
