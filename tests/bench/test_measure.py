from __future__ import annotations

import resource
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


def test_memory_is_in_mebibytes() -> None:
    more_than_ours = 64 + resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    run = measure.run(python(f"b = bytearray({more_than_ours} * 2**20)"))
    assert more_than_ours <= run.memory < more_than_ours + 64


def test_a_command_that_fails_says_why() -> None:
    with pytest.raises(measure.CommandFailed, match=r"^no such article$"):
        measure.run(python("import sys; sys.exit('reading\\nno such article')"))


def test_the_environment_is_added_to() -> None:
    code = "import os, sys; sys.exit(os.environ['FIRSTHAND_PROCESSES'] != '2' or 'PATH' not in os.environ)"
    measure.run(python(code), {"FIRSTHAND_PROCESSES": "2"})


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_memory_of_a_tree_is_that_of_all_its_processes() -> None:
    hold = "b = bytearray(b'x' * 40 * 2**20); import time; time.sleep(0.8)"
    two = f"import subprocess, sys; p = subprocess.Popen([sys.executable, '-S', '-c', {hold!r}]); {hold}; p.wait()"
    assert 80 <= measure.peak_of_tree(python(two), {}) < 200
