"""The frames of a media file as small gray pictures, one after another, whatever the file.

Every container is named: a playlist, a list of other files or a network address inside a file opens nothing. What is
broken is left out, within bounds. Where there are more frames than are asked for, those that no other frame needs are
not decoded.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import av
import numpy as np
from av.container import InputContainer
from av.error import FFmpegError
from av.video.frame import VideoFrame
from av.video.reformatter import VideoReformatter
from av.video.stream import VideoStream
from numpy.typing import NDArray

from firsthand.errors import MediaError

FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,ogg,flv,live_flv,asf,mxf,gxf,dv,rm,ivf,nut,h264,"
    "hevc,obu,m4v,mjpeg,yuv4mpegpipe,wav,w64,mp3,flac,aac,ac3,eac3,aiff,amr,caf,au,opus,tta,wv,ape,gif,apng,avif,"
    "gif_pipe,jpeg_pipe,jpegls_pipe,jpegxl_pipe,j2k_pipe,png_pipe,webp,webp_pipe,bmp_pipe,tiff_pipe,qoi_pipe,ppm_pipe,"
    "pgm_pipe,pbm_pipe,pam_pipe,hdr_pipe,exr_pipe"
)
"""FFmpeg's names of the containers that are opened: none that names other files, as concat, hls, dash or image2 do."""

SIDE = 256
"""Pixels of the longer side of a gray frame: four for each sample of PDQ, two in a crop of half the width."""

MOST_PIXELS = 100_000_000
"""Of one frame."""
MOST_BROKEN = 2_000
"""Packets that do not decode, after which the rest of a file is left."""
MOST_FRAMES = 1_000_000
"""Frames given of one file: at eight a second, 35 hours."""
_LATEST = 1_000_000.0
"""Seconds; a frame said to be later, or before the beginning, is broken."""

Gray = NDArray[np.uint8]


@contextmanager
def opened(path: Path) -> Iterator[InputContainer]:
    """The file, to be read with PyAV. Raises MediaError where it is no media file, or none of `FORMATS`, or FFmpeg
    refuses what is then asked of it.

    FFmpeg is given its bytes and not its name: by its name, a JPEG is one of a row of files.
    """
    only = {"protocol_whitelist": "file", "format_whitelist": FORMATS}
    with ExitStack() as stack:
        try:
            file = stack.enter_context(path.open("rb", buffering=0))
            file.name = "file"
            container = stack.enter_context(av.open(file, "r", options=only, metadata_errors="replace"))
        except (FFmpegError, OSError, ValueError) as error:
            raise MediaError(str(path), f"could not be read: {reason(error)}") from None
        try:
            yield container
        except FFmpegError as error:
            raise MediaError(str(path), f"could not be read: {reason(error)}") from None


def pictures(container: InputContainer) -> VideoStream | None:
    """The stream whose frames are looked at: the largest that is not a cover and can be decoded; None in a sound."""
    cover = av.stream.Disposition.attached_pic
    streams = [s for s in container.streams.video if s.codec_context and not s.disposition & cover]
    return max(streams, key=lambda s: (s.width or 0) * (s.height or 0), default=None)


def frames(path: Path, rate: float) -> Iterator[tuple[float, Gray]]:
    """`rate` frames a second, or as many as there are: (its time in s, gray u8[height, width] up to `SIDE`), streamed.

    Upright, as the file says that it is to be shown. A sound has none. Raises MediaError where nothing can be decoded.
    """
    with opened(path) as container:
        if stream := pictures(container):
            prepare(stream, skips=_spare(stream, rate))
            shrink, due, given = Shrink(path, SIDE), 0.0, 0
            for at, frame in timed(container, stream):
                if at + 0.001 >= due and given < MOST_FRAMES:
                    yield at, shrink(frame)
                    due, given = (np.floor(at * rate + 0.01) + 1) / rate, given + 1
            if not given:
                raise MediaError(str(path), "could not be read: none of its pictures can be decoded")


def timed(container: InputContainer, stream: VideoStream) -> Iterator[tuple[float, VideoFrame]]:
    """Each frame that decodes, with its time in s from the beginning of the file, as it is shown."""
    step = float(1 / (stream.average_rate or 25))
    begin, last = beginning(container, stream), -step
    for frame in _decoded(container, stream):
        at = last + step if frame.time is None else frame.time - begin
        if -1 <= at <= _LATEST:
            yield max(at, 0.0), frame
            last = at


def beginning(container: InputContainer, stream: VideoStream) -> float:
    """The time in s that the file's clock shows at its beginning."""
    if container.start_time is not None:
        return float(container.start_time / av.time_base)
    return float((stream.start_time or 0) * (stream.time_base or 0))


class Shrink:
    """Makes a frame gray, upright and small: its longer side at most `side` pixels."""

    def __init__(self, path: Path, side: int) -> None:
        self._path, self._side = path, side
        self._scaler = VideoReformatter()

    def __call__(self, frame: VideoFrame) -> Gray:
        """Gray u8[height, width]. Raises MediaError where the frame is larger than any honest one."""
        if frame.width * frame.height > MOST_PIXELS:
            raise MediaError(str(self._path), "could not be read: a picture of over 100 megapixels")
        width, height = fitted(frame.width, frame.height, self._side)
        small = self._scaler.reformat(frame, width=width, height=height, format="gray", interpolation="AREA")
        return upright(np.asarray(small.to_ndarray(), np.uint8), frame.rotation)


def fitted(width: int, height: int, side: int) -> tuple[int, int]:
    """A frame's width and height, made smaller to fit into a square of `side`, each at least 16."""
    scale = min(1.0, side / max(width, height))
    return max(16, round(width * scale)), max(16, round(height * scale))


def upright(picture: Gray, rotation: int) -> Gray:
    """The picture turned by so many degrees, against the clock, to the next right angle."""
    return np.ascontiguousarray(np.rot90(picture, round(rotation / 90) % 4))


def reason(error: Exception) -> str:
    """What FFmpeg says went wrong, without the file's name, which the caller knows."""
    said = getattr(error, "strerror", None) or type(error).__name__
    return str(said).replace("Invalid data found when processing input", "not a media file that is known here")


def prepare(stream: VideoStream, skips: bool = False) -> None:
    """Sets the decoder: at most two threads, no oversized frames; `skips` those frames that no other needs."""
    context = stream.codec_context
    context.thread_count = min(2, os.cpu_count() or 1)
    context.thread_type = "AUTO"
    context.options = {"max_pixels": str(MOST_PIXELS)}
    if skips:
        context.skip_frame = "NONREF"


def _spare(stream: VideoStream, rate: float) -> bool:
    """Whether enough frames are left for `rate` without those that no other frame needs: half of them in most files."""
    return float(stream.average_rate or 0) >= 2 * rate


def _decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    broken = 0
    with suppress(FFmpegError):  # the file ends in the middle
        for packet in container.demux(stream):
            try:
                yield from packet.decode()
            except FFmpegError:
                broken += 1
            if broken > MOST_BROKEN:
                return
