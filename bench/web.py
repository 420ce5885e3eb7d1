"""How fast the web page answers: python -m bench.web [SECONDS] [LIBRARY].

`firsthand serve` on one core, over a library of 20,000 articles and 300,000 statements (bench/web_library.py). Requests
come by chance, ten a second on average, whether or not those before are answered, for every kind of page alike; of each
it is measured how long it takes until the last byte is there. Then one after the other, for the processor's time.
"""

from __future__ import annotations

import asyncio
import gzip
import os
import random
import re
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.request import urlopen

from bench.data import ROOT
from bench.web_library import path as generated
from bench.web_paths import Paths, paths

RATE, SECONDS, SEED = 10.0, 240.0, 3
PORT = 8497
RARE = 0.1
"""How often the biggest claim and the longest article are asked for, beside other kinds: they are one of thousands."""

ALONE = 12
"""Requests of each kind that are asked one after the other."""

PATIENCE = 60.0
BIGGEST = "claim of 400 articles"
WANTED = {"p95, ms": 100, "first page, KB": 150, "memory, MB": 600, f"{BIGGEST}, ms": 500}

_SHARE = re.compile(r"^Pss:\s+(\d+)", re.MULTILINE)
_LINKED = re.compile(rb"""(?:href|src)="(/static/[^"]+)"|from "\./([\w.-]+)\"""")


@dataclass(frozen=True, slots=True)
class Answer:
    """status; seconds from asking to the last byte; bytes as they were sent, headers and all; the page."""

    status: int
    seconds: float
    size: int
    body: bytes


@dataclass(frozen=True, slots=True)
class Server:
    """A process that serves, on one core."""

    pid: int

    def processes(self) -> list[int]:
        """It and those that it started."""
        found = [self.pid]
        for one in found:
            tasks = Path(f"/proc/{one}/task")
            children = (file.read_text().split() for file in tasks.glob("*/children"))
            found += [int(child) for several in children for child in several]
        return found

    def memory(self) -> dict[str, float]:
        """MB of memory of all its processes now, what they share counted once; and the server's own."""
        found = [Path(f"/proc/{one}/smaps_rollup").read_text() for one in self.processes()]
        own, *others = (int(_SHARE.findall(told)[0]) / 1024 for told in found)
        return {"all": own + sum(others), "server": own}

    def spent(self) -> float:
        """Seconds of the processor's time, of all its threads that live, without its children's."""
        tasks = Path(f"/proc/{self.pid}/task").glob("*/schedstat")
        return sum(int(file.read_text().split()[0]) for file in tasks) / 1e9


@contextmanager
def serving(library: Path) -> Iterator[Server]:
    """The server, once it answers."""
    cores = sorted(os.sched_getaffinity(0))
    command = [str(ROOT / ".venv/bin/firsthand"), "serve", "--port", str(PORT), "--library", str(library)]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, preexec_fn=lambda: os.sched_setaffinity(0, cores[:1])
    ) as process:
        try:
            os.sched_setaffinity(0, cores[1:] or cores)
            _await(process)
            yield Server(process.pid)
        finally:
            process.terminate()
            os.sched_setaffinity(0, cores)


def _await(process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urlopen(f"http://127.0.0.1:{PORT}/add", timeout=PATIENCE).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > end:
                raise
            time.sleep(0.1)
        else:
            return


async def ask(path: str) -> Answer:
    """One page, as a browser asks for it."""
    began = time.perf_counter()
    reader, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    )
    found = await asyncio.wait_for(reader.read(), PATIENCE)
    seconds = time.perf_counter() - began
    writer.close()
    head, _, body = found.partition(b"\r\n\r\n")
    return Answer(int(head.split(b" ", 2)[1]), seconds, len(found), _plain(head, body))


def _plain(head: bytes, body: bytes) -> bytes:
    if b"chunked" in head.lower():
        body = b"".join(_chunks(body))
    return gzip.decompress(body) if b"content-encoding: gzip" in head.lower() else body


def _chunks(body: bytes) -> Iterator[bytes]:
    while body:
        size, _, rest = body.partition(b"\r\n")
        yield rest[: int(size, 16)]
        body = rest[int(size, 16) + 2 :]


