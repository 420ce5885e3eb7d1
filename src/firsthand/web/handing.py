"""What somebody hands in, in a form or as JSON -> items that can be written down, or a refusal in one line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import BinaryIO

from fastapi import HTTPException
from starlette.datastructures import FormData, UploadFile

from firsthand.ingest.about import web_address
from firsthand.ingest.times import moment
from firsthand.library.submissions import PIECE, Item, Told
from firsthand.share.plain import one_line

MOST_CHARACTERS = 1_000_000
"""Of one pasted text: a long book has as many."""

MOST_ITEMS = 200
"""Addresses, or files, that are handed in at one time."""

LONGEST = 2_000
"""Characters of an address, a title, an outlet's name."""

WHEN = "an article can have been published; write it such as 2025-06-04 08:10."

SHOWN = 80
"""Characters of a text that it is called by."""

NOTHING = "Paste a text or an address, or choose a file."

NO_ADDRESS = (
    "Line {line}, “{text}”, is no address that begins with http:// or https://, as others are. Mend it or take it out; "
    "where this is the text of an article, take the addresses out."
)
"""Where half of the lines or more are addresses: an article that has so many is rarer than an address miswritten."""


def of_form(form: FormData) -> list[Item]:
    """What a form holds. Raises HTTPException 413 for what is too much, 422 for what is nothing or makes no sense."""
    pasted, told = field(form, "pasted"), _told(form)
    items = [*of_text(pasted, told), *_files(form)]
    if not items and told.url:
        items = [of_address(told.url)]
    return checked(items)


def checked(items: Sequence[Item]) -> list[Item]:
    """All of it. Raises HTTPException 413 where it is too much, 422 where it is nothing."""
    if not items:
        raise HTTPException(422, NOTHING)
    if len(items) > MOST_ITEMS:
        raise HTTPException(413, f"These are {len(items):,}; up to {MOST_ITEMS} are taken at one time.")
    return list(items)


def of_text(pasted: str, told: Told) -> Iterator[Item]:
    """What was pasted: the text of an article, or addresses, one on each line.

    Raises HTTPException 413 for too much, 422 for addresses among which there is something else.
    """
    _check_length(pasted)  # first: what is far too long takes much memory as lines
    lines = {number: line.strip() for number, line in enumerate(pasted.splitlines(), 1) if line.strip()}
    addresses = {number: found for number, line in lines.items() if (found := web_address(None, line))}
    others = [number for number in lines if number not in addresses]
    if addresses and len(addresses) >= len(others) > 0:
        raise HTTPException(422, NO_ADDRESS.format(line=others[0], text=_short_of(lines[others[0]])))
    if addresses and not others:
        yield from map(of_address, dict.fromkeys(addresses.values()))
    elif lines:
        yield text_item(pasted, told)


def text_item(text: str, told: Told) -> Item:
    """The text of an article. Raises HTTPException 413."""
    _check_length(text)
    name = one_line(told.title or text.strip().partition("\n")[0])
    content = text.encode("utf-8", "replace")
    return Item("text", name if len(name) <= SHOWN else f"{name[:SHOWN]}…", told, [content])


def _check_length(text: str) -> None:
    if len(text) > MOST_CHARACTERS:
        raise HTTPException(413, f"This text has more than {MOST_CHARACTERS:,} characters; hand it in as a file.")


def of_address(address: str) -> Item:
    """An address to be fetched. Raises HTTPException 422 where it is none of the web."""
    found = web_address(None, address)
    if found is None or len(found) > LONGEST:
        raise HTTPException(422, f"“{_short_of(address)}” is no address that begins with http:// or https://.")
    return Item("address", found)


def told_of(title: str | None, outlet: str | None, url: str | None, published: str | None) -> Told:
    """What somebody says of a text. Raises HTTPException 422 where it makes no sense."""
    short = (_short("title", title), _short("outlet", outlet))
    return Told(*short, of_address(url).name if url else None, _time(published))


def field(form: FormData, name: str) -> str:
    """A field's text; "" where there is none."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _told(form: FormData) -> Told:
    title, outlet, url, published = (field(form, name).strip() for name in ("title", "outlet", "url", "published"))
    return told_of(title, outlet, url, published)


def _short_of(text: str) -> str:
    return one_line(text)[:SHOWN]


def _short(name: str, said: str | None) -> str | None:
    if said and len(said) > LONGEST:
        raise HTTPException(422, f"The {name} is longer than {LONGEST:,} characters.")
    return one_line(said) or None if said else None


def _time(said: str | None) -> datetime | None:
    if not said or not said.strip():
        return None
    found = moment(said)
    if found is None:
        raise HTTPException(422, f"“{_short_of(said)}” is no time at which {WHEN}")
    return found


def _files(form: FormData) -> Iterator[Item]:
    for value in form.getlist("files"):
        if isinstance(value, UploadFile) and (value.size or value.filename):
            yield Item("file", file_name(value.filename or ""), content=_pieces(value.file))


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    file.seek(0)
    yield from iter(lambda: file.read(PIECE), b"")


def file_name(given: str) -> str:
    """The last part of a path, whatever system wrote it."""
    name = one_line(given.replace("\\", "/").rpartition("/")[2]).lstrip(".")
    return name[-200:] or "file"
