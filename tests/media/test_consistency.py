from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.media import consistency
from firsthand.media.meanings import meaning
from firsthand.model.media import (
    APART,
    Claimed,
    Finding,
    Ingredient,
    MediaDate,
    MediaStream,
    Metadata,
    Position,
    Standing,
)

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CLIP = Ingredient(
    "clip",
    "XMP xmpMM:Ingredients[1]",
    "Live fire at Vellmark 2010.mp4",
    "C:\\footage\\",
    at="2010-04-07T09:00:00+00:00",
)


def dated(at: str | None, where: str = "moov/mvhd", what: str = "created") -> MediaDate:
    return MediaDate(at, what, where, meaning(where, what), at or "0")


def file(*dates: MediaDate, **fields: object) -> Metadata:
    return replace(Metadata("MP4 (isom)", dates=dates), **fields)  # type: ignore[arg-type]


def found(metadata: Metadata, time: str | None = None, place: str | None = None) -> tuple[Finding, ...]:
    return consistency.findings(metadata, Claimed(time, place), now=NOW)


def says(findings: tuple[Finding, ...], check: str, standing: Standing | None = None) -> list[str]:
    return [one.says for one in findings if one.check == check and standing in (None, one.standing)]


MADE = dated("2022-02-16T09:12:00+00:00")


def test_the_address_created_two_days_before() -> None:
    first = found(file(MADE), "2022-02-18")[0]
    assert first.standing == "at odds"
    assert first.says == (
        "Created 2 days before the claimed day, by at least 12 h 48 min whatever the time zone "
        "(moov/mvhd: 2022-02-16 09:12 UTC)"
    )
    assert first.where == "moov/mvhd"
    facts = dict(first.facts)
    assert facts["claimed time"] == "2022-02-18"
    assert "UTC by the standard" in facts["normally means"]


def test_a_claimed_time_with_its_zone_gives_one_figure() -> None:
    first = found(file(MADE), "2022-02-18T12:00:00Z")[0]
    assert first.says == "Created 2 days 3 h before the claimed time (moov/mvhd: 2022-02-16 09:12 UTC)"
    assert first.standing == "at odds"


def test_a_claimed_time_without_a_zone_gives_the_least_too() -> None:
    first = found(file(MADE), "2022-02-18T12:00")[0]
    assert first.says.startswith("Created 2 days 3 h before the claimed time as the clocks read, by at least 1 day ")


@pytest.mark.parametrize(
    ("time", "standing"),
    [
        ("2022-02-16T09:15:00Z", "plain"),
        ("2022-02-16T12:12:00Z", "notable"),  # three hours: a camera that writes local time there
        ("2022-02-17T09:12:00Z", "at odds"),
        ("2022-02-16", "plain"),
        ("2022-02-17", "notable"),  # 48 minutes before the day begins on the Line Islands
        ("2022-02-16T15:00", "unmeasured"),
    ],
)
def test_what_zones_can_explain_is_not_at_odds(time: str, standing: Standing) -> None:
    assert [one.standing for one in found(file(MADE), time) if one.check == "dates"] == [standing]


@pytest.mark.parametrize(
    ("at", "time", "told"),
    [
        ("2022-02-16T09:12:00+00:00", "2022-02", "Created in the claimed month"),
        ("2022-02-16T09:12:00", "2022", "Created in the claimed year"),
        ("2022-02-16", "2022-02-16T20:00", "Created on the day of the claimed time"),
        ("2022-02", "2022-02-16T20:00:00Z", "Created in the month of the claimed time"),
        ("2022-02", "2022-02", "Created in the claimed month"),
        ("2022-02-16", "2022-02-16", "Created on the claimed day"),
    ],
)
def test_a_date_that_lies_in_the_claimed_month_is_not_told_to_be_days_apart(at: str, time: str, told: str) -> None:
    assert says(found(file(dated(at, "IPTC DateCreated")), time), "dates", "plain")[0].startswith(f"{told} (")


