"""The boxes of a movie or a HEIF picture -> what they say: dates, streams, handlers, tags, places, packets of XMP."""

from __future__ import annotations

import itertools
import struct
from collections.abc import Iterator
from dataclasses import replace
from typing import Literal

from firsthand.model.media import MediaDate, MediaStream

from .boxes import Box, Boxes, numbers
from .dates import from_1601, from_1900, from_1904
from .meanings import meaning
from .places import from_iso6709, position
from .record import Record
from .texts import clean, decoded

MOST_TRACKS, MOST_FIELDS = 32, 300
"""That are read of one file. Each looks through the heads of all boxes."""

XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_BRANDS = {"qt  ": "MOV", "heic": "HEIC", "heix": "HEIC", "mif1": "HEIF", "avif": "AVIF", "M4A ": "M4A", "crx ": "CR3"}
_KINDS: dict[str, Literal["video", "audio", "image"]] = {"vide": "video", "soun": "audio", "pict": "image"}
_DATES = {
    "©day": "created", "date": "created", "com.apple.quicktime.creationdate": "created",
    "com.apple.proapps.ingestdate": "modified", "purd": "modified",
}  # fmt: skip
_PROGRAMS = frozenset({
    "©too", "©swr", "©enc", "com.apple.quicktime.software", "com.apple.proapps.sharedesignation", "encoder",
    "com.android.version",
})  # fmt: skip
_MAKERS = frozenset({"©mak", "com.apple.quicktime.make", "com.android.manufacturer"})
_MODELS = frozenset({"©mod", "com.apple.quicktime.model", "com.android.model"})
_PLACES = frozenset({"©xyz", "loci", "com.apple.quicktime.location.ISO6709"})
_SHOWN = frozenset(
    "©nam ©cmt ©des ©inf ©ART ©aut ©cpy ©dir ©src ©url ©lyr desc ldes cprt auth titl dscp name FIRM CAME LENS".split()  # noqa: SIM905
)
NO_INDEX = "the file has no index (moov)"
"""How the remark begins of a file of which nothing can be decoded, though its pictures may all be there."""

_GOOGLE = "ISO Media file produced by Google Inc."


def read(boxes: Boxes, record: Record) -> None:
    """What the boxes say, into `record`. Raises nothing but OSError: a box that is broken says nothing."""
    record.container = _container(boxes)
    if lost := _lost(boxes):
        record.remark(lost)  # first: it is why the rest cannot be read
    for complaint in boxes.complaints:
        record.remark(complaint)
    for box in boxes.of("mvhd"):
        record.duration = _header(boxes, box, record) or record.duration
    for track in list(boxes.of("trak"))[:MOST_TRACKS]:
        _track(boxes, track, record)
    for box in boxes.of("prft"):
        _reference_clock(boxes, box, record)
    # Apple's and Android's own keys first: maker and model are then of one source.
    for name, text in sorted(_tagged(boxes), key=lambda field: not field[0].startswith("com.")):
        _field(name, text, record)


def _lost(boxes: Boxes) -> str:
    """Why there is no index, which a camera writes last; nothing of a file that has one."""
    if any(boxes.of("moov", "meta")):
        return ""
    if any(boxes.of("mdat")) and not any(boxes.of("moof", "styp")):
        cut = "the recording was cut off before its index was written, as cameras leave it that lose power"
        return f"{NO_INDEX}: {cut}, or the end of the file was lost later"
    return f"{NO_INDEX}: it is cut short, or a fragment"


def packets(boxes: Boxes) -> Iterator[tuple[str, bytes]]:
    """The XMP packets that stand in boxes of their own, with the path of their box."""
    for box in boxes.of("uuid"):
        if boxes.payload(box, 16) == XMP_UUID:
            yield "XMP", boxes.payload(box, skip=16)
    for box in boxes.of("XMP_"):
        yield "XMP", boxes.payload(box)


def _container(boxes: Boxes) -> str:
    box = next(boxes.of("ftyp", "styp"), None)
    if box is None:
        return "QuickTime or MP4"
    brand = boxes.payload(box, 4).decode("latin-1")
    return f"{_BRANDS.get(brand, '3GP' if brand.startswith('3g') else 'MP4')} ({clean(brand)})"


