"""Close reading: what is read of an attribution, what the network says of it, and files that are not the model's."""

import json
import shutil
from dataclasses import replace
from importlib import resources

import numpy as np
import pytest

from firsthand.attribution import close
from firsthand.attribution.certainty import certainty
from firsthand.attribution.close import CONTENT, CUE, MOST, SOURCE, TOGETHER, CloseReader, window
from firsthand.attribution.flags import STANCES, STEPS
from firsthand.attribution.kinds import KINDS
from firsthand.attribution.stance import stance
from firsthand.attribution.tokens import tokens
from firsthand.errors import ModelError
from tests.attribution.contents import closely, marked, read, untagged

FOLDER = resources.files("firsthand.attribution") / "model"
RARE = [
    ("{s|The harbour board} {c|would not be drawn on} {t|when the ferry will sail again}.", "reports"),
    ("{s|Tomas Ek} {c|made no bones about} {t|having sold the ferry}.", "asserts"),
    ("{s|The pilots} {c|had their misgivings about} {t|the new lights}.", "doubts"),
]
CLAIMS = [
    ("{s|Ilva Renn} {c|said} {t|the bridge was closed}.", True),
    ("{s|Ilva Renn} {c|believes} {t|that the bridge is safe}.", True),
    ("{s|Ilva Renn} {c|described} {t|the bridge as a danger to all who cross it}.", True),
    ("{s|Ilva Renn} {c|praised} {t|the bridge}.", False),
    ("{s|The mayor} {c|supports} {t|Renn, who has rebuilt the bridge}.", False),
    ("{s|The two leaders} {c|discussed} {t|the bridge}.", False),
]


def test_the_words_around_cue_source_and_content_are_read_with_their_roles(tagger):
    _, tagged, _, attribution = read(tagger, "{s|Ilva Renn} {c|said} {t|the bridge was closed}.")
    found = window(tagged, attribution)
    assert found.roles.tolist() == [SOURCE, SOURCE, CUE, CONTENT, CONTENT, CONTENT, CONTENT, 0]
    assert (found.away - found.away[2]).tolist() == [-2, -1, 0, 1, 2, 3, 4, 5]


def test_a_long_attribution_is_cut(tagger):
    long = " ".join(["incomprehensibilities"] * 300)
    _, tagged, _, attribution = read(tagger, f"{{s|{long}}} {{c|said {long}}} {{t|{long}}} {{t|{long}}}.")
    assert len(window(tagged, attribution).roles) <= MOST


def test_without_words_there_is_an_answer():
    _, tagged, toks, attribution = untagged("{s|Renn} {c|said} {t|the bridge was closed}.")
    (found,) = CloseReader.load().read(tagged, toks, [attribution])
    assert stance(found, toks, attribution).value in STANCES


def test_beside_others_an_attribution_is_read_as_it_is_alone(tagger):
    plain, attribution = marked("{s|Ilva Renn} {c|let slip} {t|that the bridge may be closed}.")
    (tagged,), toks = tagger.tag(plain), tokens(plain)
    other = replace(attribution, content=((0, len(plain)),), source=())
    (alone,) = CloseReader.load().read(tagged, toks, [attribution])
    several = CloseReader.load().read(tagged, toks, [other, attribution] * (TOGETHER // 2 + 1))
    assert len(several) == TOGETHER + 2
    for chances, same in ((several[-1].stances, alone.stances), (several[-1].kinds, alone.kinds)):
        assert np.allclose(chances, same, atol=1e-4)


def test_plain_speech_is_not_asked_about(tagger):
    _, found, _, _ = closely(tagger, "{s|Ilva Renn} {c|said} {t|the bridge was closed}.")
    assert (found.stances.argmax(), found.certainties.argmax(), len(found.kinds)) == (0, 0, 0)
    _, hedged, _, _ = closely(tagger, "{s|Ilva Renn} {c|said} {t|the bridge may be closed}.")
    assert len(hedged.kinds)


@pytest.mark.parametrize(
    "text",
    [
        "{s|Renn} {c|said}: {t|“Is the bridge safe?”}",
        "{s|Nobody} {c|said} {t|the bridge was closed}.",
        "{s|Renn} {c|has yet to say} {t|whether the bridge is closed}.",
    ],
)
def test_what_is_not_plain_is_asked_about(tagger, text):
    _, found, _, _ = closely(tagger, text)
    assert len(found.kinds)


def test_nothing_is_read_where_nothing_is_said(tagger):
    (tagged,), toks = tagger.tag("Rain."), tokens("Rain.")
    assert CloseReader.load().read(tagged, toks, []) == []


def test_the_answers_are_probabilities(tagger):
    _, found, _, _ = closely(tagger, "{s|Ilva Renn} {c|let slip} {t|that the bridge may be closed}.")
    sizes = len(STANCES), len(STEPS) + 2, len(KINDS) + 1
    for chances, size in zip((found.stances, found.certainties, found.kinds), sizes, strict=True):
        assert chances.shape == (size,)
        assert np.isclose(chances.sum(), 1)


@pytest.mark.parametrize(("text", "value"), RARE)
def test_rare_cues(tagger, text, value):
    _, found, toks, attribution = closely(tagger, text)
    assert stance(found, toks, attribution).value == value


@pytest.mark.parametrize(("text", "claimed"), CLAIMS)
def test_a_statement_claims_and_a_thing_does_not(tagger, text, claimed):
    _, found, toks, attribution = closely(tagger, text)
    taken = stance(found, toks, attribution)
    assert (certainty(found, toks, attribution, taken) is not None) is claimed


def test_the_content_may_be_missing(tagger):
    _, found, toks, attribution = closely(tagger, "{s|Ilva Renn} {c|spoke}.")
    assert stance(found, toks, attribution).value in STANCES


def test_a_model_that_is_missing_or_for_another_encoder_is_refused(tmp_path):
    folder = tmp_path / "model"
    shutil.copytree(str(FOLDER), folder)
    card = json.loads((folder / "model.json").read_text())
    digest = card["heads"].pop(close.FILE)
    (folder / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="is missing"):
        CloseReader(folder)
    card["heads"][close.FILE] = digest
    card["sha256"]["encoder.onnx"] = card["sha256"]["linker.onnx"]
    (folder / "encoder.onnx").write_bytes((folder / "linker.onnx").read_bytes())
    (folder / "model.json").write_text(json.dumps(card))
    with pytest.raises(ModelError, match="made for another"):
        CloseReader(folder)