def test_how_far_a_date_is_from_a_claimed_month_is_told_from_its_end() -> None:
    told = says(found(file(dated("2021-12-27T09:12:00", "IPTC DateCreated")), "2021-02"), "dates", "notable")[0]
    assert told.startswith("Created at least 300 days")
    assert " after the claimed time (" in told


@pytest.mark.parametrize(
    ("at", "time"),
    [
        ("2022-02-17T09:12:00", "2022-02-16"),  # 33 hours after that day began, which may be none after it ended
        ("2022-02-28T20:00:00", "2022-03"),
        ("2022-02", "2022-03-01T02:00"),
    ],
)
def test_beside_a_day_or_a_month_no_clocks_are_compared(at: str, time: str) -> None:
    (told,) = says(found(file(dated(at, "EXIF DateTimeOriginal")), time), "dates")
    assert told.startswith(
        "Whether it was created before, in or after the claimed time cannot be told: a zone is not known ("
    )


def test_which_zone_is_missing_is_said() -> None:
    zoned = dated("2022-02-16T20:12:00+03:00", "com.apple.quicktime.creationdate")
    for time in ("2022-02-17", "2022-02-16T12:12:00"):
        (told,) = says(found(file(zoned), time), "dates", "unmeasured")
        assert "the claimed time has no zone (" in told


@pytest.mark.parametrize(("time", "side"), [("2022-02-16T12:12:00Z", "before"), ("2022-02-16T06:12:00Z", "after")])
def test_the_clock_of_a_header_may_be_local_on_either_side(time: str, side: str) -> None:
    (told,) = (one for one in found(file(MADE), time) if one.check == "dates")
    assert told.says.startswith(
        f"Created 3 h {side} the claimed time (moov/mvhd: 2022-02-16 09:12 UTC); some cameras write local time in this "
        "field, which could explain it"
    )
    assert dict(told.facts)[APART] == f"3 h {side} the claimed time, unless it is local time"
    zoned = dated(MADE.at, "com.apple.quicktime.creationdate")
    assert "local time" not in says(found(file(zoned), time), "dates")[0]


def test_what_the_length_of_a_file_allows_is_said_to_rest_on_it() -> None:
    (told,) = says(found(file(MADE, duration=7200.0), "2022-02-16T07:10:00Z"), "dates")
    assert told.startswith("Created 2 h 2 min after the claimed time, which the file's own length allows (")


def test_a_date_with_a_real_zone_needs_no_such_doubt() -> None:
    exact = dated("2022-02-16T12:12:00+03:00", "com.apple.quicktime.creationdate")
    assert says(found(file(exact), "2022-02-16T12:12:00Z"), "dates", "at odds") == [
        "Created 3 h before the claimed time (com.apple.quicktime.creationdate: 2022-02-16 12:12 UTC+03:00)"
    ]


def test_of_fields_that_agree_the_one_with_a_zone_is_told() -> None:
    zoned = dated("2022-02-16T12:12:00+03:00", "com.apple.quicktime.creationdate")
    (told,) = (one for one in found(file(MADE, zoned), "2022-02-16T12:12:00Z") if one.check == "dates")
    assert (
        told.says
        == "Created 3 h before the claimed time (com.apple.quicktime.creationdate: 2022-02-16 12:12 UTC+03:00)"
    )
    assert dict(told.facts)["also in"].startswith("moov/mvhd")


def test_a_date_without_a_zone_cannot_be_told_apart_within_it() -> None:
    camera = dated("2022-02-16T11:12:00", "EXIF DateTimeOriginal")
    assert says(found(file(camera), "2022-02-16T20:00:00Z"), "dates", "unmeasured")
    assert says(found(file(camera), "2022-02-18T20:00:00Z"), "dates", "at odds")


def test_created_after_the_claimed_time_is_notable_for_copies_are() -> None:
    told = says(found(file(MADE), "2022-02-10T09:12:00Z"), "dates", "notable")
    assert told == [
        "Created 6 days after the claimed time (moov/mvhd: 2022-02-16 09:12 UTC); "
        "a copy, an export or an upload made later carries its own date"
    ]


