"""The examples in docstrings are true."""

from __future__ import annotations

import doctest

import firsthand


def test_the_example_of_read_gives_what_it_says() -> None:
    result = doctest.testmod(firsthand)
    assert result.attempted >= 3
    assert result.failed == 0
