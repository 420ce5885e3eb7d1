"""What the readers of one file gather. The first reader to tell a thing has the word; everything is bounded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from firsthand.model.media import Ingredient, MediaDate, MediaStream, Metadata, Position

from .dates import is_zero, iso
from .meanings import meaning
from .texts import MOST, clean

MOST_DATES, MOST_INGREDIENTS, MOST_TAGS, MOST_REMARKS, MOST_OTHERS = 300, 500, 300, 30, 64
"""More than any honest file was seen to have; a hostile one could have millions."""


@dataclass(slots=True)
class Record:
    """A Metadata in the making. `packets`: how many packets of XMP were read."""

    container: str = ""
    duration: float | None = None
    streams: list[MediaStream] = field(default_factory=list)
    dates: list[MediaDate] = field(default_factory=list)
    ingredients: list[Ingredient] = field(default_factory=list)
    positions: list[Position] = field(default_factory=list)
    maker: str | None = None
    model: str | None = None
    software: list[tuple[str, str]] = field(default_factory=list)
    tags: list[tuple[str, str]] = field(default_factory=list)
    thumbnail: float | None = None
    packets: int = 0
    remarks: list[str] = field(default_factory=list)

    def date(self, raw: str, what: str, where: str) -> bool:
        """A date as its field has it, with `at` None where it is zero; a tag where it is none. Whether it is a date."""
        raw, at = clean(raw, 64), iso(raw)
        if at is None and not is_zero(raw):
            self.tag(where, raw)
            return False
        return self.put_date(MediaDate(at, what, where, meaning(where, what), raw))

    def put_date(self, date: MediaDate) -> bool:
        """Keep a date, once. Whether there was room."""
        if len(self.dates) >= MOST_DATES:
            return False
        if date not in self.dates:
            self.dates.append(date)
        return True

    def program(self, name: str, where: str, most: int = 200) -> None:
        """A program that left its name; once, wherever else it stands too."""
        name = clean(name, most)
        told = any(name.casefold() in known.casefold() for known, _ in self.software)
        if name and not told and len(self.software) < MOST_OTHERS:
            self.software.append((name, where))

    def tag(self, name: str, value: str, most: int = MOST) -> None:
        """A field worth showing, `most` characters of it."""
        pair = clean(name, 120), clean(value, most)
        if pair[1] and len(self.tags) < MOST_TAGS and pair not in self.tags:
            self.tags.append(pair)

    def position(self, position: Position | None) -> None:
        """A place, once: the same to a ten-thousandth of a degree, some ten metres, is the same."""
        if position is None or len(self.positions) >= MOST_OTHERS:
            return
        told = {(round(one.latitude, 4), round(one.longitude, 4)) for one in self.positions}
        if (round(position.latitude, 4), round(position.longitude, 4)) not in told:
            self.positions.append(position)

    def stream(self, stream: MediaStream) -> None:
        """A stream of the container."""
        if len(self.streams) < MOST_OTHERS:
            self.streams.append(stream)

    def made_from(self, ingredients: Iterable[Ingredient]) -> None:
        """Steps and clips of the editing history."""
        for one in ingredients:
            if len(self.ingredients) < MOST_INGREDIENTS and one not in self.ingredients:
                self.ingredients.append(one)

    def remark(self, text: str) -> None:
        """What could not be read, in one line."""
        text = clean(text, 200)
        if len(self.remarks) < MOST_REMARKS and text not in self.remarks:
            self.remarks.append(text)

    def finished(self) -> Metadata:
        """The record, closed."""
        return Metadata(
            container=self.container,
            duration=self.duration,
            streams=tuple(self.streams),
            dates=tuple(self.dates),
            ingredients=tuple(self.ingredients),
            positions=tuple(self.positions),
            device=_device(self.maker, self.model),
            software=tuple(self.software),
            tags=tuple(self.tags),
            thumbnail=self.thumbnail,
            remarks=tuple(self.remarks),
        )


def _device(maker: str | None, model: str | None) -> str | None:
    """Maker and model in one; many models begin with their maker already."""
    maker, model = clean(maker or "", 100), clean(model or "", 100)
    if maker and model and not model.casefold().startswith(maker.split()[0].casefold()):
        return f"{maker} {model}"
    return model or maker or None