def test_a_long_recording_may_carry_the_date_of_its_end() -> None:
    told = found(file(MADE, duration=7200.0), "2022-02-16T07:10:00Z")
    assert [one.standing for one in told if one.check == "dates"] == ["plain"]


def test_fields_that_agree_are_one_finding() -> None:
    same = [dated("2022-02-16T09:12:01+00:00", where) for where in ("moov/trak[1]/tkhd", "moov/trak[1]/mdia/mdhd")]
    changed = dated(MADE.at, what="modified")
    told = [one for one in found(file(MADE, *same, changed), "2022-02-18") if one.check == "dates"]
    assert len(told) == 1
    assert "moov/trak[1]/tkhd" in dict(told[0].facts)["also in"]


def test_without_a_claim_the_dates_are_stated() -> None:
    assert says(found(file(MADE)), "dates", "plain") == ["Created 2022-02-16 09:12 UTC (moov/mvhd)"]


def test_stripped_is_unmeasured_and_not_at_odds() -> None:
    told = found(file(dated(None)), "2022-02-18")
    assert says(told, "dates", "unmeasured") == [
        "The file carries no date: its fields are empty (moov/mvhd), stripped or never set"
    ]
    assert not [one for one in told if one.standing in ("at odds", "notable")]
    assert says(found(file(), "2022-02-18"), "dates", "unmeasured") == [
        "The file carries no date: when it was made cannot be told from it"
    ]


def test_of_a_file_that_is_cut_short_what_is_lost_may_have_had_a_date() -> None:
    lost = found(file(remarks=("mdat is longer than what holds it",)), place="Berlin")
    told = says(lost, "dates", "unmeasured") + says(lost, "place", "unmeasured")
    assert "What could be read of the file carries no date: what is lost may have had one" in told
    assert any(one.startswith("What could be read of the file carries no position") for one in told)


def test_a_claimed_time_that_is_none_is_said() -> None:
    assert "could not be understood: yesterday" in says(found(file(MADE), "yesterday"), "dates", "unmeasured")[0]


def test_a_date_in_the_future() -> None:
    told = says(found(file(dated("2031-01-01T00:00:00+00:00"))), "dates", "at odds")
    assert "in the future, by 5.0 years" in told[0]


def test_dates_of_one_file_that_cannot_all_be_true() -> None:
    told = says(found(file(MADE, dated("2022-02-12T12:00:00", "EXIF DateTimeOriginal"))), "dates", "notable")
    assert told[0].startswith("The file's own dates of creation differ by at least 2 days 19 h: EXIF DateTimeOriginal")


def test_changed_before_created() -> None:
    told = says(found(file(MADE, dated("2022-02-01T00:00:00+00:00", what="modified"))), "dates", "notable")
    assert any("Last changed before it was created, by at least 14 days" in one for one in told)


def test_a_clock_that_was_never_set() -> None:
    told = says(found(file(dated("1980-01-02T00:01:00", "EXIF DateTimeOriginal"))), "dates", "notable")
    assert "older than digital cameras" in told[0]
    told = says(found(file(dated("2015-01-01T00:07:00", "EXIF DateTimeOriginal"))), "dates", "notable")
    assert told == [
        "Its date of creation is the first hour of a year (EXIF DateTimeOriginal: 2015-01-01 00:07, no zone): it may "
        "be that of a clock that was never set"
    ]
    assert not says(found(file(dated("2015", "©day"))), "dates", "notable")


def test_a_clock_that_was_never_set_is_not_at_odds_with_the_claim() -> None:
    told = found(file(dated("2000-01-01T00:07:00", "EXIF DateTimeOriginal")), "2022-02-18")
    assert not [one for one in told if one.standing == "at odds"]
    assert "; it may be that of a clock that was never set" in says(told, "dates", "notable")[0]


