"""What the network of senses is taught on: labelled attributions, as it will see them."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from bench.data import read_jsonl, shared
from bench.gold import BUILD, articles, gold
from firsthand.attribution.decode import Floats
from firsthand.attribution.flags import STANCES
from firsthand.attribution.pool import Pool
from firsthand.attribution.rules import said
from firsthand.attribution.senses import traits
from firsthand.attribution.tagger import Tagger
from firsthand.attribution.tokens import Tokens, tokens
from firsthand.model import Attribution, Spans
from training.cues import CERTAINTIES, CUES, SOURCES, Row, made
from training.sense_teacher import Shown, Texts

LABELS = Path(__file__).parent / "labels"
TRAIN = "polnear-train"
GOLD = "sources", "contents", "chains", "credits"
UNLABELLED = "data/helsinki/articles.jsonl", "data/emergent/articles.dev.jsonl"

HELD = 10
"""Of so many articles one is held out."""
CAREFUL = 3
"""How often a label counts that follows the guide's second edition or was judged again, beside a quick one."""


@dataclass(frozen=True, slots=True)
class Example:
    """What is seen of an attribution, and the numbers of its stance, certainty and kind; -1 where there is no label.

    seen: what the network of senses sees; shown: what its teacher does. times: how often it counts.
    """

    seen: Floats
    shown: Shown
    answers: tuple[int, int, int]
    times: int
    held: bool


def examples() -> list[Example]:
    """All labelled attributions. Raises MissingData without the shared folder."""
    rows = sorted(_rows(), key=lambda both: (both[0]["set"], str(both[0]["id"])))
    return [_example(row, text) for row, text in rows if row["cue"]]


def unlabelled() -> Iterator[Example]:
    """What the tagger finds in the articles of Helsinki that no gold file holds, and in those of Emergent dev."""
    known = {str(row["id"]) for name in GOLD for row in read_jsonl(gold(name))}
    for file in UNLABELLED:
        for article in read_jsonl(shared().file(file)):
            if str(article["id"]) not in known:
                yield from _found(file, str(article["id"]), article["text"])


def _found(set_: str, name: str, text: str) -> Iterator[Example]:
    for tagged, (_, pool, toks) in zip(_tagger().tag(text), _stretches(set_, name, text), strict=True):
        for one in tagged.attributions:
            seen = traits(pool, toks, one, said(toks, one))
            yield Example(seen, _texts().shown(text, one), (-1, -1, -1), 1, held=False)


def _rows() -> Iterator[tuple[Row, str]]:
    """The labels with their texts: those of the guide's second edition first, so that the others do not repeat them."""
    texts, kinds = articles(TRAIN), _kinds()
    careful = [row | {"set": TRAIN, "times": CAREFUL} for row in read_jsonl(LABELS / "contents.jsonl")]
    build = [row | {"times": CAREFUL} for row in read_jsonl(gold("contents")) if row["half"] == BUILD]
    known = {(row["id"], str(row["cue"])) for row in careful}
    quick = {(row["id"], str(row["cue"])): row for row in _quick(texts)}
    for row in (*careful, *build, *(row for key, row in quick.items() if key not in known)):
        place = row["set"], str(row["id"]), *row["source"][:1]
        told = quick.get((row["id"], str(row["cue"])), row).get("kind", "")
        yield row | {"kind": kinds.get(str(place), told)}, articles(row["set"])[row["id"]]["text"]
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


def _example(row: Row, text: str) -> Example:
    attribution = Attribution(_spans(row["source"]), _spans(row["cue"]), _spans(row["content"]), 1.0)
    pool, toks = _stretch(row["set"], str(row["id"]), text, attribution.cue[0][0])
    answers = STANCES.index(row["stance"]), CERTAINTIES.index(row["certainty"]), _number(row["kind"])
    held = row["set"] == TRAIN and zlib.crc32(row["id"].encode()) % HELD == 0
    seen, shown = traits(pool, toks, attribution, said(toks, attribution)), _texts().shown(text, attribution)
    return Example(seen, shown, answers, row.get("times", 1), held)


def _number(kind: str | None) -> int:
    return -1 if kind == "" else SOURCES.index(kind)


def _spans(found: Any) -> Spans:
    """Spans, where a source may be a single one."""
    several = [found] if found and isinstance(found[0], int) else found or ()
    return tuple((start, end) for start, end in several)


def _stretch(set_: str, name: str, text: str, place: int) -> tuple[Pool, Tokens]:
    """What the encoder made of the stretch that holds a place, and its tokens."""
    stretches = reversed(_stretches(set_, name, text))
    return next((pool, toks) for offset, pool, toks in stretches if offset <= place)


@lru_cache(maxsize=8)
def _stretches(set_: str, name: str, text: str) -> list[tuple[int, Pool, Tokens]]:
    return [(one.offset, Pool(one), tokens(one.text, one.offset)) for one in _tagger().tag(text)]


@cache
def _texts() -> Texts:
    return Texts()


@cache
def _tagger() -> Tagger:
    return Tagger.load()
