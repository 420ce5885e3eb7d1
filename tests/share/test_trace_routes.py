"""Lines that are led round marks."""

from __future__ import annotations

import re

import pytest

from firsthand.share.trace_routes import ABOVE, BELOW, Routes

PATH = re.compile(r"M-?[\d.]+ -?[\d.]+(H-?[\d.]+|C(-?[\d.]+ ?){6})+")


def test_a_free_way_is_a_calm_curve() -> None:
    assert Routes().path((0, 0), (200, 60)) == "M0 0C100 0 100 60 200 60"
    assert Routes().path((0, 30), (200, 30)) == "M0 30H200"


def test_a_mark_in_the_way_is_passed() -> None:
    routes = Routes()
    routes.take(93, 23, 107, 37)
    assert routes.path((0, 0), (200, 60)) not in ("M0 0C100 0 100 60 200 60", Routes().path((0, 0), (100, 30)))
    level = routes.path((0, 30), (200, 30))
    assert {30 + BELOW, 30 + ABOVE} & set(map(float, re.findall(r"-?[\d.]+", level)))


def test_a_line_does_not_lie_upon_another_of_another_mark() -> None:
    routes = Routes()
    routes.path((0, 90), (400, 90))
    path = routes.path((0, 0), (400, 90))
    assert path.endswith("400 90") and "H" not in path.split("C")[-1]


def test_plain_ones_are_not_led() -> None:
    routes = Routes(plain=True)
    routes.take(93, 23, 107, 37)
    assert routes.path((0, 0), (200, 60)) == "M0 0C100 0 100 60 200 60"


@pytest.mark.parametrize("end", [(0, 50), (-80, 50), (-80, 0), (3, 20), (30, 20), (60, -20), (5000, 9)])
def test_every_way_is_a_path(end: tuple[float, float]) -> None:
    path = Routes().path((0.25, 0), end)
    assert PATH.fullmatch(path), path
