"""Which paragraphs have their wording from others, and where that is said."""

from __future__ import annotations

import random
import time
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any, cast

from firsthand.library.records import Entry
from firsthand.library.showing import Related, Shown
from firsthand.model import Alignment, Derivation, Span
from firsthand.web.rails import SOME, WHOLE, Rail, rails
from firsthand.web.reading_marks import Paragraph

HERE = "here"
NOW = datetime(2031, 4, 8, tzinfo=UTC)


def related(name: str, *spans: Span, later: bool = False) -> Related:
    """Another article that shares these stretches of the one that is shown; it is the later one, or not."""
    passages = tuple(Alignment(span, span) for span in spans)
    pair = (HERE, name) if later else (name, HERE)
    found = Derivation(*pair, "copy", 0.5, "time", passages, pair[0], "why")
    return Related(found, Entry(name, NOW, NOW, 1, name, name, NOW, "en", None, "", ""), 1)


def shown(*, earlier: Any = (), either: Any = (), later: Any = ()) -> Shown:
    stored = SimpleNamespace(article=SimpleNamespace(id=HERE))
    return cast(Shown, SimpleNamespace(stored=stored, earlier=earlier, either=either, later=later))


def paragraphs(*lengths: int) -> list[Paragraph]:
    found, start = list[Paragraph](), 0
    for length in lengths:
        found.append(Paragraph((), (start, start + length), lines=False))
        start += length + 2
    return found


def kinds(found: list[Rail | None]) -> list[str]:
    return [f"{rail.kind}{'' if rail.whole else '?'}" if rail else "" for rail in found]


def names(found: list[Rail | None]) -> list[str]:
    """Whom the labels name."""
    labels = (rail.label if rail else None for rail in found)
    return [
        " ".join(one.other.id for one in (*label.earlier, *label.either, *label.later)) if label else ""
        for label in labels
    ]


def test_a_run_is_named_once_where_it_begins() -> None:
    found = rails(shown(earlier=[related("agency", (0, 304))]), paragraphs(100, 100, 100, 100))
    assert kinds(found) == ["from", "from", "from", ""]
    assert names(found) == ["agency", "", "", ""]


def test_a_part_of_a_paragraph_is_told_from_all_of_it_and_a_word_is_nothing() -> None:
    others = [related("agency", (0, 95), (102, 140), (204, 209))]
    assert kinds(rails(shown(earlier=others), paragraphs(100, 100, 100))) == ["from", "from?", ""]


def test_a_paragraph_of_its_own_does_not_end_a_run_and_three_do() -> None:
    one = [related("agency", (0, 100), (204, 304))]
    assert names(rails(shown(earlier=one), paragraphs(*[100] * 3))) == ["agency", "", ""]
    far = [related("agency", (0, 100), (408, 508))]
    assert names(rails(shown(earlier=far), paragraphs(*[100] * 5))) == ["agency", "", "", "", "agency"]


def test_another_source_is_named_anew_and_others_with_the_first() -> None:
    found = rails(
        shown(
            earlier=[related("agency", (0, 202)), related("rival", (204, 304))],
            either=[related("twin", (102, 202))],
            later=[related("copy", (0, 500), later=True), related("copy too", (0, 100), later=True)],
        ),
        paragraphs(*[100] * 4),
    )
    assert kinds(found) == ["from", "from", "from", "in"]
    assert names(found) == ["agency twin copy copy too", "", "rival copy", "copy"]


def test_it_is_as_if_each_were_measured_by_itself() -> None:
    rng = random.Random(3)
    for _ in range(50):
        text = paragraphs(*(rng.randint(1, 40) for _ in range(rng.randint(1, 12))))
        end = text[-1].span[1]
        spans = [tuple(sorted(rng.sample(range(end + 2), 2))) for _ in range(rng.randint(0, 6))]
        found = rails(shown(earlier=[related("agency", *cast(list[Span], spans))]), text)
        for rail, paragraph in zip(found, text, strict=True):
            here = range(*paragraph.span)
            share = sum(any(a <= at < b for a, b in spans) for at in here) / len(here)
            assert (rail is not None) == (share > SOME)
            assert rail is None or rail.whole == (share >= WHOLE)


def test_two_hundred_others_take_no_time() -> None:
    text = paragraphs(*[60] * 1_000)
    passages = [(start, start + 30) for start in range(0, 60_000, 120)]
    others = [related(str(number), *passages, later=True) for number in range(200)]
    begun = time.monotonic()
    assert len(names(rails(shown(later=others), text))) == 1_000
    assert time.monotonic() - begun < 5