@pytest.mark.parametrize(
    ("at", "time", "unset"),
    [
        ("2000-01-01T00:07:00", None, True),
        ("1904-01-01T00:07:00", None, True),
        ("1996-01-01T00:07:00", None, False),  # clocks begin at no such year
        ("2023-01-01T00:07:00", None, False),
        ("2023-01-01T00:07:00", "2025-06-01", False),
        ("2015-01-01T00:07:00", "2015-01-01T00:10", False),  # New Year, as claimed
        ("2015-01-01T00:07:00", "2015-03-01", False),
        ("2015-01-01T00:07:00", "2014-12-24", False),
        ("2015-01-01T00:07:00", "2016-03-01", True),
        ("2015-01-01T00:07:00", "2013-11-01", True),
        ("2015-01-01T01:07:00", "2022-03-01", False),
        ("2015-01-01", "2022-03-01", False),
    ],
)
def test_only_where_clocks_begin_may_one_have_never_been_set(at: str, time: str | None, unset: bool) -> None:
    told = says(found(file(dated(at, "EXIF DateTimeOriginal")), time), "dates")
    assert any("clock that was never set" in one for one in told) == unset


def test_a_first_hour_near_the_claimed_time_is_at_odds_as_any_other_date() -> None:
    told = found(file(dated("2015-01-01T00:07:00", "EXIF DateTimeOriginal")), "2015-03-01")
    assert [one.standing for one in told if one.check == "dates"] == ["at odds"]


def test_a_year_is_no_day() -> None:
    year = file(dated("2022", "©day"))
    assert says(found(year, "2022-02-18"), "dates", "plain") == ["Created in the year of the claimed time (©day: 2022)"]
    assert says(found(year, "2024-02-18"), "dates", "at odds")[0].startswith("Created at least 411 days ")


def test_a_header_in_local_time_is_told_by_a_field_with_its_zone() -> None:
    camera = dated("2022-02-16T09:12:01+03:00", "com.apple.quicktime.creationdate")
    told = says(found(file(MADE, camera)), "dates")
    assert any(one.startswith("The header's clock shows local time and not UTC here") for one in told)
    assert not any("differ" in one for one in told)


def test_empty_fields_beside_others() -> None:
    told = says(found(file(MADE, dated(None, "moov/trak[1]/tkhd"))), "dates", "unmeasured")
    assert told == ["Fields for dates that are empty, stripped or never set: moov/trak[1]/tkhd"]


def test_the_history_names_an_older_clip_and_its_folder() -> None:
    first = found(file(MADE, ingredients=(CLIP,)), "2022-02-16T09:12:00Z")[0]
    assert (first.check, first.standing) == ("history", "at odds")
    assert first.says == (
        "The editing history names another clip as its source: “Live fire at Vellmark 2010.mp4” "
        "in the folder C:\\footage\\, dated 2010-04-07 09:00 UTC, 11.9 years before the claimed time"
    )
    assert first.where == "XMP xmpMM:Ingredients[1]"


def test_without_a_claim_the_clip_is_set_beside_the_file() -> None:
    told = says(found(file(MADE, ingredients=(CLIP,))), "history", "notable")
    assert told[0].endswith("11.9 years before this file was made")


def test_both_cases_stand_in_the_first_lines() -> None:
    late = dated("2022-03-01T00:00:00+00:00", "EXIF DateTimeOriginal")
    told = found(file(MADE, late, ingredients=(CLIP,)), "2022-02-18")
    assert [one.check for one in told[:2]] == ["dates", "history"]


