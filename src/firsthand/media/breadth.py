"""What other readers know that ours does not: MediaInfo, which comes with us, and ExifTool, where it is installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import threading
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pymediainfo import MediaInfo

from firsthand.model.media import MediaStream

from . import apart
from .dates import is_zero, iso
from .places import coordinates, from_iso6709, position
from .record import Record
from .texts import clean

SECONDS = 20
"""How long ExifTool may take. It takes 0.3 s for an ordinary file."""

MEDIAINFO_SECONDS = 10
"""How long MediaInfo may take. It takes 0.02 s for an ordinary file."""

MOST_ANSWER = 4 * 2**20
"""Bytes of ExifTool's answer that are read."""

OLDEST = (12, 38)
"""ExifTool before 12.24 runs what a picture says (CVE-2021-22204), before 12.38 what a file's name says
(CVE-2022-23935): neither is asked."""

_KINDS: dict[str, Literal["video", "audio", "image"]] = {"Video": "video", "Audio": "audio", "Image": "image"}
_WHAT = {"tagged": "tagged", "encoded": "encoded", "recorded": "created", "mastered": "encoded", "released": "created"}
_PROGRAMS = ("writing_application", "writing_library", "encoded_application", "encoded_library", "encoded_library_name")
_TAGS = (
    "title", "movie_name", "track_name", "album", "performer", "director", "comment", "description", "copyright",
    "publisher", "encoded_by", "producer", "producer_reference", "recorded_location", "time_code_of_first_frame",
    "originalsourceform", "originalsourcemedium", "encoding_settings", "language", "rotation",
)  # fmt: skip
_SKIPPED = ("SourceFile", "ExifTool:", "System:", "File:", "Composite:", "ICC")
_DULL = re.compile(
    r"Matrix|OpColor|Graphics|Preview|Poster|Selection|Balance|Layer|Volume|Resolution|TimeScale|Size$|Offset$|^GPS"
)
_STRUCTURE = re.compile(r"QuickTime|Track\d|Matroska|RIFF|JFIF|PNG|MPEG|Meta|APP\d|IFD1|InteropIFD|Info")
_TELLING = re.compile(
    r"Title|Comment|Descri|Author|Artist|Copyright|Serial|Lens|Location|Owner|User|Content|Firmware|Encoded|Director"
    r"|Keyword|Album|Information|Identifier|TimeCode|Handler(?:Vendor|Description)|Purpose|Subject|Creator|Producer"
)
_NOT_OF_FILE = re.compile(r"ProfileDateTime|FileModifyDate|FileAccessDate|FileInodeChangeDate|Expir|Release|Licen[cs]e")


def mediainfo(path: Path, record: Record) -> None:
    """What MediaInfo adds to `record`: streams where there are none yet, dates, programs, tags.

    In a process of its own: on broken boxes it has been seen to go round for ever.
    """
    answer = apart.answered(lambda: _parsed(path), MEDIAINFO_SECONDS)
    if answer is None:
        record.remark("MediaInfo cannot read it")
        return
    streams = not record.streams
    for track in json.loads(answer)[:64]:
        if track.get("track_type") == "General":
            _general(track, record)
        elif streams:
            record.stream(_stream(track))
        _fields(track, record)


def _parsed(path: Path) -> bytes:
    """MediaInfo's tracks as JSON. It is given the open file, not its name, so that it opens none that a file names."""
    with path.open("rb") as file:
        return json.dumps([track.to_data() for track in MediaInfo.parse(file).tracks], default=str).encode()


def exiftool(path: Path, record: Record) -> None:
    """What an installed ExifTool adds to `record`: dates, places, programs, tags. Nothing where there is none."""
    program = shutil.which("exiftool")
    if program is None or not _is_safe(program):
        return
    answer = _asked([program, "-config", "", "-j", "-G1", "-struct", "-c", "%+.6f", str(path.absolute())])
    try:
        found = json.loads(answer)[0]
    except (ValueError, IndexError, KeyError, TypeError, RecursionError):
        record.remark("ExifTool gave no answer that can be read")
        return
    for name, value in list(_flat(found, ""))[:2000] if isinstance(found, dict) else ():
        _told(name, value, record)


def _general(track: Mapping[str, Any], record: Record) -> None:
    """The container and its length, where our own reader has not told them."""
    form, profile = track.get("format"), track.get("format_profile")
    record.container = record.container or clean(f"{form} ({profile})" if profile else str(form or ""), 80)
    if record.duration is None:
        record.duration = _number(track.get("duration"), 1000)


