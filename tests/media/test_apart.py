"""A library that hangs or crashes costs only what it would have told."""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable
from typing import NoReturn

import pytest

from firsthand.media import apart

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="has no forks")


def fails() -> NoReturn:
    raise ValueError("broken")


def crashes() -> bytes:
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def ends() -> bytes:
    sys.exit(0)


def swells() -> bytes:
    return bytes(apart.MOST_BYTES + 1)


def test_what_a_call_gives_comes_back() -> None:
    assert apart.answered(lambda: b"", 10) == b""
    assert apart.answered(lambda: bytes(range(256)) * 4_000, 10) == bytes(range(256)) * 4_000


@pytest.mark.parametrize("call", [fails, crashes, ends, swells])
def test_what_fails_gives_nothing(call: Callable[[], bytes], capfd: pytest.CaptureFixture[str]) -> None:
    assert apart.answered(call, 10) is None
    assert capfd.readouterr() == ("", "")


def test_what_hangs_is_ended() -> None:
    before = time.monotonic()
    assert apart.answered(lambda: time.sleep(60) or b"", 0.3) is None
    assert time.monotonic() - before < 5


def test_no_process_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    forked, fork = list[int](), os.fork

    def noted() -> int:
        forked.append(fork())
        return forked[-1]

    monkeypatch.setattr(os, "fork", noted)
    apart.answered(crashes, 10)
    (child,) = forked
    with pytest.raises(ChildProcessError):  # other tests may have children of this process too
        os.waitpid(child, os.WNOHANG)
