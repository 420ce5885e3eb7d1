from __future__ import annotations

from pathlib import Path

import pytest

pytest.importorskip("cv2")

from bench import media_finding, media_scoring


def test_a_query_that_fails_is_told_and_not_found(tmp_path: Path) -> None:
    (tmp_path / "q.mp4").write_bytes(b"no film")
    result = media_finding._asked((tmp_path, {"path": "q.mp4", "medium": "video"}))
    assert result["matches"] == []
    assert "MediaError" in result["failed"]
    assert media_scoring.figures([], [result], None)["failed"] == ["q.mp4"]


def test_prints_of_another_version_are_not_used() -> None:
    versions = {media_finding._version(stage) for stage in media_finding.STAGES}
    assert len(versions) == 3


def test_what_was_found_is_a_line_each(tmp_path: Path) -> None:
    media_finding.write(tmp_path / "found.jsonl", [{"path": "a"}, {"path": "b"}])
    assert (tmp_path / "found.jsonl").read_text() == '{"path": "a"}\n{"path": "b"}\n'
