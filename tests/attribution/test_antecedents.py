"""Which parties a mention may stand for, and what speaks for each as numbers."""

import numpy as np
import pytest

from firsthand.attribution.antecedents import NEAREST, SORTS, WIDTH, Place, candidates, features, sort_of
from firsthand.attribution.kinds import KINDS
from firsthand.attribution.parties import parties
from firsthand.attribution.phrases import head_of
from firsthand.attribution.tokens import tokens

SORTED = [
    ("he", "he"),
    ("She", "he"),
    ("They", "they"),
    ("it", "it"),
    ("who", "who"),
    ("we", "we"),
    ("I", "i"),
    ("others", "other"),
    ("the official", "definite"),
    ("his aide", "definite"),
    ("officials", "definite"),
    ("an official", "plain"),
    ("Ilva Renn", "plain"),
    ("both men", "definite"),
    ("The President", "definite"),
    ("The Ostreli President", "definite"),
    ("The Verran Democrat", "definite"),
    ("The Democrats", "plain"),
    ("The Russian", "plain"),
    ("the Renn campaign", "plain"),
]


@pytest.mark.parametrize(("words", "sort"), SORTED)
def test_what_a_mention_is(words, sort):
    toks = tokens(words)
    found = sort_of(toks, 0, head_of(toks, (0, len(words))))
    assert found in SORTS
    if words != "others":  # by itself; with more words it points back
        assert found == sort


class Scene:
    """The parties of a text, and its last word (before the mark behind it) as a mention of them."""

    def __init__(self, text):
        self.toks = tokens(text)
        self.people = parties(self.toks)
        at = len(self.toks) - 2
        self.place = Place(at, at, at + 1, sort_of(self.toks, at, at), None, None)

    def near(self):
        return [self.toks.printed(*p.best) for p in candidates(self.toks, self.people, self.place)]


def test_the_nearest_party_comes_first():
    assert Scene("There was John Renn. There was Tomas Ek. So said he.").near() == ["Tomas Ek", "John Renn"]


def test_who_signs_is_no_he():
    scene = "A bridge is shut\n\nLarkmoor Gazette — John Ek\n\nJohn Renn slept.\n\nSo said he."
    assert Scene(scene).near() == ["John Renn"]
    assert "John Ek" in Scene(scene.replace("slept", "slept, and John Ek woke")).near()


def test_he_and_she_are_of_their_sex():
    scene = "There was John Renn. There was Anna Osk. There was Jordel Vash. So said {}."
    assert "Anna Osk" not in Scene(scene.format("he")).near()
    assert "John Renn" not in Scene(scene.format("she")).near()
    assert all("Jordel Vash" in Scene(scene.format(word)).near() for word in ("he", "she"))


def test_he_is_neither_an_acronym_nor_several():
    near = Scene("There was the LTA. There were John Renn and Tomas Ek in town. So said he.").near()
    assert "LTA" not in near
    assert "John Renn and Tomas Ek" not in near
    assert "John Renn and Tomas Ek" in Scene("There were John Renn and Tomas Ek in town. So said they.").near()


def test_nobody_is_named_after_the_mention():
    scene = Scene("There was John Renn. So said he. There was Tomas Ek in town that day.")
    place = Place(7, 7, 8, "he", None, None)
    assert scene.toks.low[7] == "he"
    assert [scene.toks.printed(*p.best) for p in candidates(scene.toks, scene.people, place)] == ["John Renn"]


def test_the_headlines_parties_are_looked_at_however_far():
    letters = "BCDFGHJKLMNPRSTVZ"
    crowd = " ".join(f"Then there came the old Tor {a}osk." for a in letters)
    near = Scene(f"The town fears old Ilva Renn now\n\nThere was Tomas Ek. {crowd} So said he.").near()
    assert len(letters) > NEAREST
    assert near[-1] == "Ilva Renn"
    assert len(near) == NEAREST + 1


def test_every_candidate_has_a_row_and_the_last_is_for_itself():
    scene = Scene("There was John Renn. There was Tomas Ek. So said he.")
    near = candidates(scene.toks, scene.people, scene.place)
    sorts = np.full((len(near) + 1, len(KINDS)), 1 / len(KINDS), np.float32)
    rows = features(scene.toks, scene.place, near, [0.5] * len(near), sorts)
    assert rows.shape == (len(near) + 1, WIDTH)
    assert rows.dtype == np.float32
    assert np.isfinite(rows).all()
    own = WIDTH - len(KINDS) - 1
    assert rows[:, own].tolist() == [0, 0, 1]


def test_without_candidates_there_is_a_row_for_itself():
    scene = Scene("So said he.")
    assert candidates(scene.toks, scene.people, scene.place) == []
    assert features(scene.toks, scene.place, [], [], np.ones((1, len(KINDS)), np.float32)).shape == (1, WIDTH)
