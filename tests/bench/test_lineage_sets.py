"""Generated sets on disk."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.data import MissingData
from bench.lineage import sets


def test_a_set_is_made_once_and_again_by_other_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sets, "OUT", tmp_path / "lineage")
    try:
        made = sets.generated(60, "verran")
    except MissingData as missing:
        pytest.skip(str(missing))
    monkeypatch.setattr(sets, "write", None)  # not called again
    assert sets.generated(60, "verran") == made
    monkeypatch.undo()
    monkeypatch.setattr(sets, "OUT", tmp_path / "lineage")
    monkeypatch.setattr(sets, "_state", lambda: "other")
    assert sets.generated(60, "verran") == made
    assert sorted(path.name for path in sets.OUT.iterdir()) == [
        "set-60-verran-other.jsonl",
        "set-60-verran-other.truth.jsonl",
    ]


def test_what_was_cut_off_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "set-1-x-y.jsonl"

    def whole(to: Path) -> None:
        to.write_text("whole")

    def fail(to: Path) -> None:
        to.write_text("half")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sets._once(path, fail)
    assert not path.exists()
    assert sets._once(path, whole).read_text() == "whole"
