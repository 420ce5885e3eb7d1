from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

cv2 = pytest.importorskip("cv2")

from bench import media_suite  # noqa: E402
from bench.media_materials import DEBS, DEVELOPMENT, FOOTAGE, HELD_OUT, WHEELS  # noqa: E402
from bench.media_scenes import KINDS, Shot, Tile, frames  # noqa: E402
from bench.media_sounds import RATE, Mix, mixed  # noqa: E402

SIZE = (160, 90)


@pytest.fixture(scope="module")
def tile(tmp_path_factory: pytest.TempPathFactory) -> Tile:
    path = tmp_path_factory.mktemp("scenes") / "picture.png"
    small = np.random.default_rng(1).integers(0, 255, (27, 48, 3), np.uint8)
    cv2.imwrite(str(path), cv2.resize(small, (960, 540), interpolation=cv2.INTER_CUBIC))
    return Tile(path, 0.5, 0, 1, 1)


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "footage"])
def test_a_shot_comes_out_the_same_each_time_and_otherwise_in_another_take(tile: Tile, kind: str) -> None:
    shown, again, other = (list(frames([Shot(kind, 0.5, 7, tile, take)], 12, SIZE)) for take in (0, 0, 1))
    assert len(shown) == 6
    assert all(frame.shape == (90, 160, 3) and frame.dtype == np.uint8 for frame in shown)
    assert np.array_equal(shown, again)
    assert kind == "black" or not np.array_equal(shown, other)


def test_shots_follow_each_other() -> None:
    assert len(list(frames([Shot("black", 1.0, 0), Shot("card", 0.5, 1)], 24, SIZE))) == 36


def test_a_mix_is_the_same_each_time_and_never_too_loud() -> None:
    heard = [mixed(Mix(seed, voice=-1), 2.0) for seed in (4, 4, 5)]
    assert len(heard[0]) == 2 * RATE
    assert np.array_equal(heard[0], heard[1])
    assert not np.array_equal(heard[0], heard[2])
    assert max(float(np.abs(sound).max()) for sound in heard) <= 1


def test_the_two_sets_have_nothing_in_common() -> None:
    for packages in (DEBS, WHEELS, FOOTAGE):
        assert not set(packages[DEVELOPMENT]) & set(packages[HELD_OUT])
    part, other = media_suite.PARTS.values()
    assert part.seed != other.seed


def test_every_round_has_its_share() -> None:
    for part in media_suite.PARTS.values():
        shares = [media_suite._share(part.unrelated, part.each, number) for number in range(part.each)]
        assert [number for share in shares for number in share] == list(range(part.unrelated))


def test_a_manifest_tells_the_last_word(tmp_path: Path) -> None:
    assert media_suite.manifest(tmp_path) == []
    (tmp_path / "manifest.jsonl").write_text('{"path": "a", "kind": 1}\n{"path": "b"}\n{"path": "a", "kind": 2}\n')
    assert media_suite.manifest(tmp_path) == [{"path": "a", "kind": 2}, {"path": "b"}]
