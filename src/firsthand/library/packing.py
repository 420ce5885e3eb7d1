"""Records of `firsthand.model` as JSON that takes little room, and back without loss.

A record is an object of those fields that are not as their defaults; so a record may gain a field that has a default,
and what was written before can still be read. Bytes become text, character by byte.
"""

from __future__ import annotations

import json
import types
import zlib
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from datetime import datetime
from functools import cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

Record = TypeVar("Record")
_Change = Callable[[Any], Any]
_Atoms = Mapping[Any, _Change]

_LEVEL = 6
"""Of zlib: a reading takes an eighth of its JSON; a sixth more at 1, a hundredth less at 9 (40 of Helsinki)."""


def packed(record: object) -> str:
    """The record as JSON. Raises TypeError for what is no record."""
    kind: Any = type(record)
    return json.dumps(_writer(kind)(record), ensure_ascii=False, separators=(",", ":"))


def unpacked(kind: type[Record], written: str) -> Record:
    """The record that `packed` wrote."""
    asked: Any = kind
    found: Record = _reader(asked)(json.loads(written))
    return found


def built(kind: type[Record], value: Any) -> Record:
    """The record that a value of parsed JSON stands for, as `packed` writes it."""
    asked: Any = kind
    found: Record = _reader(asked)(value)
    return found


def squeezed(record: object) -> bytes:
    """As `packed`, compressed."""
    return zlib.compress(packed(record).encode(errors="surrogatepass"), _LEVEL)


def unsqueezed(kind: type[Record], written: bytes) -> Record:
    """The record that `squeezed` wrote."""
    return unpacked(kind, zlib.decompress(written).decode(errors="surrogatepass"))


@cache
def _writer(kind: Any) -> _Change:
    return _change(kind, _WRITTEN, _record_writer, _writer)


@cache
def _reader(kind: Any) -> _Change:
    return _change(kind, _READ, _record_reader, _reader)


def _change(kind: Any, atoms: _Atoms, of_record: Callable[[Any], _Change], again: Callable[[Any], _Change]) -> _Change:
    """What writes, or reads, values of a type as it is annotated."""
    if kind in atoms:
        return atoms[kind]
    if is_dataclass(kind):
        return of_record(kind)
    if get_origin(kind) in (Union, types.UnionType):
        return _optional(again(next(one for one in get_args(kind) if one is not types.NoneType)))
    if get_origin(kind) is tuple:
        return _several(get_args(kind), again)
    if get_origin(kind) is Literal:
        return _same
    raise TypeError(f"{kind} cannot be written down")


def _same(value: Any) -> Any:
    return value


_PLAIN = dict.fromkeys((str, int, float, bool), _same)
_WRITTEN: _Atoms = _PLAIN | {datetime: datetime.isoformat, bytes: lambda value: value.decode("latin-1")}
_READ: _Atoms = _PLAIN | {datetime: datetime.fromisoformat, bytes: lambda value: value.encode("latin-1")}


def _optional(change: _Change) -> _Change:
    return change if change is _same else lambda value: None if value is None else change(value)


def _several(kinds: tuple[Any, ...], again: _Change) -> _Change:
    """Of a tuple: of any number of one type (tuple[X, ...]), or with a type for each place."""
    if len(kinds) == 2 and kinds[1] is Ellipsis:
        change = again(kinds[0])
        return tuple if change is _same else lambda values: tuple(map(change, values))
    changes = tuple(map(again, kinds))
    if set(changes) == {_same}:
        return tuple
    return lambda values: tuple(change(value) for change, value in zip(changes, values, strict=True))


def _record_writer(kind: Any) -> _Change:
    @cache  # when it is asked for, not before: a record may hold others of its kind
    def each() -> list[tuple[str, Any, _Change]]:
        hints = get_type_hints(kind)
        return [(one.name, one.default, _writer(hints[one.name])) for one in fields(kind)]

    def write(record: Any) -> dict[str, Any]:
        values = ((name, default, change, getattr(record, name)) for name, default, change in each())
        return {name: change(value) for name, default, change, value in values if value != default}

    return write


def _record_reader(kind: Any) -> _Change:
    assert all(one.default_factory is MISSING for one in fields(kind))

    @cache
    def each() -> dict[str, _Change]:
        hints = get_type_hints(kind)
        return {one.name: _reader(hints[one.name]) for one in fields(kind)}

    return lambda row: kind(**{name: each()[name](value) for name, value in row.items()})
