"""A media file -> its sound as blocks of samples: one channel, 8 kHz, whatever the file holds.

Decoded by PyAV as a stream, so that a file of hours takes no more memory than one of seconds. Runs inside the sandbox.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from av.container import InputContainer
from numpy.typing import NDArray

from firsthand.errors import MediaError

RATE = 8000
"""Samples a second: a telephone's, all that the landmarks need."""

LONGEST = 8 * 3600.0
"""Seconds of a file that are listened to at most."""

BROKEN = 1000
"""Packets in a row that cannot be decoded, after which the rest is given up."""

BLOCK = RATE
"""Samples for which one channel is chosen."""

CANCELLED = 0.1
"""The mix of the channels is taken unless it is weaker than this share of the louder one: where it is, they cancel each
other out, as when one was turned over, and that channel is taken alone. Set by thought: they may differ much."""

GAP = 0.1
"""Seconds by which a frame must come late for what is missing before it to count as silence."""

FORMATS = "aac,ac3,aiff,amr,asf,au,avi,caf,flac,flv,matroska,webm,mov,mp4,mp3,mpeg,mpegts,ogg,wav,w64"


def blocks(path: Path) -> Iterator[NDArray[np.float32]] | None:
    """The file's first sound stream in blocks of about a second, f32[n] from -1 to 1; None: it has none.

    A stretch that is missing, by its times, is filled with silence. Packets that cannot be decoded are passed over.
    Raises MediaError for a file that cannot be opened.
    """
    options = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
    try:
        container = av.open(str(path), options=options, metadata_errors="replace")
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise MediaError(str(path), f"could not be read: {_cause(error)}") from None
    if not container.streams.audio:
        container.close()
        return None
    return _cut(_heard(container))


def _cause(error: Exception) -> str:
    return getattr(error, "strerror", None) or type(error).__name__


def _heard(container: InputContainer) -> Iterator[NDArray[np.float32]]:
    """One-channel samples as they come, from the file's beginning."""
    with container:
        stream = container.streams.audio[0]
        resampler = AudioResampler(format="fltp", layout="mono" if stream.channels == 1 else "stereo", rate=RATE)
        begins, position = (container.start_time or 0) / av.time_base, 0
        for frame in _frames(container, stream):
            missing = _missing(frame, begins, position)
            for piece in (*_silence(missing), *_resampled(resampler, frame)):
                yield piece
                position += piece.shape[1]
            if position >= LONGEST * RATE:
                return


def _frames(container: InputContainer, stream: AudioStream) -> Iterator[AudioFrame]:
    """What can be decoded."""
    broken, packets = 0, container.demux(stream)
    while broken < BROKEN:
        try:
            packet = next(packets)
            frames = packet.decode()
        except StopIteration:
            return
        except (av.error.FFmpegError, ValueError):
            broken += 1
            continue
        broken = 0 if frames else broken
        yield from frames


def _missing(frame: AudioFrame, begins: float, position: int) -> int:
    """Samples that are missing before a frame, by its time; a time that goes back, or far ahead, is not believed."""
    late = 0.0 if frame.time is None else frame.time - begins - position / RATE
    return int(late * RATE) if GAP < late < LONGEST - position / RATE else 0


def _silence(samples: int) -> Iterator[NDArray[np.float32]]:
    for start in range(0, samples, 60 * RATE):
        yield np.zeros((1, min(60 * RATE, samples - start)), np.float32)


def _resampled(resampler: AudioResampler, frame: AudioFrame) -> Iterator[NDArray[np.float32]]:
    """A frame at our rate, f32[channels, n]; none where it cannot be."""
    frame.pts = None  # times are reckoned by counting
    try:
        for made in resampler.resample(frame):
            yield np.nan_to_num(made.to_ndarray().astype(np.float32, copy=False), posinf=0.0, neginf=0.0)
    except (av.error.FFmpegError, ValueError):
        return


def _cut(pieces: Iterator[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Pieces of any length put together to blocks of one channel."""
    waiting: list[NDArray[np.float32]] = []
    held = 0
    for piece in pieces:
        waiting.append(piece)
        held += piece.shape[1]
        if held >= BLOCK:
            yield _one(_joined(waiting))
            waiting, held = [], 0
    if held:
        yield _one(_joined(waiting))


def _joined(pieces: list[NDArray[np.float32]]) -> NDArray[np.float32]:
    """Pieces of one or two channels as one: silence that was filled in has one."""
    channels = max(len(piece) for piece in pieces)
    return np.concatenate([np.broadcast_to(piece, (channels, piece.shape[1])) for piece in pieces], axis=1)


def _one(channels: NDArray[np.float32]) -> NDArray[np.float32]:
    """The mix of the channels, or the loudest of them where they cancel each other out."""
    mixed: NDArray[np.float32] = channels.mean(axis=0)
    power = np.square(channels).mean(axis=1)
    if np.square(mixed).mean() < CANCELLED**2 * power.max():
        mixed = channels[power.argmax()]
    clipped: NDArray[np.float32] = mixed.clip(-1, 1)
    return clipped
