from __future__ import annotations

import io
from collections.abc import Callable

import numba
import pytest

from firsthand.cli.compiling import COMPILING, compiling_told


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def compiled() -> Callable[[int], int]:
    """A function that Numba compiles when it is first called."""
    function: Callable[[int], int] = numba.njit(lambda number: number + 1)
    return function


def test_a_screen_is_told_once_that_something_is_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    screen, one, other = Screen(), compiled(), compiled()
    monkeypatch.setattr("sys.stderr", screen)
    with compiling_told():
        assert screen.getvalue() == ""
        assert one(1) == other(1) == 2
    assert screen.getvalue() == f"firsthand: {COMPILING}\n"
    with compiling_told():
        assert one(1) == 2
    assert screen.getvalue().count("\n") == 1


def test_nobody_else_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    with compiling_told():
        assert compiled()(1) == 2
    assert capsys.readouterr() == ("", "")
