"""What moves in the scenes of the bench of media: people, cars, smoke, houses along a street."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from bench.media_faces import Overlay, Size, paste, rough
from bench.media_materials import Image

Painter = Callable[[float], Image]


def passers(rng: np.random.Generator, size: Size, number: int) -> Overlay:
    """People and cars that cross the picture."""
    sprites = [_sprite(rng, size) for _ in range(number)]
    starts = rng.uniform([-0.2, 0.45], [1.2, 0.95], (number, 2))
    speeds = rng.normal(0, [0.07, 0.004], (number, 2))

    def paint(frame: Image, at: float) -> Image:
        for sprite, start, speed in zip(sprites, starts, speeds, strict=True):
            x, y = start + speed * at
            bob = 0.004 * np.sin(9 * at + start[0] * 40)
            paste(
                frame, sprite, int(((x + 0.3) % 1.6 - 0.3) * size[0]), int((y + bob) * size[1]) - sprite.shape[0] // 2
            )
        return frame

    return paint


def _sprite(rng: np.random.Generator, size: Size) -> Image:
    return _car(rng, size) if rng.random() < 0.35 else _person(rng, size)


def _person(rng: np.random.Generator, size: Size) -> Image:
    high = int(size[1] * rng.uniform(0.1, 0.32))
    wide = max(6, int(high * 0.38))
    sprite = np.zeros((high, wide, 4), np.uint8)
    skin, coat, legs = (_colour(rng, low, top) for low, top in ((90, 220), (10, 230), (10, 120)))
    cv2.ellipse(sprite, (wide // 2, int(high * 0.42)), (int(wide * 0.42), int(high * 0.24)), 0, 0, 360, coat, -1)
    for side in (0.32, 0.68):
        cv2.line(sprite, (wide // 2, high // 2), (int(wide * side), high - 1), legs, max(2, wide // 5))
    cv2.circle(sprite, (wide // 2, int(high * 0.11)), max(2, int(high * 0.1)), skin, -1)
    return rough(rng, sprite, 24)


def _car(rng: np.random.Generator, size: Size) -> Image:
    wide = int(size[0] * rng.uniform(0.12, 0.35))
    high = int(wide * rng.uniform(0.35, 0.5))
    sprite = np.zeros((high, wide, 4), np.uint8)
    body, glass = _colour(rng, 20, 230), _colour(rng, 30, 90)
    cv2.rectangle(sprite, (0, int(high * 0.4)), (wide, int(high * 0.85)), body, -1)
    cv2.rectangle(sprite, (int(wide * 0.2), int(high * 0.05)), (int(wide * 0.8), int(high * 0.45)), body, -1)
    for left in (0.24, 0.54):
        cv2.rectangle(
            sprite, (int(wide * left), int(high * 0.12)), (int(wide * (left + 0.22)), int(high * 0.4)), glass, -1
        )
        cv2.circle(
            sprite, (int(wide * (left - 0.04 + 0.02)), int(high * 0.84)), int(high * 0.16), (15, 15, 15, 255), -1
        )
    return rough(rng, sprite, 24)


def _colour(rng: np.random.Generator, low: int, top: int) -> tuple[int, ...]:
    return (*rng.integers(low, top, 3).tolist(), 255)


def smoke(rng: np.random.Generator, size: Size, seconds: float) -> Overlay:
    """An explosion: a flash, then smoke that grows; people before it."""
    walkers = passers(rng, size, int(rng.integers(1, 5)))
    noise = cv2.resize(rng.uniform(0, 1, (12, 12)).astype(np.float32), (128, 128), interpolation=cv2.INTER_CUBIC)
    disc = np.clip(1.1 - np.hypot(*np.mgrid[-1:1:128j, -1:1:128j]), 0, 1)
    grey = int(rng.integers(40, 150))
    puff = np.dstack([np.clip(grey + 70 * (noise - 0.5), 0, 255)] * 3 + [np.clip(disc * 2 * noise * 255, 0, 240)])
    x, y = rng.uniform([0.25, 0.3], [0.75, 0.6]) * size
    begins, puff8 = rng.uniform(0.1, 0.5) * seconds, puff.astype(np.uint8)

    def paint(frame: Image, at: float) -> Image:
        since = at - begins
        if since > 0:
            side = int(size[1] * min(1.6, 0.25 + 0.3 * since))
            paste(frame, np.asarray(cv2.resize(puff8, (side, side)), np.uint8), int(x - side / 2), int(y - side * 0.6))
        if 0 < since < 0.16:
            frame = np.asarray(cv2.addWeighted(frame, 1.2, frame, 0, 120), np.uint8)
        return walkers(frame, at)

    return paint


def street(place: np.random.Generator, rng: np.random.Generator, size: Size) -> Painter:
    """A drive between houses, in perspective: walls of the houses on both sides, road and sky."""
    walls = [_wall(place, number) for number in range(24)]
    sky, road = place.integers(120, 250, 3), place.integers(40, 110, 3)
    back = np.concatenate(
        [np.full((size[1] // 2, size[0], 3), sky), np.full((size[1] - size[1] // 2, size[0], 3), road)]
    )
    backdrop = (back * place.normal(1, 0.03, (*back.shape[:2], 1))).clip(0, 255).astype(np.uint8)
    speed, side, rates = rng.uniform(1.0, 3.5), rng.uniform(-1.5, 1.5), rng.uniform(1, 6, 2)

    def paint(at: float) -> Image:
        frame = backdrop.copy()
        eye = (side + 0.06 * np.sin(rates[0] * at), 1.7 + 0.03 * np.sin(rates[1] * at), speed * at)
        for texture, corners in reversed(walls):
            _stand(frame, texture, corners, eye, size)
        return frame

    return paint


def _wall(rng: np.random.Generator, number: int) -> tuple[Image, NDArray[Any]]:
    """A house's wall with windows, and its corners in metres: left below, left above, right above, right below."""
    floors, windows = int(rng.integers(2, 6)), int(rng.integers(2, 6))
    wall = np.full((32 * floors, 32 * windows, 3), rng.integers(50, 230, 3), np.float32)
    lit = rng.integers(10, 200, (floors, windows, 3))
    for floor in range(floors):
        for column in range(windows):
            wall[32 * floor + 8 : 32 * floor + 26, 32 * column + 9 : 32 * column + 23] = lit[floor, column]
    near = 5.0 * (number // 2) + rng.uniform(0, 1.5)
    x, far, high = (-1 if number % 2 else 1) * rng.uniform(4, 7), near + rng.uniform(3.5, 4.8), 3.0 * floors
    corners = np.array([[x, 0, near], [x, high, near], [x, high, far], [x, 0, far]])
    return np.clip(wall + rng.normal(0, 14, wall.shape), 0, 255).astype(np.uint8), corners


def _stand(frame: Image, texture: Image, corners: NDArray[Any], eye: tuple[float, float, float], size: Size) -> None:
    """Paint one wall as it is seen from `eye`."""
    seen = corners - eye
    if seen[:, 2].max() < 1.2:
        return
    depth = np.maximum(seen[:, 2], 0.8)
    points = np.stack(
        [size[0] * (0.5 + 0.6 * seen[:, 0] / depth), size[1] * 0.5 - size[0] * 0.6 * seen[:, 1] / depth], 1
    )
    low = np.clip(np.floor(points.min(0)), 0, size).astype(int)
    top = np.clip(np.ceil(points.max(0)), 0, size).astype(int)
    if (top - low).min() < 2:
        return
    height, width = texture.shape[:2]
    flat = np.array([[0, height], [0, 0], [width, 0], [width, height]], np.float32)
    turn = cv2.getPerspectiveTransform(flat, (points - low).astype(np.float32))
    part = frame[low[1] : top[1], low[0] : top[0]]
    wide, high = (int(side) for side in top - low)
    drawn = cv2.warpPerspective(texture, turn, (wide, high), borderMode=cv2.BORDER_CONSTANT)
    mask = np.zeros((high, wide), np.uint8)
    cv2.fillConvexPoly(mask, (points - low).astype(np.int32), 255)
    cv2.copyTo(drawn, mask, part)