def _stream(track: Mapping[str, Any]) -> MediaStream:
    kind = _KINDS.get(str(track.get("track_type")))
    rate = track.get("sampling_rate" if kind == "audio" else "frame_rate")
    width, height = (_number(track.get(name), 1) for name in ("width", "height"))
    return MediaStream(
        kind or "other",
        clean(str(track.get("format") or "unknown"), 40),
        _number(track.get("duration"), 1000),
        int(width) if width else None,
        int(height) if height else None,
        _number(rate, 1),
        clean(str(track.get("title") or ""), 200) or None,
        clean(str(track.get("writing_library") or ""), 200) or None,
    )


def _number(value: object, unit: int) -> float | None:
    try:
        number = float(str(value)) / unit
    except ValueError:
        return None
    return number if 0 < number < 1e9 else None


def _fields(track: Mapping[str, Any], record: Record) -> None:
    kind = clean(str(track.get("track_type")), 20)
    for name, value in track.items():
        text = clean(str(value))
        if name.endswith("_date") and not name.startswith("file_"):
            _date(text, _WHAT.get(name.partition("_")[0], "created"), f"{kind} {name}", record)
        elif name in _PROGRAMS:
            record.program(text, f"{kind} {name}")
        elif name in _TAGS and text not in ("0.000", "0", *(stream.handler for stream in record.streams)):
            record.tag(f"{kind} {name}", text)
        elif name in ("xyz", "recorded_location") and (place := from_iso6709(text)):
            record.position(position(*place, where=f"{kind} {name}"))


def _date(text: str, what: str, where: str, record: Record) -> None:
    """A date of another reader: only what the clocks that are known already do not show."""
    at = iso(text)
    if at is None or is_zero(text):
        return
    told = {known.at[:19].rstrip("Z") for known in record.dates if known.at}
    if at[:19] not in told and not any(known.startswith(at) for known in told):
        record.date(text, what, where)


@cache
def _is_safe(program: str) -> bool:
    found = re.match(rb"(\d+)\.(\d+)", _asked([program, "-config", "", "-ver"]))
    return found is not None and (int(found[1]), int(found[2])) >= OLDEST


def _asked(command: list[str]) -> bytes:
    """What a program prints, as far as time and size allow; without a shell, and with nothing to read."""
    quiet = subprocess.DEVNULL
    try:
        with subprocess.Popen(command, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet) as running:
            watch = threading.Timer(SECONDS, running.kill)
            watch.start()
            try:
                answer = running.stdout.read(MOST_ANSWER) if running.stdout else b""
            finally:
                watch.cancel()
                running.kill()
            return answer
    except (OSError, RuntimeError, MemoryError):  # not to be started here: limits on processes, threads or memory
        return b""


def _flat(value: object, path: str) -> Iterable[tuple[str, str]]:
    """The fields of a nested answer, by their path."""
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _flat(inner, f"{path}/{name}" if path else str(name))
    elif isinstance(value, list):
        for count, inner in enumerate(value, 1):
            yield from _flat(inner, f"{path}[{count}]")
    elif value is not None and len(path) < 200:
        yield path, clean(str(value))


def _told(name: str, value: str, record: Record) -> None:
    """One field of ExifTool's, "Group:Name", to where it belongs."""
    group, _, field = name.partition(":")
    if name.startswith(_SKIPPED) or (record.packets and name.startswith("XMP")) or _NOT_OF_FILE.search(name):
        if field == "GPSPosition" and (place := coordinates(value)):
            record.position(position(*place, where="ExifTool GPSPosition"))
        return
    if re.search(r"Date|When|Time", field) and (at := iso(value)) and len(at) >= 10:
        modified = "odif" in field or "Metadata" in field
        _date(value, "modified" if modified else "created", f"{group} {field}", record)
    elif field in ("Software", "Encoder", "CreatorTool", "WritingApp", "MuxingApp", "HistorySoftwareAgent"):
        record.program(value, f"{group} {field}")
    elif field == "Make":
        record.maker = record.maker or value
    elif field == "Model":
        record.model = record.model or value
    elif _is_telling(group, field, value, record):
        record.tag(f"{group} {field}", value)


def _is_telling(group: str, field: str, value: str, record: Record) -> bool:
    """Whether a field says more than how the file is built, and nothing that is told already."""
    if _DULL.search(field) or value.startswith("(Binary data") or len(value) < 2:
        return False
    if _STRUCTURE.match(group) and not _TELLING.search(field):
        return False
    return value not in {told for _, told in record.tags} | {stream.handler for stream in record.streams}
