"""python -m bench.media_suite PART [N/M]: makes the clips and queries of the bench of media, in bench/out/media/PART.

PART is "development", on which thresholds may be set, or "held-out", which is only reported. They share no photograph,
no footage, no recording and no seed. What is there already is not made again. N/M makes the Nth of M shares of the
queries alone, from references that are there, for M processes at a time.

manifest.jsonl has a line for each file:
  path        in the folder
  role        "reference" (goes into the archive), "query" (an edit of a reference), "unrelated" (of no reference), or
              "near miss" (the same place filmed again, footage of a still camera a moment later, the same words in
              another voice: not the same footage, but hard to tell from it)
  kind        of the edit (`media_edits.EDITS`), or of what is unrelated
  medium      "video" (pictures and sound), "picture" or "sound"
  seconds     that it lasts; 0: a picture
  reference   path of the reference that a query or a near miss is of, else null
  here, there the true ranges [start, end] in seconds in the query and in the reference, of a query
  speed       of the query over the reference; mirrored: true or false; sound: whether the reference's sound is in it
"""

from __future__ import annotations

import json
import sys
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from bench import media_edits, media_files, media_materials
from bench.data import MissingData, Record, read_jsonl
from bench.media_deck import Deck, Scene
from bench.media_materials import DEVELOPMENT, HELD_OUT
from bench.media_scenes import SIZE, frames
from bench.media_sounds import mixed
from bench.readers import OUT

FOLDER = OUT / "media"
OTHERS, OTHER_SECONDS = 32, 7.0
SLOW, SMALL = 12, (320, 180)
"""Frames a second (more than a query is looked at) and size of what is unrelated, to make it cheaply."""


@dataclass(frozen=True, slots=True)
class Part:
    """One set: its seed, and how many of what it has; `each`: queries of each kind."""

    name: str
    seed: int
    references: int
    each: int
    unrelated: int
    near: int


PARTS = {
    # Held-out sets of earlier seeds were looked at. They were made of the same photographs, dealt otherwise.
    DEVELOPMENT: Part(DEVELOPMENT, 20_220_218, 30, 24, 200, 30),
    HELD_OUT: Part(HELD_OUT, 20_261_125, 110, 118, 1_000, 120),
}
Item = tuple[str, Callable[[Path], Record]]


