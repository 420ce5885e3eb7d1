from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from firsthand.media import baseline
from firsthand.model.media import Claimed, Finding, MediaDate, Metadata

LAVF = (("Lavf58.76.100", "©too"),)


def made(at: str | None, **fields: object) -> Metadata:
    whole = Metadata("MP4 (isom)", dates=(MediaDate(at, "created", "moov/mvhd", "", at or "0"),))
    return replace(whole, **fields)  # type: ignore[arg-type]


def of(
    here: Metadata, others: list[Metadata], claimed: Claimed | None = None, claims: list[Claimed] | None = None
) -> list[Finding]:
    return list(baseline.of(here, claimed or Claimed(), others, claims or []))


def says(found: list[Finding]) -> dict[str, str]:
    return {one.says: one.standing for one in found}


DATED, BARE = made("2022-02-16T09:12:00+00:00"), made(None)


def test_without_others_nothing_is_said_and_of_two_that_they_are_few() -> None:
    assert of(DATED, []) == []
    found = of(DATED, [BARE, BARE])
    assert [one.standing for one in found] == ["unmeasured"]
    assert found[0].says == "Only 2 other files of this outlet in the archive: too few to say what is usual"


def test_where_all_are_stripped_it_tells_little_that_this_one_is() -> None:
    assert says(of(BARE, [BARE] * 5)) == {
        "All 5 other files of this outlet carry no date either: that this one carries none tells little": "plain"
    }


def test_one_that_is_dated_where_all_are_stripped_and_the_other_way_round() -> None:
    assert says(of(DATED, [BARE] * 5)) == {"All 5 other files of this outlet carry no date: this one does": "notable"}
    assert says(of(BARE, [DATED] * 4 + [BARE])) == {
        "4 of 5 other files of this outlet carry dates: this one carries none": "notable"
    }


def test_where_they_differ_nothing_is_usual() -> None:
    assert of(BARE, [DATED, BARE, DATED, BARE]) == []


def test_the_program_that_wrote_most_whichever_its_version() -> None:
    others = [made(None, software=((f"Lavf58.{number}.100", "©too"),)) for number in range(4)]
    name = "FFmpeg (libavformat)"
    assert (
        says(of(made(None, software=LAVF), others))[
            f"All 4 other files of this outlet carry the name {name}, as this one does"
        ]
        == "plain"
    )
    assert (
        says(of(BARE, others))[f"All 4 other files of this outlet carry the name {name}: this one does not"]
        == "notable"
    )


def test_another_camera() -> None:
    others = [replace(DATED, device="Pixel 6")] * 3
    assert "None of the 3 others that name a camera names this one: iPhone" in says(
        of(replace(DATED, device="iPhone"), others)
    )
    assert "3 of the 3 others that name a camera name the same: Pixel 6" in says(of(others[0], others))


def test_a_header_that_runs_an_hour_off_the_cameras_own_clock_in_all_files() -> None:
    def clocks(hour: int, zone: str = "+00:00") -> Metadata:
        camera = MediaDate(f"2022-02-16T09:12:05{zone}", "created", "com.apple.quicktime.creationdate", "", "")
        return replace(
            made(f"2022-02-16T{hour:02}:12:00+00:00"), dates=(*made(f"2022-02-16T{hour:02}:12:00+00:00").dates, camera)
        )

    said = says(of(clocks(10), [clocks(10)] * 4))
    assert (
        said["In 4 of 4 other files of this outlet the header runs 1 h ahead of other dates, as in this one"] == "plain"
    )
    said = says(of(clocks(9), [clocks(10)] * 4))
    assert [one for one in said if one.endswith("in this one it does not")]


def test_files_that_all_run_an_hour_off_what_is_claimed_of_them() -> None:
    days = [datetime(2022, 2, day, 12) for day in range(1, 6)]
    others = [made(f"{(day + timedelta(hours=1)).isoformat()}+00:00") for day in days]
    claims = [Claimed(f"{day.isoformat()}+00:00") for day in days]
    said = says(of(made("2022-02-16T10:02:00+00:00"), others, Claimed("2022-02-16T09:00:00Z"), claims))
    assert (
        said["5 of 5 other files of this outlet were created 1 h ahead of their claimed time, as this one was"]
        == "plain"
    )
    said = says(of(made("2022-02-16T06:00:00+00:00"), others, Claimed("2022-02-16T09:00:00Z"), claims))
    assert (
        said["5 of 5 other files of this outlet were created 1 h ahead of their claimed time; this one 3 h behind"]
        == "notable"
    )


def test_a_file_that_keeps_its_time_beside_others_that_do_not_is_told() -> None:
    made = [MediaDate(f"2022-02-0{day}T10:00:00Z", "created", "EXIF GPS", "", "") for day in range(1, 5)]
    others = [Metadata("MP4", dates=(one,)) for one in made]
    late = [Claimed(f"2022-02-0{day}T11:00:00Z") for day in range(1, 4)]
    (told,) = baseline._off_claims(others[3], Claimed("2022-02-04T10:00:00Z"), others[:3], late)
    assert told.says.endswith(" behind their claimed time; this one at its own")
    assert told.standing == "notable"
