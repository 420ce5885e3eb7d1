"""The fields of a packet of XMP -> the record: dates, programs, device, place, history."""

from __future__ import annotations

import re

from . import ingredients, xmp
from .places import position
from .record import Record

MOST_OF_SOURCES = 60
"""Dates of the source clips that are kept beside those of the file; the rest stands with the ingredients."""

MOST_HISTORY = 60
"""Dates of the steps of the history, likewise."""

_DATE = re.compile(
    r"(?:[Dd]ate|when|DateCreated|DateTimeOriginal|DateTimeDigitized|DateTime|GPSTimeStamp)(?:\[\d+\])?$"
)
_CREATED = ("CreateDate", "DateCreated", "DateTimeOriginal", "shotDate", "GPSTimeStamp")
_MODIFIED = ("ModifyDate", "ModDate", "MetadataDate", ":DateTime")
"""Others are dates of which nothing is concluded: until when a licence runs, when something is to be published."""
_PROGRAMS = ("xmp:CreatorTool", "tiff:Software", "xmp:creatorTool", "photoshop:History", "x:xmptk")
_SOURCES = re.compile(r"xmpMM:(?:Pantry|Ingredients|DerivedFrom|ManagedFrom|Versions)\b")
_COORDINATE = re.compile(r"(\d{1,3}),(\d{1,2}(?:\.\d+)?)(?:,(\d{1,2}(?:\.\d+)?))?([NSEW])", re.ASCII)
_SHOWN = re.compile(
    r"""(?:dc:(?:title|description|creator\[\d+\]|source|rights)|(?:photoshop|exif|aux|xmpRights|GCamera|drone-dji):\w+
    |xmpDM:(?:projectName|artist|comment|logComment|tapeName|scene|shotLocation|\w*Timecode/xmpDM:timeValue)
    |xmpMM:(?:OriginalDocumentID|DocumentID|InstanceID|PreservedFileName)|Iptc4xmp\w+:.+
    |photoshop:DocumentAncestors\[\d+\])""",
    re.VERBOSE,
)


def take(packet: bytes, where: str, record: Record) -> bool:
    """What a packet says, into `record`. Whether it could be read; if not, a remark says why."""
    try:
        fields = list(xmp.fields(packet))
    except ValueError as error:
        record.remark(str(error))
        return False
    record.packets += 1
    values = dict(reversed(fields))
    record.made_from(ingredients.of(fields))
    for path, value in fields:
        _field(path, value, where, record)
    record.maker = record.maker or values.get("tiff:Make")
    record.model = record.model or values.get("tiff:Model")
    _place(values, record)
    return True


def _field(path: str, value: str, where: str, record: Record) -> None:
    name = path.rpartition("/")[2]
    if _DATE.search(name):
        _date(path, value, where, record)
    elif path in _PROGRAMS or (name == "stEvt:softwareAgent" and not _SOURCES.match(path)):
        record.program(value, f"{where} {path}")
    elif _SHOWN.fullmatch(path):
        record.tag(f"{where} {path}", value)


def _date(path: str, value: str, where: str, record: Record) -> None:
    name = path.rpartition("/")[2]
    if _SOURCES.match(path):
        if _count(record, "source") < MOST_OF_SOURCES:
            record.date(value, "source", f"{where} {path}")
    elif name == "stEvt:when":
        if _count(record, "step") < MOST_HISTORY:
            record.date(value, "step", f"{where} {path}")
    elif "/" in path or name.startswith("dc:date"):
        record.date(value, "stated", f"{where} {path}")
    else:
        record.date(value, _what(name), f"{where} {path}")


def _what(name: str) -> str:
    kinds = {"created": _CREATED, "digitised": ("Digitized",), "modified": _MODIFIED}
    return next((what for what, ends in kinds.items() if name.endswith(ends)), "stated")


def _count(record: Record, what: str) -> int:
    return sum(date.what == what for date in record.dates)


def _place(values: dict[str, str], record: Record) -> None:
    """The place in exif:GPSLatitude and exif:GPSLongitude: "48,0.954N" (XMP part 2, 4.1)."""
    latitude, longitude = (_degrees(values.get(f"exif:GPS{name}", "")) for name in ("Latitude", "Longitude"))
    if latitude is not None and longitude is not None:
        record.position(position(latitude, longitude, where="XMP exif:GPSLatitude"))


def _degrees(text: str) -> float | None:
    found = _COORDINATE.fullmatch(text.strip())
    if found is None:
        return None
    value = int(found[1]) + float(found[2]) / 60 + float(found[3] or 0) / 3600
    return -value if found[4] in "SW" else value
