"""The word lists: each names its source, and can be matched with what the tokens are."""

from importlib import resources
from typing import get_args

import pytest

from firsthand.attribution import lexicons
from firsthand.attribution.tokens import tokens
from firsthand.model import Kind

FILES = sorted(path.name for path in (resources.files(lexicons.__package__) / "lexicons").iterdir())


def lines(name):
    return (resources.files(lexicons.__package__) / "lexicons" / name).read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("name", FILES)
def test_the_first_line_names_the_source(name):
    assert lines(name)[0].startswith("# ")


@pytest.mark.parametrize("name", FILES)
def test_nothing_stands_twice(name):
    rows = [line for line in lines(name) if line and not line.startswith("#")]
    assert len(rows) == len(set(rows))


def test_words_tables_and_classes_are_read():
    assert "condition of anonymity" in lexicons.words("anonymity")
    assert lexicons.table("kinds")["spokesman"] == "unnamed"
    assert lexicons.table("programmes")["fox & friends"] == "fox_news"
    assert {"he", "him"} <= lexicons.closed("he")
    assert not any(word.startswith("#") for word in lexicons.words("outlets"))


def test_what_is_not_there_is_an_error():
    with pytest.raises(FileNotFoundError):
        lexicons.words("no such list")
    with pytest.raises(KeyError):
        lexicons.closed("no such class")


def test_phrases_are_tokens_joined_by_spaces_in_lower_case():
    assert [phrase for phrase in lexicons.words("anonymity") if " ".join(tokens(phrase).low) != phrase] == []


def test_every_kind_is_one_of_the_models():
    assert set(lexicons.table("kinds").values()) <= set(get_args(Kind))


def test_what_names_tell_of_sex_is_m_f_or_both():
    assert set(lexicons.table("names").values()) <= {"m", "f", "mf"}
    assert set(lexicons.table("titles").values()) <= {"m", "f", "-"}


def test_nouns_are_of_three_classes():
    assert set(lexicons.table("nouns").values()) <= {"person", "group", "document"}
