from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image, ImageEnhance

from firsthand.media import thumbnails
from firsthand.media.record import Record
from firsthand.media.stating import LEAST_THUMBNAIL
from tests.media import boxing


def small(picture: Image.Image, quality: int = 60) -> Image.Image:
    made = picture.resize((160, 120))
    return Image.open(io.BytesIO(boxing.jpeg(made, quality)))


def difference(picture: Image.Image, thumbnail: Image.Image) -> float:
    return thumbnails.difference(picture.convert("L"), thumbnail.convert("L"))


def with_thumbnail(picture: Image.Image, thumbnail: bytes) -> Image.Image:
    """A JPEG with an Exif block whose second directory holds the thumbnail, written by hand."""
    head = b"MM\0*\0\0\0\x08" + b"\0\0" + b"\0\0\0\x0e"
    entries = b"".join(
        tag.to_bytes(2, "big") + b"\0\4\0\0\0\1" + value.to_bytes(4, "big")
        for tag, value in ((0x0201, 44), (0x0202, len(thumbnail)))
    )
    block = head + b"\0\2" + entries + b"\0\0\0\0"
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=b"Exif\0\0" + block + thumbnail)
    return Image.open(io.BytesIO(file.getvalue()))


@pytest.mark.parametrize("seed", range(5))
def test_a_thumbnail_of_the_same_picture_is_near_nought(seed: int) -> None:
    picture = boxing.scene(seed)
    assert difference(picture, small(picture)) < LEAST_THUMBNAIL / 2
    assert difference(picture, small(ImageEnhance.Brightness(picture).enhance(0.9))) < LEAST_THUMBNAIL


@pytest.mark.parametrize("seed", range(5))
def test_a_thumbnail_of_another_picture_is_far(seed: int) -> None:
    assert difference(boxing.scene(seed), small(boxing.scene(seed + 50))) > 2 * LEAST_THUMBNAIL


def test_a_part_that_was_changed_is_told() -> None:
    picture = boxing.scene(3)
    changed = picture.copy()
    changed.paste(
        Image.new("RGB", (90, 70), (0, 0, 0) if np.asarray(picture)[60:130, 60:150].mean() > 128 else (255,) * 3),
        (60, 60),
    )
    assert difference(changed, small(picture)) > LEAST_THUMBNAIL


def test_bars_cuts_and_turns_do_not_count() -> None:
    wide = boxing.scene(4, 640, 360)
    boxed = Image.new("RGB", (160, 120))
    boxed.paste(wide.resize((160, 90)), (0, 15))
    assert difference(wide, boxed) < LEAST_THUMBNAIL / 2
    assert difference(wide, small(wide).rotate(90, expand=True)) < LEAST_THUMBNAIL / 2
    cut = boxing.scene(4, 640, 480)
    assert difference(cut.crop((0, 60, 640, 420)), small(cut)) < LEAST_THUMBNAIL


def test_the_thumbnail_in_the_second_directory_of_exif() -> None:
    picture, record = boxing.scene(5), Record()
    thumbnails.read(with_thumbnail(picture, boxing.jpeg(boxing.scene(77).resize((160, 120)))), record)
    assert record.thumbnail and record.thumbnail > LEAST_THUMBNAIL
    same = Record()
    thumbnails.read(with_thumbnail(picture, boxing.jpeg(picture.resize((160, 120)))), same)
    assert same.thumbnail is not None and same.thumbnail < LEAST_THUMBNAIL


def test_no_thumbnail_is_none_and_a_broken_one_a_remark() -> None:
    none, broken = Record(), Record()
    thumbnails.read(Image.open(io.BytesIO(boxing.jpeg(boxing.scene()))), none)
    assert none.thumbnail is None and not none.remarks
    thumbnails.read(with_thumbnail(boxing.scene(), b"\xff\xd8\xff nonsense"), broken)
    assert broken.thumbnail is None and "EXIF thumbnail cannot be read" in broken.remarks[0]


def test_a_picture_of_too_many_pixels_is_not_decoded() -> None:
    class Huge:
        width, height = 20_000, 20_000

    record = Record()
    thumbnails.read(Huge(), record)  # type: ignore[arg-type]
    assert "100 million pixels" in record.remarks[0]
