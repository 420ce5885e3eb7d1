"""Sentence vectors: their form on any text, what is like what, and that damaged files are refused."""

import shutil
import tracemalloc
from importlib import resources
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.attribution.reader import Reader
from firsthand.attribution.tagger import Tagger
from firsthand.attribution.vectors import BEGINNING, FILE, NOTHING, STATEMENT, Vectors, sentence
from firsthand.errors import ModelError
from firsthand.model import DIMENSIONS, Article, Attribution, Marks
from firsthand.pipeline import read_articles, shipped, with_vectors

TEXT = (
    "Old dam above Verran may burst before spring\n\n"
    "Teskia is preparing a faked video, the Lorvian defence minister, Ilka Brandt, said on Monday.\n\n"
    "“We reject this,” a spokesman for Teskia told reporters."
)
MINILM = (-0.0548, 0.036, 0.0296, -0.0107, 0.0524, -0.0382, -0.094, 0.0327)


@pytest.fixture(scope="module")
def vectors(tagger):
    return Vectors.load(tagger.tokenizer)


def numbers(vector):
    return np.frombuffer(vector, np.int8).astype(np.float64) / 127


def like(vectors, one, other):
    return float(numbers(vectors.vector(one, STATEMENT)) @ numbers(vectors.vector(other, STATEMENT)))


def test_a_reading_has_one_for_its_beginning_each_content_and_each_statement(vectors):
    (reading,) = read_articles([Article("1", TEXT)], 1, with_vectors)
    assert len(reading.attributions) >= 2
    assert len(reading.statements) >= 1
    assert len(reading.vectors) == 1 + len(reading.attributions) + len(reading.statements)
    first = reading.attributions[0]
    words = " ".join(TEXT[start:end] for start, end in first.innermost.content)
    assert reading.vectors[0] == vectors.vector(TEXT, BEGINNING)
    assert reading.vectors[1] == vectors.vector(sentence(words), STATEMENT)
    start, end = reading.statements[0].span
    assert reading.vectors[1 + len(reading.attributions)] == vectors.vector(sentence(TEXT[start:end]), STATEMENT)


def test_unless_asked_for_there_are_none(tagger):
    assert Reader(tagger).read(Article("1", TEXT)).vectors == ()
    (reading,) = read_articles([Article("1", TEXT)], 1, shipped)
    assert reading.vectors == ()


def test_the_marks_are_else_the_same(tagger, vectors):
    with_them = Reader(tagger, vectors).read(Article("1", TEXT))
    without = Reader(tagger).read(Article("1", TEXT))
    assert (with_them.attributions, with_them.statements) == (without.attributions, without.statements)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(), max_size=300))
def test_any_text_has_a_unit_vector_or_none(vectors, text):
    for shown in (text, sentence(text)):
        vector = vectors.vector(shown, STATEMENT)
        assert len(vector) == DIMENSIONS
        assert vector == NOTHING or abs(np.linalg.norm(numbers(vector)) - 1) < 0.02


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "“”", " that ", "...", "\u200b\u200d", "\ud800", "🎭 🎭", "___"])
def test_what_has_no_word_is_like_nothing(vectors, text):
    assert vectors.vector(sentence(text), STATEMENT) == NOTHING


def test_an_attribution_without_content(vectors):
    empty = Attribution((), ((0, 3),), (), 0.9)
    assert vectors.reading("Old dam", Marks((empty,)))[1] == NOTHING


@pytest.mark.parametrize("text", ["\ud83d\udc00 the dam", "a\x00b", "قال الوزير", "大坝" * 500, "x" * 9999, "🎭 9"])
def test_odd_characters_are_read(vectors, text):
    assert abs(np.linalg.norm(numbers(vectors.vector(text, STATEMENT))) - 1) < 0.02


