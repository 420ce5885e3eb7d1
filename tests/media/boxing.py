"""Boxes, packets and pictures written by hand for the tests of the readers."""

from __future__ import annotations

import io
import struct
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
from PIL import Image

XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)


def box(kind: str, *parts: bytes) -> bytes:
    """A box of 32-bit size."""
    body = b"".join(parts)
    return struct.pack(">I", 8 + len(body)) + kind.encode("latin-1") + body


def wide_box(kind: str, *parts: bytes) -> bytes:
    """A box of 64-bit size."""
    body = b"".join(parts)
    return struct.pack(">I4sQ", 1, kind.encode("latin-1"), 16 + len(body)) + body


def since_1904(at: str) -> int:
    """The seconds of an ISO 8601 date with its zone."""
    return round((datetime.fromisoformat(at) - _EPOCH).total_seconds())


def ftyp(brand: str = "isom") -> bytes:
    return box("ftyp", brand.encode(), struct.pack(">I", 512), b"isommp41")


def mvhd(created: int, modified: int | None = None, version: int = 0, seconds: int = 12) -> bytes:
    modified = created if modified is None else modified
    form = ">B3xQQIQ" if version else ">B3xIIII"
    return box("mvhd", struct.pack(form, version, created, modified, 1000, seconds * 1000), bytes(80))


def tkhd(created: int) -> bytes:
    return box("tkhd", struct.pack(">B3xIIIII", 0, created, created, 1, 0, 12000), bytes(60))


def mdhd(created: int) -> bytes:
    return box("mdhd", struct.pack(">B3xIIII", 0, created, created, 600, 7200), bytes(4))


def hdlr(name: bytes, kind: str = "vide", maker: bytes = b"\0\0\0\0") -> bytes:
    return box("hdlr", bytes(4), maker, kind.encode(), bytes(12), name)


def video_entry(compressor: bytes = b"", codec: str = "avc1") -> bytes:
    name = bytes([len(compressor)]) + compressor.ljust(31, b"\0")
    body = bytes(24) + struct.pack(">HH", 640, 360) + bytes(14) + name + bytes(4)
    return box("stsd", struct.pack(">II", 0, 1), box(codec, body))


def track(
    created: int, handler: bytes = b"VideoHandler\0", compressor: bytes = b"", maker: bytes = b"\0\0\0\0"
) -> bytes:
    sizes = box("stsz", struct.pack(">III", 0, 0, 300))
    table = box("minf", hdlr(b"DataHandler\0", "url "), box("stbl", video_entry(compressor), sizes))
    return box("trak", tkhd(created), box("mdia", mdhd(created), hdlr(handler, maker=maker), table))


def movie(created: int = 0, *extra: bytes, handler: bytes = b"VideoHandler\0", **track_options: bytes) -> bytes:
    """A movie without pictures: header, one track, whatever else goes into `moov`, and an `mdat`."""
    inside = box("moov", mvhd(created), track(created, handler, **track_options), *extra)
    return ftyp() + inside + box("mdat", bytes(64))


def text_atom(kind: str, text: str) -> bytes:
    """QuickTime's user data: a length, a language, a text."""
    data = text.encode()
    return box(kind, struct.pack(">HH", len(data), 0x55C4), data)


def data_atom(text: str) -> bytes:
    return box("data", struct.pack(">II", 1, 0), text.encode())


def itunes(**tags: str) -> bytes:
    """iTunes' list of tags in `udta/meta`; "too" stands for "©too"."""
    items = b"".join(box(f"©{name}", data_atom(text)) for name, text in tags.items())
    return box("udta", box("meta", bytes(4), hdlr(b"\0", "mdir", b"appl"), box("ilst", items)))


def apple(**tags: str) -> bytes:
    """Apple's keys and their values in `moov/meta`; "_" stands for "." in a name."""
    names = [f"com.apple.quicktime.{name.replace('_', '.')}".encode() for name in tags]
    keys = box("keys", struct.pack(">II", 0, len(names)), *(box("mdta", name) for name in names))
    items = [
        struct.pack(">I", 8 + len(value)) + struct.pack(">I", i) + value
        for i, value in enumerate(map(data_atom, tags.values()), 1)
    ]
    return box("meta", hdlr(b"\0", "mdta"), keys, box("ilst", *items))


