"""What a match says: from when to when, in which archived file, since when that is there, and what its record says."""

from __future__ import annotations

import pytest

from firsthand.checking import matched
from firsthand.checking.matched import Known, findings, is_before
from firsthand.model import Claimed, Finding
from tests.checking.fakes import REFERENCE, kept, match

CLAIMED = Claimed("2031-04-08")


def said(*matches: object, claimed: Claimed = CLAIMED, seen: bool = True, **of: str | None) -> tuple[Finding, ...]:
    names = frozenset({REFERENCE}) if seen else frozenset[str]()
    return findings(matches, Known({REFERENCE: kept(**of)}, claimed, names))  # type: ignore[arg-type]


def test_footage_that_is_older_than_the_claimed_time_does_not_fit() -> None:
    (one,) = said(match())
    assert one.standing == "at odds"
    assert one.says == (
        "Its pictures from 0:03.0 to 0:11.0 are also in “range.mp4” (1:01.0 to 1:09.0), whose own record says "
        "2010-06-01 12:00 UTC, before the claimed time; that file was added on 2031-04-01, before the claimed time"
    )
    assert one.match == match()
    assert ("SHA-256", REFERENCE) in one.facts
    assert [name for name, _ in one.facts] == ["score", "added by", "outlet", "origin", "added", "SHA-256"]


def test_without_a_claimed_time_it_is_worth_a_look() -> None:
    (one,) = said(match(), claimed=Claimed())
    assert one.standing == "notable"
    assert "claimed" not in one.says


def test_how_it_was_changed_is_told() -> None:
    (one,) = said(match(speed=1.25, mirrored=True, view="crop"))
    how = (
        " 0:11.0 (running 1.25 times as fast, mirrored, a part of the archived picture) are also in “range.mp4” (1:01.0"
    )
    assert how in one.says


def test_sound_whose_pictures_were_compared_and_are_not_there_is_sound_only() -> None:
    (one,) = said(match("sound"))
    assert one.says.startswith(
        "Sound only: its sound from 0:03.0 to 0:11.0, and not its pictures, is also in “range.mp4” (1:01.0 to 1:09.0)"
    )
    assert one.check == "sound"


def test_sound_whose_pictures_could_not_be_compared_is_not_said_to_be_sound_only() -> None:
    (one,) = said(match("sound"), seen=False)
    assert one.says.startswith("Its sound from 0:03.0 to 0:11.0 is also in")


def test_sound_with_the_pictures_beside_it_is_not_sound_only() -> None:
    both = said(match("sound"), match("pictures", start=5.0, end=7.0))
    assert [one.says.split()[0] for one in both] == ["Its", "Its"]
    elsewhere = said(match("sound"), match("pictures", start=20.0, end=24.0))
    assert [one.says.split()[0] for one in elsewhere] == ["Sound", "Its"]


def test_the_same_place_never_speaks_against_a_claim() -> None:
    (one,) = said(match("place"))
    assert (one.standing, one.check) == ("notable", "pictures")
    assert one.says.startswith("Its pictures from 0:03.0 to 0:11.0 show the same place or the same footage as “range")


def test_pictures_that_are_less_alike_may_be_of_the_place_filmed_again() -> None:
    (one,) = said(match(score=0.79))
    assert (one.standing, one.check) == ("notable", "pictures")
    may = "may be the same footage, or of the same place filmed again, as in “range.mp4” (1:01.0 to 1:09.0), whose own"
    assert one.says.startswith(f"Its pictures from 0:03.0 to 0:11.0 {may}")


def test_a_single_picture_has_no_times() -> None:
    (one,) = said(match(start=0.0, end=0.0, reference_start=0.0, reference_end=0.0))
    assert one.says.startswith("This picture is also in “range.mp4”, whose own")
    (one,) = said(match(start=0.0, end=0.0, reference_start=7.0, reference_end=7.0))
    assert one.says.startswith("This picture is also in “range.mp4” (at 0:07.0), whose own")


def test_a_file_without_a_date_is_said_to_have_none() -> None:
    (one,) = said(match(), at=None, added="2031-05-01T00:00:00+00:00")
    assert one.standing == "notable"
    assert one.says.endswith(", whose own record gives no date; that file was added on 2031-05-01")


def test_a_file_that_the_archive_has_no_more_is_named_by_its_hash() -> None:
    (one,) = findings([match()], Known({}, CLAIMED))
    assert (
        one.says == "Its pictures from 0:03.0 to 0:11.0 are also in the archived file cdcdcdcdcdcd (1:01.0 to 1:09.0)"
    )
    assert one.standing == "notable"


@pytest.mark.parametrize(
    ("time", "at", "added", "before"),
    [
        ("2031-04-08", "2031-04-07T09:00:00Z", "2032-01-01T00:00:00+00:00", True),
        ("2031-04-08", "2031-04-07T12:00:00Z", "2032-01-01T00:00:00+00:00", False),  # still the 8th in UTC+14
        ("2031-04-08T12:00+02:00", "2031-04-08T09:49:00Z", "2032-01-01T00:00:00+00:00", True),
        ("2031-04-08T12:00+02:00", "2031-04-08T09:52:00Z", "2032-01-01T00:00:00+00:00", False),  # people round
        ("2031-04-08T12:00+02:00", "2031-04-08T09:00:00", "2032-01-01T00:00:00+00:00", False),  # of no zone
        ("2031-04-08", "2001-01-01T00:00:03Z", "2032-01-01T00:00:00+00:00", False),  # a clock never set
        ("2031-04-08", "2031-01-01T00:00:03Z", "2032-01-01T00:00:00+00:00", True),  # no clock begins so late
        ("2031-04-08", "1980-06-01", "2032-01-01T00:00:00+00:00", False),
        ("2031-04-08", None, "2031-04-06T00:00:00+00:00", True),
        ("2031-04-08", None, "2031-04-08T00:00:00+00:00", False),
        ("2031-04-08T12:00Z", None, "2031-04-08T11:52:00+00:00", False),
        (None, "1990-01-01", "1990-01-01T00:00:00+00:00", False),
    ],
)
def test_before_is_before_in_whatever_zone(time: str | None, at: str | None, added: str, before: bool) -> None:
    assert is_before(kept(at=at, added=added), Claimed(time)) == before


def test_the_clock_of_a_header_may_be_local() -> None:
    noon = {"at": "2031-04-07T09:00:00Z", "added": "2032-01-01T00:00:00+00:00"}
    assert is_before(kept(**noon), CLAIMED)
    assert not is_before(kept(**noon, where="moov/mvhd"), CLAIMED)


def test_a_change_of_the_file_says_nothing_of_when_it_was_taken() -> None:
    assert not is_before(kept(added="2032-01-01T00:00:00+00:00", what="modified"), CLAIMED)


def test_the_longest_match_comes_first() -> None:
    found = said(match(end=5.0), match(end=20.0), match(end=11.0, score=0.85), match(end=11.0, score=0.88))
    assert [(one.match.end, one.match.score) for one in found if one.match] == [
        (20.0, 0.9),
        (11.0, 0.88),
        (11.0, 0.85),
        (5.0, 0.9),
    ]


def test_of_each_file_one_match_of_each_kind_is_kept_before_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matched, "MOST", 3)
    found = said(
        *(match(end=60.0 + n) for n in range(4)), match("sound", end=50.0), match(end=9.0, reference="ef" * 32)
    )
    assert [(one.check, one.match and one.match.end) for one in found] == [
        ("pictures", 63.0),
        ("pictures", 62.0),
        ("sound", 50.0),
    ]
