from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from bench import media, media_readme, media_scoring
from bench.data import Record


def asked(path: str, **fields: Any) -> Record:
    record: Record = {
        "path": path,
        "role": "query",
        "kind": "cropped",
        "medium": "video",
        "reference": "a",
        "sound": True,
    }
    return record | {"here": [0.0, 6.0], "there": [2.0, 8.0]} | fields


def match(kind: str = "pictures", reference: str = "a", **fields: float) -> Record:
    where = {"start": 0.0, "end": 6.0, "reference_start": 2.0, "reference_end": 8.0}
    return {"kind": kind, "reference": reference} | where | fields


def result(path: str, *matches: Record) -> Record:
    return {"path": path, "matches": list(matches), "cpu": {"pictures": 0.5}}


RECORDS = [
    asked("q1"),
    asked("q2"),
    asked("q3", sound=False),
    asked("q4"),
    asked("s1", kind="still", medium="picture", here=[0, 0], there=[5.0, 5.0], sound=False),
    asked("h1", kind="sound, clean", medium="sound"),
    asked("u1", role="unrelated", kind="film", reference=None),
    asked("u2", role="unrelated", kind="sound", medium="sound", reference=None),
    asked("n1", role="near miss", kind="filmed again"),
]
RESULTS = [
    result("q1", match(), match("sound", start=0.4)),
    result("q2", match("place", start=0.5, reference_end=9.0)),
    result("q3", match("place", "b")),
    result("q4", match(start=7.0, end=9.0)),
    result("s1", match(start=0, end=0, reference_start=5.5, reference_end=7.0)),
    result("h1", match("sound")),
    result("u1"),
    result("u2", match("sound", "b")),
    result("n1", match("place")),
]
PEER = {"q1": ["a"], "q2": ["b"]}


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    return media_scoring.figures(RECORDS, RESULTS, PEER)


def test_a_query_is_found_where_its_reference_is_named_at_its_place(figures: dict[str, Any]) -> None:
    cropped = figures["kinds"]["cropped"]
    assert cropped["n"] == 4
    assert cropped["pictures"] == 25.0
    assert cropped["with deep"] == 50.0
    assert cropped["vPDQ"] == 25.0


def test_sound_is_looked_for_only_where_it_is(figures: dict[str, Any]) -> None:
    assert figures["kinds"]["cropped"]["sound"] == pytest.approx(100 / 3)
    assert figures["kinds"]["still"]["sound"] is None
    assert figures["kinds"]["sound, clean"] == {
        "n": 1,
        "pictures": None,
        "with deep": None,
        "sound": 100.0,
        "vPDQ": None,
    }


def test_any_claim_of_what_is_unrelated_is_false(figures: dict[str, Any]) -> None:
    assert figures["unrelated"] == {
        "n": 2, "pictures": [], "with deep": [], "sound": ["u2"], "any": ["u2"], "vPDQ": [],
    }  # fmt: skip
    assert figures["near misses"]["filmed again"]["with deep"] == ["n1"]


def test_another_reference_is_told_apart(figures: dict[str, Any]) -> None:
    assert figures["wrong reference"] == {"pictures": [], "place": ["q3"], "sound": []}


def test_ranges_count_both_ends_in_both_files(figures: dict[str, Any]) -> None:
    stages = figures["ranges"]["stages"]
    assert stages["pictures"]["both"] == {"n": 4, "median": 0.0, "p90": 0.0, "within 0.5 s, per cent": 100.0}
    assert stages["with deep"]["in the reference"]["n"] == 4
    assert stages["with deep"]["in the reference"]["p90"] == pytest.approx(0.7)
    assert stages["sound"]["in the query"]["within 0.5 s, per cent"] == 100.0


def test_a_still_lies_within_the_range_or_misses_it(figures: dict[str, Any]) -> None:
    assert figures["ranges"]["stills"]["median"] == 0.5


def test_without_vpdq_its_column_is_empty() -> None:
    found = media_scoring.figures(RECORDS, RESULTS, None)
    assert found["kinds"]["cropped"]["vPDQ"] is None
    assert found["unrelated"]["vPDQ"] is None


SPEED = {
    "times real time": {"pictures": {"one process": 60.0, "two processes": 110.0}},
    "two hours, MiB": {"pictures": 300.0},
    "search": {"hashes": 10_000_000, **{length: {"hashes": 900, "s": 1.5} for length in ("12 s", "60 s")}},
}


def test_tables_show_what_was_measured(figures: dict[str, Any]) -> None:
    results = figures | {"references": 2, "queries": 9, "seconds": 60.0, "hours of queries": 1.0, "speed": SPEED}
    console = Console(width=140, file=StringIO())
    for part in media.tables(results):
        console.print(part)
    shown = console.file.getvalue()  # type: ignore[attr-defined]
    for words in ("9 queries against 2", "cropped", "near: filmed again", "300 MiB", "10,000,000 hashes", "50.0"):
        assert words in shown


def test_the_readme_shows_the_same(figures: dict[str, Any]) -> None:
    shown = "\n".join(media_readme.lines(figures | {"speed": SPEED}))
    assert "| cropped | 4 | 90 | 25.0 | 50.0 | 33.3 | 25.0 |" in shown
    assert "Of 2 unrelated queries something is claimed of 1; of 1 near misses" in shown
    assert "pictures 300 MiB. A minute is sought among ten million hashes in 1.5 s." in shown
    assert list(media_readme.lines({})) == []
