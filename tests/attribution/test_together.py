"""Two statements read together: the same either way round, whatever their text, and damaged files are refused."""

import hashlib
import json
import shutil
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.attribution.together import CLASSES, FILE, Together
from firsthand.claims import scoring
from firsthand.errors import ModelError
from firsthand.pipeline import judge

ENCODER = resources.files("firsthand.attribution") / "model"
SHIPPED = resources.files("firsthand.claims") / "model"
SAME, CONTRADICTS, NEIGHBOUR, UNRELATED = range(4)

CASES = [
    ("The dam above Verran burst on Monday", "On Monday the Verran dam gave way", SAME),
    ("Osk Airways will cut 400 jobs at Larkmoor", "Four hundred posts at Larkmoor are to go, Osk Airways says", SAME),
    ("The ferry sank off Tellmar", "The ferry did not sink off Tellmar", CONTRADICTS),
    ("The bridge at Halvik still stood on Sunday", "By Sunday the Halvik bridge lay in the river", CONTRADICTS),
    ("The mayor of Larkmoor was born in Brannoch", "The dam above Verran burst on Monday", UNRELATED),
    ("The dam above Verran burst on Monday", "Schools below the Verran dam stay shut until Friday", NEIGHBOUR),
]


@pytest.fixture(scope="module")
def together():
    return Together(SHIPPED)


@pytest.fixture
def folder(tmp_path):
    shutil.copytree(Path(str(SHIPPED)), tmp_path / "model")
    return tmp_path / "model"


@pytest.mark.parametrize(("one", "other", "kind"), CASES)
def test_how_two_stand_to_each_other(together, one, other, kind):
    (found,) = together.of([(one, other)])
    assert found.argmax() == kind


@given(st.text(max_size=60), st.text(max_size=60))
@settings(deadline=None, max_examples=40)
def test_any_two_texts_have_chances_that_are_the_same_either_way(one, other):
    (there,), (back,) = judge()([(one, other)]), judge()([(other, one)])
    assert there.shape == (4,)
    assert there.sum() == pytest.approx(1, abs=1e-4)
    assert (there == back).all()


def test_an_answer_hangs_on_nothing_but_the_two(together):
    pairs = [case[:2] for case in CASES]
    by_themselves = np.array([Together(SHIPPED).of([pair])[0] for pair in pairs[:2]])
    assert (together.of(pairs)[:2] == by_themselves).all()


def test_both_ways_round_are_read(together):
    one, other = "The dam broke.", "It was the dam at Verran that did not break."
    there, back = together._run(one, other), together._run(other, one)
    assert (there != back).any()
    raised = np.exp((there + back) / 2)
    assert together.of([(other, one)])[0] == pytest.approx(raised / raised.sum(), abs=1e-6)


def test_its_classes_are_the_scorers():
    assert len(scoring.CLASSES) == CLASSES
    assert [scoring.CLASSES.index(name) for name in ("same", "contradicts", "neighbour", "unrelated")] == [0, 1, 2, 3]


def test_no_pairs_have_no_answers(together):
    assert together.of([]).shape == (0, 4)


def test_how_a_statement_is_cut_out_does_not_matter(together):
    one, other = together.of([("that “the dam had failed,”", "The dam held"), ("the dam had failed.", "the dam held!")])
    assert (one == other).all()


def test_half_a_character_and_a_very_long_text_are_read(together):
    found = together.of([("the dam \ud83d broke", "dam " * 1_000_000)])
    assert np.isfinite(found).all()


def test_without_its_file_it_is_refused_by_name(folder):
    (folder / FILE).unlink()
    with pytest.raises(ModelError, match=FILE):
        Together(folder)


def test_another_file_is_refused(folder):
    (folder / FILE).write_bytes((folder / FILE).read_bytes() + b" ")
    with pytest.raises(ModelError, match=r"not the file that model\.json names"):
        Together(folder)


def test_a_card_that_does_not_name_it_is_refused(folder):
    card = json.loads((folder / "model.json").read_text())
    del card["beside"]
    (folder / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="missing; reinstall"):
        Together(folder)


def test_with_another_encoder_it_is_refused(tmp_path):
    shutil.copytree(Path(str(ENCODER)), tmp_path / "model")
    card = json.loads((tmp_path / "model" / "model.json").read_text())
    (tmp_path / "model" / "encoder.onnx").write_bytes(b"another")
    card["sha256"]["encoder.onnx"] = hashlib.sha256(b"another").hexdigest()
    (tmp_path / "model" / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match=r"made for another encoder\.onnx"):
        Together(SHIPPED, tmp_path / "model")
