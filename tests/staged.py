"""Two stagings as in February 2022, made anew about places and people that do not exist.

An "address" of a leader whose file is older than the day it speaks of; and a film of "saboteurs" whose explosions are
the sound of an older clip, which its editing history names.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from tests.media.films import Picture, shown

RATE, FRAMES = 16_000, 12
SPOKEN_OF = "2022-02-18"
"""The day of which both say that they were filmed on it."""

OLDER_NAME, OLDER_FOLDER = "Live fire at Vellmark range 2010.mp4", "D:\\Press\\from the web\\"

_XMP_UUID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")
_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/"
 xmlns:stRef="http://ns.adobe.com/xap/1.0/sType/ResourceRef#" xmlns:stEvt="http://ns.adobe.com/xap/1.0/sType/ResourceEvent#"
 xmp:CreatorTool="Adobe Premiere Pro 2020.0 (Windows)">
<xmpMM:Ingredients><rdf:Bag>
 <rdf:li stRef:instanceID="xmp.iid:older" stRef:filePath="{path}"/>
</rdf:Bag></xmpMM:Ingredients>
<xmpMM:History><rdf:Seq>
 <rdf:li stEvt:action="saved" stEvt:when="{saved}" stEvt:softwareAgent="Adobe Premiere Pro 2020.0 (Windows)"/>
</rdf:Seq></xmpMM:History>
</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""

Sound = NDArray[np.float32]


def explosions(seed: int, seconds: float) -> Sound:
    """Blasts at odd times, each a crack that dies away into a rumble, over the hiss of a camera: f32[n] at 16 kHz."""
    random = np.random.default_rng(seed)
    made = 0.004 * random.standard_normal(int(seconds * RATE))
    for start in np.cumsum(random.uniform(0.4, 1.3, int(seconds * 2))):
        begin = int(start * RATE)
        time = np.arange(int(1.4 * RATE)) / RATE
        crack = random.standard_normal(len(time)) * np.exp(-time * random.uniform(12, 25))
        rumble = np.cumsum(random.standard_normal(len(time))) * np.exp(-time * 3)
        blast = 0.3 * crack + 0.3 * rumble / np.abs(rumble).max()
        room = max(len(made) - begin, 0)
        made[begin : begin + len(blast)] += blast[:room]
    return (0.8 * made / np.abs(made).max()).astype(np.float32)


def speech(seed: int, seconds: float) -> Sound:
    """A voice, of sorts: tones with overtones that rise and fall, syllable by syllable."""
    random, made = np.random.default_rng(seed), np.zeros(int(seconds * RATE))
    for begin in np.arange(0.2, seconds - 0.4, 0.24):
        time = np.arange(int(0.2 * RATE)) / RATE
        pitch = random.uniform(110, 190) * (1 + 0.2 * random.uniform(-1, 1) * time / 0.2)
        voiced = sum(np.sin(2 * np.pi * k * np.cumsum(pitch) / RATE) * random.uniform(0, 1) / k for k in range(1, 12))
        at = int(begin * RATE)
        made[at : at + len(time)] += np.hanning(len(time)) * voiced
    return (0.5 * made / np.abs(made).max()).astype(np.float32)


def filmed(path: Path, pictures: Sequence[Picture], sound: Sound, created: str) -> Path:
    """A film in H.264 and AAC, whose header says when it was created."""
    with av.open(str(path), "w") as file:
        file.metadata["creation_time"] = created
        video = file.add_stream("libx264", rate=FRAMES, options={"preset": "ultrafast", "crf": "26", "threads": "1"})
        video.height, video.width, video.pix_fmt = *pictures[0].shape, "yuv420p"
        video.codec_context.time_base = Fraction(1, FRAMES)
        audio = file.add_stream("aac", rate=RATE, layout="mono")
        for number, picture in enumerate(pictures):
            frame = av.VideoFrame.from_ndarray(np.ascontiguousarray(picture), format="gray").reformat(format="yuv420p")
            frame.pts = number
            file.mux(video.encode(frame))
        samples = av.AudioFrame.from_ndarray(sound[None], format="fltp", layout="mono")
        samples.sample_rate = RATE
        file.mux([*video.encode(None), *audio.encode(samples), *audio.encode(None)])
    return path


def older(folder: Path) -> Path:
    """The clip of a firing range that was on a video site long before: 14 s."""
    path = folder / OLDER_NAME
    return filmed(path, shown(71, 14, FRAMES), explosions(5, 14), "2010-04-07T09:00:00Z")


def address(folder: Path) -> Path:
    """The leader of Vellmark speaks "today", the 18th; the file was made on the 16th."""
    return filmed(folder / "address.mp4", shown(72, 6, FRAMES), speech(6, 6), "2022-02-16T19:20:00Z")


def saboteurs(folder: Path) -> Path:
    """A skirmish by night: other pictures than the older clip's, whose blasts, from 2 s to 11 s, sound from 3 s on."""
    sound = 0.15 * speech(8, 13)
    blasts = explosions(5, 14)[2 * RATE : 11 * RATE]
    sound[3 * RATE : 12 * RATE] += 0.8 * blasts
    path = filmed(folder / "saboteurs.mp4", shown(73, 13, FRAMES), sound, "2022-02-18T04:10:00Z")
    packet = _XMP.format(path=OLDER_FOLDER + OLDER_NAME, saved="2022-02-08T11:12:14+03:00").encode()
    body = _XMP_UUID + packet
    with path.open("ab") as file:
        file.write(struct.pack(">I4s", 8 + len(body), b"uuid") + body)
    return path
