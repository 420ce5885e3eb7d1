"""Kinds of sources: what the lists say of the words, and what the head makes of them in their context."""

import numpy as np
import pytest

from firsthand.attribution.kinds import KINDS, kinds, outlet, told, traits
from firsthand.attribution.parties import DESCRIBED, Party
from firsthand.attribution.pool import Pool
from firsthand.attribution.tokens import tokens
from tests.attribution.voices import Voices

TOLD = [
    ("a spokesman", "unnamed"),
    ("the ministry", "government"),
    ("the reports", "document"),
    ("analysts", "crowd"),
    ("the air force", "government"),
    ("the Larkmoor Gazette", "outlet"),
    ("Radio Verran", "outlet"),
    ("the AP", "outlet"),
    ("the old radio", None),
    ("zorbs", None),
]


@pytest.mark.parametrize(("words", "kind"), TOLD)
def test_what_the_list_says(words, kind):
    toks = tokens(words)
    assert told(toks, (0, len(toks)), len(toks) - 1) == kind


@pytest.mark.parametrize(("name", "known"), [("the larkmoor gazette", 1), ("tv verran", 1), ("gazette", 0), ("", 0)])
def test_the_names_of_media(name, known):
    assert outlet(name.split()) == bool(known)


KINDS_OF = [
    ("[s Ilva Renn], the mayor, [c said] [t that the bridge was safe].", "person"),
    ("[s The Larkmoor Gazette] [c reported] [t that the bridge was safe].", "outlet"),
    ("[s The foreign ministry] [c said] [t that the bridge was safe].", "government"),
    ("[s A senior official] [c said] [t that the bridge was safe].", "unnamed"),
    ("[s Analysts] [c said] [t that the bridge was safe].", "crowd"),
    ("[s The report] [c said] [t that the bridge was safe].", "document"),
    ("[s The Lorvian Labour Party] [c said] [t that the bridge was safe].", "organisation"),
    ("[s The government of Lorvia] [c said] [t that the bridge was safe].", "government"),
]


@pytest.mark.parametrize(("text", "kind"), KINDS_OF)
def test_the_kind_of_a_source(tagger, text, kind):
    voices = Voices(tagger, text)
    assert [found.kind for found in voices.sources] == [kind]


def test_nobody_without_a_name_is_a_named_person(tagger):
    voices = Voices(tagger, "[s The old man] [c said] [t that he had seen the bridge fall].")
    assert voices.sources[0].kind != "person"


def test_chances_are_shares(tagger):
    voices = Voices(tagger, KINDS_OF[0][0])
    spot = (0, 2)
    party = Party(0, DESCRIBED, [spot], spot)
    pool = Pool(voices.tagged)
    rows = np.array([traits(voices.toks, spot, party, pool), traits(voices.toks, (4, 6), None, pool)])
    chances = kinds(rows)
    assert chances.shape == (2, len(KINDS))
    assert (chances >= 0).all()
    assert np.allclose(chances.sum(axis=1), 1, atol=1e-4)