def made(part: Part, folder: Path, log: Callable[[str], None] = print, share: tuple[int, int] = (0, 1)) -> list[Record]:
    """Make what is missing of a set, or of a share of it. Returns its manifest. Raises MissingData."""
    media_materials.fetch()
    cv2.setNumThreads(1)
    folder.mkdir(parents=True, exist_ok=True)
    known = {record["path"]: record for record in manifest(folder)}
    began, done = time.process_time(), 0
    for number, (name, make) in enumerate(items(part, folder)):
        if (name in known and (folder / name).exists()) or number % share[1] != share[0]:
            continue
        (folder / name).parent.mkdir(exist_ok=True)
        known[name] = {"path": name} | make(folder / name)
        with (folder / "manifest.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(known[name]) + "\n")
        done += 1
        if done % 50 == 0:
            log(f"{len(known)} files, {(time.process_time() - began) / done:.2f} CPU-seconds each; now {name}")
    return list(known.values())


def manifest(folder: Path) -> list[Record]:
    """What is there of a set; the last line of a path counts."""
    path = folder / "manifest.jsonl"
    return list({record["path"]: record for record in read_jsonl(path)}.values()) if path.exists() else []


def items(part: Part, folder: Path) -> Iterator[Item]:
    """Each file's name and what makes it, in the order in which they are needed."""
    deck = Deck(part.name, part.seed)
    scenes = [deck.reference() for _ in range(part.references)]
    for number, scene in enumerate(scenes):
        yield f"references/{number:03}.mp4", _reference(scene)
    for number in range(OTHERS):
        yield from _other(deck, number)
    for number in range(part.each):
        yield from _round(part, folder, deck, scenes, number)


def _round(part: Part, folder: Path, deck: Deck, scenes: list[Scene], number: int) -> Iterator[Item]:
    """One query of each kind and what is unrelated meanwhile: a set that is half made has some of all."""
    yield from (_query(part, folder, scenes, kind, number) for kind in media_edits.EDITS)
    for each in _share(part.unrelated, part.each, number):
        yield _unrelated(deck, each)
    for each in _share(part.near, part.each, number):
        yield _near(deck, scenes, each)


def _share(total: int, rounds: int, number: int) -> range:
    return range(total * number // rounds, total * (number + 1) // rounds)


def _reference(scene: Scene) -> Callable[[Path], Record]:
    def make(path: Path) -> Record:
        _film(scene, path, scene.rate, 23)
        return _record("reference", "reference", "video", scene.seconds, kinds=[shot.kind for shot in scene.shots])

    return make


def _film(scene: Scene, path: Path, rate: int, quality: int = 26, size: tuple[int, int] = SIZE) -> None:
    media_files.write(path, frames(scene.shots, rate, size), mixed(scene.mix, scene.seconds), rate, quality)


def _record(role: str, kind: str, medium: str, seconds: float, **more: object) -> Record:
    return {"role": role, "kind": kind, "medium": medium, "seconds": seconds, "reference": None} | more


def _other(deck: Deck, number: int) -> Iterator[Item]:
    """7 s of other material, and the same in black bars at 200 kb/s."""
    scene = deck.other(OTHER_SECONDS)

    def plain(path: Path) -> Record:
        _film(scene, path, 25)
        return _record("other", "other", "video", OTHER_SECONDS)

    def boxed(path: Path) -> Record:
        shown = (media_edits.boxed(picture, 480, 360) for picture in frames(scene.shots, 25))
        media_files.write(path, shown, mixed(scene.mix, OTHER_SECONDS), 25, bits=200_000)
        return _record("other", "other, boxed", "video", OTHER_SECONDS)

    yield f"others/plain-{number:02}.mp4", plain
    yield f"others/boxed-{number:02}.mp4", boxed


def _query(part: Part, folder: Path, scenes: list[Scene], kind: str, number: int) -> Item:
    suffix, make = media_edits.EDITS[kind]
    salt = zlib.crc32(kind.encode())
    chosen = (number * 7 + salt) % len(scenes)
    name = "".join(letter if letter.isalnum() else "-" for letter in kind)

    def edit(path: Path) -> Record:
        scene, reference = scenes[chosen], f"references/{chosen:03}.mp4"
        others = [[folder / f"others/{how}-{each:02}.mp4" for each in range(OTHERS)] for how in ("plain", "boxed")]
        clip = media_edits.Clip(folder / reference, scene.seconds, scene.rate, *others)
        found = make(clip, path, np.random.default_rng([part.seed, salt, number]))
        medium = {".mp4": "video", ".jpg": "picture"}.get(suffix, "sound")
        seconds = 60.0 if kind.startswith("4 s") else found.here[1]
        return _record("query", kind, medium, seconds) | asdict(found) | {"reference": reference}

    return f"queries/{name}-{number:03}{suffix}", edit


def _unrelated(deck: Deck, number: int) -> Item:
    """Of 25: 16 films, 4 pictures, 3 sounds, 2 of titles and black alone."""
    turn, seconds = number % 25, 4.0 + number % 9 / 2
    scene = deck.card() if turn >= 23 else deck.other(seconds)

    def film(path: Path) -> Record:
        _film(scene, path, SLOW, size=SMALL)
        return _record("unrelated", "title" if turn >= 23 else "film", "video", scene.seconds)

    def still(path: Path) -> Record:
        cv2.imwrite(str(path), list(frames(scene.shots, 1))[-1], [cv2.IMWRITE_JPEG_QUALITY, 40 + number % 45])
        return _record("unrelated", "picture", "picture", 0.0)

    def heard(path: Path) -> Record:
        media_files.write(path, sound=mixed(scene.mix, seconds + 3))
        return _record("unrelated", "sound", "sound", seconds + 3)

    if 16 <= turn < 20:
        return f"unrelated/{number:04}.jpg", still
    return (f"unrelated/{number:04}.m4a", heard) if 20 <= turn < 23 else (f"unrelated/{number:04}.mp4", film)


def _near(deck: Deck, scenes: list[Scene], number: int) -> Item:
    """In turn: the place filmed again (or what a still camera saw later), and the same words in another voice."""
    chosen = (number * 13 + 5) % len(scenes)
    scene, reference = scenes[chosen], f"references/{chosen:03}.mp4"
    later = deck.later(scene)
    again, kind = (later, "a moment later") if later else (deck.again(scene), "filmed again")
    mix = replace(scene.mix, bed=None, prompt=None, voice=1 + number % 3)

    def film(path: Path) -> Record:
        assert again
        _film(again, path, SLOW)
        return _record("near miss", kind, "video", again.seconds) | {"reference": reference}

    def voice(path: Path) -> Record:
        media_files.write(path, sound=mixed(mix, 10))
        return _record("near miss", "the same words", "sound", 10.0) | {"reference": reference}

    spoken = again is None or number % 3 == 2
    return (f"near/{number:03}.m4a", voice) if spoken else (f"near/{number:03}.mp4", film)


def main() -> int:
    """Make the set that is named, or its share. Returns the exit status."""
    name, share = (*sys.argv[1:], "0/1")[:2]
    first, of = map(int, share.split("/"))
    try:
        records = made(PARTS[name], FOLDER / name, lambda line: print(line, file=sys.stderr, flush=True), (first, of))
        print(f"{name}: {len(records)} files in {FOLDER / name}")
    except (MissingData, KeyError) as error:
        print(f"bench: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
