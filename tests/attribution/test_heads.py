"""The heads beside the model: only the file that model.json names is read."""

import json
from importlib import resources

import pytest

from firsthand.attribution import heads
from firsthand.attribution.pooling import STANCES
from firsthand.errors import ModelError

FOLDER = resources.files("firsthand.attribution") / "model"


def test_the_stance_head_is_small_and_fits_its_features(tagger):
    from firsthand.attribution.pooling import features
    from firsthand.attribution.rules import said
    from tests.attribution.contents import read

    _, tagged, toks, attribution = read(tagger, "{s|Renn} {c|said} {t|the bridge was closed}.")
    arrays = heads.arrays(heads.STANCE)
    assert arrays["weights"].shape == (len(features(tagged, toks, attribution, said(toks, attribution))), len(STANCES))
    assert (FOLDER / heads.STANCE).stat().st_size < 300_000


def test_another_file_is_refused(tmp_path, monkeypatch):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / heads.STANCE).write_bytes(b"not the head")
    card = json.loads((FOLDER / "model.json").read_text())
    (tmp_path / "model" / "model.json").write_text(json.dumps(card))
    monkeypatch.setattr(heads.resources, "files", lambda _: tmp_path)
    with pytest.raises(ModelError, match="not the file"):
        heads.arrays.__wrapped__(heads.STANCE)
