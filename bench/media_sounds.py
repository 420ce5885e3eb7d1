"""Sounds for the bench of media: speech of our own sentences, recorded prompts, music, sirens, rain, crowds, blasts.

All at 44,100 a second, one channel, f32 between -1 and 1.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from scipy import signal  # type: ignore[import-untyped]

RATE = 44_100
Sound = NDArray[np.float32]

_WHO = [
    "The mayor of Larkmoor",
    "An engineer of Orvane Steel",
    "Spokeswoman Ada Venn",
    "A fisherman from Quillport",
    "Two witnesses",
    "The harbour master",
    "Nobody at the ministry",
    "Councillor Jorun Hale",
    "The ferry company",
    "A driver who saw it",
    "The baker of Tolvane",
    "General Ruk Astrin",
    "Her brother",
    "Several passengers",
    "The night watch",
    "A nurse at the clinic",
    "Minister Oda Krell",
    "The teacher of the upper school",
    "A surveyor",
    "Farmers of the valley",
]
_SAID = [
    "said",
    "denied",
    "repeated",
    "wrote",
    "told us",
    "announced",
    "did not confirm",
    "promised",
    "recalled",
    "warned",
    "explained",
    "complained",
    "shouted",
    "admitted",
    "insisted",
    "claimed",
    "answered",
    "suggested",
]
_WHAT = [
    "the bridge would stay shut until May",
    "the bolts were its own",
    "smoke rose over the eastern harbour",
    "three trains stood still all night",
    "water had reached the second step",
    "power was back in four villages",
    "a convoy passed the crossing",
    "the siren began at twenty past six",
    "no boat had left the quay",
    "the recording was made in another year",
    "the crowd was larger than before",
    "the council would vote in the evening",
    "snow had closed both passes",
    "her neighbours left without their dogs",
    "a pump failed under the market",
    "diesel was sold by the bucket",
    "many windows broke along Cooper Street",
    "five tents burned down",
    "nothing had been paid since autumn",
    "an aeroplane circled twice",
    "old maps showed another border",
    "visitors must carry papers",
    "eggs cost more than coffee",
    "six bells rang together",
]
_WHEN = [
    "on Tuesday",
    "before dawn",
    "late last night",
    "in a short statement",
    "near the old mill",
    "by telephone",
    "after the storm",
    "yesterday",
    "from a hospital bed",
    "in front of cameras",
    "during breakfast",
    "once again",
    "with some delay",
    "out of the blue",
]
_VOICES = [
    "en",
    "en-us",
    "en-gb-scotland",
    "en-029",
    "en-gb-x-rp",
    "en+f2",
    "en+m3",
    "en-us+f4",
    "en+m7",
    "en-us+f1",
    "en-gb-scotland+f3",
]


@dataclass(frozen=True, slots=True)
class Mix:
    """What is heard: a seed, and a recording that lies under it (`bed` from `start` seconds on) or is played in it.

    With another `voice` the same words are said by somebody else, in another place; with -1 nobody speaks. What is not
    `own`, of no reference, has other words: a voice of espeak says the same ones in the same way each time.
    """

    seed: int
    bed: Path | None = None
    start: float = 0.0
    prompt: Path | None = None
    voice: int = 0
    own: bool = True


def mixed(mix: Mix, seconds: float) -> Sound:
    """Speech or a prompt over what goes on around, with events; at times nothing for a second."""
    rng, length = np.random.default_rng([mix.seed, 12, max(0, mix.voice)]), round(seconds * RATE)
    around = _around(rng, length, recording(mix.bed)[round(mix.start * RATE) :] if mix.bed else None)
    total = around + _voice(mix, length)
    if rng.random() < 0.3:
        total = total + _placed(_blast(rng), length, rng)
    if rng.random() < 0.12:
        quiet = int(rng.integers(0, max(1, length - RATE)))
        total[quiet : quiet + RATE] = 0
    return np.asarray(total / max(1.0, float(np.abs(total).max()) / 0.95), np.float32)


def _around(rng: np.random.Generator, length: int, bed: Sound | None) -> Sound:
    if bed is not None:
        return np.resize(bed, length) * np.float32(rng.uniform(0.25, 0.7) / max(0.05, float(np.abs(bed).max())))
    kinds: tuple[Callable[[np.random.Generator, int], Sound], ...] = (_rain, _crowd, _wind, _siren, _tune, _hum)
    chosen = rng.choice(len(kinds), int(rng.integers(1, 3)), replace=False)
    return np.asarray(sum(kinds[kind](rng, length) for kind in chosen), np.float32)


def _voice(mix: Mix, length: int) -> Sound:
    """Sentences one after the other, with pauses; about a fifth of the mixes have nobody speaking."""
    rng = np.random.default_rng([mix.seed, 11])
    if mix.voice < 0 or (mix.prompt is None and rng.random() < 0.2):
        return np.zeros(length, np.float32)
    parts: list[Sound] = [] if mix.prompt is None else [recording(mix.prompt)]
    number, pitch, pace = (int(rng.integers(*ends)) for ends in ((0, len(_VOICES)), (25, 80), (130, 200)))
    voice = _VOICES[(number + mix.voice) % len(_VOICES)], pitch - 11 * mix.voice, pace + 8 * mix.voice
    while sum(map(len, parts)) < length:
        pause = np.zeros(int(RATE * rng.uniform(0.1, 0.8)), np.float32)
        parts += [spoken(sentence(rng, mix.own), *voice), pause]
    speech = np.concatenate(parts)[:length]
    return np.asarray(speech * rng.uniform(0.4, 0.8) / max(0.05, float(np.abs(speech).max())), np.float32)


def sentence(rng: np.random.Generator, own: bool) -> str:
    """An invented sentence of the news; `own` or not, it has other words."""
    who, said, what, when = (str(rng.choice(words[own::2])) for words in (_WHO, _SAID, _WHAT, _WHEN))
    return f"{who} {said} {when} that {what}. "


def spoken(text: str, voice: str, pitch: int, pace: int) -> Sound:
    """espeak-ng's voice saying it; `pitch` 0 to 99, `pace` in words a minute."""
    with tempfile.NamedTemporaryFile(suffix=".wav") as file:
        command = ["espeak-ng", "-v", voice, "-p", str(pitch), "-s", str(pace), "-w", file.name, text]
        subprocess.run(command, check=True, capture_output=True, timeout=60)
        return samples(Path(file.name))


