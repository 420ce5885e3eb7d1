"""How fast prints of media are made, in what memory, and how fast ten million hashes are searched.

python -m bench.media_speed STAGE FILE prints one file, to be measured from outside.
"""

from __future__ import annotations

import statistics
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import cv2
import faiss
import numpy as np

from bench import measure, media_files
from bench.data import Record
from bench.media_deck import Deck
from bench.media_finding import printed
from bench.media_materials import HELD_OUT, Image
from bench.media_scenes import frames as painted
from bench.media_sounds import mixed
from firsthand.media import frames

Figures = dict[str, Any]
TWO_HOURS = 7_200.0
CLIPS = {"480p": ((854, 480), 60.0), "1080p": ((1920, 1080), 30.0)}
"""Size, and seconds."""

HASHES = 10_000_000
A_FILE = 20_000
"""Random hashes of one file in the large archive: an hour at its rate in one view."""

STAGES = {
    "pictures, 480p": "480p", "pictures, 1080p": "1080p", "deep, 480p": "480p", "deep, 1080p": "1080p", "sound": "480p",
}  # fmt: skip


def figures(folder: Path) -> Figures:
    """Times real time of each stage, with one and two processes; memory over two hours; seconds of a search."""
    long, stages = clips(folder), ("deep", "pictures", "sound")
    speeds = {stage: _speed(stage, folder) for stage in STAGES}
    with ThreadPoolExecutor(2) as pool:
        memory = dict(
            zip(stages, pool.map(lambda stage: measure.run(_command(stage, long)).memory, stages), strict=True)
        )
    return {"times real time": speeds, "two hours, MiB": memory, "search": _search(folder)}


def clips(folder: Path) -> Path:
    """Make the films that are measured, where they are missing. Returns that of two hours."""
    for name, (size, seconds) in CLIPS.items():
        if not (path := folder / f"speed-{name}.mp4").exists():
            _clip(path, size, seconds)
    return _two_hours(folder)


def _clip(path: Path, size: tuple[int, int], seconds: float) -> None:
    """News in shots of some seconds, at 25 frames a second and a quality that is usual on the web."""
    path.parent.mkdir(parents=True, exist_ok=True)
    deck = Deck(HELD_OUT, 480)
    scenes = [deck.other(6.0) for _ in range(round(seconds / 6))]
    sound = np.concatenate([mixed(scene.mix, 6.0) for scene in scenes])
    media_files.write(path, _scenes(scenes, size), sound, 25, 23, preset="veryfast")


def _scenes(scenes: Sequence[Any], size: tuple[int, int]) -> Iterator[Image]:
    for scene in scenes:
        yield from painted(scene.shots, 25, size)


def _two_hours(folder: Path) -> Path:
    """The minute at 480p, over and over, without encoding it again."""
    path = folder / "speed-two-hours.mp4"
    if not path.exists():
        media_files.join([folder / "speed-480p.mp4"] * round(TWO_HOURS / CLIPS["480p"][1]), path)
    return path


def _speed(stage: str, folder: Path) -> Figures:
    """Of three runs each the median; what a process needs to start is not counted."""
    name, (_, seconds) = STAGES[stage], CLIPS[STAGES[stage]]
    stage, path = stage.split(",")[0], folder / f"speed-{name}.mp4"
    start = statistics.median(measure.run(_command(stage)).wall for _ in range(3))
    one = statistics.median(measure.run(_command(stage, path)).wall for _ in range(3)) - start
    two = statistics.median(_both(_command(stage, path)) for _ in range(3)) - start
    return {"one process": seconds / one, "two processes": 2 * seconds / two, "start, s": start}


def _command(stage: str, *paths: Path) -> list[str]:
    return [sys.executable, "-m", "bench.media_speed", stage, *map(str, paths)]


def _both(command: Sequence[str]) -> float:
    """Seconds until two of the same are done, begun together."""
    began = time.perf_counter()
    runs = [threading.Thread(target=measure.run, args=(command,)) for _ in range(2)]
    for run in runs:
        run.start()
    for run in runs:
        run.join()
    return time.perf_counter() - began


def _search(folder: Path) -> Figures:
    """Seconds to search ten million random hashes and the references', by the length of the query."""
    minute = printed(folder / "speed-480p.mp4", "pictures", frames.QUERY_RATE)
    queries = {"12 s": _first(minute, 12.0), "60 s": minute}
    began = time.perf_counter()
    archive = frames.Archive(_random(minute))
    built = time.perf_counter() - began
    return {"hashes": HASHES, "built in, s": built} | {
        length: {"hashes": len(query.times), "s": _median(lambda query=query: archive.matches(query))}  # type: ignore[misc]
        for length, query in queries.items()
    }


def _first(whole: frames.PicturePrint, seconds: float) -> frames.PicturePrint:
    some = whole.times < seconds
    return frames.PicturePrint(whole.times[some], whole.hashes[some], whole.views[some], whole.quality[some], seconds)


def _random(like: frames.PicturePrint) -> Iterator[tuple[str, frames.PicturePrint]]:
    """Files of random hashes in the views that real ones have, and one real file."""
    rng = np.random.default_rng(10)
    yield "real", like
    for number in range(HASHES // A_FILE):
        hashes = rng.integers(0, 256, (A_FILE, 32), np.uint8)
        times = np.sort(rng.uniform(0, 3600, A_FILE)).astype(np.float32)
        views = rng.choice(like.views, A_FILE)
        yield f"random {number}", frames.PicturePrint(times, hashes, views, np.full(A_FILE, 100, np.uint8), 3600.0)


def _median(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def report(found: Record) -> Iterator[str]:
    """The figures, a line each."""
    for stage, one in found["times real time"].items():
        yield f"{stage:<18} {one['one process']:>6.0f}x real time, two processes {one['two processes']:>6.0f}x"
    for stage, memory in found["two hours, MiB"].items():
        yield f"two hours, {stage:<8} {memory:>6.0f} MiB at most"
    search = found["search"]
    for length in ("12 s", "60 s"):
        one = search[length]
        yield f"{search['hashes']:,} hashes searched for {length} ({one['hashes']:,} hashes) in {one['s']:.2f} s"


def main() -> int:
    """Print one file, or none, to see what the start alone takes."""
    cv2.setNumThreads(1)
    faiss.omp_set_num_threads(1)
    for path in sys.argv[2:]:
        printed(Path(path), sys.argv[1], frames.QUERY_RATE)
    return 0


if __name__ == "__main__":
    sys.exit(main())
