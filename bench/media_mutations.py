"""Broken and hostile media files by the thousand, and what becomes of the readers: python -m bench.media_mutations.

10,000 files (--files), made from small honest ones (bench/media_seeds.py) by mutations of which some are blind and some
know the format (bench/media_mutators.py): MP4, JPEG, PNG, WAV, and XMP and C2PA inside of them. Every task of
firsthand.media.tasks reads every file. A process for each would take a day, so the tasks run in one process that lives
long, as confined as the real one and restarted now and then, or when it dies, which is counted; every 50th file
(--every) is read by each task through the real sandbox as well. ExifTool, where it is installed, is started by the
latter alone: half a second for each file. What crashed, hung or met an error that no reader
expects is kept (--keep). The limit of time is that of the sandbox for a small file.

Writes bench/out/media-mutations.json; ends with 1 if this process met any error but MediaError, or a task ran late.
"""

from __future__ import annotations

import argparse
import json
import os
import select
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from random import Random
from typing import Any, BinaryIO, cast

from bench import media_mutators as mutators
from bench import media_seeds as seeds
from bench.media_signing import chain, signed
from bench.readers import OUT
from firsthand import media
from firsthand.errors import FirsthandError, MediaError
from firsthand.media import sandbox, tasks, wire
from firsthand.media.confinement import confine
from firsthand.model import Credentials, Metadata

KINDS = ("mp4", "jpeg", "png", "wav", "xmp", "c2pa", "mp4", "jpeg", "png", "c2pa")
"""In which share each kind comes."""
SUFFIXES = {"mp4": ".mp4", "jpeg": ".jpg", "png": ".png", "wav": ".wav"}
GIVEN: dict[str, dict[str, Any]] = {
    "pictures": {"rate": 8.0},
    "stills": {"times": [0.0, 0.6, 1e9], "height": 90, "mirrored": True},
}
LATE = sandbox.QUICK.seconds
RESTART = 400
"""Files after which the process is a new one, so that what leaks does not add up."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A broken file. `name` says of what it was made, and its number."""

    name: str
    data: bytes


def mutants(files: int, seed: int) -> Iterator[Mutant]:
    """Broken files, the same ones for the same seed but for the signatures in them."""
    honest = {kind: {name: make() for name, make in made.items()} for kind, made in seeds.SEEDS.items()}
    by = chain()
    of_media = (("jpeg", "image/jpeg"), ("mp4", "video/mp4"), ("png", "image/png"))
    honest["c2pa"] = {kind: signed(honest[kind]["plain"], media_type, by) for kind, media_type in of_media}
    for number, kind in enumerate(islice(cycle(KINDS), files)):
        yield _mutant(Random(f"{seed}/{number}"), number, kind, honest)


def _mutant(rng: Random, number: int, kind: str, honest: dict[str, dict[str, bytes]]) -> Mutant:
    if kind == "xmp":
        within, packet = rng.choice(("jpeg", "png", "mp4")), _broken(rng, seeds.XMP.encode(), kind)
        data = _embedded(within, honest[within]["plain"], packet)
    else:
        name = rng.choice([*honest[kind]])
        within, data = (name if kind == "c2pa" else kind), _broken(rng, honest[kind][name], kind)
    if rng.random() < 0.03:
        other = rng.choice([*honest["mp4"].values(), *honest["jpeg"].values()])
        data = data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other)) :]
    suffix = SUFFIXES[within] if rng.random() < 0.95 else rng.choice([*SUFFIXES.values(), ".svg", ""])
    return Mutant(f"{number:05}-{kind}{suffix}", data or b"\0")


def _broken(rng: Random, data: bytes, kind: str) -> bytes:
    """One to three mutations; in a manifest, blind ones would mostly hit the pictures, so they are rare there."""
    blind = 0.15 if kind == "c2pa" else 0.4
    for _ in range(rng.choice((1, 1, 2, 3))):
        ways = mutators.BLIND if rng.random() < blind else mutators.BY_KIND[kind]
        with suppress(IndexError, ValueError):  # nothing is left to break
            data = rng.choice(ways)(rng, bytearray(data)) or b"\0"
    return data


def _embedded(kind: str, data: bytes, packet: bytes) -> bytes:
    """A file with one more XMP packet, told of as the format wants it."""
    if kind == "jpeg":
        body = b"http://ns.adobe.com/xap/1.0/\0" + packet[:65_000]
        return data[:2] + b"\xff\xe1" + (len(body) + 2).to_bytes(2, "big") + body + data[2:]
    if kind == "png":
        return data[:33] + mutators.chunk(b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + packet) + data[33:]
    return data + (24 + len(packet)).to_bytes(4, "big") + b"uuid" + seeds.XMP_UUID + packet


