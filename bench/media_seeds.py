"""Small honest files that the mutations of bench/media_mutations.py start from, each kind with all that we read of it.

Nothing of them is drawn by chance but a picture's noise, whose seed is fixed; the key that signs is made anew, so the
signatures differ from run to run, not their places.
"""

from __future__ import annotations

import io
import struct
import wave
import zlib
from collections.abc import Callable, Mapping
from fractions import Fraction

import av
import numpy as np
from av.audio.stream import AudioStream
from av.video.stream import VideoStream
from numpy.typing import NDArray
from PIL import Image, PngImagePlugin

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#"
 xmp:CreateDate="2031-02-16T10:15:00+03:00" xmp:CreatorTool="Larkmoor Cut 4">
<xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved" stEvt:when="2031-02-17T09:00:00Z"
 stEvt:softwareAgent="Larkmoor Cut 4"/>
<rdf:li stEvt:action="converted" stEvt:when="2031-02-17T09:05:00Z"/></rdf:Seq></xmpMM:History>
<xmpMM:Ingredients><rdf:Bag><rdf:li stRef:filePath="D:/clips/old exercise 2027.mp4"
 stRef:instanceID="xmp.iid:1"/></rdf:Bag>
</xmpMM:Ingredients></rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")

Encoded = Callable[[], bytes]


def pictures(count: int, height: int = 72, width: int = 96) -> list[NDArray[np.uint8]]:
    """Noise that drifts: u8[height, width, 3] each."""
    wide = np.random.default_rng(5).integers(0, 256, (height // 8, width // 4, 3), np.uint8)
    large = np.asarray(Image.fromarray(wide).resize((width * 2, height), Image.Resampling.BICUBIC))
    return [np.ascontiguousarray(large[:, shift : shift + width]) for shift in range(0, 4 * count, 4)]


def tone(seconds: float = 1.0, rate: int = 16_000) -> NDArray[np.int16]:
    """A rising tone, i16[1, n]."""
    at = np.arange(int(seconds * rate)) / rate
    return (9_000 * np.sin(2 * np.pi * (400 + 500 * at) * at)).astype(np.int16)[None]


def movie(name: str = "mp4", video: str = "libx264", sound: str = "aac", **options: str) -> bytes:
    """A second of pictures and sound, with a date and a place."""
    out = io.BytesIO()
    with av.open(out, "w", format=name, options=options) as container:
        container.metadata.update(
            creation_time="2031-02-16T07:15:00Z", location="+55.5000-003.2500/", comment="harbour"
        )
        pictured = container.add_stream(video, rate=8, options={"threads": "1", "x265-params": "log-level=0"})
        heard = container.add_stream(sound, rate=16_000, layout="mono")
        assert isinstance(pictured, VideoStream) and isinstance(heard, AudioStream)
        pictured.width, pictured.height, pictured.pix_fmt = 96, 72, "yuvj420p" if video == "mjpeg" else "yuv420p"
        for shown in pictures(8):
            container.mux(pictured.encode(av.VideoFrame.from_ndarray(shown)))
        container.mux(pictured.encode())
        frame = av.AudioFrame.from_ndarray(tone(), "s16", "mono")
        frame.sample_rate, frame.time_base, frame.pts = 16_000, Fraction(1, 16_000), 0
        for resampled in av.AudioResampler("fltp", "mono", 16_000, frame_size=1024).resample(frame):
            container.mux(heard.encode(resampled))
        container.mux(heard.encode())
    return out.getvalue()


def movie_with(packet: bytes) -> bytes:
    """An MP4 with an XMP packet in a box of its own, at its end."""
    return movie() + struct.pack(">I4s", 24 + len(packet), b"uuid") + XMP_UUID + packet


def jpeg(packet: bytes = XMP.encode(), **how: object) -> bytes:
    """A JPEG with EXIF (a date, a place, a camera) and XMP."""
    exif = Image.Exif()
    exif[0x010F], exif[0x0110], exif[0x0132] = "Larkmoor", "Five", "2031:02:16 10:15:00"
    exif.get_ifd(0x8769).update({0x9003: "2031:02:16 10:15:00", 0x9011: "+03:00", 0x9286: b"ASCII\0\0\0harbour"})
    exif.get_ifd(0x8825).update({1: "N", 2: (55.0, 30.0, 0.0), 3: "W", 4: (3.0, 15.0, 0.0), 29: "2031:02:16"})
    out = io.BytesIO()
    Image.fromarray(pictures(1)[0]).save(out, "JPEG", exif=exif.tobytes(), xmp=packet[:65_000], **how)
    return out.getvalue()


def png(packet: bytes = XMP.encode(), frames: int = 1) -> bytes:
    """A PNG with texts, a time, EXIF and XMP; of several frames, an animation."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Software", "Larkmoor Cut 4")
    texts.add_text("Creation Time", "2031-02-16T10:15:00+03:00", zip=True)
    texts.add_itxt("XML:com.adobe.xmp", packet.decode("utf-8", "replace"))
    texts.add(b"tIME", bytes((7, 239, 2, 16, 10, 15, 0)))
    first, *more = [Image.fromarray(shown) for shown in pictures(frames)]
    out = io.BytesIO()
    first.save(
        out, "PNG", pnginfo=texts, save_all=frames > 1, append_images=more, icc_profile=zlib.compress(bytes(900))
    )
    return out.getvalue()


def wav() -> bytes:
    """A WAV with a list of texts and a broadcast extension."""
    out = io.BytesIO()
    with wave.open(out, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(2)
        sound.setframerate(16_000)
        sound.writeframes(tone().tobytes())
    texts = b"INFO" + _chunk(b"ICRD", b"2031-02-16\0\0") + _chunk(b"ISFT", b"Larkmoor Recorder\0")
    extension = b"harbour".ljust(256, b"\0") + b"Larkmoor".ljust(64, b"\0") + b"2031-02-1610:15:00" + bytes(264)
    body = out.getvalue()[12:] + _chunk(b"LIST", texts) + _chunk(b"bext", extension) + _chunk(b"_PMX", XMP.encode())
    return b"RIFF" + struct.pack("<I", 4 + len(body)) + b"WAVE" + body


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + struct.pack("<I", len(body)) + body + bytes(len(body) % 2)


SEEDS: Mapping[str, Mapping[str, Encoded]] = {
    "mp4": {
        "plain": lambda: movie_with(XMP.encode()),
        "fragmented": lambda: movie(movflags="frag_keyframe+empty_moov"),
        "mov": lambda: movie("mov", "mjpeg", movflags="use_metadata_tags"),
        "hevc": lambda: movie(video="libx265"),
    },
    "jpeg": {"plain": jpeg, "progressive": lambda: jpeg(progressive=True)},
    "png": {"plain": png, "animated": lambda: png(frames=3)},
    "wav": {"plain": wav},
}
"""By kind and name. "mov" is Motion JPEG, so that its decoder is met too."""