@cache
def recording(path: Path) -> Sound:
    """A recording, decoded once."""
    return samples(path)


def samples(path: Path, graph: Iterable[tuple[str, str]] = ()) -> Sound:
    """The sound of a file, one channel at 44,100, through filters (name, arguments); empty where it has none."""
    with av.open(str(path)) as file:
        if not file.streams.audio:
            return np.zeros(0, np.float32)
        wanted = av.AudioResampler("flt", "mono", RATE)
        found = [part.to_ndarray()[0] for frame in file.decode(audio=0) for part in wanted.resample(frame)]
        found += [part.to_ndarray()[0] for part in wanted.resample(None)]
    sound = np.concatenate(found) if found else np.zeros(0, np.float32)
    return filtered(sound, graph) if graph else np.asarray(sound, np.float32)


def filtered(sound: Sound, graph: Iterable[tuple[str, str]]) -> Sound:
    """A sound through FFmpeg's filters (name, arguments), such as ("atempo", "1.25")."""
    chain = av.filter.Graph()
    links = [chain.add_abuffer(sample_rate=RATE, format="flt", layout="mono")]
    links += [chain.add(name, arguments) for name, arguments in (*graph, ("aformat", "sample_fmts=flt"))]
    chain.link_nodes(*links, chain.add("abuffersink")).configure()
    found: list[Sound] = []
    for begin in range(0, len(sound), RATE):
        frame = av.AudioFrame.from_ndarray(sound[None, begin : begin + RATE].astype(np.float32), "flt", "mono")
        frame.sample_rate, frame.pts = RATE, begin
        chain.push(frame)
        found += _pulled(chain)
    chain.push(None)
    return np.concatenate([*found, *_pulled(chain)])


def _pulled(chain: av.filter.Graph) -> list[Sound]:
    found: list[Sound] = []
    while True:
        try:
            found.append(np.asarray(chain.pull().to_ndarray()[0], np.float32))
        except (BlockingIOError, EOFError):
            return found