def checked(task: str, sent: bytes) -> None:
    """What this process would check of a task's answer. Raises FirsthandError."""
    from firsthand.media import deep, prints, sound

    checks: dict[str, Callable[[bytes], object]] = {
        "metadata": lambda body: wire.record(Metadata, body),
        "credentials": lambda body: wire.record(Credentials, body),
        "pictures": prints.PicturePrint.unpacked,
        "sound": sound.SoundPrint.unpacked,
        "deep": deep.DeepPrint.unpacked,
        "stills": lambda body: wire.stills(body, len(GIVEN["stills"]["times"])),
    }
    checks[task](sent)


def work(folder: Path) -> None:
    """The process that lives long: a task and a file's name on each line of its input, an answer on its output."""
    calls = {task: tasks.function(task) for task in tasks.TASKS}
    with suppress(FirsthandError):
        checked("pictures", b"")  # what it loads, it loads before it is confined
    answer = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    os.dup2(1, 2)
    memory = Memory()
    confine(folder, sandbox.LIMITS.memory, 100_000, sandbox.LIMITS.files)
    for line in sys.stdin:
        task, name = line.split()
        memory.forget()
        before = time.monotonic()
        outcome, cause = outcome_of(task, calls[task], folder / name)
        took = time.monotonic() - before
        answer.write(json.dumps([outcome, cause, took, memory.peak()]) + "\n")


def outcome_of(task: str, call: Callable[..., Any], path: Path) -> tuple[str, str]:
    """read, refused (one MediaError) or unforeseen, with the cause."""
    try:
        checked(task, wire.encoded(call(path, **GIVEN.get(task, {}))))
    except MemoryError as error:
        return "refused", tasks.cause_of(error)
    except FirsthandError as error:
        return "refused", tasks.cause_of(error)
    except BaseException as error:
        return "unforeseen", f"{type(error).__name__}: {error}"[:200]
    return "read", ""


class Memory:
    """What this process has held at most since it was last asked to forget, by /proc, opened while it may be."""

    def __init__(self) -> None:
        self._forget = Path("/proc/self/clear_refs").open("w")  # noqa: SIM115
        self._status = Path("/proc/self/status").open()  # noqa: SIM115

    def forget(self) -> None:
        """Begin anew."""
        self._forget.write("5")
        self._forget.flush()

    def peak(self) -> int:
        """Bytes."""
        self._status.seek(0)
        return next(int(line.split()[1]) << 10 for line in self._status if line.startswith("VmHWM"))


@dataclass(frozen=True, slots=True)
class Told:
    """What became of one task on one file: seconds by the clock, and bytes of memory at most."""

    task: str
    name: str
    outcome: str
    cause: str
    seconds: float
    memory: int


