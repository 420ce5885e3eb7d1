"""Whether two names mean one medium."""

import pytest

from firsthand.attribution.bodies import part_of, same_body

SAME = [
    ("the AP", "Associated Press"),
    ("Larkmoor Gazette", "The Larkmoor Gazette"),
    ("Verran Times", "verrantimes.com"),
    ("Verran Times", "www.verrantimes.example"),
    ("New York Times", "nytimes.com"),
    ("LTA", "Larkmoor Television Agency"),
    ("CNN", "cnn.com"),
    ("Fox News", "Fox"),
    ("Washington Post", "Wash Post"),
    ("Face the Nation", "CBS"),
    ("Fox & Friends", "Fox News"),
    ("radio-verran.example", "Radio Verran"),
]
DIFFERENT = [
    ("Larkmoor Gazette", "Larkmoor Post"),
    ("Verran Times", "Larkmoor Times"),
    ("AP", "AFP"),
    ("Radio Verran", "TV Verran"),
    ("Face the Nation", "NBC"),
    ("", "AP"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_the_same(one, two):
    assert same_body(one, two)
    assert same_body(two, one)


@pytest.mark.parametrize(("one", "two"), DIFFERENT)
def test_different(one, two):
    assert not same_body(one, two)
    assert not same_body(two, one)


@pytest.mark.parametrize("name", ["", "—", "the", "\ud800", "." * 50, "a." * 50])
def test_hostile_names_are_compared(name):
    assert same_body(name, "Larkmoor Gazette") is False


@pytest.mark.parametrize("short", ["the Post", "Verran Post", "The Verran Post"])
def test_an_outlet_calls_itself_by_a_part_of_its_name(short):
    assert part_of(short, "The Verran Post")


@pytest.mark.parametrize("short", ["the Gazette", "the Evening Post", "Verran", ""])
def test_another_is_not_part_of_the_name(short):
    assert not part_of(short, "The Verran Post")
