"""Which photograph, footage and recording each clip of the bench of media gets: what is dealt to one is no other's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TypeVar

import av
import numpy as np

from bench.media_materials import detail, footage, picture, pictures, recordings
from bench.media_scenes import Shot, Tile
from bench.media_sounds import Mix

T = TypeVar("T")

KINDS = {
    "photo": 26,
    "static": 14,
    "night": 8,
    "blast": 8,
    "crowd": 8,
    "speaker": 12,
    "street": 12,
    "card": 3,
    "footage": 9,
}
"""How often a shot is of a kind, in parts of 100."""

LONGEST_CARD = 4.5
"""Seconds that a title may stand."""

DRAWN = "street", "card", "black"
LEAST_DETAIL = 6.0
"""Of a tile, as `media_materials.detail` counts: sky alone falls out. Chosen by eye, before anything was matched."""

BED = 14.0
"""Seconds of music that a clip uses up."""


@dataclass(frozen=True, slots=True)
class Scene:
    """What a clip shows and what is heard, and its frames a second."""

    shots: tuple[Shot, ...]
    mix: Mix
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts, to a frame."""
        return sum(round(shot.seconds * self.rate) for shot in self.shots) / self.rate


class Deck:
    """Deals scenes of one part, always the same ones in the same order."""

    def __init__(self, part: str, seed: int) -> None:
        self._rng = np.random.default_rng(seed)
        found = [found for path in self._mixed(pictures(part)) if (found := _tiles(path))]
        cut = round(len(found) * 0.6)
        self._own = self._mixed([tile for tiles in found[:cut] for tile in tiles])
        self._strange = self._mixed([tile for tiles in found[cut:] for tile in tiles])
        self._films = self._mixed(
            [Tile(path, at) for path in footage(part) for at in range(0, int(_length(path)) - 5, 12)]
        )
        music = self._mixed(recordings(part, "music"))
        self._beds = self._mixed([(path, at) for path in music[:1] for at in np.arange(0, _length(path) - BED, BED)])
        self._loops, self._prompts = (self._mixed(recordings(part, what)) for what in ("samples", "voices"))

    def _mixed(self, items: list[T]) -> list[T]:
        return [items[place] for place in self._rng.permutation(len(items))]

    def reference(self) -> Scene:
        """About 12 s of one to four shots; some begin with black."""
        rng, seconds = self._rng, self._rng.uniform(11, 13)
        shares = rng.uniform(0.5, 1.5, int(rng.choice([1, 2, 2, 3, 3, 4])))
        lengths = (shares / shares.sum() * seconds).tolist()
        shots = [self._shot(length, self._own, True) for length in lengths]
        if rng.random() < 0.08:
            shots = [Shot("black", 1.0, 0), *shots]
        return Scene(tuple(shots), self._mix(True), int(rng.choice([24, 25])))

    def other(self, seconds: float) -> Scene:
        """What is in no reference: one or two shots at 25 frames a second."""
        first = seconds if self._rng.random() < 0.5 else round(seconds * 25 / 2) / 25
        lengths = [first, seconds - first][: 2 if first < seconds else 1]
        return Scene(tuple(self._shot(length, self._strange, False) for length in lengths), self._mix(False), 25)

    def card(self) -> Scene:
        """Titles and black alone, which are in no reference."""
        shots = [Shot(str(self._rng.choice(["card", "black"], p=[0.8, 0.2])), 3.0, self._seed()) for _ in range(2)]
        return Scene(tuple(shots), self._mix(False), 25)

    def again(self, scene: Scene) -> Scene | None:
        """The same places filmed once more; None where a scene has nothing that could be."""
        kept = [shot for shot in scene.shots if shot.kind not in ("card", "black", "footage")]
        take = int(self._rng.integers(1, 99))
        return Scene(tuple(replace(shot, take=take) for shot in kept), self._mix(False), 25) if kept else None

    def later(self, scene: Scene) -> Scene | None:
        """What the camera of a scene's footage saw after it; None where there is no footage or it moved on too soon."""
        films = [shot for shot in scene.shots if shot.tile and shot.kind == "footage"]
        found = [(shot, shot.tile) for shot in films if shot.tile and _length(shot.tile.path) > shot.tile.left + 11]
        if not found:
            return None
        shot, tile = found[0]
        later = replace(shot, seconds=4.0, seed=self._seed(), tile=replace(tile, left=tile.left + 7))
        return Scene((later,), self._mix(False), 25)

    def _seed(self) -> int:
        return int(self._rng.integers(1 << 40))

    def _shot(self, seconds: float, tiles: list[Tile], own: bool) -> Shot:
        kind = str(self._rng.choice(list(KINDS), p=np.array(list(KINDS.values())) / 100))
        if kind == "footage":
            return self._film(seconds) if own and self._films else self._photo("photo", seconds, tiles, own)
        if kind == "card" and seconds > LONGEST_CARD:
            kind = "photo"
        return Shot(kind, seconds, self._seed()) if kind in DRAWN else self._photo(kind, seconds, tiles, own)

    def _film(self, seconds: float) -> Shot:
        tile = self._films.pop()
        return Shot("footage", min(seconds, 6.0, _length(tile.path) - tile.left), self._seed(), tile)

    def _photo(self, kind: str, seconds: float, tiles: list[Tile], own: bool) -> Shot:
        """A reference's tile is its own; when they are used up, a street is drawn. The others share theirs."""
        if own and not tiles:
            return Shot("street", seconds, self._seed())
        tile = tiles.pop() if own else tiles[int(self._rng.integers(len(tiles)))]
        return Shot(kind, seconds, self._seed(), tile)

    def _mix(self, own: bool) -> Mix:
        """Sounds: recordings are dealt to references alone, each once."""
        seed, chance = self._seed(), self._rng.random()
        if own and chance < 0.2 and self._beds:
            return Mix(seed, *self._beds.pop())
        if own and chance < 0.4 and self._loops:
            return Mix(seed, self._loops.pop())
        prompt = self._prompts.pop() if chance > 0.85 and self._prompts else None
        return Mix(seed, prompt=prompt, own=own)


def _tiles(path: Path) -> list[Tile]:
    """Parts of a photograph that have nothing in common: one, four or nine by its size."""
    image = picture(path)
    width = image.shape[1]
    side = 3 if width >= 2400 else 2 if width >= 1200 else 1
    edges = np.linspace(0, 1, side + 1)
    found = [Tile(path, *map(float, (x, y, x1, y1))) for x, x1 in _pairs(edges) for y, y1 in _pairs(edges)]
    return [tile for tile in found if _detailed(tile)]


def _pairs(edges: np.ndarray[tuple[int], np.dtype[np.float64]]) -> list[tuple[float, float]]:
    return list(zip(edges[:-1].tolist(), edges[1:].tolist(), strict=True))


def _detailed(tile: Tile) -> bool:
    image = picture(tile.path)
    height, width = image.shape[:2]
    rows, columns = (slice(int(a * side), int(b * side)) for a, b, side in _ends(tile, height, width))
    return detail(image[rows, columns]) > LEAST_DETAIL


def _ends(tile: Tile, height: int, width: int) -> tuple[tuple[float, float, int], tuple[float, float, int]]:
    return (tile.top, tile.bottom, height), (tile.left, tile.right, width)


@cache
def _length(path: Path) -> float:
    with av.open(str(path)) as file:
        return (file.duration or 0) / 1e6