def test_the_project_and_the_steps() -> None:
    project = Ingredient("step", "XMP creatorAtom", "x.prproj", "D:\\work\\", action="project")
    steps = [
        Ingredient("step", "XMP h", action="saved", at=f"2022-02-0{day}T00:00:00+00:00", software="Editor 1")
        for day in (8, 9)
    ]
    told = says(found(file(MADE, ingredients=(project, *steps))), "history")
    assert told[0] == "It was cut in the project “x.prproj” in the folder D:\\work\\, as an editing program noted"
    assert told[1] == "The editing history has 2 steps, by Editor 1, 2022-02-08 00:00 UTC to 2022-02-09 00:00 UTC"
    late = (replace(steps[0], at="2022-02-20T09:12:00Z"),)
    assert says(found(file(MADE, ingredients=late)), "history")[0].endswith(
        "; the last is 4 days after the file's own date of creation"
    )


def test_steps_of_different_zones_are_in_the_order_of_their_instants() -> None:
    east, utc = (
        Ingredient("step", "XMP h", action="saved", at=at) for at in ("2022-02-18T01:00:00+14:00", "2022-02-17T23:00Z")
    )
    (told,) = says(found(file(MADE, ingredients=(utc, east)), "2022-02-18T12:00:00Z"), "history", "at odds")
    assert "2022-02-18 01:00 UTC+14:00 to 2022-02-17 23:00 UTC; the last is 1 day 14 h after" in told
    assert told.endswith("; the first is 1 day 1 h before the claimed time")


def test_a_step_some_minutes_before_a_claimed_time_is_not_at_odds_for_people_round() -> None:
    step = Ingredient("step", "XMP h", action="saved", at="2022-02-16T11:58:00Z")
    assert not says(found(file(MADE, ingredients=(step,)), "2022-02-16T12:00:00Z"), "history", "at odds")


def test_a_step_before_the_claimed_time_is_at_odds_with_it() -> None:
    step = Ingredient("step", "XMP h", action="saved", at="2022-02-08T11:12:14+03:00", software="Editor 1")
    (told,) = says(found(file(MADE, ingredients=(step,)), "2022-02-18"), "history", "at odds")
    assert told.endswith("; the first is at least 9 days 2 h before the claimed time")
    assert not says(found(file(MADE, ingredients=(step,)), "2022-02-08"), "history", "at odds")


def test_a_thousand_clips_are_a_dozen_findings() -> None:
    clips = tuple(replace(CLIP, name=f"{number}.mp4") for number in range(400))
    assert len(says(found(file(MADE, ingredients=clips)), "history")) == 13


def test_a_camera_beside_a_converter_says_remuxed() -> None:
    stream = MediaStream("video", "avc1", handler="Core Media Video")
    told = found(file(MADE, streams=(stream,), software=(("Lavf58.76.100", "©too"),)))
    assert says(told, "traces", "notable") == [
        "Written anew after it was recorded (re-muxed, or encoded again): “Core Media Video” of "
        "Apple's cameras and programs (Core Media) stands beside “Lavf58.76.100” of FFmpeg (libavformat)"
    ]


def test_an_encoder_of_computers_in_the_file_of_a_phone() -> None:
    told = found(file(MADE, device="Apple iPhone 12", software=(("x264 - core 165", "the pictures themselves"),)))
    assert says(told, "traces", "notable")[0].startswith("Encoded anew: Apple iPhone 12 is named, but x264 - core 165")


def test_a_camera_alone_is_plain() -> None:
    stream = MediaStream("video", "avc1", handler="VideoHandle")
    told = found(file(MADE, streams=(stream,), device="Pixel 6"))
    assert not says(told, "traces", "notable")
    assert "The camera, as the file has it: Pixel 6" in says(told, "traces", "plain")


def test_a_site_leaves_its_name() -> None:
    stream = MediaStream("video", "avc1", handler="Twitter-vork muxer")
    assert says(found(file(streams=(stream,))), "traces", "notable") == [
        "It has been through Twitter, now X: “Twitter-vork muxer”"
    ]


def test_a_picture_that_was_saved_by_an_editor() -> None:
    told = found(file(device="Canon EOS R5", software=(("Adobe Photoshop 23.1", "EXIF Software"),)))
    assert says(told, "traces", "notable") == [
        "Saved with “Adobe Photoshop 23.1”, a program of Adobe, after it was taken with Canon EOS R5"
    ]
    told = found(file(software=(("GIMP 2.10", "PNG Software"),)))
    assert says(told, "traces", "notable") == ["Saved with “GIMP 2.10”, a program that changes pictures"]


