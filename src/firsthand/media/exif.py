"""What Pillow reads of a picture: Exif, GPS, IPTC, texts, the colour profile -> the record."""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin, UnidentifiedImageError
from PIL.ExifTags import IFD, Base

from firsthand.errors import MediaError
from firsthand.model.media import MediaStream

from .boxes import numbers
from .dates import iso
from .places import position
from .record import Record
from .texts import clean, decoded

FORMATS = ("JPEG", "PNG", "WEBP", "TIFF", "GIF", "AVIF", "BMP", "JPEG2000")
"""What Pillow may open here: its readers of pictures that start no other program and open no other file. MPO has none
of its own: that of JPEG gives it."""

MOST_PIXELS = 100 * 10**6
"""A larger picture is not decoded; its fields are read all the same."""

# What a date is, its field, the field of its zone and that of its fraction of a second.
_DATES = (
    ("created", Base.DateTimeOriginal, Base.OffsetTimeOriginal, Base.SubsecTimeOriginal),
    ("digitised", Base.DateTimeDigitized, Base.OffsetTimeDigitized, Base.SubsecTimeDigitized),
    ("modified", Base.DateTime, Base.OffsetTime, Base.SubsecTime),
)
_SHOWN = (
    Base.Artist, Base.Copyright, Base.ImageDescription, Base.HostComputer, Base.BodySerialNumber, Base.LensMake,
    Base.LensModel, Base.LensSerialNumber, Base.ImageUniqueID, Base.CameraOwnerName, Base.UserComment, Base.XPTitle,
    Base.XPComment, Base.XPAuthor, Base.XPSubject, Base.DocumentName, Base.Orientation, Base.ExposureTime, Base.FNumber,
    Base.ISOSpeedRatings, Base.FocalLength,
)  # fmt: skip
_IPTC_DATES = (
    ("created", 55, 60, "DateCreated"),
    ("digitised", 62, 63, "DigitalCreationDate"),
    ("stated", 30, 35, "ReleaseDate"),
)
_IPTC = {
    (2, 5): "title", (2, 40): "special instructions", (2, 80): "by-line", (2, 90): "city", (2, 95): "state",
    (2, 101): "country", (2, 103): "transmission reference", (2, 105): "headline", (2, 110): "credit",
    (2, 115): "source", (2, 116): "copyright", (2, 120): "caption", (2, 122): "caption writer",
}  # fmt: skip


def opened(path: Path) -> Image.Image:
    """The picture, not yet decoded. MediaError where Pillow cannot read it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return Image.open(path, formats=FORMATS)
        except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
            raise MediaError(path.name, clean(f"is no picture that can be read: {error}", 200)) from None


def read(image: Image.Image, record: Record) -> None:
    """Everything that the picture's fields say, into `record`. A field that is broken says nothing."""
    width, height = image.size
    record.stream(MediaStream("image", clean(str(image.format)), width=width, height=height))
    for name, reader in (("Exif", _exif), ("IPTC", _iptc), ("colour profile", _profile), ("texts", _texts)):
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                reader(image, record)
        except Exception as error:  # Pillow raises a dozen kinds on broken fields; the rest is read on
            record.remark(f"its {name} cannot be read: {type(error).__name__}")


def from_bytes(data: bytes, record: Record) -> Image.Exif:
    """An Exif block that stands alone, as HEIC, WebP and raw pictures have it, into `record`."""
    exif = Image.Exif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            exif.load(data)
            fields(exif, record)
    except Exception as error:  # as above
        record.remark(f"its Exif cannot be read: {type(error).__name__}")
    return exif


def fields(exif: Image.Exif, record: Record) -> None:
    """The fields of an Exif block, into `record`."""
    every: dict[int, Any] = {**dict(exif), **exif.get_ifd(IFD.Exif)}
    for what, field, zone, part in _DATES:
        if (raw := _text(every.get(field))) or every.get(field) is not None:
            name = ExifTags.TAGS[field]
            record.date(_with_zone(raw, every.get(zone), every.get(part)), what, f"EXIF {name}")
    record.maker = record.maker or _text(every.get(Base.Make)) or None
    record.model = record.model or _text(every.get(Base.Model)) or None
    for field in (Base.Software, Base.ProcessingSoftware):
        record.program(_text(every.get(field)), f"EXIF {ExifTags.TAGS[field]}")
    for field in _SHOWN:
        record.tag(f"EXIF {ExifTags.TAGS[field]}", _text(every.get(field)))
    _gps(exif.get_ifd(IFD.GPSInfo), record)
    _thumbnail_dates(exif.get_ifd(IFD.IFD1), record)


def _exif(image: Image.Image, record: Record) -> None:
    fields(image.getexif(), record)


def _with_zone(raw: str, zone: object, part: object) -> str:
    """A date with its zone, where the field beside it gives one that there is, and its fraction of a second."""
    fraction, offset = _text(part), _text(zone)
    exact = f"{raw}.{fraction}" if fraction.isdigit() and len(raw) == 19 and fraction.strip("0") else raw
    return f"{exact}{offset}" if offset[:1] in ("+", "-", "Z") and iso(f"{exact}{offset}") else exact


