"""The picture of lines is SVG that is whole, and shows what it is given."""

from __future__ import annotations

from xml.etree import ElementTree

from bench.plot import Line, plot


def test_lines_are_drawn_from_left_to_right_within_the_picture() -> None:
    lines = [Line("a < b", [10, 300_000], [4.25, 60]), Line("c", [10, 300_000], [1, 1])]
    drawn = ElementTree.fromstring(plot(lines, "statements & more"))
    assert drawn.tag.endswith("svg")
    named = [one.text for one in drawn.iter() if one.tag.endswith("text")]
    assert {"a < b", "c", "statements & more", "0", "100", "300,000"} <= set(named)
    points = [(float(one.attrib["cx"]), float(one.attrib["cy"])) for one in drawn.iter() if one.tag.endswith("circle")]
    assert len(points) == 4
    assert all(0 < x < 720 and 0 < y < 320 for x, y in points)
    assert points[0][0] < points[1][0] and points[0][1] > points[1][1]


def test_one_value_alone_can_be_drawn() -> None:
    ElementTree.fromstring(plot([Line("a", [1], [0.003])], "x"))
