"""What the names of programs and of handlers tell of a file's way: camera, editor, converter, site.

And the settings that an encoder leaves in the pictures themselves, which survive when all other fields are stripped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Literal

from .texts import decoded

Role = Literal["camera", "encoder", "converter", "editor", "site"]
"""camera: it, or a phone, writes so when it records; encoder: of pictures or sound; converter: a program that writes
containers, with or without encoding anew; editor: for people who cut; site: it makes such files of what it is sent."""

SCAN = 2**20
"""Bytes that are searched for an encoder's settings from a place on. They stand before the first picture."""

MOST_SETTINGS = 1_500
"""Characters of an encoder's settings that are kept; x264 writes some 700, x265 some 1,200."""


@dataclass(frozen=True, slots=True)
class Known:
    """A trace: `pattern` of its name, who leaves it, in which role, and whence that is known."""

    pattern: re.Pattern[str]
    who: str
    role: Role
    source: str


def _known(pattern: str, who: str, role: Role, source: str) -> Known:
    return Known(re.compile(pattern, re.IGNORECASE), who, role, source)


_FFMPEG, _AOSP, _SEEN = (
    "FFmpeg, libavformat/movenc.c",
    "Android, MPEG4Writer.cpp",
    "such files; its maker documents none",
)
_APPLE, _ANDROID = "Apple's cameras and programs (Core Media)", "Android's recorder (MPEG4Writer)"
_CUTTERS = r"CapCut|InShot|KineMaster|Filmora|Movavi|VEGAS|Shotcut|Kdenlive|VivaVideo|VSDC|OpenShot"
_PAINTERS = r"GIMP|Snapseed|Picasa|Paint\.NET|Affinity|Canva|ImageMagick|PicsArt|Pixelmator"

KNOWN: tuple[Known, ...] = (
    _known(r"^Core Media (Video|Audio|Metadata|Time ?code)", _APPLE, "camera", "Apple, AVFoundation"),
    _known(r"^(Video|Sound|Mett|Text)Handle$", _ANDROID, "camera", _AOSP),
    _known(r"^Android\b", _ANDROID, "camera", _AOSP),
    _known(r"^\W?GoPro ", "a GoPro camera", "camera", _SEEN),
    _known(r"^\W?DJI[ .]", "a DJI camera or drone", "camera", _SEEN),
    _known(r"^(Video|Sound|Subtitle|Data)Handler$", "FFmpeg", "converter", _FFMPEG),
    _known(r"^Lavf\d*", "FFmpeg (libavformat)", "converter", "FFmpeg, libavformat/version.h"),
    _known(r"^Lavc\d*", "FFmpeg (libavcodec)", "encoder", "FFmpeg, libavcodec/version.h"),
    _known(r"^x264\b", "x264", "encoder", "x264, encoder/set.c"),
    _known(r"^x265\b", "x265", "encoder", "x265, source/encoder"),
    _known(r"^LAME\s?\d", "the MP3 encoder LAME", "encoder", "LAME, VbrTag.c"),
    _known(r"^L-SMASH", "L-SMASH, which comes with x264", "converter", "L-SMASH, core/isom.c"),
    _known(r"^HandBrake", "HandBrake", "converter", "HandBrake, libhb/muxavformat.c"),
    _known(r"GPAC", "GPAC (MP4Box)", "converter", "GPAC, src/isomedia"),
    _known(r"^Bento4", "Bento4", "converter", "Bento4, Ap4Track.cpp"),
    _known(r"^(mkvmerge|libebml|libmatroska)", "MKVToolNix", "converter", "MKVToolNix, src/merge"),
    _known(r"Mainconcept", "the MainConcept writer, as in Adobe's exports", "editor", _SEEN),
    _known(
        r"Adobe|Premiere|After Effects|Photoshop|Lightroom", "a program of Adobe", "editor", "Adobe, XMP Specification"
    ),
    _known(r"Blackmagic|DaVinci Resolve", "DaVinci Resolve", "editor", _SEEN),
    _known(r"Final Cut|iMovie|proapps", "an editing program of Apple", "editor", _SEEN),
    _known(_CUTTERS, "an editing program", "editor", _SEEN),
    _known(_PAINTERS, "a program that changes pictures", "editor", _SEEN),
    _known(r"ISO Media file produced by Google|^Google", "Google (YouTube, Drive)", "site", _SEEN),
    _known(r"^FBMD", "Facebook", "site", _SEEN),
    _known(r"^Twitter-vork", "Twitter, now X", "site", _SEEN),
    _known(r"^Vireo (Eyes|Ears)", "Twitter, now X", "site", "Twitter, Vireo's source"),
    _known(r"^(Elemental|ETI ISO|Zencoder|Vimeo)", "a site, or its service for converting", "site", _SEEN),
)
"""A small table: what is not in it is shown by its own name."""

_SETTINGS = re.compile(
    rb"(x264 - core \d{1,4}[ -~]{0,200}? - options: [ -~]{1,1400}|x265 \(build \d{1,4}\)[ -~]{0,1400}|"
    rb"Lavc\d{1,3}\.\d{1,3}\.\d{1,3}(?: \w{1,30})?|LAME\d\.\d{1,3}[ab]?|Xvid\d{4}|DivX\d{3}[ -~]{0,10}|"
    rb"SVT-AV1[ -~]{0,80})"
)


def known(name: str) -> Known | None:
    """What is known of the name of a handler or of a program."""
    return next((one for one in KNOWN if one.pattern.search(name)), None)


def settings(data: bytes) -> Iterator[str]:
    """The settings of encoders that stand in the beginning of some pictures or sound, once each, at most 8."""
    told: dict[str, None] = {}
    for found in _SETTINGS.finditer(_joined(data[:SCAN])):
        told[decoded(found.group(), MOST_SETTINGS)] = None
        if len(told) == 8:
            break
    yield from told


def _joined(data: bytes) -> bytes:
    """The streams of an MPEG transport stream, each in one piece; other data as it is (ISO/IEC 13818-1, 2.4.3)."""
    if data[:1] != b"\x47" or data[188:189] != b"\x47":
        return data
    streams: dict[int, list[bytes]] = {}
    for start in range(0, len(data) - 187, 188):
        packet = data[start : start + 188]
        stream = int.from_bytes(packet[1:3], "big") & 0x1FFF
        first = 5 + packet[4] if packet[3] & 0x20 else 4  # what adapts clocks stands before the payload
        streams.setdefault(stream, []).append(packet[first:])
    return b"\0".join(b"".join(parts) for parts in streams.values())


def scanned(file: BinaryIO, starts: list[int]) -> Iterator[str]:
    """The settings of encoders from each of these places on, a megabyte each."""
    for start in starts[:8]:
        if 0 <= start < 2**62:
            file.seek(start)
            yield from settings(file.read(SCAN))


def short(settings_text: str) -> str:
    """The name and the version of an encoder, out of its settings."""
    found = re.match(r"x26[45][^:]*?(?:core \d+(?: r\d+)?|\(build \d+\))", settings_text)
    return found.group() if found else settings_text[:80]
