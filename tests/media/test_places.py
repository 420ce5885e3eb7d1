from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.media import places
from firsthand.model.media import Position


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("+48.0159+037.8028+169.000/", (48.0159, 37.8028, 169.0)),
        ("-12.25+037.5/", (-12.25, 37.5, None)),
        ("+4800.954+03748.168/", (48.0159, 37.8028, None)),
        ("+480057+0374810/", (48.01583, 37.80278, None)),
        ("+48.0159+037.8028+169.000CRSWGS_84/", (48.0159, 37.8028, 169.0)),
    ],
)
def test_iso_6709(text: str, place: tuple[float, float, float | None]) -> None:
    found = places.from_iso6709(text)
    assert found is not None
    assert found[:2] == pytest.approx(place[:2], abs=1e-4)
    assert found[2] == place[2]


@pytest.mark.parametrize("text", ["", "here", "48.0, 37.8", "+48", "+" + "9" * 300 + "+1/"])
def test_what_is_no_iso_6709(text: str) -> None:
    assert places.from_iso6709(text) is None


def test_figures_off_the_earth_and_nought_nought_are_no_place() -> None:
    assert places.position(91, 10) is None
    assert places.position(0, 0) is None
    assert places.position(float("nan"), 1) is None
    assert places.position(48.01, 37.8, 10**7, "x") == Position(48.01, 37.8, "x")


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("48.01, 37.80", (48.01, 37.8)),
        ("-48.01 -37.80", (-48.01, -37.8)),
        ("48.01 S, 37.80 W", (-48.01, -37.8)),
        ("48.01° N, 37.80° E", (48.01, 37.8)),
        ("99, 37", None),
        ("Donetsk", None),
    ],
)
def test_coordinates_as_people_write_them(text: str, pair: tuple[float, float] | None) -> None:
    assert places.coordinates(text) == pair


def test_distances() -> None:
    assert places.distance((52.52, 13.405), (48.8566, 2.3522)) == pytest.approx(877.5, abs=2)
    assert places.distance((0, 179.5), (0, -179.5)) == pytest.approx(111.2, abs=0.1)
    assert places.distance((10, 10), (10, 10)) == 0


@pytest.mark.parametrize("name", ["Berlin", "berlin", "Берлин", "ベルリン", "Berlin, Germany", "Berlin, DE"])
def test_a_town_is_known_by_any_of_its_names(name: str) -> None:
    assert (places.named(name)[0].name, places.named(name)[0].country) == ("Berlin", "DE")


def test_accents_are_not_needed() -> None:
    assert places.named("Zurich")[0].country == places.named("Zürich")[0].country == "CH"


def test_one_name_may_be_that_of_many_towns_largest_first() -> None:
    found = places.named("Paris")
    assert found[0].country == "FR"
    assert "US" in {place.country for place in found}
    assert {place.country for place in places.named("Paris, United States")} == {"US"}


@pytest.mark.parametrize("name", ["", "Vellmarkovia", "latitude", "*", "\x00", '"', "a" * 5000])
def test_a_name_that_no_town_has(name: str) -> None:
    assert places.named(name) == ()


def test_without_any_list_no_town_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "_list", lambda: None)
    assert places.named("Bern, Switzerland") == ()
    places.named.cache_clear()


def test_countries_and_their_codes() -> None:
    assert places.nation("Ukraine") == places.nation("ua") == places.nation("UKR") == places.Nation("Ukraine", "UA")
    assert places.nation("") is None
    assert places.country_name("UA") == "Ukraine"
    assert places.country_name("??") == "??"


def test_the_nearest_town() -> None:
    found = places.nearest(52.5, 13.4)
    assert found and found.country == "DE"
    far = places.nearest(0.0, -140.0)
    assert far is not None


@given(st.text(max_size=30))
def test_any_text_is_a_place_or_none(text: str) -> None:
    places.from_iso6709(text), places.coordinates(text)
