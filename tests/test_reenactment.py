"""The two stagings of February 2022, with files of our own: both are told in the first lines of the report.

Nothing is faked here: real files, the confined processes, the archive, what the commands write.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from firsthand.checking import Asked, add, check
from firsthand.cli import media_writers
from firsthand.cli.output import Output
from firsthand.library import Library
from firsthand.model import Claimed, MediaReport
from tests import staged

CLAIMED = Asked(Claimed(staged.SPOKEN_OF, "Larkmoor"))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("staged")


@pytest.fixture(scope="module")
def library(folder: Path) -> Iterator[Library]:
    """An archive that has the older clip, and another beside it."""
    with Library.open(folder / "l.db", create=True) as made:
        add(made, staged.older(folder), "ida", origin="https://clips.example/vellmark-2010")
        yield made


@pytest.fixture(scope="module")
def address(library: Library, folder: Path) -> MediaReport:
    return check(library, staged.address(folder), CLAIMED)


@pytest.fixture(scope="module")
def saboteurs(library: Library, folder: Path) -> MediaReport:
    return check(library, staged.saboteurs(folder), CLAIMED)


def written(report: MediaReport, form: str, folder: Path) -> str:
    """As the command writes it."""
    path = folder / f"report.{form}"
    with Output(str(path)) as output:
        media_writers.write([report], form, output)
    return path.read_text()


def first_lines(report: MediaReport, form: str, folder: Path) -> list[str]:
    """What one reads before what is only for the record; of JSON, the first three findings."""
    whole = written(report, form, folder)
    if form == "json":
        return [one["says"] for one in json.loads(whole)[0]["findings"][:3]]
    if form == "html":
        whole = re.sub("<style>.*?</style>|<[^>]+>", "\n", whole, flags=re.DOTALL)
    lines = [line.strip() for line in whole.splitlines() if line.strip()]
    return lines[: lines.index("For the record")]


def test_the_address_was_created_two_days_before_the_day_it_speaks_of(address: MediaReport) -> None:
    one = address.findings[0]
    assert (one.check, one.standing) == ("dates", "at odds")
    assert "2 days before" in one.says
    assert "2022-02-16" in one.says
    assert not [found for found in address.findings if found.match]


def test_the_saboteurs_sound_is_that_of_the_older_clip(saboteurs: MediaReport) -> None:
    (one,) = [found for found in saboteurs.findings[:3] if found.check == "sound"]
    assert one.standing == "at odds"
    assert one.says.startswith("Sound only: its sound from 0:0")
    assert f"and not its pictures, is also in “{staged.OLDER_NAME}”" in one.says
    assert "whose own record says 2010-04-07 09:00 UTC, before the claimed time" in one.says
    match = one.match
    assert match
    assert (match.start, match.end) == pytest.approx((3, 12), abs=0.5)
    assert (match.reference_start, match.reference_end) == pytest.approx((2, 11), abs=0.5)
    assert not [found for found in saboteurs.findings if found.match and found.match.kind != "sound"]


def test_the_saboteurs_history_names_the_older_clip_with_its_folder(saboteurs: MediaReport) -> None:
    told = [found.says for found in saboteurs.findings[:3] if found.check == "history"]
    assert any(f"“{staged.OLDER_NAME}” in the folder {staged.OLDER_FOLDER}" in says for says in told)
    assert any("9 days" in says and "before the claimed time" in says for says in told)


def test_frames_of_both_stand_side_by_side(saboteurs: MediaReport) -> None:
    (pair,) = saboteurs.pairs
    assert len(pair.here) == len(pair.there) == 6
    assert all(one.jpeg.startswith(b"\xff\xd8") for one in (*pair.here, *pair.there))


@pytest.mark.parametrize("form", ["text", "json", "html"])
def test_the_first_lines_say_it(form: str, address: MediaReport, saboteurs: MediaReport, folder: Path) -> None:
    assert any("2 days before" in line for line in first_lines(address, form, folder))
    lines = "\n".join(first_lines(saboteurs, form, folder))
    assert "Sound only: its sound from" in lines
    assert f"“{staged.OLDER_NAME}” in the folder {staged.OLDER_FOLDER}" in lines


def test_no_verdict_is_given(address: MediaReport, saboteurs: MediaReport, folder: Path) -> None:
    for report in (address, saboteurs):
        for form in ("text", "json", "html"):
            told = written(report, form, folder).lower()
            assert not re.search(r"\b(fake|faked|forged|staged|manipulated|authentic|genuine|hoax)\b", told)
