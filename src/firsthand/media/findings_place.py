"""Where a file says that it was made, beside the claimed place."""

from __future__ import annotations

from collections.abc import Iterator

from firsthand.model.media import Claimed, Finding, Metadata, Position

from .places import Nation, Place, coordinates, country_name, distance, named, nation, nearest
from .stating import stated, unmeasured

NEAR_KM = 30.0
"""How far from the middle of a town a place may lie and still fit its name: the largest cities reach so far. Set by
reasoning, on no data."""

EXACT_KM = 2.0
"""The same of a claim that gives coordinates: what a rounded figure or a poor fix is off. Set by reasoning
as well."""


def of(metadata: Metadata, claimed: Claimed) -> Iterator[Finding]:
    """The distance of each position from the claimed place; of none, that there is none."""
    if not metadata.positions:
        if claimed.place:
            part = "What could be read of the file" if metadata.remarks else "The file"
            yield unmeasured("place", f"{part} carries no position: where it was made cannot be told from it")
        return
    for one in metadata.positions[:8]:
        yield _beside(one, claimed.place) if claimed.place else _plainly(one)


def _beside(one: Position, place: str) -> Finding:
    if exact := coordinates(place):
        return _distance(one, exact, f"the claimed place ({place.strip()})", EXACT_KM, [])
    if not any(map(str.isalpha, place)):
        says = f"The claimed place “{place[:80]}” is no name, and no latitude and longitude on Earth"
        return unmeasured("place", says, one.where, _facts(one))
    towns = named(place.strip())
    land = nation(place.strip())
    if land is not None and not (towns and _here(one, towns[0]) <= NEAR_KM):
        return _in_country(one, land)
    if not towns:
        says = f"The claimed place “{place[:80]}” is in no list of towns: "
        says += f"its distance from {_figures(one)} was not measured"
        return unmeasured("place", says, one.where, [*_facts(one), *_nearest(one)])
    return _from_town(one, place, towns)


def _from_town(one: Position, place: str, towns: tuple[Place, ...]) -> Finding:
    """The distance from the nearest town of the name where that fits it, else from the largest."""
    best, first, count = min(towns, key=lambda town: _here(one, town)), towns[0], len(towns)
    extra = [("claimed place", place[:80]), ("places of that name", str(count))]
    if _here(one, best) <= NEAR_KM:
        name = _name(best) + (f" (the nearest of {count} places of that name)" if count > 1 else "")
        extra += [("the largest", f"{_name(first)}, {_km(_here(one, first))}")]
        return _distance(one, (best.latitude, best.longitude), name, NEAR_KM, extra)
    name = _name(first)
    if best == first:
        name += f", the nearest and the largest of {count} places of that name" if count > 1 else ""
    else:
        name += f", and {_km(_here(one, best))} from {_name(best)}, the nearest of {count} places of that name"
    return _distance(one, (first.latitude, first.longitude), name, NEAR_KM, extra)


def _name(town: Place) -> str:
    return f"{town.name}, {country_name(town.country)}"


def _distance(
    one: Position, there: tuple[float, float], name: str, near: float, extra: list[tuple[str, str]]
) -> Finding:
    km = distance((one.latitude, one.longitude), there)
    fits = km <= near
    says = (
        f"Its position is {_km(km)} from {name}"
        + (", which fits it" if fits else "")
        + f" ({one.where}: {_figures(one)})"
    )
    facts = [("distance", _km(km)), ("fits up to", _km(near)), *extra, *_facts(one), *_nearest(one)]
    return stated("place", "plain" if fits else "at odds", says, one.where, facts)


def _in_country(one: Position, land: Nation) -> Finding:
    """Borders are not known here: the country of the nearest town stands for that of the place."""
    town = nearest(one.latitude, one.longitude)
    if town is None:
        return unmeasured("place", f"In which country {_figures(one)} lies was not found", one.where, _facts(one))
    away = _here(one, town)
    fits = town.country == land.code
    says = f"Its position is {_km(away)} from {town.name}, {country_name(town.country)}, the nearest town of size"
    says += f", which fits {land.name}" if fits else f"; the claimed place is {land.name}"
    facts = [
        ("claimed place", land.name),
        ("borders", "not known here: the nearest town stands for them"),
        *_facts(one),
    ]
    return stated("place", "plain" if fits else "notable", f"{says} ({one.where}: {_figures(one)})", one.where, facts)


def _plainly(one: Position) -> Finding:
    near = "".join(f", {words}, the nearest town of size" for _, words in _nearest(one))
    says = f"Its position is {_figures(one)}{near} ({one.where})"
    return stated("place", "plain", says, one.where, [*_facts(one), *_nearest(one)])


def _here(one: Position, town: Place) -> float:
    return distance((one.latitude, one.longitude), (town.latitude, town.longitude))


def _nearest(one: Position) -> list[tuple[str, str]]:
    town = nearest(one.latitude, one.longitude)
    return [("nearest town of 15,000", f"{_km(_here(one, town))} from {_name(town)}")] if town else []


def _figures(one: Position) -> str:
    return f"{one.latitude:.4f}, {one.longitude:.4f}"


def _km(km: float) -> str:
    return f"{km * 1000:.0f} m" if km < 1 else f"{km:.1f} km" if km < 10 else f"{km:,.0f} km"


def _facts(one: Position) -> list[tuple[str, str]]:
    height = [("altitude", f"{one.altitude:.0f} m")] if one.altitude is not None else []
    return [("position", _figures(one)), *height]
