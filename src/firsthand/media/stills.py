"""Single frames of a file as JPEG, for the contact sheet."""

from __future__ import annotations

import io
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from firsthand.errors import MediaError
from firsthand.media import decoding
from firsthand.model import Still

MOST = 100
"""Stills of one file."""
MOST_DECODED = 1500
"""Frames from the key frame before a time to it: a minute at 25 a second."""
WIDEST = 16
"""Times as wide as it may be high: a panorama is lower instead. JPEG ends at 65,500 pixels."""
QUALITY = 80
"""Of the JPEG."""


def of(path: Path, times: Sequence[float], height: int, mirrored: bool = False) -> tuple[Still, ...]:
    """The frames shown at `times` in s, upright, at most `height` pixels high; `mirrored`: left and right exchanged.

    Each `Still.at` is the time of the frame itself. A time after the last frame gives the last one. None for a sound.
    Raises MediaError where the file cannot be read.
    """
    with decoding.opened(path) as container:
        stream = decoding.pictures(container)
        if stream is None:
            return ()
        decoding.prepare(stream)
        found = (_shown(container, stream, at) for at in times[:MOST])
        return tuple(_still(path, at, frame, height, mirrored) for at, frame in filter(None, found))


def _shown(container: InputContainer, stream: VideoStream, at: float) -> tuple[float, VideoFrame] | None:
    """The frame on show at that time, and since when."""
    begin = decoding.beginning(container, stream)
    with suppress(FFmpegError):  # a single picture cannot be sought in, and needs not
        container.seek(int(max(0.0, at + begin) * av.time_base))
    last = None
    for number, (time, frame) in enumerate(decoding.timed(container, stream)):
        if last and (time > at + 0.001 or number > MOST_DECODED):
            break
        last = time, frame
    return last


def _still(path: Path, at: float, frame: VideoFrame, height: int, mirrored: bool) -> Still:
    if frame.width * frame.height > decoding.MOST_PIXELS:
        raise MediaError(str(path), "could not be read: a picture of over 100 megapixels")
    turned = round(frame.rotation / 90) % 2
    wide, tall = (frame.height, frame.width) if turned else (frame.width, frame.height)
    scale = min(1.0, height / tall, WIDEST * height / wide)
    width, high = max(1, round(frame.width * scale)), max(1, round(frame.height * scale))
    small = frame.reformat(width=width, height=high, format="rgb24", interpolation="AREA").to_ndarray()
    picture = np.rot90(small, round(frame.rotation / 90) % 4)
    written = io.BytesIO()
    Image.fromarray(picture[:, ::-1] if mirrored else picture).save(written, "JPEG", quality=QUALITY)
    return Still(at, written.getvalue())
