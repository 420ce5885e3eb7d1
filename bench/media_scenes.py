"""Scenes for the bench of media, like news footage: a shot is painted frame by frame, from its seed alone.

A shot of the same seed and another `take` is the same place filmed again: other people, another way of the camera. That
is not the same footage.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from bench.media_faces import speaker, title
from bench.media_figures import Painter, passers, smoke, street
from bench.media_materials import Image, picture

SIZE = (480, 270)
KINDS = ("photo", "static", "night", "blast", "crowd", "speaker", "street", "card", "footage", "black")
"""What a shot can be. photo: camera over a photograph, with people and cars; static: the same from a tripod; street:
a drive between houses, in perspective; card: a title; black: a second of nothing."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A part of a photograph, in shares of its width and height, or footage from `left` seconds on."""

    path: Path
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0


@dataclass(frozen=True, slots=True)
class Shot:
    """One shot, of `seconds`. `tile`: what it is filmed from; None where it is drawn alone."""

    kind: str
    seconds: float
    seed: int
    tile: Tile | None = None
    take: int = 0


def frames(shots: Iterable[Shot], rate: float, size: tuple[int, int] = SIZE) -> Iterator[Image]:
    """The frames u8[height, width, 3] (BGR) of shots after each other, `rate` a second."""
    for shot in shots:
        paint, finish = _painter(shot, size), _finish(shot, size)
        for number in range(max(1, round(shot.seconds * rate))):
            yield finish(paint(number / rate), number)


def random(shot: Shot, what: str) -> np.random.Generator:
    """Chance that depends on the shot's seed, its take and what it is for."""
    return np.random.default_rng([shot.seed, shot.take, *what.encode()])


def _painter(shot: Shot, size: tuple[int, int]) -> Painter:
    rng = random(shot, "scene")
    alone: dict[str, Callable[[], Painter]] = {
        "card": lambda: title(np.random.default_rng(shot.seed + 7 * shot.take), size),
        "street": lambda: street(np.random.default_rng(shot.seed), rng, size),
        "black": lambda: lambda at: np.zeros((size[1], size[0], 3), np.uint8),
        "footage": lambda: _footage(shot, size),
    }
    if shot.kind in alone:
        return alone[shot.kind]()
    scene = _camera(shot, size)
    over = {
        "speaker": lambda: speaker(np.random.default_rng(shot.seed), rng, size),
        "crowd": lambda: passers(rng, size, int(rng.integers(18, 36))),
        "blast": lambda: smoke(rng, size, shot.seconds),
    }.get(shot.kind, lambda: passers(rng, size, int(rng.integers(1, 7))))()
    return lambda at: over(scene(at), at)


def _camera(shot: Shot, size: tuple[int, int]) -> Painter:
    """The camera over a photograph: pan, zoom, a hand that shakes; blurred behind a speaker."""
    assert shot.tile
    board, way, width = _board(shot.tile, size), _way(shot), 1.8 * size[0]
    if shot.kind == "speaker":
        board = np.asarray(cv2.GaussianBlur(board, (0, 0), size[0] / 110), np.uint8)

    def paint(at: float) -> Image:
        x, y, zoom, angle = way(at)
        turn = cv2.getRotationMatrix2D((x * width, y * width * size[1] / size[0]), angle, zoom)
        turn[:, 2] += size[0] / 2 - x * width, size[1] / 2 - y * width * size[1] / size[0]
        return np.asarray(cv2.warpAffine(board, turn, size, borderMode=cv2.BORDER_REFLECT), np.uint8)

    return paint


def _way(shot: Shot) -> Callable[[float], NDArray[np.float64]]:
    """Where the camera looks at a time: x, y (shares of the tile), zoom, angle in degrees."""
    base, take = np.random.default_rng([shot.seed, 3]), random(shot, "way")
    still = shot.kind in ("static", "speaker")
    at_first = base.uniform([0.36, 0.36, 0.8, -1], [0.64, 0.64, 1.25, 1])
    if shot.take:
        at_first = at_first + take.choice([-1, 1], 4) * take.uniform([0.03, 0.02, 0.05, 0.5], [0.08, 0.06, 0.12, 2])
    speed = np.zeros(4) if still else take.uniform([-0.035, -0.015, -0.04, -0.2], [0.035, 0.015, 0.04, 0.2])
    hand = 0.0003 if still else take.choice([0.0005, 0.002, 0.005])
    rates, phases = take.uniform(0.5, 7, (4, 4)), take.uniform(0, 6.3, (4, 4))
    strength = hand * np.array([1, 1, 0.6, 60])

    def where(at: float) -> NDArray[np.float64]:
        return np.asarray(at_first + speed * at + strength * np.sin(rates * at + phases).sum(1))

    return where


