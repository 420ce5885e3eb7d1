"""The shipped model: what it finds, that its offsets hold on any text, that it refuses damaged files."""

import json
import shutil
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.attribution import tagger as module
from firsthand.attribution.tagger import Tagger, stretches
from firsthand.errors import ModelError

REPORT = (
    "Lorvia accuses Teskia of planning a staged attack\n\n"
    "Teskia is preparing a faked video, the Lorvian defence minister, Ilka Brandt, said on Monday.\n\n"
    "“We reject this,” a spokesman for Teskia told reporters."
)


def parts(text, spans):
    return " … ".join(text[s:e] for s, e in spans)


def test_it_finds_who_says_what(tagger):
    found = [(parts(REPORT, a.source), parts(REPORT, a.cue)) for a in tagger.read(REPORT)]
    assert ("the Lorvian defence minister, Ilka Brandt", "said") in found
    assert any(source.startswith("a spokesman") and cue.startswith("told") for source, cue in found)


def test_the_name_tells_maker_version_and_content(tagger):
    name, version, digest = tagger.name.split()
    assert (name, digest[:7], len(digest)) == ("firsthand-attribution", "sha256:", 19)
    assert version[0].isdigit()


def test_offsets_fit_right_to_left_and_emoji_text(tagger):
    prefix = "قال الوزير 🎭👩‍🚒 שלום.\n\n"
    shifted = tagger.read(prefix + REPORT)
    assert any(parts(prefix + REPORT, a.source) == "the Lorvian defence minister, Ilka Brandt" for a in shifted)


@settings(max_examples=25, deadline=None)
@given(st.text(max_size=400), st.integers(0, 150))
def test_on_any_text_spans_lie_inside_it_in_order(tagger, noise, cut):
    text = REPORT[:cut] + noise + REPORT[cut:]
    for a in tagger.read(text):
        for role in (a.source, a.cue, a.content):
            bounds = [x for span in role for x in span]
            assert bounds == sorted(bounds)
            assert all(0 <= s < e <= len(text) for s, e in role)
        assert 0 <= a.score <= 1


def test_half_characters_do_not_stop_it(tagger):
    assert tagger.read("\ud83d" + REPORT)


@pytest.mark.parametrize("text", ["", " \n\t ", "\x00", "1,234 5.6\n" * 3000, '"' * 1_000_000])
def test_text_without_words_has_no_attributions(tagger, text):
    assert tagger.read(text) == ()


@given(st.lists(st.sampled_from(["word ", "line\n", "x" * 30]), max_size=200))
def test_stretches_cover_the_text_in_order(pieces):
    text = "".join(pieces)
    old, module.STRETCH = module.STRETCH, 64
    try:
        cut = list(stretches(text))
    finally:
        module.STRETCH = old
    assert "".join(text[s:e] for s, e in cut) == text
    assert all(0 < e - s <= 64 for s, e in cut)


def test_a_long_paragraph_is_cut_between_words():
    text = "words " * 20_000
    assert all(text[end - 1 : end + 1] != "wo" and not text[end - 1 : end + 1].isalpha() for _, end in stretches(text))


@pytest.mark.parametrize(
    ("part", "trimmed"),
    [(", the minister,", "the minister"), ("“no,”", "“no,”"), (". 'so", "'so"), (":", ":"), ("a" + " " * 99_999, "a")],
)
def test_marks_at_the_ends_of_a_span_are_no_part_of_it(part, trimmed):
    text = f"ab{part}cd"
    ((start, end),) = module._trimmed(((102, 102 + len(part)),), text, 100)
    assert text[start - 100 : end - 100] == trimmed


def test_a_long_text_is_read_as_its_stretches(tagger):
    filler = "The river rose again in the night and the lower bridge stayed shut.\n\n"
    text = REPORT + "\n\n" + filler * 1000 + REPORT
    found = tagger.read(text)
    assert found[-1].content[-1][1] > len(text) - 200
    assert len(text) > module.STRETCH


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(Path(str(resources.files("firsthand.attribution") / "model")), tmp_path / "model")
    return tmp_path / "model"


def test_a_changed_file_is_refused(copy):
    (copy / "linker.onnx").write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"linker\.onnx: not the file"):
        Tagger(copy)


def test_a_missing_file_is_named(copy):
    (copy / "encoder.onnx").unlink()
    with pytest.raises(ModelError, match=r"encoder\.onnx"):
        Tagger(copy)


def test_a_damaged_card_is_named(copy):
    (copy / "model.json").write_text("{")
    with pytest.raises(ModelError, match="reinstall"):
        Tagger(copy)


def test_all_shipped_files_together_stay_small():
    folder = Path(str(resources.files("firsthand.attribution") / "model"))
    assert sum(f.stat().st_size for f in folder.iterdir()) <= 40e6
    assert json.loads((folder / "model.json").read_text())["sha256"].keys() == {
        "encoder.onnx",
        "linker.onnx",
        "tokenizer.json",
    }


@pytest.mark.parametrize(
    ("roles", "owned"),
    [
        ([0, 0, 1, 1, 2], [1, 1, 1, 1, 2]),
        ([0, 1, 1, 1, 2], [1, 1, 1, 1, 2]),
        ([3, 0, 1, 1, 2], [3, 0, 1, 1, 2]),
        ([0, 0, 0, 1, 2], [0, 0, 0, 1, 2]),
    ],
)
def test_a_role_does_not_begin_behind_a_name_and_its_genitive(roles, owned):
    words, none = ["Verran", "’", "s", "ministry", "said"], np.zeros(5, bool)
    assert module._owned(np.array(roles, np.int8), words, none).tolist() == owned


def test_a_genitive_at_a_paragraphs_beginning_has_no_owner():
    roles, breaks = np.array([0, 0, 1, 1], np.int8), np.array([True, True, False, False])
    assert module._owned(roles, ["Verran", "’", "s", "ministry"], breaks).tolist() == roles.tolist()