async def loaded(asked: Paths, seconds: float) -> dict[str, list[Answer]]:
    """The answers by kind of page, of requests that come by chance."""
    rng, answers = random.Random(SEED), defaultdict[str, list[Answer]](list)

    async def one(kind: str, path: str) -> None:
        answers[kind].append(await ask(path))

    began, due, open_ = time.monotonic(), 0.0, set[asyncio.Task[None]]()
    while (due := due + rng.expovariate(RATE)) < seconds:
        await asyncio.sleep(max(0.0, began + due - time.monotonic()))
        (kind,) = rng.choices(list(asked), [RARE if len(several) == 1 else 1.0 for several in asked.values()])
        task = asyncio.create_task(one(kind, rng.choice(asked[kind])))
        open_.add(task)
        task.add_done_callback(open_.discard)
    await asyncio.gather(*open_)
    return answers


async def alone(server: Server, asked: Paths) -> dict[str, list[tuple[float, float]]]:
    """Milliseconds of the server's processor time, and by the clock, of requests one after the other, by kind."""
    rng, found = random.Random(SEED), defaultdict[str, list[tuple[float, float]]](list)
    for kind, several in asked.items():
        for path in rng.choices(several, k=ALONE):
            before = server.spent()
            answer = await ask(path)
            found[kind].append((1000 * (server.spent() - before), 1000 * answer.seconds))
    return found


async def transferred(path: str) -> int:
    """Bytes of a page with all that a browser fetches for it the first time."""
    answer, size, seen = await ask(path), 0, {path}
    waiting = [answer]
    while waiting:
        one = waiting.pop()
        size += one.size
        for match in _LINKED.finditer(one.body):
            name = match[1].decode() if match[1] else f"/static/{match[2].decode()}"
            if name not in seen:
                seen.add(name)
                waiting.append(await ask(name))
    return size


def figures(seconds: float = SECONDS, library: Path | None = None) -> dict[str, Any]:
    """By kind of page milliseconds and bytes, and what is wanted of all of them beside what was found."""
    place = library or generated()
    asked = paths(place)
    with serving(place) as server:
        for several in asked.values():
            asyncio.run(ask(several[-1]))
        answers = asyncio.run(loaded(asked, seconds))
        spent = asyncio.run(alone(server, asked))
        sizes = {kind: asyncio.run(transferred(several[0])) for kind, several in asked.items()}
        memory = server.memory()
    return {
        "kinds": {kind: _row(answers[kind], spent[kind], sizes[kind]) for kind in asked},
        "all": _times([one for several in answers.values() for one in several]),
        "memory": memory,
        "wrong": sorted(
            {f"{kind}: {one.status}" for kind, several in answers.items() for one in several if one.status != 200}
        ),
    }


def _row(answers: Sequence[Answer], alone: Sequence[tuple[float, float]], size: int) -> dict[str, float]:
    spent, clock = zip(*alone, strict=True)
    return _times(answers) | {
        "alone, ms": median(clock),
        "processor, ms": median(spent),
        "processor, most": max(spent),
        "KB": size / 1000,
    }


def _times(answers: Sequence[Answer]) -> dict[str, float]:
    times = [1000 * one.seconds for one in answers]
    cuts = quantiles(times, n=20, method="inclusive") if len(times) > 1 else (times or [0.0]) * 19
    return {"count": len(times), "p50": cuts[9], "p95": cuts[18], "most": max(times, default=0.0)}


def report(found: Mapping[str, Any]) -> Iterator[str]:
    """A line for each kind of page, then for all."""
    yield f"{'milliseconds':36}{'asked':>7}{'p50':>8}{'p95':>8}{'most':>8}{'CPU':>8}{'most':>8}{'first KB':>10}"
    for kind, row in found["kinds"].items():
        times = "".join(f"{row[name]:8.0f}" for name in ("p50", "p95", "most", "processor, ms", "processor, most"))
        yield f"{kind:36}{row['count']:7}{times}{row['KB']:10.0f}"
    row = found["all"]
    yield f"{'all':36}{row['count']:7}" + "".join(f"{row[name]:8.0f}" for name in ("p50", "p95", "most"))
    worst = max(found["kinds"].values(), key=lambda row: row["KB"])["KB"]
    yield f"{BIGGEST}, alone: {found['kinds'][BIGGEST]['alone, ms']:.0f} ms; most of a first page: {worst:.0f} KB"
    yield "wanted: " + ", ".join(f"{name}: {value}" for name, value in WANTED.items())
    yield f"memory: {found['memory']['all']:.0f} MB, of which the server itself {found['memory']['server']:.0f} MB"
    yield from (f"not answered with 200: {one}" for one in found["wrong"])


if __name__ == "__main__":
    given = sys.argv[1:]
    for told in report(figures(float(given[0]) if given else SECONDS, Path(given[1]) if given[1:] else None)):
        print(told)