def _header(boxes: Boxes, box: Box, record: Record) -> float | None:
    """The dates of an mvhd, mdhd or tkhd, and its length in seconds where it gives one."""
    data = boxes.payload(box, 40)
    form, start = ("QQ", 4) if data[:1] == b"\x01" else ("II", 4)
    both = numbers(form, data, start)
    for seconds, what in zip(both, ("created", "modified"), strict=False):
        at = from_1904(seconds)
        record.put_date(MediaDate(at, what, box.path, meaning(box.path, what), str(seconds)))
    times = numbers("IQ" if form == "QQ" else "II", data, start + struct.calcsize(f">{form}"))
    known = box.kind != "tkhd" and times and times[0] and times[1] not in (2**32 - 1, 2**64 - 1)
    return min(times[1] / times[0], 1e9) if known else None


def _track(boxes: Boxes, track: Box, record: Record) -> None:
    parts = {box.kind: box for box in reversed(boxes.within(track))}
    stream = MediaStream("other", "unknown")
    for kind in ("tkhd", "mdhd"):
        if kind in parts:
            length = _header(boxes, parts[kind], record)
            stream = replace(stream, duration=length or stream.duration)
    if (media := _media(boxes, track)) is not None:
        stream = _handler(boxes, media, stream, record)
    if "stsd" in parts:
        stream = _sample(boxes, parts["stsd"], stream, record)
    if stream.kind == "video" and stream.duration and "stsz" in parts:
        count = numbers("I", boxes.payload(parts["stsz"], 12), 8)
        stream = replace(stream, rate=round(count[0] / stream.duration, 3) if count else None)
    record.stream(stream)


def _media(boxes: Boxes, track: Box) -> Box | None:
    """The handler of the media; QuickTime has one of the data too, under `minf`."""
    return next((box for box in boxes.within(track) if box.path.endswith("/mdia/hdlr")), None)


def _handler(boxes: Boxes, box: Box, stream: MediaStream, record: Record) -> MediaStream:
    data = boxes.payload(box, 512)
    kind, name = data[8:12].decode("latin-1"), data[24:]
    if name[:1] and name[0] < 32 and name[0] <= len(name) - 1 and data[4:8].strip(b"\0"):
        name = name[1 : 1 + name[0]]  # a Pascal string, as QuickTime has it
    text = decoded(name.split(b"\0")[0], 200)
    if _GOOGLE in text and "Created on:" in text:
        _google(text.partition("Created on:")[2], box.path, record)
    return replace(stream, kind=_KINDS.get(kind, "other"), handler=text or None)


def _google(text: str, path: str, record: Record) -> None:
    """The day that Google's handlers name, as "02/16/2022"."""
    month, _, rest = text.strip(" .").partition("/")
    day, _, year = rest.partition("/")
    record.date(f"{year[:4]}-{month}-{day}", "encoded", path)


def _sample(boxes: Boxes, box: Box, stream: MediaStream, record: Record) -> MediaStream:
    entry = next((one for one in boxes.all if one.path.startswith(box.path + "/")), None)
    if entry is None:
        return stream
    data, stream = boxes.payload(entry, 128), replace(stream, codec=clean(entry.kind))
    if stream.kind == "video" and len(data) >= 78:
        width, height = numbers("HH", data, 24)
        # The name of the compressor: a Pascal string in 32 bytes.
        name = decoded(data[43 : 43 + min(data[42], 31)])
        return replace(stream, width=width, height=height, encoder=name or None)
    if stream.kind == "audio" and len(data) >= 28:
        return replace(stream, rate=float(numbers("H", data, 24)[0]) or None)
    return stream


def _reference_clock(boxes: Boxes, box: Box, record: Record) -> None:
    seconds = numbers("I", boxes.payload(box, 16), 8)
    if seconds and len([one for one in record.dates if "prft" in one.where]) < 2:
        record.put_date(MediaDate(from_1900(seconds[0]), "encoded", box.path, meaning(box.path, ""), str(seconds[0])))


def _tagged(boxes: Boxes) -> Iterator[tuple[str, str]]:
    """Every field of user data with its text: QuickTime's, 3GPP's, iTunes', Apple's keys, Windows' Xtra."""
    holders = ((box, box.path.rpartition("/")[0].rpartition("/")[2].partition("[")[0]) for box in boxes.all)
    fields = ((box, holder) for box, holder in holders if holder in ("udta", "ilst"))
    for box, holder in itertools.islice(fields, MOST_FIELDS):
        if holder == "udta":
            yield from _user(boxes, box)
        else:
            yield from ((_name(boxes, box), text) for text in _values(boxes, box))


