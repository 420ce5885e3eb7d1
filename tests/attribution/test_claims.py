"""Claims: a statement can be true or false, the name of a thing that is praised or discussed cannot."""

import numpy as np
import pytest

from firsthand.attribution.claims import CLAIMING, claim_features, claims
from firsthand.attribution.heads import STANCE, arrays
from firsthand.attribution.pooling import features
from firsthand.attribution.rules import said
from firsthand.attribution.surety import surety
from tests.attribution.contents import read

CASES = [
    ("{s|Ilva Renn} {c|said} {t|the bridge was closed}.", True),
    ("{s|Ilva Renn} {c|believes} {t|that the bridge is safe}.", True),
    ("{s|Ilva Renn} {c|described} {t|the bridge as a danger to all who cross it}.", True),
    ("{s|Ilva Renn} {c|praised} {t|the bridge}.", False),
    ("{s|The mayor} {c|supports} {t|Renn, who has rebuilt the bridge}.", False),
    ("{s|The two leaders} {c|discussed} {t|the bridge}.", False),
]


@pytest.mark.parametrize(("text", "claimed"), CASES)
def test_a_statement_claims_and_a_thing_does_not(tagger, text, claimed):
    _, tagged, toks, attribution = read(tagger, text)
    cue = said(toks, attribution)
    sure = surety(toks, attribution, cue, cue.stance)
    assert claims(tagged, toks, attribution, cue, cue.stance, sure) is claimed


def test_one_weight_for_each_feature(tagger):
    _, tagged, toks, attribution = read(tagger, CASES[0][0])
    cue = said(toks, attribution)
    sure = surety(toks, attribution, cue, CLAIMING[0])
    seen = claim_features(features(tagged, toks, attribution, cue), toks, attribution, cue, CLAIMING[0], sure)
    assert seen.shape == arrays(STANCE)["claim_weights"].shape
    assert seen.dtype == np.float32


def test_the_content_may_be_missing(tagger):
    _, tagged, toks, attribution = read(tagger, "{s|Ilva Renn} {c|spoke}.")
    cue = said(toks, attribution)
    sure = surety(toks, attribution, cue, "asserts")
    assert claims(tagged, toks, attribution, cue, "asserts", sure) in (True, False)