def test_only_so_many_pieces_are_read(vectors):
    words = "the dam above the town of Verran may burst before the spring " * 40
    assert vectors.vector(words, STATEMENT) == vectors.vector(words + "and pigs fly " * 500, STATEMENT)
    assert vectors.vector(words, STATEMENT) != vectors.vector(words, BEGINNING)


def test_a_content_of_a_million_characters_takes_no_longer(vectors):
    tracemalloc.start()
    long = Attribution((), ((0, 1),), ((0, 1_000_000),), 0.9)
    assert vectors.reading("dam “breaks” " * 100_000, Marks((long,)))[1] != NOTHING
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 30e6


def test_a_vector_hangs_on_nothing_but_its_text(tagger, vectors):
    alone = vectors.vector("The dam may burst.", STATEMENT)
    vectors.vector("X" * 400 + " other words came between", STATEMENT)
    assert vectors.vector("The dam may burst.", STATEMENT) == alone
    assert Vectors.load(tagger.tokenizer).vector("The dam may burst.", STATEMENT) == alone


@pytest.mark.parametrize(
    "words",
    [
        "that the dam had failed",
        "“The dam had failed,”",
        "the dam “had failed”",
        "The dam had failed",
        " the dam had failed!",
    ],
)
def test_how_a_content_is_cut_out_does_not_matter(words):
    assert sentence(words).lower() == "the dam had failed."


def test_a_word_that_begins_like_a_conjunction_stays():
    assert sentence("Thatcher left") == "Thatcher left."
    assert sentence("that that was so") == "that was so."
    assert sentence("-5 degrees") == "5 degrees."


def test_what_means_the_same_is_nearer(vectors):
    one, same, other = (
        "Forty people were killed when the dam above Verran burst.",
        "The dam break near Verran cost forty lives.",
        "The mayor of Larkmoor will not stand for office again.",
    )
    assert like(vectors, one, same) > 0.75
    assert like(vectors, one, other) < 0.35


def test_they_are_those_of_minilm(vectors):
    """What PyTorch gave for this with the published weights, in 32-bit floats: its first eight numbers."""
    found = numbers(vectors.vector("The dam above Verran may burst before spring.", STATEMENT))[:8]
    assert found == pytest.approx(MINILM, abs=0.012)


@pytest.fixture
def copy(tmp_path):
    shutil.copytree(Path(str(resources.files("firsthand.attribution") / "model")), tmp_path / "model")
    return tmp_path / "model"


def test_a_changed_file_is_refused(copy, tagger):
    (copy / FILE).write_bytes(b"something else")
    with pytest.raises(ModelError, match=r"vectors\.onnx: not the file"):
        Vectors(copy, tagger.tokenizer)


def test_a_missing_file_is_named_and_only_missed_when_asked_for(copy, tagger):
    (copy / FILE).unlink()
    assert Tagger(copy).read(TEXT)
    with pytest.raises(ModelError, match=r"vectors\.onnx: the model is missing"):
        Vectors(copy, tagger.tokenizer)


def test_a_card_that_does_not_name_it(copy, tagger):
    card = copy / "model.json"
    card.write_text(card.read_text().replace(f'"{FILE}"', '"other.onnx"'))
    with pytest.raises(ModelError, match="reinstall"):
        Vectors(copy, tagger.tokenizer)


def test_one_made_for_another_encoder_is_refused(copy, tagger):
    import hashlib
    import json

    content = (copy / "encoder.onnx").read_bytes() + b"\0\0"
    (copy / "encoder.onnx").write_bytes(content)
    card = json.loads((copy / "model.json").read_text())
    card["sha256"]["encoder.onnx"] = hashlib.sha256(content).hexdigest()
    (copy / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match=r"made for another encoder\.onnx"):
        Vectors(copy, tagger.tokenizer)


def test_the_models_name_covers_them(copy):
    card = copy / "model.json"
    before = Tagger(copy).name
    card.write_text(card.read_text().replace(f'"{FILE}": "', f'"{FILE}": "0'))
    assert Tagger(copy).name != before