def _user(boxes: Boxes, box: Box) -> Iterator[tuple[str, str]]:
    data = boxes.payload(box, 4096)
    if box.kind.startswith("©"):
        length = numbers("H", data)
        yield box.kind, decoded(data[4 : 4 + length[0]] if length and length[0] <= len(data) - 4 else data)
    elif box.kind in ("cprt", "auth", "titl", "dscp", "perf", "gnre"):
        yield box.kind, decoded(data[6:].rstrip(b"\0"))
    elif box.kind == "loci":
        yield from _3gpp_place(data)
    elif box.kind == "Xtra":
        yield from _windows(boxes.payload(box, 65536))
    elif box.kind in ("date", "FIRM", "CAME", "LENS", "name"):
        yield box.kind, decoded(data.strip(b"\0"))


def _name(boxes: Boxes, box: Box) -> str:
    """The name of an item: its four letters, its key (Apple), or its mean and name (iTunes' "----")."""
    if box.key:
        return _keys(boxes, box).get(box.key, box.kind)
    if box.kind != "----":
        return box.kind
    named = next((one for one in boxes.all if one.path.startswith(box.path + "/name")), None)
    return decoded(boxes.payload(named, 200, 4)) if named else box.kind


def _keys(boxes: Boxes, item: Box) -> dict[int, str]:
    """The names of the keys beside the `ilst` of an item, from 1."""
    meta = item.path.rpartition("/")[0].rpartition("/")[0]
    box = next((one for one in boxes.of("keys") if one.path == f"{meta}/keys"), None)
    data, start = (boxes.payload(box, 65536) if box else b""), 8
    names: dict[int, str] = {}
    while (head := numbers("I", data, start)) and head[0] >= 8 and len(names) < 256:
        names[len(names) + 1] = decoded(data[start + 8 : start + head[0]])
        start += head[0]
    return names


def _values(boxes: Boxes, item: Box) -> Iterator[str]:
    """The texts among the values of an item; figures and pictures are left."""
    for box in boxes.all:
        if box.kind == "data" and box.path.startswith(item.path + "/"):
            data = boxes.payload(box, 4096)
            kind = numbers("I", data)
            if kind and kind[0] in (0, 1, 2):
                yield decoded(b"\xfe\xff" + data[8:] if kind[0] == 2 else data[8:])


def _3gpp_place(data: bytes) -> Iterator[tuple[str, str]]:
    """The position in a 3GPP location box (TS 26.244, 8.13): after a name and a role, fixed point of 16 bits."""
    wide = data[6:8] in (b"\xfe\xff", b"\xff\xfe")
    end = data.find(b"\0\0" if wide else b"\0", 6) + (2 if wide else 1)
    degrees = numbers("iii", data, end + 1) if end > 2 else ()
    if degrees:
        longitude, latitude, altitude = (one / 65536 for one in degrees)
        yield "loci", f"{latitude:+.5f}{longitude:+.5f}{altitude:+.1f}/"


def _windows(data: bytes) -> Iterator[tuple[str, str]]:
    """The properties that Windows keeps in a box Xtra: size, name, count, and values with a type each."""
    start = 0
    while (head := numbers("II", data, start)) and head[0] >= 18 and start < len(data):
        name, body = decoded(data[start + 8 : start + 8 + head[1]]), start + 8 + min(head[1], head[0])
        kind = numbers("IIH", data, body)
        value = data[body + 10 : start + head[0]]
        if kind and kind[2] == 21 and len(value) >= 8:
            yield name, from_1601(int.from_bytes(value[:8], "little")) or "0"
        elif kind and kind[2] == 8:
            yield name, decoded(b"\xff\xfe" + value)
        start += head[0]


def _field(name: str, text: str, record: Record) -> None:
    """One field, to where it belongs."""
    if name in _PLACES:
        place = from_iso6709(text)
        record.position(position(*place, where=name) if place else None)
    elif name in _DATES or name.endswith(("EncodingTime", "Date")):
        record.date(text, _DATES.get(name, "encoded" if name.endswith("EncodingTime") else "created"), name)
    elif name in _PROGRAMS:
        # A phone gives the version of its system alone.
        system = "Android " if "android" in name else "Apple "
        record.program(f"{system}{text}" if name.startswith("com.") and text[:1].isdigit() else text, name)
    elif name in _MAKERS:
        record.maker = record.maker or text
    elif name in _MODELS:
        record.model = record.model or text
    elif name in _SHOWN or name.startswith(("com.", "WM/")) or len(name) > 4:
        record.tag(name, text)