def described(attributes: str = "", inside: str = "") -> bytes:
    """A packet of XMP with one description."""
    return f"""<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
    <x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
    <rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/"
    xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#"
    xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#" xmlns:exif="http://ns.adobe.com/exif/1.0/"
    xmlns:xmpDM="http://ns.adobe.com/xmp/1.0/DynamicMedia/" xmlns:creatorAtom="http://ns.adobe.com/creatorAtom/1.0/"
    xmlns:tiff="http://ns.adobe.com/tiff/1.0/" {attributes}>{inside}</rdf:Description></rdf:RDF></x:xmpmeta>
    <?xpacket end="w"?>""".encode()


INGREDIENTS = r"""
<xmpMM:Ingredients><rdf:Bag>
 <rdf:li stRef:instanceID="xmp.iid:old" stRef:filePath="C:\Users\ops\footage\Live fire at Vellmark 2010.mp4"/>
 <rdf:li rdf:parseType="Resource"><stRef:instanceID>2</stRef:instanceID>
  <stRef:filePath>/Volumes/Work/boom%20one.wav</stRef:filePath></rdf:li>
</rdf:Bag></xmpMM:Ingredients>
<xmpMM:Pantry><rdf:Bag><rdf:li><rdf:Description xmp:CreateDate="2010-04-07T09:00:00Z" xmpMM:InstanceID="xmp.iid:old">
 <xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:when="2011-01-01T00:00:00Z"/></rdf:Seq></xmpMM:History>
</rdf:Description></rdf:li></rdf:Bag></xmpMM:Pantry>
<xmpMM:History><rdf:Seq>
 <rdf:li stEvt:action="created" stEvt:when="2022-02-08T11:02:14+03:00"
  stEvt:softwareAgent="Adobe Premiere Pro 2020.0 (Windows)"/>
 <rdf:li stEvt:action="saved" stEvt:when="2022-02-08T11:12:14+03:00"
  stEvt:softwareAgent="Adobe Premiere Pro 2020.0 (Windows)" stEvt:changed="/"/>
</rdf:Seq></xmpMM:History>
<creatorAtom:windowsAtom creatorAtom:uncProjectPath="\\?\D:\work\saboteurs.prproj"/>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Saboteurs</rdf:li></rdf:Alt></dc:title>"""
"""What an editing program writes: two source clips, one of them known, its own steps, its project."""


def saboteurs() -> bytes:
    """The packet of a clip that was cut from an older one."""
    return described(
        'xmp:CreateDate="2022-02-08T11:02:14+03:00" xmp:CreatorTool="Adobe Premiere Pro 2020.0 (Windows)"', INGREDIENTS
    )


def scene(seed: int = 1, wide: int = 320, high: int = 240) -> Image.Image:
    """A picture of blots, like none of another seed."""
    rng = np.random.default_rng(seed)
    rough = rng.uniform(0, 255, (6, 8, 3)).astype(np.uint8)
    return Image.fromarray(rough).resize((wide, high), Image.Resampling.BICUBIC)


def jpeg(picture: Image.Image, quality: int = 80) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality)
    return file.getvalue()


def filmed(
    path: Path, created: str | None = None, codec: str = "libx264", handler: str | None = None, **tags: str
) -> Path:
    """A real movie of ten frames, encoded and written by FFmpeg, which keeps a handler's name when it copies."""
    given = {**tags, **({"creation_time": created} if created else {})}
    with av.open(str(path), "w") as file:
        file.metadata.update(given)
        stream = file.add_stream(codec, rate=25)
        stream.metadata.update({"handler_name": handler} if handler else {})
        stream.width, stream.height, stream.pix_fmt, stream.thread_count = 64, 48, "yuv420p", 1
        for level in range(10):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), level * 20, np.uint8), format="rgb24")
            file.mux(stream.encode(frame))
        file.mux(stream.encode(None))
    return path
