from __future__ import annotations

import sys

import pytest

from bench import measure


def python(code: str) -> list[str]:
    return [sys.executable, "-S", "-c", code]


def test_a_run_counts_the_time_of_its_children_too() -> None:
    work = "import time\nwhile time.process_time() < 0.3: pass"
    run = measure.run(python(f"import subprocess, sys; subprocess.run([sys.executable, '-S', '-c', {work!r}])"))
    assert run.cpu >= 0.3
    assert run.wall > 0


def test_memory_is_the_commands_own_in_mebibytes() -> None:
    held = bytearray(b"x" * 300 * 2**20)  # as a bench may hold its results
    assert measure.run(python("pass")).memory < 40
    assert 64 <= measure.run(python("b = bytearray(b'x' * 64 * 2**20)")).memory < 140
    assert len(held) > 0


def test_what_a_command_says_is_not_taken_for_what_it_took() -> None:
    assert measure.run(python("import sys; print('{}'); sys.stderr.write('all is well')")).wall > 0


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(measure.CommandFailed, match=r"^no such article$"):
        measure.run(python("import sys; sys.exit('reading\\nno such article')"))


def test_a_command_that_is_killed_or_missing_says_so() -> None:
    with pytest.raises(measure.CommandFailed, match=r"^exit status -9$"):
        measure.run(python("import os; os.kill(os.getpid(), 9)"))
    with pytest.raises(measure.CommandFailed, match=r"^no-such-command: No such file or directory$"):
        measure.run(["no-such-command"])


def test_the_environment_is_added_to() -> None:
    code = "import os, sys; sys.exit(os.environ['FIRSTHAND_PROCESSES'] != '2' or 'PATH' not in os.environ)"
    measure.run(python(code), {"FIRSTHAND_PROCESSES": "2"})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_memory_of_a_tree_is_that_of_all_its_processes() -> None:
    hold = "b = bytearray(b'x' * 40 * 2**20); import time; time.sleep(0.8)"
    two = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-S', '-c', {hold!r}]); {hold}; p.wait()"
    assert 80 <= measure.peak_of_tree(python(two), {}) < 200