class Worker:
    """The process that lives long, from this side."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self._left = 0

    def ask(self, task: str, name: str) -> Told:
        """What becomes of a task on a file of the folder: read, refused, unforeseen, died or late."""
        process = self._running()
        with suppress(BrokenPipeError):
            questions = cast(BinaryIO, process.stdin)
            questions.write(f"{task} {name}\n".encode())
            questions.flush()
        answers = cast(BinaryIO, process.stdout)
        if not select.select([answers], [], [], LATE)[0]:
            told = Told(task, name, "late", "", LATE, 0)
        elif line := answers.readline():
            return Told(task, name, *json.loads(line))
        else:
            told = Told(task, name, "died", f"status {process.wait()}", 0.0, 0)
        self.end()
        return told

    def end(self) -> None:
        """Stop it; the next question starts another."""
        if self._process:
            self._process.kill()
            self._process.communicate()
        self._process = None

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._left == 0:
            self.end()
            command = [sys.executable, "-m", "bench.media_mutations", "--work", str(self._folder)]
            self._process = subprocess.Popen(
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                env=os.environ | sandbox.environment() | {"PATH": ""},
            )
            self._left = RESTART * len(tasks.TASKS)
        self._left -= 1
        return self._process


@dataclass(slots=True)
class Tally:
    """What became of all."""

    outcomes: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    causes: Counter[str] = field(default_factory=Counter)
    seconds: Counter[str] = field(default_factory=Counter)
    odd: list[Told] = field(default_factory=list)
    slowest: dict[str, Told] = field(default_factory=dict)
    largest: dict[str, Told] = field(default_factory=dict)

    def take(self, told: Told) -> None:
        """Count it."""
        self.outcomes[told.task][told.outcome] += 1
        self.seconds[told.task] += told.seconds  # type: ignore[assignment]
        if told.outcome == "refused":
            self.causes[f"{told.task}: {told.cause}"] += 1
        if told.outcome not in ("read", "refused"):
            self.odd.append(told)
        for most, value in ((self.slowest, "seconds"), (self.largest, "memory")):
            if told.task not in most or getattr(told, value) > getattr(most[told.task], value):
                most[told.task] = told


def confined(path: Path) -> Iterator[Told]:
    """Every task through the real sandbox: read, refused, or "broke through" where this process met another error."""
    for task, call in REAL.items():
        before = time.monotonic()
        outcome, cause = "read", ""
        try:
            call(path)
        except MediaError as error:
            outcome, cause = "refused", error.cause
        except Exception as error:
            outcome, cause = "broke through", repr(error)[:200]
        yield Told(f"{task}, confined", path.name, outcome, cause, time.monotonic() - before, 0)


REAL: dict[str, Callable[[Path], object]] = {
    "metadata": media.metadata_of,
    "pictures": lambda path: media.pictures_of(path, **GIVEN["pictures"]),
    "sound": media.sound_of,
    "deep": media.deep_of,
    "credentials": media.credentials_of,
    "stills": lambda path: media.stills_of(path, **GIVEN["stills"]),
}


def run(numbers: range, seed: int, every: int, keep: Path | None) -> Iterator[tuple[int, Tally]]:
    """Break the files of these numbers and have them read; after each, how many have been, and what became of all."""
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        worker = Worker(Path(folder))
        for done, mutant in enumerate(islice(mutants(numbers.stop, seed), numbers.start, None), 1):
            path = Path(folder) / mutant.name
            path.write_bytes(mutant.data)
            _read(path, worker, tally, keep, really=every > 0 and done % every == 1)
            path.unlink()
            yield done, tally
        worker.end()


def _read(path: Path, worker: Worker, tally: Tally, keep: Path | None, really: bool) -> None:
    """By every task; through the sandbox too where asked for, or where something odd came, and then it is kept."""
    odd = len(tally.odd)
    for task in tasks.TASKS:
        tally.take(worker.ask(task, path.name))
    if really or len(tally.odd) > odd:
        for told in confined(path):
            tally.take(told)
    if keep and len(tally.odd) > odd:
        keep.mkdir(parents=True, exist_ok=True)
        (keep / path.name).write_bytes(path.read_bytes())


def figures(tally: Tally) -> dict[str, Any]:
    """What is printed and kept."""
    return {
        "outcomes": {task: dict(counts) for task, counts in tally.outcomes.items()},
        "seconds": {task: round(took, 1) for task, took in tally.seconds.items()},
        "slowest, s": {task: [round(told.seconds, 2), told.name] for task, told in tally.slowest.items()},
        "memory, MiB": {task: [told.memory >> 20, told.name] for task, told in tally.largest.items() if told.memory},
        "odd": [[told.task, told.name, told.outcome, told.cause] for told in tally.odd],
        "causes": dict(tally.causes.most_common(40)),
    }


def main() -> None:
    """Read the arguments, run, print, keep."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[0])
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--first", type=int, default=0, help="the number of the first, to go on where a run was ended")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--every", type=int, default=50, help="every so many files through the real sandbox too")
    parser.add_argument("--keep", type=Path, help="a folder for the files of which something odd came")
    parser.add_argument("--work", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.work:
        work(given.work)
    else:
        sys.exit(report(given))


def report(given: argparse.Namespace) -> int:
    """Run, keep the figures of every 500 files and print the last; 1 where a task was late or broke through."""
    began, told = time.monotonic(), dict[str, Any]()
    for done, tally in run(range(given.first, given.files), given.seed, given.every, given.keep):
        if done % 500 == 0 or done == given.files - given.first:
            told = {"files": done, "first": given.first, "seed": given.seed, "every": given.every}
            told |= {"wall, s": round(time.monotonic() - began)} | figures(tally)
            OUT.mkdir(exist_ok=True)
            (OUT / "media-mutations.json").write_text(json.dumps(told, indent=1) + "\n")
            print(f"{done} files, {len(tally.odd)} odd", file=sys.stderr, flush=True)
    print(json.dumps(told, indent=1))
    print(f"One long-lived process, restarted every {RESTART} files, read all of them; one in {given.every} went")
    print("through the sandbox itself too, a process for each task.")
    return int(any(one[2] in ("late", "broke through") for one in told.get("odd", ())))


if __name__ == "__main__":
    main()
