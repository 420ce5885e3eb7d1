"""What only a process of its own can show: signals, pipes, terminals, workers."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

PROGRAM = [sys.executable, "-m", "given_readers"]
HERE = Path(__file__).parent

pytestmark = pytest.mark.skipif(os.name != "posix", reason="signals and terminals of POSIX")


def start(*arguments: str, stderr: int = subprocess.PIPE) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=stderr, cwd=HERE, start_new_session=True
    )


def test_results_come_in_the_order_of_the_inputs() -> None:
    names = [str(number) for number in range(40)]
    with start("quick", "read", "-f", "jsonl", "--processes", "2", *names) as process:
        out, err = process.communicate(timeout=60)
    assert [json.loads(line)["id"] for line in out.splitlines()] == names
    assert (process.returncode, err) == (0, b"")


def test_a_closed_pipe_ends_it_quietly() -> None:
    with start("quick", "read", "-f", "jsonl", "--processes", "2", *map(str, range(400))) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.readline()
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=20) == 128 + signal.SIGPIPE


@pytest.mark.parametrize("processes", ["1", "2"])
def test_an_interrupt_ends_it_and_its_workers_at_once(processes: str) -> None:
    with start("slow", "read", "--processes", processes, "a", "b", "c") as process:
        assert process.stderr
        assert process.stderr.readline() == b"reading\n"
        begun = time.monotonic()
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert process.returncode == 128 + signal.SIGINT
    assert err.replace(b"reading\n", b"") == b"firsthand: interrupted\n"
    assert time.monotonic() - begun < 5
    assert all_gone(process.pid, before=begun + 10)


def all_gone(group: int, before: float) -> bool:
    while time.monotonic() < before:
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.05)
    return False


def test_an_interrupt_while_workers_start_is_as_clean() -> None:
    with start("slow", "read", "--processes", "2", "a", "b", "c") as process:
        time.sleep(0.35)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=20)
    assert b"Traceback" not in err or process.returncode == -signal.SIGINT  # before Firsthand itself has begun


def test_workers_that_die_are_failures_and_no_hang() -> None:
    with start("deadly", "read", "--processes", "2", "a", "b") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (1, b"")
    assert err.decode().splitlines() == [
        f"firsthand: {name}: the process that read it died, perhaps for want of memory" for name in "ab"
    ]


def test_a_progress_bar_is_for_terminals() -> None:
    shown = on_a_terminal("quick", "read", "-f", "jsonl", *map(str, range(9)))
    assert "articles read" in shown


def test_a_name_that_is_too_long_is_one_line_on_a_terminal_too() -> None:
    name = "n" * 300 + ".html"
    shown = on_a_terminal("none", "read", "-f", "jsonl", name)
    assert "Traceback" not in shown
    assert f"firsthand: {name}: " in "".join(shown.split("\r\n"))


def test_what_libraries_log_is_kept_off_the_terminal() -> None:
    with start("noisy", "read", "-f", "jsonl", "--processes", "1", "a") as process:
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out.count(b"\n"), err) == (0, 1, b"")


def on_a_terminal(*arguments: str) -> str:
    """What standard error shows where that is a terminal, and standard output is not."""
    master, slave = os.openpty()
    with start(*arguments, stderr=slave) as process:
        os.close(slave)
        process.communicate(timeout=60)
    try:
        return os.read(master, 100_000).decode()
    finally:
        os.close(master)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
@pytest.mark.parametrize("unbuffered", ["", "1"])
@pytest.mark.parametrize("form", ["table", "json", "jsonl", "html"])
def test_a_full_disk_behind_standard_output_is_one_line(form: str, unbuffered: str) -> None:
    command = [*PROGRAM, "quick", "read", "-f", form, "--processes", "1", "a", "b"]
    with Path("/dev/full").open("wb") as full:
        environment = os.environ | {"PYTHONUNBUFFERED": unbuffered}
        done = subprocess.run(
            command, stdout=full, stderr=subprocess.PIPE, cwd=HERE, env=environment, timeout=60, check=False
        )
    assert (done.returncode, done.stderr) == (1, b"firsthand: standard output: No space left on device\n")
