"""How far the small picture that a file carries of itself differs from the picture that it shows.

A camera makes the small one of what it took. A program that changes the large one and leaves the small one as it was
leaves a copy of what was there before.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.ExifTags import IFD

from .exif import MOST_PIXELS
from .record import Record

SIDE, BLOCK = 64, 8
"""Both pictures are compared at 64 x 64 in blocks of 8 x 8: coarse enough that a thumbnail's own compression and
sharpening do not count, fine enough that a person taken out of a group does."""

WORST = 4
"""Of the 64 blocks the four that differ most give the difference: a sixteenth of the picture."""

MOST_BYTES = 2**20
"""Of one thumbnail. Exif allows 64 KB."""

_BAR = 24
"""Luma, of 255, below which a thumbnail's bars are dark (they are black, and JPEG blurs their edge)."""


def difference(picture: Image.Image, small: Image.Image) -> float:
    """From 0, the same, to 1: the mean difference in luma of the blocks that differ most.

    The thumbnail is taken as it stands, without its dark bars, or cut to the shape of the picture; upright or turned,
    as cameras turn one of the two and not the other: whichever fits best.
    """
    reference = _luma(picture)
    ways = (way.rotate(turn, expand=True) for way in _cuts(small, picture.size) for turn in (0, 90, 180, 270))
    return min(_worst(reference, _luma(way)) for way in ways)


def read(image: Image.Image, record: Record) -> None:
    """The greatest difference of any thumbnail of an open picture, into `record`. A broken one is a remark."""
    if image.width * image.height > MOST_PIXELS:
        record.remark(
            f"the picture has more than {MOST_PIXELS // 10**6} million pixels: its thumbnail was not compared"
        )
        return
    for where, data in _thumbnails(image):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                small = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
                record.tag(f"{where} size", f"{small.width} x {small.height}")
                found = difference(_decoded(image), _decoded(small))
        except Exception as error:  # Pillow raises a dozen kinds on broken pictures
            record.remark(f"{where} cannot be read: {type(error).__name__}")
            continue
        record.thumbnail = max(record.thumbnail or 0.0, round(found, 3))


def _thumbnails(image: Image.Image) -> Iterator[tuple[str, bytes]]:
    """The thumbnails of a picture: Exif's, and Photoshop's (resource 0x040C, after a head of 28 bytes)."""
    ifd, block = image.getexif().get_ifd(IFD.IFD1), image.info.get("exif", b"")
    start, size = ifd.get(0x0201), ifd.get(0x0202)
    if isinstance(start, int) and isinstance(size, int) and 0 < size <= MOST_BYTES:
        start += len(block) - len(block.removeprefix(b"Exif\0\0"))
        if data := block[start : start + size]:
            yield "EXIF thumbnail", data
    resources = image.info.get("photoshop")
    small = resources.get(0x040C) if isinstance(resources, dict) else None
    if isinstance(small, bytes) and 28 < len(small) <= MOST_BYTES:
        yield "Photoshop thumbnail", small[28:]


def _decoded(image: Image.Image) -> Image.Image:
    if image.width * image.height > MOST_PIXELS:
        raise ValueError("too many pixels")
    if image.format == "JPEG" and image.width > 8 * SIDE:
        image.draft("L", (4 * SIDE, 4 * SIDE))
    return image.convert("L")


def _cuts(small: Image.Image, size: tuple[int, int]) -> Iterator[Image.Image]:
    yield small
    rows = np.asarray(small)
    bright = rows > _BAR
    # A bar is dark to its last pixel but a few: a night scene has lights.
    across, down = bright.mean(axis=1) > 0.02, bright.mean(axis=0) > 0.02
    if across.any() and down.any() and not (across.all() and down.all()):
        top, bottom = int(across.argmax()), len(across) - int(across[::-1].argmax())
        left, right = int(down.argmax()), len(down) - int(down[::-1].argmax())
        yield small.crop((left, top, right, bottom))
    shape = size[0] / size[1]
    width, height = min(small.width, round(small.height * shape)), min(small.height, round(small.width / shape))
    if width and height and (width, height) != small.size:
        left, top = (small.width - width) // 2, (small.height - height) // 2
        yield small.crop((left, top, left + width, top + height))


def _luma(image: Image.Image) -> NDArray[np.float32]:
    """64 x 64, between 0 and 1, each value the mean of its area."""
    return np.asarray(image.resize((SIDE, SIDE), Image.Resampling.BOX), np.float32) / np.float32(255)


def _worst(one: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    # Between the two middles: a program that only makes a picture lighter changes no block against the others.
    gap = np.abs((one - np.median(one)) - (other - np.median(other)))
    blocks = gap.reshape(SIDE // BLOCK, BLOCK, SIDE // BLOCK, BLOCK).mean(axis=(1, 3))
    return float(min(1.0, np.sort(blocks, axis=None)[-WORST:].mean()))
