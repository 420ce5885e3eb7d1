from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from bench import media_peers
from bench.data import Record


def hashed(path: str, hashes: np.ndarray[tuple[int, int], np.dtype[np.uint8]], quality: int = 100) -> Record:
    return {"path": path, "hashes": [bytes(row).hex() for row in hashes], "quality": [quality] * len(hashes)}


@pytest.fixture
def films() -> list[Record]:
    return [
        {"path": path, "medium": "video", "role": role}
        for path, role in (("r", "reference"), ("near", "query"), ("far", "query"), ("two", "query"), ("poor", "query"))
    ]


def test_three_frames_of_enough_quality_within_31_bits_are_a_match(
    films: list[Record], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    reference = np.random.default_rng(1).integers(0, 256, (6, 32), np.uint8)
    near, far = reference[:3].copy(), reference[:3].copy()
    near[:, :3] ^= 0xFF  # 24 bits
    far[:, :4] ^= 0xFF  # 32 bits
    made = [
        hashed("r", reference), hashed("near", near), hashed("far", far), hashed("two", near[:2]),
        hashed("poor", near, 49),
    ]  # fmt: skip
    monkeypatch.setattr(media_peers, "hashed", lambda folder, paths: made)
    monkeypatch.setattr(media_peers, "missing", lambda: None)
    assert media_peers.found(tmp_path, films) == {"near": ["r"], "far": [], "two": [], "poor": []}


def test_it_is_said_where_it_is_not_installed(
    films: list[Record], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(media_peers, "PYTHON", tmp_path / "none")
    assert "not installed" in str(media_peers.missing())
    assert media_peers.found(tmp_path, films) is None


def test_hashes_made_before_are_kept(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    lines: list[Record] = [{"path": path, "hashes": [], "quality": []} for path in ("a", "b")]
    (tmp_path / "vpdq.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    monkeypatch.setattr(media_peers, "PYTHON", "true")
    assert [one["path"] for one in media_peers.hashed(tmp_path, ["b"])] == ["b"]
    assert (tmp_path / "vpdq.txt").read_text() == "b\n"
