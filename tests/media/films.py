"""Small films made for the tests of the pictures."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
WIDE, HIGH = 320, 180


def board(seed: int, wide: int = 640, high: int = 360) -> Picture:
    """A gray picture like none of another seed: blots of many sizes, u8[high, wide]."""
    rng = np.random.default_rng(seed)
    total = np.zeros((high, wide))
    for cells in (3, 6, 12, 24, 48):
        rough = rng.normal(0, 1 / np.sqrt(cells), (cells, cells * 2))
        rows, columns = np.linspace(0, cells - 1.001, high), np.linspace(0, cells * 2 - 1.001, wide)
        y, x = rows.astype(int)[:, None], columns.astype(int)
        dy, dx = (rows % 1)[:, None], columns % 1
        down = [rough[y + k, x] * (1 - dx) + rough[y + k, x + 1] * dx for k in (0, 1)]
        total += down[0] * (1 - dy) + down[1] * dy
    return np.clip(128 + total / total.std() * 50, 0, 255).astype(np.uint8)


def shown(seed: int, seconds: float, rate: int = 24, begin: float = 0.0) -> list[Picture]:
    """A camera that passes over a board, from `begin` s on: gray u8[180, 320] each."""
    full, rng = board(seed), np.random.default_rng(seed)
    across, down = rng.uniform(14, 22) * rng.choice([-1, 1]), rng.uniform(4, 9)
    frames = []
    for number in range(round(seconds * rate)):
        at = begin + number / rate
        x, y = int(160 + across * (at - 6)) % 320, int(down * at) % 180
        frames.append(full[y : y + HIGH, x : x + WIDE])
    return frames


def write(path: Path, frames: Iterable[Picture], rate: int = 24, **options: str) -> Path:
    """Write gray pictures as a film in H.264."""
    with av.open(str(path), "w") as file:
        stream = None
        for number, picture in enumerate(frames):
            if stream is None:
                chosen = {"preset": "ultrafast", "crf": "26", "threads": "1"} | options
                stream = file.add_stream("libx264", rate=rate, options=chosen)
                stream.height, stream.width, stream.pix_fmt = *picture.shape, "yuv420p"
                stream.codec_context.time_base = Fraction(1, rate)
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="gray")
            frame.pts = number
            file.mux(stream.encode(frame.reformat(format="yuv420p")))
        assert stream is not None
        file.mux(stream.encode(None))
    return path
