"""Who holds an office under somebody. No model needed."""

import pytest

from firsthand.attribution.holders import holder, may_hold, office_under
from firsthand.attribution.parties import parties
from firsthand.attribution.tokens import tokens


def read(text):
    """Tokens and parties of a text, and the office that the phrase in brackets names."""
    start, end = text.index("["), text.index("]") - 1
    toks = tokens(text.replace("[", "").replace("]", ""), 0)
    inside, people = toks.inside((start, end)), parties(toks)
    return toks, people, office_under(toks, inside.start, inside.stop - 1, people)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("John Renn met [his security adviser] there.", ("security", "adviser")),
        ("They met [John Renn's lawyer] there.", ("lawyer",)),
        ("They met [the president's lawyer] there.", ("lawyer",)),
        ("They met [the dam's director] there.", None),
        ("They met [their director] there.", None),
        ("They met [the director] there.", None),
        ("They saw [his dam] there.", None),
        ("They met [him] there.", None),
    ],
)
def test_what_is_an_office_under_somebody(text, words):
    office = read(text)[2]
    assert (office and office.words) == words


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        ("Ada Quill, Renn's security adviser, was there.", "Ada Quill"),
        ("The security adviser, Ada Quill, was there.", "Ada Quill"),
        ("Security adviser Ada Quill was there.", "Ada Quill"),
        ("The adviser, Ada Quill, was there.", None),
        ("The Verran security adviser, Ada Quill, was there.", None),
        ("Security adviser Ada Quill and security adviser Mira Osk were there.", None),
        ("Ada Quill was there.", None),
    ],
)
def test_who_holds_it(rest, name):
    toks, people, office = read(f"John Renn met [John Renn's security adviser] there. {rest}")
    found = holder(toks, office, people)
    assert (found and toks.printed(*found.best)) == name


def test_who_may_hold_it():
    toks, people, office = read("President John Renn met [his adviser]. Adviser Ada Quill and Mira Osk saw an adviser.")
    may = {toks.printed(*p.best) for p in people if may_hold(toks, office, p, people)}
    assert "Ada Quill" in may
    assert "an adviser" in may
    assert may.isdisjoint({"John Renn", "Mira Osk", "Ada Quill and Mira Osk"})
