"""The heads beside the model: only the file that model.json names is read."""

import json
from importlib import resources

import pytest

from firsthand.attribution import heads
from firsthand.errors import ModelError

KINDS = "sources.npz"
FOLDER = resources.files("firsthand.attribution") / "model"


def test_another_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / KINDS).write_bytes(b"not the head")
    card = json.loads((FOLDER / "model.json").read_text())
    (tmp_path / "model" / "model.json").write_text(json.dumps(card))
    monkeypatch.setattr(heads.resources, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match="not the file"):
        heads.arrays.__wrapped__(KINDS)
