"""Sounds of our own, as samples and as files: melodies, noise that swells, and both mixed."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

RATE = 16000


def melody(seed: int, seconds: float) -> NDArray[np.float32]:
    """Notes of random pitch and length over faint noise, f32[n] at 16 kHz."""
    random = np.random.default_rng(seed)
    made = 0.01 * random.standard_normal(int(seconds * RATE))
    for _ in range(int(seconds * 6)):
        length = int(random.integers(RATE // 8, RATE // 2))
        start = int(random.integers(0, max(len(made) - length, 1)))
        time = np.arange(length) / RATE
        note = np.hanning(length) * np.sin(2 * np.pi * random.uniform(300, 2500) * time)
        made[start : start + length] += 0.2 * random.uniform(0.3, 1) * note[: len(made) - start]
    return made.astype(np.float32)


def noise(seed: int, seconds: float, level: float = 0.1) -> NDArray[np.float32]:
    return (level * np.random.default_rng(1000 + seed).standard_normal(int(seconds * RATE))).astype(np.float32)


def write(
    path: Path, samples: NDArray[np.float32], codec: str = "pcm_s16le", rate: int = RATE, bits: int | None = None
) -> Path:
    """Write samples, f32[n] or f32[channels, n] at 16 kHz; the format is that of the name."""
    channels = np.atleast_2d(samples)
    layout = {1: "mono", 2: "stereo"}[len(channels)]
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, layout=layout)
        if bits:
            stream.bit_rate = bits
        resampler = av.AudioResampler(stream.format.name, layout, rate)
        frame = av.AudioFrame.from_ndarray(np.ascontiguousarray(channels), "fltp", layout)
        frame.sample_rate = RATE
        for made in (*resampler.resample(frame), *resampler.resample(None)):
            container.mux(stream.encode(made))
        container.mux(stream.encode(None))
    return path
