"""What the network of close reading is taught on: labelled attributions, as it will see them."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bench.data import read_jsonl
from bench.gold import BUILD, articles, gold
from firsthand.attribution.close import Window, window
from firsthand.attribution.decode import Floats
from firsthand.attribution.flags import STANCES, STEPS, flags
from firsthand.attribution.kinds import KINDS
from firsthand.attribution.rows import Rows
from firsthand.attribution.rules import said
from firsthand.attribution.surety import surety
from firsthand.attribution.tagger import Tagged, Tagger
from firsthand.attribution.tokens import Tokens, tokens
from firsthand.attribution.vectors import Vectors
from firsthand.model import Attribution, Spans

LABELS = Path(__file__).parent / "labels"
CUES = Path(__file__).parent / "made" / "cues.txt"
TRAIN, MADE = "polnear-train", "made"

CERTAINTIES = (*("fact" if a == 8 else str(a) if a == b else f"{a}-{b}" for a, b in STEPS), "denied", None)
"""The labels of certainty, in the order of the network's answers."""
SOURCES = (*KINDS, None)

HELD = 10
"""Of so many articles one is held out."""
CAREFUL = 3
"""How often a label counts that follows the guide's second edition or was judged again, beside a quick one."""

_STANCE = dict(zip("ADUQOR", STANCES, strict=True))
_KINDS = ("person", "organisation", "government", "unnamed", "document", "crowd", "outlet")
_KIND = dict(zip("poguxct", _KINDS, strict=True))
_MARKS = {"{": "source", "[": "cue", "<": "content"}
_CLOSING = {"}": "{", "]": "[", ">": "<"}

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Example:
    """What is seen of an attribution, and the numbers of its stance, certainty and kind; -1 where there is no label.

    rows: the table of word pieces, the same for all. times: how often it counts.
    """

    seen: Window
    rows: Rows
    flags: Floats
    answers: tuple[int, int, int]
    times: int
    held: bool


def examples() -> list[Example]:
    """All labelled attributions. Raises MissingData without the shared folder."""
    rows = sorted(_rows(), key=lambda both: (both[0]["set"], str(both[0]["id"])))
    return [_example(row, text) for row, text in rows if row["cue"]]


def _rows() -> Iterator[tuple[Row, str]]:
    """The labels with their texts: those of the guide's second edition first, so that the others do not repeat them."""
    texts, kinds = articles(TRAIN), _kinds()
    careful = [row | {"set": TRAIN, "times": CAREFUL} for row in read_jsonl(LABELS / "contents.jsonl")]
    build = [row | {"times": CAREFUL} for row in read_jsonl(gold("contents")) if row["half"] == BUILD]
    known = {(row["id"], str(row["cue"])) for row in careful}
    quick = [row for row in _quick(texts) if (row["id"], str(row["cue"])) not in known]
    for row in (*careful, *build, *quick):
        place = row["set"], str(row["id"]), *row["source"][:1]
        yield row | {"kind": kinds.get(str(place), row.get("kind", ""))}, articles(row["set"])[row["id"]]["text"]
    yield from ((row, row["text"]) for row in made(CUES.read_text(encoding="utf-8").splitlines()))


def _quick(texts: dict[str, Row]) -> Iterator[Row]:
    for article in read_jsonl(LABELS / "attributions.jsonl"):
        for number, stance, certainty, kind in article["labels"]:
            marks = texts[article["id"]]["attributions"][number]
            told = {"stance": stance, "certainty": certainty, "kind": kind}
            times = CAREFUL if number in article["again"] else 1
            yield marks | told | {"set": TRAIN, "id": article["id"], "times": times}


@cache
def _kinds() -> dict[str, str]:
    """The kinds of sources that were labelled for themselves, by set, article and span."""
    rows = (row for name in ("kinds", "sources") for row in read_jsonl(LABELS / f"{name}.jsonl"))
    return {str((row["set"], str(row["id"]), row["source"])): row["kind"] for row in rows}


def made(lines: Iterable[str]) -> Iterator[Row]:
    """Our own sentences: "STANCE CERTAINTY KIND | {source} [cue] <content>", in the letters of the file's first lines.

    Raises ValueError for a line that is not of this form.
    """
    for line in lines:
        if line and not line.startswith("#"):
            codes, marked = line.split(" | ", 1)
            stance, certainty, kind = codes.split()
            sure = {"f": "fact", "d": "denied", "35": "3-5", "n": None}.get(certainty, certainty)
            told = {"stance": _STANCE[stance], "certainty": sure, "kind": _KIND.get(kind)}
            yield told | _unmarked(marked) | {"set": MADE, "id": ""}


def _unmarked(marked: str) -> Row:
    text, spans = "", {name: list[list[int]]() for name in _MARKS.values()}
    open_: list[tuple[str, int]] = []
    for letter in marked:
        if letter in _MARKS:
            open_.append((letter, len(text)))
        elif letter in _CLOSING:
            mark, start = open_.pop() if open_ else ("", 0)
            if mark != _CLOSING[letter]:
                raise ValueError(f"{marked}: its marks do not close")
            spans[_MARKS[mark]].append([start, len(text)])
        else:
            text += letter
    if open_ or not spans["cue"]:
        raise ValueError(f"{marked}: no cue, or a mark that does not close")
    return {"text": text} | {name: sorted(found) for name, found in spans.items()}


def _example(row: Row, text: str) -> Example:
    attribution = Attribution(_spans(row["source"]), _spans(row["cue"]), _spans(row["content"]), 1.0)
    tagged, toks = _stretch(row["set"], str(row["id"]), text, attribution.cue[0][0])
    answers = STANCES.index(row["stance"]), CERTAINTIES.index(row["certainty"]), _number(row["kind"])
    held = row["set"] == TRAIN and zlib.crc32(row["id"].encode()) % HELD == 0
    cue = said(toks, attribution)
    told = flags(toks, attribution, cue, surety(toks, attribution, cue))
    return Example(window(tagged, attribution), _rows_of_pieces(), told, answers, row.get("times", 1), held)


def _number(kind: str | None) -> int:
    return -1 if kind == "" else SOURCES.index(kind)


def _spans(found: Any) -> Spans:
    """Spans, where a source may be a single one."""
    several = [found] if found and isinstance(found[0], int) else found or ()
    return tuple((start, end) for start, end in several)


def _stretch(set_: str, name: str, text: str, place: int) -> tuple[Tagged, Tokens]:
    """The stretch that holds a place, and its tokens."""
    return next(both for both in reversed(_stretches(set_, name, text)) if both[0].offset <= place)


@lru_cache(maxsize=8)
def _stretches(set_: str, name: str, text: str) -> list[tuple[Tagged, Tokens]]:
    return [(tagged, tokens(tagged.text, tagged.offset)) for tagged in _tagger().tag(text)]


@cache
def _tagger() -> Tagger:
    return Tagger.load()


@cache
def _rows_of_pieces() -> Rows:
    return Vectors.load(_tagger().tokenizer).rows