def test_no_trace_is_unmeasured() -> None:
    assert says(found(file()), "traces", "unmeasured")


HERE = (Position(48.0159, 37.8028, "©xyz", 169.0),)


@pytest.mark.parametrize(
    ("place", "standing", "words"),
    [
        ("Donetsk, Ukraine", "plain", "which fits it"),
        ("48.0160, 37.8030", "plain", "which fits it"),
        ("Berlin", "at odds", "km from Berlin, Germany"),
        ("52.5, 13.4", "at odds", "km from the claimed place (52.5, 13.4)"),
        ("Ukraine", "plain", "which fits Ukraine"),
        ("Germany", "notable", "the claimed place is Germany"),
        ("Vellmarkovia", "unmeasured", "is in no list of towns"),
        ("95, 200", "unmeasured", "no latitude and longitude on Earth"),
    ],
)
def test_the_position_beside_the_claimed_place(place: str, standing: Standing, words: str) -> None:
    told = says(found(file(MADE, positions=HERE), place=place), "place", standing)
    assert len(told) == 1 and words in told[0]


def test_one_town_is_named_once() -> None:
    (told,) = says(
        found(file(MADE, positions=(Position(48.8566, 2.3522, "©xyz"),)), place="Berlin"), "place", "at odds"
    )
    assert told.count("km from Berlin, Germany") == 1 and "the nearest and the largest of " in told


def test_of_many_towns_of_a_name_the_nearest_is_taken_and_told_as_such() -> None:
    texas = (Position(33.66, -95.55, "©xyz"),)
    one = next(one for one in found(file(MADE, positions=texas), place="Paris") if one.check == "place")
    assert one.standing == "plain"
    assert "Paris, United States (the nearest of " in one.says
    assert dict(one.facts)["the largest"].startswith("Paris, France, ")


def test_no_position_is_unmeasured() -> None:
    assert says(found(file(MADE), place="Berlin"), "place", "unmeasured")
    assert not says(found(file(MADE)), "place")
    assert says(found(file(MADE, positions=HERE)), "place", "plain") == [
        "Its position is 48.0159, 37.8028, 791 m from Donetsk, Ukraine, the nearest town of size (©xyz)"
    ]


@pytest.mark.parametrize(("size", "standing"), [(0.02, "plain"), (0.5, "notable")])
def test_the_thumbnail(size: float, standing: Standing) -> None:
    assert len(says(found(file(MADE, thumbnail=size)), "thumbnail", standing)) == 1


def test_what_could_not_be_read_is_said() -> None:
    told = says(found(file(MADE, remarks=("a box is cut short", "another"))), "reading", "unmeasured")
    assert told == ["Not all of the file could be read: a box is cut short, and 1 more"]


def test_every_finding_names_its_maker_and_no_verdict() -> None:
    whole = file(MADE, ingredients=(CLIP,), positions=HERE, thumbnail=0.5, remarks=("x",), device="Pixel 6")
    told = found(whole, "2022-02-18", "Berlin")
    assert {one.maker for one in told} == {"metadata 1"}
    words = " ".join(one.says.lower() for one in told)
    assert not [word for word in ("fake", "staged", "lie", "false", "proves", "manipulat") if f" {word}" in words]


@given(
    st.lists(st.tuples(st.text(max_size=25), st.sampled_from(["moov/mvhd", "EXIF DateTime", ""])), max_size=6),
    st.text(max_size=25),
)
def test_any_dates_and_any_claim_raise_nothing(dates: list[tuple[str, str]], time: str) -> None:
    whole = file(*(MediaDate(at, "created", where, "", at) for at, where in dates))
    consistency.findings(whole, Claimed(time), [whole] * 4, [Claimed(time)] * 4, NOW)
