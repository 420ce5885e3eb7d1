"""Lines in a picture: SVG that can be read on white and on black, without a library."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 320, 56, 24, 48, 48
COLOURS = "#1f77b4", "#d4541a", "#2a9235"
STEPS = 1, 2, 5
STYLE = """\
text { font: 13px system-ui, sans-serif; fill: #333 } .axis { stroke: #999 } .grid { stroke: #ddd }
@media (prefers-color-scheme: dark) { text { fill: #ddd } .grid { stroke: #444 } }"""


@dataclass(frozen=True, slots=True)
class Line:
    """What it is called, and its points, from left to right."""

    name: str
    x: Sequence[float]
    y: Sequence[float]


def plot(lines: Sequence[Line], below: str) -> str:
    """The picture. Both axes begin at 0; `below` says what is measured along the lower one."""
    right = max(max(line.x) for line in lines)
    top = _round_up(max(max(line.y) for line in lines))
    rows = (*_grid(top), *_axis(right, below), *_lines(lines, right, top))
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img">'
    return "\n".join((head, f"<style>{STYLE}</style>", *rows, "</svg>", ""))


def _grid(top: float) -> Iterator[str]:
    for part in range(5):
        value = top * part / 4
        y = _y(value, top)
        yield f'<line class="grid" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y:.1f}" y2="{y:.1f}"/>'
        yield f'<text x="{LEFT - 8}" y="{y + 4:.1f}" text-anchor="end">{value:,g}</text>'


def _axis(right: float, below: str) -> Iterator[str]:
    bottom = HEIGHT - BOTTOM
    yield f'<line class="axis" x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{bottom}" y2="{bottom}"/>'
    step = _round_up(right / 6)
    for value in (step * n for n in range(int(right / step) + 1)):
        yield f'<text x="{_x(value, right):.1f}" y="{bottom + 18}" text-anchor="middle">{value:,.0f}</text>'
    yield f'<text x="{(LEFT + WIDTH - RIGHT) / 2}" y="{bottom + 38}" text-anchor="middle">{escape(below)}</text>'


def _lines(lines: Sequence[Line], right: float, top: float) -> Iterator[str]:
    for n, (line, colour) in enumerate(zip(lines, COLOURS, strict=False)):
        points = [(_x(x, right), _y(y, top)) for x, y in zip(line.x, line.y, strict=True)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        yield f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="{colour}"/>' for x, y in points)
        x, y = LEFT + 8 + 320 * n, TOP - 24
        yield f'<line x1="{x}" x2="{x + 20}" y1="{y}" y2="{y}" stroke="{colour}" stroke-width="2"/>'
        yield f'<text x="{x + 28}" y="{y + 4}">{escape(line.name)}</text>'


def _x(value: float, right: float) -> float:
    return LEFT + (WIDTH - RIGHT - LEFT) * value / right


def _y(value: float, top: float) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top


def _round_up(value: float) -> float:
    """The next of 1, 2, 5, 10, 20, 50 ..."""
    power = 1.0
    while power * 10 <= value:
        power *= 10
    while power > value:
        power /= 10
    return next((step * power for step in STEPS if step * power >= value), 10 * power)