def _thumbnail_dates(ifd: Mapping[int, Any], record: Record) -> None:
    if raw := _text(ifd.get(Base.DateTime)):
        record.date(raw, "modified", "EXIF IFD1 DateTime")
    record.program(_text(ifd.get(Base.Software)), "EXIF IFD1 Software")


def _gps(gps: Mapping[int, Any], record: Record) -> None:
    """The place of the camera and the time of the satellites, which is UTC (Exif 2.32, 4.6.6)."""
    latitude, longitude = _degrees(gps, 1, 2, "S"), _degrees(gps, 3, 4, "W")
    if latitude is not None and longitude is not None:
        below = gps.get(5) in (1, b"\x01")
        height = _number(gps.get(6))
        altitude = -height if below and height is not None else height
        record.position(position(latitude, longitude, altitude, "EXIF GPS"))
    day, clock = _text(gps.get(29)), [_number(one) for one in _many(gps.get(7))]
    if day and len(clock) == 3 and None not in clock:
        record.date(
            "{} {:02.0f}:{:02.0f}:{:02.0f}Z".format(day, *(math.floor(one or 0) for one in clock)),
            "created",
            "EXIF GPS",
        )
    elif day:
        record.date(day, "created", "EXIF GPSDateStamp")


def _degrees(gps: Mapping[int, Any], reference: int, field: int, negative: str) -> float | None:
    parts = [_number(one) for one in _many(gps.get(field))]
    if not 1 <= len(parts) <= 3 or None in parts:
        return None
    value: float = sum((one or 0.0) / 60.0**i for i, one in enumerate(parts))
    return -value if _text(gps.get(reference)).upper().startswith(negative) else value


def _many(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, tuple | list) else ()


def _number(value: Any) -> float | None:
    """A rational as a number; None where it is none, such as 0/0."""
    try:
        number: float = float(value)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return number if math.isfinite(number) else None


def _iptc(image: Image.Image, record: Record) -> None:
    """The fields of IPTC IIM 4.2: what agencies and desks write."""
    info = (IptcImagePlugin.getiptcinfo(image) if isinstance(image, ImageFile.ImageFile) else None) or {}
    values = {key: decoded(value[0] if isinstance(value, list) else value) for key, value in info.items() if value}
    for what, day, clock, name in _IPTC_DATES:
        if values.get((2, day)):
            record.date(_iim(values[2, day], values.get((2, clock), "")), what, f"IPTC {name}")
    record.program(" ".join(values.get((2, key), "") for key in (65, 70)).strip(), "IPTC originating program")
    if values.get((2, 40), "").startswith("FBMD"):
        record.program("FBMD", "IPTC special instructions")
    for key, name in _IPTC.items():
        record.tag(f"IPTC {name}", values.get(key, ""))


def _iim(day: str, clock: str) -> str:
    """As "20220216" and "091200+0200" as ISO 8601."""
    if len(day) != 8 or not day.isdigit() or len(clock) < 6:
        return day
    return f"{day[:4]}-{day[4:6]}-{day[6:]}T{clock[:2]}:{clock[2:4]}:{clock[4:6]}{clock[6:11]}"


def _profile(image: Image.Image, record: Record) -> None:
    """The name and the maker of the colour profile (ICC.1:2022, 7.2): a hint at the device or the program."""
    data = image.info.get("icc_profile")
    if isinstance(data, bytes) and len(data) >= 128:
        record.tag("ICC profile", " ".join(decoded(data[i : i + 4]) for i in (4, 48, 52, 80)))
        at = numbers("HHHHHH", data, 24)
        record.tag("ICC profile date", "{:04}-{:02}-{:02} {:02}:{:02}:{:02}".format(*at))


def _texts(image: Image.Image, record: Record) -> None:
    """The comment of a JPEG or a GIF. What a PNG has is read chunk by chunk."""
    for name in ("comment", "software"):
        value = image.info.get(name)
        text = _text(value)
        record.tag(f"{image.format} {name}", text)


def pieces(value: object) -> Iterator[str]:
    """What a field holds, as texts."""
    for one in value if isinstance(value, tuple | list) else (value,):
        yield decoded(one) if isinstance(one, bytes) else clean(str(one))


def _text(value: object) -> str:
    """What a field holds, as one text; the two bytes a letter that Windows writes, and Exif's mark of the letters."""
    if value is None:
        return ""
    if isinstance(value, bytes):
        for mark in (b"ASCII\0\0\0", b"UNICODE\0", b"\0\0\0\0\0\0\0\0"):
            value = value.removeprefix(mark)
        wide = len(value) > 3 and value[1:8:2].strip(b"\0") == b"" and value[::2].strip(b"\0")
        return decoded(b"\xff\xfe" + value if wide else value.rstrip(b"\0"))
    return " ".join(pieces(value))
