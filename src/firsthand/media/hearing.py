"""A media file -> its sound as blocks of samples: one channel, 8 kHz, whatever the file holds.

Decoded by PyAV as a stream, so that a file of hours takes no more memory than one of seconds. Runs inside the sandbox.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from firsthand.media.decoding import opened

RATE = 8000
"""Samples a second: a telephone's, all that the landmarks need."""

LONGEST = 8 * 3600.0
"""Seconds of a file that are listened to at most."""

BROKEN = 1000
"""Packets in a row that cannot be decoded, after which the rest is given up."""

BLOCK = 1.0
"""Seconds for which one channel is chosen."""

SLOWEST, HIGHEST = 1000, 768_000
"""Samples a second of what is listened to; what claims others is passed over."""

CANCELLED = 0.1
"""The mix of the channels is taken unless it is weaker than this share of the louder one: where it is, they cancel each
other out, as when one was turned over, and that channel is taken alone. Set by thought: they may differ much."""

CHANNELS = 8
"""Channels that are listened to at most, the first ones."""

GAP = 0.1
"""Seconds by which a frame must come late for what is missing before it to count as silence."""


class Piece(NamedTuple):
    """Samples, f32[channels, n], and how many of them are a second."""

    samples: NDArray[np.float32]
    rate: int


def blocks(path: Path) -> Iterator[NDArray[np.float32]] | None:
    """The file's first sound stream in blocks of about a second, f32[n] from -1 to 1; None: it has none.

    A stretch that is missing, by its times, is filled with silence. Packets that cannot be decoded are passed over.
    Raises MediaError for a file that cannot be opened.
    """
    with ExitStack() as stack:
        container = stack.enter_context(opened(path))
        if not container.streams.audio:
            return None
        return _slowed(_joined(_pieces(container, stack.pop_all())))


def _pieces(container: InputContainer, closing: ExitStack) -> Iterator[Piece]:
    """What is decoded, with silence for what is missing; the file is closed after."""
    with closing:
        begins, position = (container.start_time or 0) / av.time_base, 0.0
        for frame in _frames(container, container.streams.audio[0]):
            if not SLOWEST <= frame.sample_rate <= HIGHEST:
                continue
            for piece in (*_silence(_missing(frame, begins, position)), _piece(frame)):
                yield piece
                position += piece.samples.shape[1] / piece.rate
            if position >= LONGEST:
                return


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """What can be decoded."""
    broken, packets = 0, container.demux(stream)
    while broken < BROKEN:
        try:
            frames = [plain for frame in next(packets).decode() for plain in _plain(frame)]
        except StopIteration:
            return
        except (av.error.FFmpegError, ValueError, AttributeError):  # the last: PyAV's, where there is no decoder
            broken += 1
            continue
        broken = 0 if frames else broken
        yield from frames


def _plain(frame: AudioFrame) -> list[AudioFrame]:
    """The frame; of eight channels or more in planes of their own, with all in one plane.

    PyAV 18 counts planes until a pointer is zero; none is behind the eighth: it reads where no sound is, and crashes.
    """
    if not frame.format.is_planar or frame.layout.nb_channels < 8:
        return [frame]
    return av.AudioResampler("flt", frame.layout, frame.sample_rate).resample(frame)


def _missing(frame: AudioFrame, begins: float, position: float) -> float:
    """Seconds that are missing before a frame, by its time; a time that goes back, or far ahead, is not believed."""
    late = 0.0 if frame.time is None else frame.time - begins - position
    return late if GAP < late < LONGEST - position else 0.0


def _silence(seconds: float) -> Iterator[Piece]:
    """Of a minute at a time."""
    for left in range(int(seconds * RATE), 0, -60 * RATE):
        yield Piece(np.zeros((1, min(60 * RATE, left)), np.float32), RATE)


def _piece(frame: AudioFrame) -> Piece:
    """The samples of a frame, from -1 to 1."""
    raw = frame.to_ndarray()
    if not frame.format.is_planar:
        raw = raw.reshape(-1, frame.layout.nb_channels).T
    raw = raw[:CHANNELS]
    if raw.dtype == np.uint8:
        return Piece(raw.astype(np.float32) / np.float32(128) - 1, frame.sample_rate)
    if raw.dtype.kind == "i":
        return Piece(raw.astype(np.float32) / np.float32(2 ** (8 * raw.itemsize - 1)), frame.sample_rate)
    return Piece(raw.astype(np.float32, copy=False), frame.sample_rate)


def _joined(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """Pieces put together to blocks of about a second, as long as they are alike."""
    waiting: list[Piece] = []
    held = 0
    for piece in pieces:
        if waiting and (held >= BLOCK * piece.rate or not _alike(piece, waiting[0])):
            yield _one_piece(waiting)
            waiting, held = [], 0
        waiting.append(piece)
        held += piece.samples.shape[1]
    if waiting:
        yield _one_piece(waiting)


def _alike(a: Piece, b: Piece) -> bool:
    return a.rate == b.rate and len(a.samples) == len(b.samples)


def _one_piece(pieces: list[Piece]) -> Piece:
    return Piece(np.concatenate([piece.samples for piece in pieces], axis=1), pieces[0].rate)


def _slowed(blocks: Iterator[Piece]) -> Iterator[NDArray[np.float32]]:
    """Blocks as one channel at our rate."""
    resampler, rate = AudioResampler("fltp", "mono", RATE), 0
    for block in blocks:
        if rate not in (0, block.rate):
            yield from _arrays(resampler.resample(None))
            resampler = AudioResampler("fltp", "mono", RATE)
        frame, rate = AudioFrame.from_ndarray(_one(block.samples)[None], "fltp", "mono"), block.rate
        frame.sample_rate = rate
        yield from _arrays(resampler.resample(frame))
    if rate:
        yield from _arrays(resampler.resample(None))


def _arrays(frames: list[AudioFrame]) -> Iterator[NDArray[np.float32]]:
    for frame in frames:
        yield frame.to_ndarray()[0].clip(-1, 1)


def _one(channels: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mix of the channels, f32[n], or the loudest of them where they cancel each other out."""
    power = np.einsum("cn,cn->c", channels, channels)
    if not np.isfinite(power).all():
        return _one(np.nan_to_num(channels, nan=0.0, posinf=0.0, neginf=0.0).clip(-1, 1))
    mixed: NDArray[np.float32] = channels.mean(axis=0)
    if np.dot(mixed, mixed) < CANCELLED**2 * power.max():
        mixed = np.ascontiguousarray(channels[power.argmax()])
    return mixed