def _band(rng: np.random.Generator, length: int, low: float, top: float) -> Sound:
    """Noise between two frequencies, of root mean square about 1."""
    noise = signal.sosfilt(signal.butter(2, [low, top], "band", fs=RATE, output="sos"), rng.normal(0, 1, length))
    return np.asarray(noise / max(1e-9, float(noise.std())), np.float32)


def _rain(rng: np.random.Generator, length: int) -> Sound:
    drops = np.zeros(length, np.float32)
    drops[rng.integers(0, length, length // 900)] = rng.uniform(0.1, 0.6)
    return np.asarray(_band(rng, length, 900, 9000) * rng.uniform(0.02, 0.08) + drops, np.float32)


def _wind(rng: np.random.Generator, length: int) -> Sound:
    gusts = np.interp(np.arange(length), np.linspace(0, length, 12), rng.uniform(0.05, 0.3, 12))
    return np.asarray(_band(rng, length, 60, rng.uniform(300, 900)) * gusts, np.float32)


def _crowd(rng: np.random.Generator, length: int) -> Sound:
    """Many voices of which no word is heard: bands of noise that come and go as syllables do."""
    murmur = np.zeros(length, np.float32)
    for _ in range(6):
        middle = rng.uniform(200, 2200)
        beats = int(length / RATE * rng.uniform(3, 6)) + 2
        swell = np.interp(np.arange(length), np.linspace(0, length, beats), rng.uniform(0, 1, beats) ** 2)
        murmur += (_band(rng, length, middle * 0.8, middle * 1.25) * swell).astype(np.float32)
    return murmur * np.float32(rng.uniform(0.04, 0.12))


def _siren(rng: np.random.Generator, length: int) -> Sound:
    at = np.arange(length) / RATE
    low, top, period = rng.uniform(350, 700), rng.uniform(800, 1600), rng.uniform(0.5, 6)
    shape = signal.sawtooth(2 * np.pi * at / period + rng.uniform(0, 6), 0.5 if rng.random() < 0.6 else 1)
    pitch = low + (top - low) * (shape + 1) / 2
    tone = np.sin(2 * np.pi * np.cumsum(pitch) / RATE) + 0.3 * np.sin(4 * np.pi * np.cumsum(pitch) / RATE)
    return np.asarray(tone * rng.uniform(0.05, 0.25), np.float32)


def _hum(rng: np.random.Generator, length: int) -> Sound:
    """Engines: harmonics that waver."""
    at = np.arange(length) / RATE
    base = rng.uniform(40, 120) * (1 + 0.05 * np.sin(2 * np.pi * at * rng.uniform(0.05, 0.6)))
    phase = 2 * np.pi * np.cumsum(base) / RATE
    tone = sum(rng.uniform(0.1, 1) / n * np.sin(n * phase) for n in range(1, 12))
    return np.asarray(tone * rng.uniform(0.03, 0.12), np.float32)


def _tune(rng: np.random.Generator, length: int) -> Sound:
    """Played notes, each struck and dying away."""
    total, at = np.zeros(length, np.float32), 0
    scale = rng.uniform(180, 330) * 2 ** (np.array([0, 2, 3, 5, 7, 8, 10, 12, 14, 15]) / 12)
    step, sound = int(RATE * rng.uniform(0.15, 0.45)), rng.uniform(0.1, 1, 5)
    while at < length:
        note = np.arange(min(length - at, step * 4)) / RATE
        pitch = float(rng.choice(scale))
        tone = sum(part * np.sin(2 * np.pi * pitch * (n + 1) * note) for n, part in enumerate(sound))
        total[at : at + len(note)] += (tone * np.exp(-note * 4) * 0.08).astype(np.float32)
        at += step * int(rng.integers(1, 3))
    return total


def _blast(rng: np.random.Generator) -> Sound:
    length = int(RATE * rng.uniform(1.2, 3))
    fall = np.exp(-np.arange(length) / RATE * rng.uniform(1.5, 4))
    rumble = _band(rng, length, 30, rng.uniform(180, 600)) * 0.5 + _band(rng, length, 300, 6000) * fall**3 * 0.3
    return np.asarray(rumble * fall, np.float32)


def _placed(sound: Sound, length: int, rng: np.random.Generator) -> Sound:
    total, at = np.zeros(length, np.float32), int(rng.integers(0, max(1, length - len(sound) // 2)))
    part = sound[: length - at]
    total[at : at + len(part)] = part
    return total
