"""Media files of the bench: written, read and joined with PyAV, one thread each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np

from bench.media_materials import Image
from bench.media_sounds import RATE, Sound

AAC = 1024
"""Samples of a packet of AAC."""


def write(
    path: Path,
    pictures: Iterable[Image] = (),
    sound: Sound | None = None,
    rate: int = 25,
    quality: int = 23,
    bits: int | None = None,
    preset: str = "ultrafast",
) -> None:
    """Write a film, or a sound alone. `quality`: x264's, 0 to 51; `bits`: per second instead, with a slower preset."""
    part = path.with_name(f".{path.name}")
    with av.open(str(part), "w", format=_format(path)) as file:
        shown = iter(pictures)
        first = next(shown, None)
        video: Any = None if first is None else _video(file, first, rate, quality, bits, preset)
        audio = _audio(file, path) if sound is not None else None
        given = 0
        for number, picture in enumerate(_with(first, shown)):
            file.mux(video.encode(_frame(picture, number)))
            if audio and sound is not None and number % rate == 0:
                given = _hear(file, audio, sound, given, round((number / rate + 1) * RATE))
        if audio and sound is not None:
            _hear(file, audio, sound, given, len(sound))
        for stream in filter(None, (video, audio)):
            file.mux(stream.encode(None))
    part.rename(path)


def _with(first: Image | None, rest: Iterator[Image]) -> Iterator[Image]:
    if first is not None:
        yield first
        yield from rest


def _format(path: Path) -> str:
    return {".m4a": "mp4"}.get(path.suffix, path.suffix[1:])


def _video(file: Any, first: Image, rate: int, quality: int, bits: int | None, preset: str) -> Any:
    how = {"b": str(bits), "preset": "superfast"} if bits else {"crf": str(quality)}
    options = {"preset": preset, "threads": "1", "g": "50", "x264-params": "stitchable=1:log-level=none", **how}
    video = file.add_stream("libx264", rate=rate, options=options)
    video.width, video.height, video.pix_fmt = first.shape[1] // 2 * 2, first.shape[0] // 2 * 2, "yuv420p"
    video.codec_context.time_base = Fraction(1, rate)
    return video


def _frame(picture: Image, number: int) -> av.VideoFrame:
    even = np.ascontiguousarray(picture[: picture.shape[0] // 2 * 2, : picture.shape[1] // 2 * 2])
    plane = cv2.cvtColor(even, cv2.COLOR_BGR2YUV_I420)
    frame = av.VideoFrame.from_ndarray(np.asarray(plane, np.uint8), format="yuv420p")
    frame.pts = number
    return frame


def _audio(file: Any, path: Path) -> Any:
    codec, rate = {".mp3": ("libmp3lame", RATE), ".wav": ("pcm_mulaw", 8000)}.get(path.suffix, ("aac", RATE))
    options = {"aac_coder": "fast"} if codec == "aac" else {}
    audio = file.add_stream(codec, rate=rate, layout="mono", options=options)
    if codec != "pcm_mulaw":
        audio.bit_rate = 64_000
    return audio


def _hear(file: Any, audio: Any, sound: Sound, begin: int, end: int) -> int:
    """Encode samples `begin` to `end`; where it ended."""
    if end > begin and begin < len(sound):
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(sound[None, begin:end], np.float32), "flt", "mono")
        frame.sample_rate, frame.pts = RATE, begin
        frame.time_base = Fraction(1, RATE)
        file.mux(audio.encode(frame))
    return min(end, len(sound))


def read(path: Path, start: float = 0.0, end: float = 1e9) -> list[Image]:
    """Frames u8[h, w, 3], BGR, that begin from `start` to before `end`."""
    with av.open(str(path)) as film:
        film.streams.video[0].thread_count = 1
        planes = [
            frame.to_ndarray(format="yuv420p")
            for frame in film.decode(video=0)
            if start - 1e-3 <= float(frame.time or 0) < end - 1e-3
        ]
    return [np.asarray(cv2.cvtColor(plane, cv2.COLOR_YUV2BGR_I420), np.uint8) for plane in planes]


def join(parts: Sequence[Path], target: Path) -> None:
    """Put films of one size and rate one after the other, without encoding them again."""
    passing = target.with_name(f".{target.name}")
    with av.open(str(passing), "w", format="mp4") as out:
        with av.open(str(parts[0])) as first:
            streams = {kind: out.add_stream_from_template(stream) for kind, stream in _streams(first).items()}
        ticks = packets = 0
        for part in parts:
            ticks, packets = _append(out, streams, part, ticks, packets)
    passing.rename(target)


def _streams(file: Any) -> dict[str, Any]:
    return {stream.type: stream for stream in (file.streams.video[0], *file.streams.audio[:1])}


def _append(out: Any, streams: dict[str, Any], part: Path, ticks: int, packets: int) -> tuple[int, int]:
    """Copy one part. `ticks`: of the pictures' clock so far; `packets`: of sound so far."""
    with av.open(str(part)) as file:
        mine = _streams(file)
        clock, length = mine["video"].time_base, mine["video"].duration
        room = round((ticks + length) * clock * RATE / AAC)
        for packet in file.demux(*mine.values()):
            if packet.dts is None:
                continue
            kind = packet.stream.type
            if kind == "video":
                packet.pts, packet.dts = packet.pts + ticks, packet.dts + ticks
            elif packet.pts >= 0 and packets < room:
                packet.pts = packet.dts = packets * AAC
                packets += 1
            else:
                continue
            packet.stream = streams[kind]
            out.mux(packet)
    return ticks + length, packets
