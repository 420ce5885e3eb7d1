"""The position of a named person: before the name, or behind it."""

import pytest

from firsthand.attribution.positions import position
from firsthand.attribution.tokens import tokens

CASES = [
    ("Then Foreign Minister @Ilva Renn spoke.", "Foreign Minister"),
    ("Then former deputy prime minister @Ilva Renn spoke.", "former deputy prime minister"),
    ("Then the Lorvian army spokesman @Ilva Renn spoke.", "Lorvian army spokesman"),
    ("Then Secretary of State @Ilva Renn spoke.", "Secretary of State"),
    ("Then @Ilva Renn, the head of the port, spoke.", "head of the port"),
    ("Then @Ilva Renn, a spokeswoman for the ministry, spoke.", "spokeswoman for the ministry"),
    ("Then @Ilva Renn, mayor of Verran.", "mayor of Verran"),
    ("Then Minister @Ilva Renn, the leader of the party, spoke.", "leader of the party"),
    ("Then @Ilva Renn, who is the mayor, spoke.", None),
    ("Then @Ilva Renn, on Monday, spoke.", None),
    ("Then @Ilva Renn, Tomas Ek and others spoke.", None),
    ("On the bridge @Ilva Renn spoke.", None),
    ("@Ilva Renn,", None),
    ("@Ilva Renn, the", None),
]


@pytest.mark.parametrize(("text", "words"), CASES)
def test_position(text, words):
    start, plain = text.index("@"), text.replace("@", "")
    toks = tokens(plain)
    first = toks.at(start)
    found = position(toks, [(first, first + 2)])
    assert (plain[slice(*found)] if found else None) == words


def test_what_stands_behind_any_mention_counts_more_than_what_stands_before():
    text = "Then Minister Ilva Renn spoke. Later Renn, the leader of the party, left."
    toks = tokens(text)
    found = position(toks, [(2, 4), (toks.low.index("renn", 5), toks.low.index("renn", 5) + 1)])
    assert text[slice(*found)] == "leader of the party"


def test_the_longest_words_before_a_name_win():
    text = "Minister Renn spoke. Deputy Defence Minister Ilva Renn left."
    toks = tokens(text)
    assert text[slice(*position(toks, [(1, 2), (7, 9)]))] == "Deputy Defence Minister"


def test_nobody_mentioned_has_no_position():
    assert position(tokens("The town slept."), []) is None
