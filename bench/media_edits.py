"""The edits of the bench of media: what people do to a clip before they show it as something else."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from bench import media_files as files
from bench import media_sounds as sounds
from bench.media_faces import FONTS, words
from bench.media_materials import Image

Change = Callable[[Image, int], Image]
Chance = np.random.Generator

SPEEDS = (0.8, 0.9, 24 / 25, 25 / 24, 1.1, 1.25)
"""Of "sound, speed changed": what films are converted to, and plain shares; chosen before any matcher was seen.
"sound, any speed" draws from all of 0.8 to 1.25."""

LONG = 4.0
"""Seconds of the reference in a long query."""


@dataclass(frozen=True, slots=True)
class Clip:
    """A reference: its file, seconds and frames a second; `others`: 7 s of other material, plain and boxed."""

    path: Path
    seconds: float
    rate: int
    others: Sequence[Path]
    boxed: Sequence[Path]


@dataclass(frozen=True, slots=True)
class Made:
    """Where the reference is in the query: seconds of both; whether its sound is there too."""

    here: tuple[float, float]
    there: tuple[float, float]
    speed: float = 1.0
    mirrored: bool = False
    sound: bool = True


Maker = Callable[[Clip, Path, Chance], Made]


def _part(clip: Clip, rng: Chance, least: float, most: float) -> tuple[float, float]:
    """Some of the clip, on its frames."""
    length = min(clip.seconds, rng.uniform(least, most))
    start = round(rng.uniform(0, clip.seconds - length) * clip.rate) / clip.rate
    return start, start + round(length * clip.rate) / clip.rate


def _heard(clip: Clip, start: float, end: float) -> sounds.Sound:
    return sounds.recording(clip.path)[round(start * sounds.RATE) : round(end * sounds.RATE)]


def _film(change: Callable[[Chance, Image], Change], bits: int | None = None) -> Maker:
    """Frame by frame, its sound kept."""

    def make(clip: Clip, target: Path, rng: Chance) -> Made:
        start, end = _part(clip, rng, 6, 8)
        shown = files.read(clip.path, start, end)
        changed = change(rng, shown[0])
        pictures = (changed(picture, number) for number, picture in enumerate(shown))
        files.write(target, pictures, _heard(clip, start, end), clip.rate, int(rng.integers(24, 31)), bits)
        return Made((0, end - start), (start, end))

    return make


def _again(rng: Chance, first: Image) -> Change:
    scale = float(rng.choice([0.67, 0.8, 1.0, 1.34]))
    return lambda picture, number: np.asarray(cv2.resize(picture, None, fx=scale, fy=scale), np.uint8)


def _same(rng: Chance, first: Image) -> Change:
    return lambda picture, number: picture


def _box(rng: Chance, first: Image) -> Change:
    """Black bars above and below (4:3, 1:1, 9:16) or at the sides."""
    height, width = first.shape[:2]
    aim = float(rng.choice([4 / 3, 1.0, 9 / 16, 2.35]))
    high, wide = (int(width / aim), width) if aim < width / height else (height, int(height * aim))
    return lambda picture, number: boxed(picture, wide, high)


def boxed(picture: Image, wide: int, high: int) -> Image:
    """The picture in the middle of black."""
    height, width = picture.shape[:2]
    top, left = (high - height) // 2, (wide - width) // 2
    bars = top, high - height - top, left, wide - width - left
    return np.asarray(cv2.copyMakeBorder(picture, *bars, cv2.BORDER_CONSTANT, value=(0, 0, 0)), np.uint8)


def _crop(rng: Chance, first: Image) -> Change:
    """70 to 90 % of both sides, enlarged again."""
    height, width = first.shape[:2]
    share = rng.uniform(0.7, 0.9)
    high, wide = int(height * share), int(width * share)
    y, x = int(rng.integers(0, height - high + 1)), int(rng.integers(0, width - wide + 1))
    return lambda picture, number: np.asarray(
        cv2.resize(picture[y : y + high, x : x + wide], (width, height)), np.uint8
    )


def _logo(rng: Chance, first: Image) -> Change:
    """A channel's logo in a corner; half of the time a ticker below too."""
    height, width = first.shape[:2]
    side, colour = int(width * rng.uniform(0.09, 0.16)), rng.integers(0, 255, 3).tolist()
    x, y = int(rng.choice([0.03, 0.81]) * width), int(rng.choice([0.05, 0.7]) * height)
    letters, ticker = "".join(rng.choice(list("ABKLNQTV"), 2)), rng.random() < 0.5
    told, pace = "   +++   ".join(words(rng) for _ in range(6)), int(rng.integers(1, 4))
    font = FONTS[int(rng.integers(len(FONTS)))]

    def paint(picture: Image, number: int) -> Image:
        cv2.rectangle(picture, (x, y), (x + side, y + side // 2), colour, -1)
        cv2.putText(picture, letters, (x + side // 6, y + side // 3), font, side / 70, (255, 255, 255), 2, cv2.LINE_AA)
        if ticker:
            top = int(height * 0.88)
            picture[top:] = (30, 20, 140)
            place = (width // 3 - pace * number, int(height * 0.965))
            cv2.putText(picture, told, place, font, height / 480, (255, 255, 255), 1, cv2.LINE_AA)
        return picture

    return paint


def _blurred(rng: Chance, first: Image) -> Change:
    """The clip before itself, enlarged and blurred: at the sides, above and below, or its middle alone at the sides."""
    height, width = first.shape[:2]
    wide, high, keep = (
        (int(height * 2.2), height, width),
        (width, int(width * float(rng.choice([1.0, 1.5]))), width),
        (width, height, int(height * 4 / 3)),
    )[int(rng.integers(3))]

    def paint(picture: Image, number: int) -> Image:
        middle = picture[:, (width - keep) // 2 :][:, :keep]
        small = cv2.GaussianBlur(cv2.resize(_covering(picture, wide, high), (wide // 8, high // 8)), (0, 0), 2)
        back = cv2.resize(small, (wide, high))
        top, left = (high - height) // 2, (wide - keep) // 2
        back[top : top + height, left : left + keep] = middle
        return np.asarray(back, np.uint8)

    return paint


def _covering(picture: Image, wide: int, high: int) -> Image:
    height, width = picture.shape[:2]
    inner_wide, inner_high = min(width, height * wide // high), min(height, width * high // wide)
    top, left = (height - inner_high) // 2, (width - inner_wide) // 2
    return picture[top : top + inner_high, left : left + inner_wide]


def _inset(clip: Clip, target: Path, rng: Chance) -> Made:
    """A picture in the picture, 30 to 45 % of the width, over other material; the sound is the other's."""
    other = clip.others[int(rng.integers(len(clip.others)))]
    around, (start, end) = files.read(other), _part(clip, rng, 6, 7)
    shown = files.read(clip.path, start, end)
    height, width = around[0].shape[:2]
    share = rng.uniform(0.3, 0.45)
    small = int(width * share), int(height * share)
    x = int(rng.uniform(0.03, 0.97 - share) * width)
    y = int(rng.uniform(0.03, 0.97 - share) * height)

    for picture, back in zip(shown, around, strict=False):
        back[y : y + small[1], x : x + small[0]] = cv2.resize(picture, small, interpolation=cv2.INTER_AREA)
    heard = sounds.recording(other)[: round(len(shown) / clip.rate * sounds.RATE)]
    files.write(target, around[: len(shown)], heard, clip.rate, quality=25)
    return Made((0, len(shown) / clip.rate), (start, end), sound=False)


def _faster(clip: Clip, target: Path, rng: Chance) -> Made:
    """1.25 times as fast, with its sound at its pitch."""
    start, end = _part(clip, rng, 8, 10)
    shown, length = files.read(clip.path, start, end), (end - start) / 1.25
    chosen = (shown[min(len(shown) - 1, round(n * 1.25))] for n in range(int(length * clip.rate)))
    files.write(target, chosen, sounds.filtered(_heard(clip, start, end), [("atempo", "1.25")]), clip.rate, quality=26)
    return Made((0, length), (start, end), 1.25)


def _long(hard: bool) -> Maker:
    """4 s of the clip in 60 s of other material; hard: all of it boxed and at 200 kb/s, the clip mirrored."""

    def make(clip: Clip, target: Path, rng: Chance) -> Made:
        start, end = _part(clip, rng, LONG, LONG)
        others = clip.boxed if hard else clip.others
        order = [others[n] for n in rng.permutation(len(others))[:8]]
        place, piece = int(rng.integers(0, 9)), target.with_name(f"piece-{target.name}")
        shown = at_25(files.read(clip.path, start, end), LONG)
        if hard:
            shown = [boxed(picture[:, ::-1], 480, 360) for picture in shown]
        files.write(piece, shown, _heard(clip, start, end), 25, bits=200_000 if hard else None)
        files.join([*order[:place], piece, *order[place:]], target)
        piece.unlink()
        return Made((7.0 * place, 7.0 * place + LONG), (start, end), mirrored=hard)

    return make


def at_25(shown: Sequence[Image], seconds: float) -> list[Image]:
    """The same seconds in 25 frames each."""
    total = round(25 * seconds)
    return [shown[min(len(shown) - 1, n * len(shown) // total)] for n in range(total)]


def _sound(change: Callable[[Chance, sounds.Sound], tuple[sounds.Sound, float]]) -> Maker:
    """The sound alone, changed: gives the speed too."""

    def make(clip: Clip, target: Path, rng: Chance) -> Made:
        start, end = _part(clip, rng, 8, 11)
        changed, speed = change(rng, _heard(clip, start, end))
        files.write(target, sound=changed)
        return Made((0, (end - start) / speed), (start, end), speed)

    return make


def _clean(rng: Chance, sound: sounds.Sound) -> tuple[sounds.Sound, float]:
    return sound * np.float32(rng.uniform(0.4, 1.0)), 1.0


def _telephone(rng: Chance, sound: sounds.Sound) -> tuple[sounds.Sound, float]:
    return sounds.filtered(sound, [("highpass", "f=300:poles=2"), ("lowpass", "f=3400:poles=2")]), 1.0


def _at_speed(rng: Chance, sound: sounds.Sound, speed: float) -> tuple[sounds.Sound, float]:
    """Half of them resampled, so that the pitch changes too, half stretched."""
    if rng.random() < 0.5:
        return sounds.filtered(sound, [("atempo", f"{speed}")]), speed
    places = np.arange(0, len(sound) - 1, speed)
    return np.interp(places, np.arange(len(sound)), sound).astype(np.float32), speed


def _noisy(rng: Chance, sound: sounds.Sound) -> tuple[sounds.Sound, float]:
    """Noise 10 dB below: white, or nearer to that of a street."""
    noise = rng.normal(0, 1, len(sound))
    if rng.random() < 0.5:
        noise = np.convolve(noise, np.ones(8) / 8, "same")
    level = float(np.sqrt(np.mean(sound**2)) / 10**0.5 / noise.std())
    return np.clip(sound + noise * level, -1, 1).astype(np.float32), 1.0


def _still(clip: Clip, target: Path, rng: Chance) -> Made:
    """One frame as a JPEG: smaller or larger, half of them cropped a little."""
    at = round(rng.uniform(0.2, clip.seconds - 0.2) * clip.rate) / clip.rate
    picture = files.read(clip.path, at, at + 1 / clip.rate)[0]
    if rng.random() < 0.5:
        height, width = picture.shape[:2]
        share = rng.uniform(0.85, 0.97)
        y, x = (int(rng.uniform(0, 1 - share) * side) for side in (height, width))
        picture = picture[y : y + int(height * share), x : x + int(width * share)]
    sized = cv2.resize(picture, None, fx=(scale := float(rng.uniform(0.7, 1.6))), fy=scale)
    cv2.imwrite(str(target), sized, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 85))])
    return Made((0, 0), (at, at), sound=False)


def _mirror(clip: Clip, target: Path, rng: Chance) -> Made:
    made = _film(lambda rng, first: lambda picture, number: np.ascontiguousarray(picture[:, ::-1]))(clip, target, rng)
    return Made(made.here, made.there, mirrored=True)


EDITS: dict[str, tuple[str, Maker]] = {
    "re-encoded": (".mp4", _film(_again)),
    "200 kb/s": (".mp4", _film(_same, bits=200_000)),
    "mirrored": (".mp4", _mirror),
    "letterboxed": (".mp4", _film(_box)),
    "1.25x": (".mp4", _faster),
    "4 s in 60 s": (".mp4", _long(False)),
    "4 s in 60 s, mirrored, boxed, 200 kb/s": (".mp4", _long(True)),
    "cropped": (".mp4", _film(_crop)),
    "logo": (".mp4", _film(_logo)),
    "blurred bars": (".mp4", _film(_blurred)),
    "picture in picture": (".mp4", _inset),
    "still": (".jpg", _still),
    "sound, clean": (".mp3", _sound(_clean)),
    "sound, telephone": (".wav", _sound(_telephone)),
    "sound, speed changed": (".m4a", _sound(lambda rng, sound: _at_speed(rng, sound, float(rng.choice(SPEEDS))))),
    "sound, any speed": (".m4a", _sound(lambda rng, sound: _at_speed(rng, sound, float(rng.uniform(0.8, 1.25))))),
    "sound, noise at 10 dB": (".m4a", _sound(_noisy)),
}
"""Each kind's suffix and what makes it: 17 kinds."""
