"""Senses: what the network says of an attribution's stance, certainty and kind of source."""

import numpy as np
import pytest

from firsthand.attribution.certainty import certainty
from firsthand.attribution.flags import STANCES, STEPS
from firsthand.attribution.kinds import KINDS
from firsthand.attribution.pool import Pool
from firsthand.attribution.senses import senses
from firsthand.attribution.stance import stance
from tests.attribution.contents import sensed, untagged

RARE = [
    ("{s|The harbour board} {c|would not be drawn on} {t|when the ferry will sail again}.", "reports"),
    ("{s|Tomas Ek} {c|dismissed as nonsense} {t|reports that he sold the ferry}.", "denies"),
    ("{s|Tomas Ek} {c|let slip} {t|that the ferry was sold}.", "asserts"),
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


def test_the_answers_are_probabilities(tagger):
    _, found, _, _ = sensed(tagger, "{s|Ilva Renn} {c|let slip} {t|that the bridge may be closed}.")
    sizes = len(STANCES), len(STEPS) + 2, len(KINDS) + 1
    for chances, size in zip((found.stances, found.certainties, found.kinds), sizes, strict=True):
        assert chances.shape == (size,)
        assert np.isclose(chances.sum(), 1, atol=1e-4)


def test_without_words_there_is_an_answer():
    _, tagged, toks, attribution = untagged("{s|Renn} {c|said} {t|the bridge was closed}.")
    (found,) = senses(Pool(tagged), toks, [attribution])
    assert stance(found, toks, attribution).value in STANCES


@pytest.mark.parametrize(("text", "value"), RARE)
def test_rare_cues(tagger, text, value):
    _, found, toks, attribution = sensed(tagger, text)
    assert stance(found, toks, attribution).value == value


@pytest.mark.parametrize(("text", "claimed"), CLAIMS)
def test_a_statement_claims_and_a_thing_does_not(tagger, text, claimed):
    _, found, toks, attribution = sensed(tagger, text)
    taken = stance(found, toks, attribution)
    assert (certainty(found, toks, attribution, taken) is not None) is claimed


def test_the_content_may_be_missing(tagger):
    _, found, toks, attribution = sensed(tagger, "{s|Ilva Renn} {c|spoke}.")
    assert stance(found, toks, attribution).value in STANCES
