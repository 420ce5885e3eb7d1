"""Whom "he" and a surname alone stand for, as the claim's other articles tell."""

from __future__ import annotations

from dataclasses import replace

from firsthand.model import Appearance, ChainLink, Claim, Provenance, Source
from firsthand.provenance import trace
from firsthand.provenance.naming import naming
from tests.provenance.told import RENN, said, source

EK = source("Tomas Ek", "person", "president of Brennmark")
IDA = source("Ida Renn")
DAM = (
    "The dam at Ulm will fail by May",
    "By May the dam of Ulm is going to fail",
    "Ulm’s dam cannot hold beyond this spring",
    "The old dam fails before the summer comes",
)


def by(article: str, who: Source, words: str, text: str, hours: float = 0) -> tuple[Appearance, str]:
    """An appearance of `text` whose source is `who`, called `words` in its article; and the article's text."""
    one = said(article, who, text=text, hours=hours)
    link = ChainLink(who.name, who.kind, "source", ((0, len(words)),))
    return replace(one, chain=(*one.chain[:-1], link)), f"{words} said: {text}"


def traced(*told: tuple[Appearance, str]) -> Provenance:
    found = tuple(one for one, _ in told)
    claim = Claim("c1", found[0].text, found[0].id, found)
    return trace(claim, (), {one.article: text for one, text in told})


def names(found: Provenance) -> list[str]:
    return [root.name for root in found.roots]


def test_by_which_words_somebody_is_named() -> None:
    text = "Ilva Renn and Ms. Renn and Ilva and his and she"
    assert naming(text, ((0, 9),), "Ilva Renn") == "name"
    assert naming(text, ((14, 22),), "Ilva Renn") == "surname"
    assert naming(text, ((27, 31),), "Ilva Renn") == "surname"
    assert naming(text, ((36, 39),), "Ilva Renn") == "pointer"
    assert naming(text, ((44, 47),), "Ilva Renn") == "name"
    assert naming(text, (), "Ilva Renn") == naming("", ((0, 9),), "Ilva Renn") == "name"
    assert naming("Renn", ((0, 4),), "Renn") == "surname"


def test_he_is_whom_the_others_name_for_the_same_words() -> None:
    found = traced(by("a", RENN, "Ilva Renn", DAM[0]), by("b", EK, "He", DAM[0]))
    assert names(found) == ["Ilva Renn"]
    assert (found.corroboration.least, found.corroboration.most) == (1, 1)
    assert found.edges[1].reason == "whom it means was read as Tomas Ek there, Ilva Renn by the claim's other articles"


def test_he_is_whom_most_take_for_him_where_nobody_names_him() -> None:
    told = [by(name, RENN, "he", DAM[0]) for name in "abc"]
    assert names(traced(by("d", EK, "he", DAM[0]), *told)) == ["Ilva Renn"]


def test_a_surname_is_of_whom_an_article_names_in_full() -> None:
    found = traced(by("a", RENN, "Ilva Renn", DAM[0]), by("b", IDA, "Renn", DAM[1]))
    assert names(found) == ["Ilva Renn"]


def test_two_that_are_both_named_in_full_stay_two() -> None:
    found = traced(by("a", RENN, "Ilva Renn", DAM[0]), by("b", IDA, "Ida Renn", DAM[1]), by("c", IDA, "Renn", DAM[2]))
    assert sorted(names(found)) == ["Ida Renn", "Ilva Renn"]


def test_he_is_who_leads_by_far_where_nobody_names_the_other() -> None:
    led = [by(name, RENN, "Ilva Renn", text) for name, text in zip("abc", DAM, strict=False)]
    assert names(traced(*led, by("d", EK, "the president", DAM[3]))) == ["Ilva Renn"]
    assert sorted(names(traced(*led[:2], by("d", EK, "he", DAM[3])))) == ["Ilva Renn", "Tomas Ek"]
    assert sorted(names(traced(*led, by("d", EK, "Ek", DAM[3])))) == ["Ilva Renn", "Tomas Ek"]


def test_she_is_not_the_man_who_leads() -> None:
    led = [by(name, EK, "Tomas Ek", text) for name, text in zip("abc", DAM, strict=False)]
    assert sorted(names(traced(*led, by("d", RENN, "she", DAM[3])))) == ["Ilva Renn", "Tomas Ek"]


def test_copies_of_what_names_somebody_settle_nothing() -> None:
    led = [by(name, RENN, "Ilva Renn", DAM[0]) for name in "abc"]
    assert sorted(names(traced(*led, by("d", EK, "he", DAM[3])))) == ["Ilva Renn", "Tomas Ek"]


def test_the_same_words_are_found_in_a_longer_quotation() -> None:
    long = "“Ilva has it that the dam at Ulm cannot hold out until May,” he told them"
    found = traced(
        by("a", RENN, "Renn", "The dam: “that the dam at Ulm cannot hold out until May”"), by("b", EK, "he", long)
    )
    assert names(found) == ["Ilva Renn"]


def test_two_of_two_states_with_one_quotation_are_one_where_one_is_not_named_in_full() -> None:
    words = "‘The old dam at Ulm can’t hold out until the end of May’"
    ostrel = source("Ilva Renn", "person", "defence minister of Ostrel")
    found = traced(by("a", ostrel, "Ilva Renn", words), by("b", EK, "Ek", words))
    assert len(found.roots) == 1
    assert len(traced(by("a", ostrel, "Ilva Renn", words), by("b", EK, "Tomas Ek", words)).roots) == 2


def test_himself_is_no_name() -> None:
    assert names(traced(by("a", RENN, "Renn", DAM[0]), by("b", source("President Renn himself"), "he", DAM[1]))) == [
        "Ilva Renn"
    ]


def test_two_that_are_only_pointed_to_in_the_same_words_are_one() -> None:
    ostrel = source("Ilva Renn", "person", "defence minister of Ostrel")
    text = f"{DAM[0]}, with all that stands in the valley"
    assert len(traced(by("a", ostrel, "the minister", text), by("b", EK, "he", text)).roots) == 1
    assert len(traced(by("a", ostrel, "the minister", text), by("b", EK, "he", DAM[2])).roots) == 2