@cache
def _board(tile: Tile, size: tuple[int, int]) -> Image:
    """The tile, enlarged or made smaller to 1.8 times the frame."""
    image = picture(tile.path)
    height, width = image.shape[:2]
    part = image[int(tile.top * height) : int(tile.bottom * height), int(tile.left * width) : int(tile.right * width)]
    aim = size[0] / size[1]
    height, width = part.shape[:2]
    wide, high = min(width, int(height * aim)), min(height, int(width / aim))
    part = part[(height - high) // 2 :, (width - wide) // 2 :][:high, :wide]
    board = cv2.resize(part, (int(size[0] * 1.8), int(size[1] * 1.8)), interpolation=cv2.INTER_AREA)
    return np.asarray(board, np.uint8)


def _footage(shot: Shot, size: tuple[int, int]) -> Painter:
    assert shot.tile
    shown = decoded(shot.tile.path, shot.tile.left, shot.seconds, size)
    return lambda at: shown[min(len(shown) - 1, int(at / shot.seconds * len(shown)))].copy()


def decoded(path: Path, start: float, seconds: float, size: tuple[int, int]) -> list[Image]:
    """Frames of a film from `start` on, cut to the size's shape."""
    found = []
    with av.open(str(path)) as film:
        for frame in film.decode(video=0):
            at = float(frame.time or 0)
            if at >= start + seconds:
                break
            if at >= start:
                found.append(_covering(frame.to_ndarray(format="bgr24"), size))
    return found


def _covering(image: NDArray[Any], size: tuple[int, int]) -> Image:
    height, width = image.shape[:2]
    wide, high = min(width, int(height * size[0] / size[1])), min(height, int(width * size[1] / size[0]))
    part = image[(height - high) // 2 :, (width - wide) // 2 :][:high, :wide]
    return np.asarray(cv2.resize(part, size, interpolation=cv2.INTER_AREA), np.uint8)


def _finish(shot: Shot, size: tuple[int, int]) -> Callable[[Image, int], Image]:
    """What the camera does to every frame: exposure that drifts, the dark of night, flashes, grain."""
    rng = random(shot, "look")
    night = shot.kind == "night"
    grain = float(rng.uniform(0.02, 0.05) if night else rng.uniform(0.003, 0.02))
    flashes = set(rng.integers(0, 240, 4 if night else 1 if rng.random() < 0.1 else 0).tolist())
    curve, phase = _curve(rng, night), rng.uniform(0, 6)
    if shot.kind == "black":
        return lambda frame, number: frame

    def finish(frame: Image, number: int) -> Image:
        lit = cv2.LUT(frame, curve)
        if number in flashes or number - 1 in flashes:
            lit = cv2.addWeighted(lit, 1.3, lit, 0, 110)
        gain = 1 + 0.04 * np.sin(number / 40 + phase)
        return np.asarray(cv2.addWeighted(lit, gain, _grain(number % 16, size), grain * 4, -512 * grain), np.uint8)

    return finish


def _curve(rng: np.random.Generator, night: bool) -> NDArray[np.uint8]:
    """A table of brightness for each of the three colours."""
    levels = np.linspace(0, 1, 256)[:, None]
    powers, tops = rng.uniform(0.8, 1.2) * rng.uniform(0.95, 1.05, 3), rng.uniform(0.9, 1.0, 3)
    if night:
        powers, tops = powers + rng.uniform(0.5, 1.1), tops * np.array([0.62, 0.5, 0.45])
    return np.asarray((255 * tops * levels**powers)[:, None, :], np.uint8)


@cache
def _grain(number: int, size: tuple[int, int]) -> Image:
    noise = np.random.default_rng(number).normal(128, 40, (size[1], size[0], 1))
    return np.repeat(np.clip(noise, 0, 255).astype(np.uint8), 3, axis=2)
