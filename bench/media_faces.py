"""Whoever speaks in the scenes of the bench of media, and the words that are shown: titles, names, headlines."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np

from bench.media_materials import Image

Overlay = Callable[[Image, float], Image]
Size = tuple[int, int]
Chance = np.random.Generator
Colour = tuple[int, int, int]

FONTS = cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_COMPLEX, cv2.FONT_HERSHEY_TRIPLEX
_FIRST, _LAST, _ROLE, _WHAT, _WHY = (
    row.split()
    for row in (
        "MARA TAM ADA JORUN ILSE BRAM OTIS NELL KASPAR EDDA RUFUS VIDA",
        "QUILL REED VENN HALE OSTRO DALE FENN MARLOW TARN BECK ORRIN STRAND",
        "MAYOR ENGINEER REPORTING WITNESS SPOKESWOMAN HARBOUR-MASTER FISHERMAN NURSE COLONEL TEACHER",
        "BRIDGE FERRY HARBOUR COUNCIL RIVER TRAINS POWER TALKS SMOKE CONVOY MARKET SCHOOL",
        "STORM VOTE STRIKE FLOOD REPORT RAID ELECTION SHELLING FIRE INQUIRY",
    )
)
_DOES = ("SHUT AFTER", "OPENS BEFORE", "DELAYED BY", "SPLIT OVER", "RISING SINCE", "QUIET AFTER", "SEEN AFTER")


def words(rng: Chance) -> str:
    """A name with what somebody is, or a headline."""
    if rng.random() < 0.5:
        return f"{rng.choice(_FIRST)} {rng.choice(_LAST)} - {rng.choice(_ROLE)}"
    return f"{rng.choice(_WHAT)} {rng.choice(_DOES)} {rng.choice(_WHY)}"


def title(rng: Chance, size: Size) -> Callable[[float], Image]:
    """A card with words, on one colour that shades off."""
    shade = np.linspace(1, rng.uniform(0.3, 0.9), size[1])[:, None, None]
    card = np.broadcast_to(rng.integers(10, 120, 3) * shade, (size[1], size[0], 3)).astype(np.uint8).copy()
    font, scale = FONTS[int(rng.integers(len(FONTS)))], size[1] / rng.uniform(330, 520)
    for row in range(int(rng.integers(1, 4))):
        place = int(size[0] * rng.uniform(0.03, 0.2)), int(size[1] * (0.3 + 0.2 * row))
        cv2.putText(card, words(rng), place, font, scale, (235, 235, 235), 1, cv2.LINE_AA)
    return lambda at: card.copy()


@dataclass(frozen=True, slots=True)
class Face:
    """What one speaker looks like: shares of half the width of the head, and colours."""

    half: float
    long: float
    eyes: tuple[float, float, float]
    mouth: tuple[float, float]
    skin: Colour
    hair: Colour
    coat: Colour
    glasses: bool
    beard: float


def speaker(who: Chance, rng: Chance, size: Size) -> Overlay:
    """A head and shoulders that speak, with a name below: `who` it is, and what they do this time."""
    face = _face(who, size)
    head, bust, middle = _head(who, face), _bust(who, face, size), who.uniform(0.3, 0.7) * size[0]
    banner, rates, phases = _banner(who, size), rng.uniform(0.6, 2.5, 3), rng.uniform(0, 6, 3)
    talk = np.abs(np.convolve(rng.normal(0, 1, 4000), np.ones(4) / 3, "same"))

    def paint(frame: Image, at: float) -> Image:
        sway = np.sin(rates * at + phases) * [0.02, 0.012, 4]
        x, y = int(middle + sway[0] * size[0]), int(size[1] * (0.44 + sway[1]))
        paste(frame, bust, x - bust.shape[1] // 2, size[1] - bust.shape[0])
        turn = cv2.getRotationMatrix2D((head.shape[1] / 2, head.shape[0] / 2), sway[2], 1)
        paste(
            frame,
            np.asarray(cv2.warpAffine(head, turn, head.shape[1::-1]), np.uint8),
            x - head.shape[1] // 2,
            y - head.shape[0] // 2,
        )
        _speak(frame, (x, y), face, float(talk[int(at * 12) % 4000]), at % 3.1 < 0.12)
        return banner(frame)

    return paint


def _face(who: Chance, size: Size) -> Face:
    def colour(low: int, top: int) -> Colour:
        red, green, blue = who.integers(low, top, 3).tolist()
        return red, green, blue

    tone = float(who.uniform(0.35, 1.0))
    skin = int(150 * tone), int(175 * tone), int(225 * tone)
    eyes = tuple(who.uniform([0.3, -0.35, 0.1], [0.5, -0.1, 0.2]).tolist())
    mouth = tuple(who.uniform([0.5, 0.18], [0.8, 0.4]).tolist())
    half, long = float(who.uniform(0.15, 0.25) * size[1]), float(who.uniform(1.1, 1.5))
    looks = half, long, eyes, mouth, skin, colour(10, 120), colour(10, 200), bool(who.random() < 0.4)
    return Face(*looks, beard=float(who.uniform(0, 1)) if who.random() < 0.35 else 0.0)


def _head(who: Chance, face: Face) -> Image:
    """u8[h, w, 4]: hair, face, ears, brows, nose, beard, glasses; all of it rough, so that no two are alike."""
    wide, high = int(face.half * 3), int(face.half * face.long * 3)
    head = np.zeros((high, wide, 4), np.uint8)
    middle, axes = (wide // 2, high // 2), (int(face.half), int(face.half * face.long))
    cut = who.uniform(0.05, 0.4)
    cv2.ellipse(
        head,
        (wide // 2, int(high / 2 - cut * face.half)),
        tuple(int(1.12 * a) for a in axes),
        0,
        0,
        360,
        (*face.hair, 255),
        -1,
    )
    cv2.ellipse(head, middle, axes, 0, 0, 360, (*face.skin, 255), -1)
    dark = tuple(int(part * 0.55) for part in face.skin)
    for side in (-1, 1):
        x, y = int(wide / 2 + side * face.eyes[0] * face.half), int(high / 2 + face.eyes[1] * face.half)
        drop = int(who.integers(-3, 4))
        cv2.line(
            head,
            (x - int(face.half * 0.2), y - int(face.half * 0.25) + drop),
            (x + int(face.half * 0.2), y - int(face.half * 0.25)),
            (*face.hair, 255),
            int(who.integers(1, 4)),
        )
        if face.glasses:
            cv2.circle(head, (x, y), int(face.half * 0.27), (20, 20, 20, 255), 2)
    nose = int(wide / 2 + who.uniform(-0.1, 0.1) * face.half), int(high / 2 + face.half * who.uniform(0.15, 0.35))
    cv2.line(head, (wide // 2, int(high / 2 - face.half * 0.1)), nose, (*dark, 255), int(who.integers(1, 4)))
    if face.beard:
        low = (wide // 2, int(high / 2 + face.half * face.long * 0.6))
        cv2.ellipse(
            head,
            low,
            (int(face.half * (0.4 + 0.4 * face.beard)), int(face.half * 0.45)),
            0,
            0,
            360,
            (*face.hair, 255),
            -1,
        )
    return rough(who, head, 9)


def _bust(who: Chance, face: Face, size: Size) -> Image:
    """Shoulders, with what is worn: stripes or folds, a collar."""
    wide, high = int(face.half * who.uniform(4, 5.4)), int(size[1] * 0.42)
    bust = np.zeros((high, wide, 4), np.uint8)
    cv2.ellipse(bust, (wide // 2, high), (wide // 2, high - 4), 0, 180, 360, (*face.coat, 255), -1)
    light = tuple(int(part) for part in who.integers(120, 250, 3))
    neck = np.array(
        [[wide // 2 - int(face.half * 0.5), 0], [wide // 2 + int(face.half * 0.5), 0], [wide // 2, high * 2 // 3]]
    )
    mask = bust[..., 3] > 0
    cv2.fillPoly(bust, [neck], (*light, 255))
    for x in range(0, wide, int(who.integers(7, 40))):
        cv2.line(bust, (x, 0), (x + int(who.integers(-20, 20)), high), (*(part // 2 for part in face.coat), 255), 1)
    bust[~mask] = 0
    return rough(who, bust, 13)


def rough(rng: Chance, sprite: Image, strength: float) -> Image:
    """Folds, skin and dirt, so that nothing is of one colour."""
    for cells in (7, 25):
        grain = cv2.resize(rng.normal(0, strength, (cells, cells)), sprite.shape[1::-1], interpolation=cv2.INTER_CUBIC)
        sprite[..., :3] = np.clip(sprite[..., :3] + grain[..., None], 0, 255)
    return sprite


def _speak(frame: Image, centre: tuple[int, int], face: Face, mouth: float, blink: bool) -> None:
    """Eyes and mouth, which move."""
    x, y = centre
    for side in (-1, 1):
        eye = int(x + side * face.eyes[0] * face.half), int(y + face.eyes[1] * face.half)
        wide = int(face.half * face.eyes[2])
        cv2.ellipse(frame, eye, (wide, 1 if blink else int(wide * 0.6)), 0, 0, 360, (205, 210, 215), -1, cv2.LINE_AA)
        cv2.circle(frame, eye, max(1, wide // 2), (40, 35, 30), -1, cv2.LINE_AA)
    lips = int(x), int(y + face.half * face.mouth[0])
    axes = int(face.half * face.mouth[1]), 1 + int(face.half * 0.12 * mouth)
    cv2.ellipse(frame, lips, axes, 0, 0, 360, (50, 40, 110), -1, cv2.LINE_AA)


def _banner(who: Chance, size: Size) -> Callable[[Image], Image]:
    """Who speaks, in a band below; four in ten have none."""
    if who.random() < 0.4:
        return lambda frame: frame
    top, scale, told = int(size[1] * who.uniform(0.78, 0.86)), size[1] / who.uniform(480, 620), words(who)
    font, colour = FONTS[int(who.integers(len(FONTS)))], who.integers(0, 120, 3).tolist()
    left, right = int(size[0] * who.uniform(0, 0.08)), int(size[0] * who.uniform(0.6, 0.95))

    def paint(frame: Image) -> Image:
        frame[top : top + size[1] // 9, left:right] = colour
        place = left + size[0] // 50, top + size[1] // 13
        cv2.putText(frame, told, place, font, scale, (245, 245, 245), 1, cv2.LINE_AA)
        return frame

    return paint


def paste(frame: Image, sprite: Image, x: int, y: int) -> None:
    """Lay u8[h, w, 4] on the frame, its left upper corner at x, y; what hangs over is cut."""
    height, width = sprite.shape[:2]
    x0, y0, x1, y1 = max(x, 0), max(y, 0), min(x + width, frame.shape[1]), min(y + height, frame.shape[0])
    if x0 >= x1 or y0 >= y1:
        return
    part = sprite[y0 - y : y1 - y, x0 - x : x1 - x]
    alpha = part[..., 3:].astype(np.uint16)
    under = frame[y0:y1, x0:x1].astype(np.uint16)
    frame[y0:y1, x0:x1] = ((part[..., :3] * alpha + under * (255 - alpha)) >> 8).astype(np.uint8)
