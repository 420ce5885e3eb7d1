"""Parts of frames."""

from __future__ import annotations

import pytest

from firsthand.media import views

WIDE = (0, 0, 256, 144)


def test_no_part_that_the_frame_is_already() -> None:
    assert set(views.parts(WIDE, WIDE)) == {0, 3, 4, 5, 6, 7}
    assert set(views.parts((0, 0, 192, 144), (0, 0, 192, 144))) == {0, 2, 4, 5, 6, 7}


def test_the_middle_in_a_shape() -> None:
    assert views.parts(WIDE, WIDE)[4] == (56, 0, 200, 144)
    assert views.parts((0, 0, 144, 256), (0, 0, 144, 256))[4] == (0, 56, 144, 200)


def test_inside_bars_too() -> None:
    found = views.parts((0, 0, 256, 188), (0, 22, 256, 166))
    assert found[views.WHOLE] == (0, 0, 256, 188) and found[views.INNER] == (0, 22, 256, 166)
    assert found[views.INNER + 4] == (56, 22, 200, 166)


@pytest.mark.parametrize("view", [*range(2, 8), *range(10, 16), 0, 8])
def test_what_is_compared_is_compared_the_other_way_too(view: int) -> None:
    assert view in views.compared(view)
    assert all(view in views.compared(other) for other in views.compared(view))


@pytest.mark.parametrize(
    ("here", "there", "name"),
    [(0, 0, "whole"), (0, 8, "whole"), (8, 0, "boxed"), (0, 3, "crop"), (3, 0, "boxed"), (6, 14, "logo")],
)
def test_names(here: int, there: int, name: str) -> None:
    assert views.named(here, there) == name
