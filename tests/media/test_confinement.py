"""What a system refuses to take away is left, without an error; what it takes is gone for good."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux gives this")

BEGIN = """\
import ctypes, os, resource, sys
from pathlib import Path
from firsthand.media import confinement, landlock
file = Path(sys.argv[1])
"""
CONFINE = "confinement.confine(file, 1 << 31, 60, 64)\n"


def done(code: str, path: Path) -> str:
    return subprocess.run(
        [sys.executable, "-c", BEGIN + code, str(path)], capture_output=True, text=True, check=True
    ).stdout.strip()


@pytest.fixture
def readable(tmp_path: Path) -> Path:
    path = tmp_path / "clip.mp4"
    path.write_text("seen")
    return path


def test_a_system_that_refuses_everything_is_no_error(readable: Path) -> None:
    refusing = """\
class Refuses:
    def __init__(self, *given, **named): pass
    def __getattr__(self, name): return lambda *given: -1
def no(*given): raise OSError
ctypes.CDLL = Refuses
resource.setrlimit = no
"""
    assert done(refusing + CONFINE + "print(file.read_text())", readable) == "seen"


def test_a_limit_is_never_raised(readable: Path) -> None:
    code = "resource.setrlimit(resource.RLIMIT_NOFILE, (20, 20))\n" + CONFINE
    assert done(code + "print(resource.getrlimit(resource.RLIMIT_NOFILE))", readable) == "(20, 20)"


def test_what_was_given_up_does_not_come_back(readable: Path) -> None:
    other = readable.with_name("other.txt")
    other.write_text("private")
    again = f"""\
landlock.keep_only(Path({str(other)!r}), [])
try:
    print(Path({str(other)!r}).read_text())
except PermissionError:
    print("refused")
"""
    assert done(CONFINE + again, readable) == ("refused" if has_landlock() else "private")


def has_landlock() -> bool:
    code = "import ctypes; print(ctypes.CDLL(None).syscall(444, None, 0, 1) > 0)"
    return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "True"


def test_python_still_finds_its_modules(readable: Path) -> None:
    code = CONFINE + "import sqlite3, numpy, zoneinfo, av\nprint(file.read_text(), Path(os.devnull).read_bytes())"
    assert done(code, readable) == "seen b''"
