"""Asking Firsthand where the queries of the bench of media come from: prints, archive and search, in processes.

The project's own functions, called directly: without the sandbox, whose start is not what is compared here.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import cv2
import faiss

from bench.data import ROOT, Record
from firsthand.media import deep, frames, sound
from firsthand.model import Match

STAGES = "pictures", "deep", "sound"
PROCESSES = 2
_HEARD, _SEEN = ("video", "sound"), ("video", "picture")
_archives: dict[str, Any] = {}


def found(folder: Path, records: Sequence[Record], processes: int = PROCESSES) -> list[Record]:
    """What is found for each query, in the order of `records`: {"path", "matches", "cpu", "failed"}.

    `matches`: those of all stages; `cpu`: CPU-seconds of print and search of each stage.
    """
    references = [record for record in records if record["role"] == "reference"]
    kept = {stage: folder / "prints" / f"{stage}-{_version(stage)}" for stage in STAGES}
    with _pool(processes) as pool:
        prints = [(folder, kept, record) for record in references]
        list(_shown(pool.map(_kept, prints, chunksize=1), len(references), "references"))
    asked = [record for record in records if record["role"] in ("query", "unrelated", "near miss")]
    names = [record["path"] for record in references]
    with _pool(processes, _open, (kept, names)) as pool:
        jobs = [(folder, record) for record in asked]
        return list(_shown(pool.map(_asked, jobs, chunksize=4), len(asked), "queries"))


def _pool(processes: int, begin: Callable[..., None] | None = None, given: tuple[Any, ...] = ()) -> ProcessPoolExecutor:
    os.environ |= dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1")
    return ProcessPoolExecutor(processes, get_context("spawn"), begin, given)


def _shown(results: Iterable[Record], total: int, what: str) -> Iterator[Record]:
    began = time.monotonic()
    for number, result in enumerate(results, start=1):
        if number % 100 == 0:
            print(f"{number} of {total} {what}, {time.monotonic() - began:.0f} s", file=sys.stderr, flush=True)
        yield result


def _alone() -> None:
    """One thread a process: two of them work at a time."""
    cv2.setNumThreads(1)
    faiss.omp_set_num_threads(1)


def _kept(job: tuple[Path, dict[str, Path], Record]) -> Record:
    """Print a reference, where this version of the code has not yet, and keep it."""
    _alone()
    folder, kept, record = job
    for stage in STAGES:
        path = _place(kept[stage], record["path"])
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(printed(folder / record["path"], stage, frames.ARCHIVE_RATE).packed())
    return record


def _place(kept: Path, name: str) -> Path:
    return kept / f"{name.replace('/', '-')}.print"


def _version(stage: str) -> str:
    """Of the code that makes the prints of a stage: what was made with another is not used."""
    modules = {
        "pictures": ("decoding", "bars", "pdq", "views", "prints", "frames"),
        "deep": ("decoding", "deep_reading", "deep_features", "deep_prints", "deep_printing"),
        "sound": ("hearing", "landmarks", "soundprints", "sound"),
    }[stage]
    source = b"".join((ROOT / f"src/firsthand/media/{name}.py").read_bytes() for name in modules)
    return hashlib.sha256(source).hexdigest()[:12]


def printed(path: Path, stage: str, rate: float) -> Any:
    """The print of a file for one stage; `rate`: frames a second for the pictures. Raises MediaError."""
    if stage == "pictures":
        return frames.print_of(path, rate)
    return deep.print_of(path) if stage == "deep" else sound.print_of(path)


def _open(kept: dict[str, Path], names: Sequence[str]) -> None:
    """Open the archives of all references in this process."""
    _alone()
    for stage, kind, archive in (
        ("pictures", frames.PicturePrint, frames.Archive),
        ("deep", deep.DeepPrint, deep.Archive),
        ("sound", sound.SoundPrint, sound.Archive),
    ):
        prints: list[tuple[str, Any]] = [(n, kind.unpacked(_place(kept[stage], n).read_bytes())) for n in names]
        _archives[stage] = archive((name, made.kept() if stage == "deep" else made) for name, made in prints)


def _asked(job: tuple[Path, Record]) -> Record:
    folder, record = job
    result: Record = {"path": record["path"], "matches": [], "cpu": {}}
    try:
        for stage in STAGES:
            if record["medium"] in (_HEARD if stage == "sound" else _SEEN):
                result["matches"] += _told(folder / record["path"], stage, result)
    except Exception as error:  # one that fails is told, and is not found: the rest is measured all the same
        result["failed"] = f"{type(error).__name__}: {error}"
    result["matches"] = [asdict(match) for match in result["matches"]]
    return result


def _told(path: Path, stage: str, result: Record) -> tuple[Match, ...]:
    began = time.process_time()
    made = printed(path, stage, frames.QUERY_RATE)
    middle = time.process_time()
    known = (result["matches"],) if stage == "deep" else ()
    matches: tuple[Match, ...] = _archives[stage].matches(made, *known)
    result["cpu"] |= {stage: middle - began, f"{stage}, search": time.process_time() - middle}
    return matches


def write(path: Path, results: Iterable[Record]) -> None:
    """A line for each query, to look at what was missed."""
    path.write_text("".join(json.dumps(result) + "\n" for result in results), encoding="utf-8")
