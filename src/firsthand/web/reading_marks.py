"""A part of a text and what was read in it -> paragraphs of bits, each of which has the same roles throughout.

What was read gets keys that the page shows: attributions "1", "2" ... in the order of the text, the outlet's own
statements "a", "b" ..., credits "w1", "w2" ...
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from operator import itemgetter

from firsthand.library.showing import Read
from firsthand.model import Attribution, Span, Spans
from firsthand.share.marks import ALL_ROLES, Piece, paragraphs
from firsthand.share.page import has_lines
from firsthand.web.parts import Part

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bit:
    """A stretch of text between two boundaries of anything.

    `at` is its offset where a statement begins with it, for links that lead there, else None. `source`, `cue`,
    `content`, `deciding`, `own` and `credit` are the keys of what it is that in. `notes` are the keys whose note is
    referred to right after it. `classes` are names for the style sheet.
    """

    text: str
    at: int | None
    source: Keys
    cue: Keys
    content: Keys
    deciding: Keys
    own: Keys
    credit: Keys
    notes: Keys
    classes: str

    @property
    def marked(self) -> bool:
        """Whether it is anything beside text."""
        return bool(self.classes or self.deciding or self.own or self.credit or self.at is not None)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Some bits; `span` is where they stand; `lines` says that line ends mean something in it."""

    bits: tuple[Bit, ...]
    span: Span
    lines: bool

    @property
    def notes(self) -> Keys:
        """Of what is referred to in it, in the order of the text."""
        return tuple(key for bit in self.bits for key in bit.notes)


def letters(number: int) -> str:
    """The key of an own statement by its number, from 0: a, b ... z, aa, ab ..."""
    head, last = divmod(number, 26)
    return (letters(head - 1) if head else "") + chr(ord("a") + last)


def keys(read: Read) -> Keys:
    """The keys of all that was read in a part: of attributions, statements, credits."""
    said = (str(number + 1) for number in read.numbers)
    own = (letters(number) for number in range(len(read.marks.statements)))
    return (*said, *own, *(f"w{number + 1}" for number in range(len(read.marks.credits))))


def marked(text: str, part: Part, read: Read | None) -> Iterator[Paragraph]:
    """The paragraphs of a part of a text."""
    marks = read.marks if read else None
    items = (marks.attributions, marks.statements, marks.credits) if marks else ((), (), ())
    known, places = (keys(read), _places(read)) if read else ((), _Places([], []))
    for span, pieces in zip(part.paragraphs, paragraphs(text, *items, within=part.paragraphs), strict=True):
        inside = _Inside(known, *places.within(span))
        bits = tuple(bit for piece in pieces for bit in inside.bits(piece))
        yield Paragraph(bits, span, has_lines(pieces))


@dataclass(frozen=True, slots=True)
class _Places:
    """Where anything begins that a link may lead to; and where notes are referred to: where what has them begins, where
    the reference stands, and the key. Both in order.
    """

    starts: list[int]
    references: list[tuple[int, int, str]]

    def within(self, span: Span) -> tuple[frozenset[int], dict[int, Keys]]:
        """Those of a paragraph; a reference that would stand beyond it stands at its end."""
        starts = self.starts[bisect_left(self.starts, span[0]) : bisect_left(self.starts, span[1])]
        here: dict[int, Keys] = {}
        first = bisect_left(self.references, span[0], key=itemgetter(0))
        for begin, end, key in self.references[first:]:
            if begin >= span[1]:
                break
            end = min(end, span[1])
            here[end] = (*here.get(end, ()), key)
        return frozenset(starts), here


def _places(read: Read) -> _Places:
    marks = read.marks
    starts = [spans for one in marks.attributions for spans in _of(one)]
    starts += [(one.span,) for one in marks.statements]
    first = [one.cue or one.content or one.source for one in marks.attributions]
    first += [(one.span,) for one in marks.statements]
    first += [one.spans for one in marks.credits]
    references = [(*spans[0], key) for spans, key in zip(first, keys(read), strict=True) if spans]
    return _Places(sorted({spans[0][0] for spans in starts if spans}), sorted(references))


def _of(one: Attribution) -> Iterator[Spans]:
    yield from (one.source, one.cue, one.content)
    if one.inner:
        yield from _of(one.inner)


@dataclass(frozen=True, slots=True)
class _Inside:
    """What it takes to cut the pieces of one paragraph: the keys, where links lead to, where notes are referred to."""

    known: Keys
    starts: Collection[int]
    references: Mapping[int, Keys]

    def bits(self, piece: Piece) -> Iterator[Bit]:
        """A piece, cut where something begins or is referred to within it."""
        end = piece.start + len(piece.text)
        places = chain(self.starts, self.references)
        for start, stop in pairwise(sorted({piece.start, end, *(at for at in places if piece.start < at < end)})):
            text = piece.text[start - piece.start : stop - piece.start]
            yield self._bit(piece, text, start, first=start == piece.start, last=stop == end)

    def _bit(self, piece: Piece, text: str, start: int, *, first: bool, last: bool) -> Bit:
        return Bit(
            text,
            start if start in self.starts else None,
            **{role: self._keys(getattr(piece, role)) for role in ALL_ROLES},
            notes=self.references.get(start + len(text), ()),
            classes=_classes(piece, opens=piece.opens and first, closes=piece.closes and last),
        )

    def _keys(self, numbers: Sequence[int]) -> Keys:
        return tuple([self.known[number] for number in numbers]) if numbers else ()


def _classes(piece: Piece, *, opens: bool, closes: bool) -> str:
    names = [role for role in ("source", "cue", "content") if getattr(piece, role)]
    edges = [name for name, wanted in (("opens", opens), ("closes", closes)) if wanted]
    return " ".join([*names, *edges, *(["deep"] if len(piece.content) > 1 else [])])
