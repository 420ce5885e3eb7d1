"""The report on a media file: what it says, in which order, and that nothing of the file is more than words in it."""

from __future__ import annotations

import re
from dataclasses import replace
from html import unescape
from itertools import pairwise
from typing import Any

import pytest

from firsthand.model.media import (
    Answer,
    Claimed,
    Credentials,
    Finding,
    Match,
    MatchKind,
    MediaFile,
    MediaReport,
    Metadata,
)
from firsthand.share import media_matches
from firsthand.share.media_matches import bounded, references
from firsthand.share.media_page import body, checklist, page, to_ask
from firsthand.share.media_timeline import alike, timeline
from firsthand.share.media_words import UNREAD_NEXT, clock, counted, is_unread, size, speed, summary
from tests.media_given import (
    ANSWERS,
    CHOIR,
    FINDINGS,
    HERE,
    METADATA,
    ONLY_SOUND,
    PICTURES,
    QUESTIONS,
    RANGE,
    REPORT,
    SIGNED,
    SOUND,
    hostile,
    kept,
    pair,
)

BARE = MediaReport(MediaFile(HERE, "photo.jpg", 812_345, "image/jpeg"), Claimed(), "2031-02-18T20:15:00Z", ())
VERDICTS = re.compile(
    r"\b(fake[ds]?|genuine|debunk\w*|authentic|hoax|forged|forgery|manipulated|doctored|real)\b", re.I
)


def words(html: str) -> str:
    """What is read on the page, on one line."""
    text = re.sub(r"</?(bdi|strong|code|em)[^>]*>", "", html)
    text = re.sub(r"<style>.*?</style>|<svg.*?</svg>|<[^>]+>", " ", text, flags=re.DOTALL)
    return " ".join(unescape(text).split())


def matching(match: Match) -> Finding:
    return Finding("sound" if match.kind == "sound" else "pictures", "notable", "It matches.", "m 1", match=match)


@pytest.fixture(scope="module")
def shown() -> str:
    return page(REPORT, ANSWERS, QUESTIONS)


def test_the_head_says_which_file_and_what_is_claimed_of_it(shown: str) -> None:
    text = words(shown)
    for said in (
        "saboteurs_kestrel_bridge.mp4",
        "taken 18 February 2031 (no zone) at Kestrel Bridge, Belmora; with claim c0ffee12",
        "18.7 MB (18,734,211 bytes), video/mp4; MP4 (isom), 1:04.2 long",
        HERE,
        "18 February 2031, 20:15:00 (UTC); compared with 214 files of the archive",
        "2 do not fit, 5 are worth a look, 2 are stated for the record and 1 could not be measured",
    ):
        assert said in text


def test_findings_stand_by_standing_with_their_field_and_facts(shown: str) -> None:
    text = words(shown)
    places = [text.index(heading) for heading in ("Does not fit", "Worth a look", "For the record")]
    assert places == sorted(places)
    first = text[places[0] : places[1]]
    assert "Created 2 days before the claimed time. dates · moov/mvhd created 2031-02-16 14:03:22 UTC" in first
    assert "names an older clip" in first
    unmeasured = text[text.index("What was not measured, and why Th") :]
    assert "The claimed place is no place that is known here" in unmeasured
    assert "12 bytes more than the box holds" in unmeasured


def test_facts_that_are_long_or_many_are_folded() -> None:
    facts = (("moov/mvhd", "2031-02-16"), ("normally means", "x" * 99), *((f"fact {n}", "y") for n in range(5)))
    html = page(replace(REPORT, findings=(replace(FINDINGS[0], facts=facts),)))
    first, _, rest = html.partition('<details class="rests">')
    assert "moov/mvhd</bdi></dt>" in first and "fact 2" in first and "fact 3" not in first
    assert "x" * 99 in rest and "fact 4" in rest and "more of what it rests on" in rest


def test_both_cases_stand_in_its_first_lines(shown: str) -> None:
    text = words(shown)
    assert text.index("Created 2 days before") < text.index("names an older clip") < 1100


def test_it_gives_no_verdict(shown: str) -> None:
    signed = page(replace(REPORT, credentials=SIGNED))
    assert not VERDICTS.search(words(shown)) and not VERDICTS.search(words(signed))


def test_every_date_stands_in_the_timeline() -> None:
    found = timeline(REPORT)
    assert [(row.kind, row.what, row.zone) for row in found.rows] == [
        ("archive", "archived", "UTC"),
        ("archive", "archived", "UTC"),
        ("edit", "source clip", "no zone"),
        ("file", "created", "no zone"),
        ("edit", "history: created", "UTC+03:00"),
        ("edit", "history: saved", "UTC+03:00"),
        ("file", "created", "UTC"),
        ("file", "metadata changed", "UTC+03:00"),
    ]
    created = found.rows[6]
    assert created.where == "moov/mvhd, moov/trak[1]/mdhd" and created.width == 0
    assert created.apart == "19 hours to 3 days before the claimed time"
    assert found.claimed and found.rows[6].left < found.claimed_left
    assert found.rows[3].width > 0
    assert [(one.what, one.why) for one in found.unplaced] == [
        ("modified", "the field is there, and empty: stripped or never set"),
        ("tagged", "says “2031-02-30”, which is no date"),
    ]


def test_fields_that_say_the_same_stand_in_one_row() -> None:
    one = METADATA.dates[0]
    dates = [one, replace(one, what="modified", where="moov/trak[1]/tkhd"), replace(one, means="something else")]
    same = alike(dates)
    assert [(date.what, date.where) for date in same] == [
        ("created, modified", "moov/mvhd, moov/trak[1]/tkhd"),
        ("created", "moov/mvhd"),
    ]
    (row,) = timeline(replace(BARE, metadata=replace(METADATA, dates=tuple(dates), ingredients=()))).rows
    assert (row.what, row.where) == ("created, modified", "moov/mvhd, moov/trak[1]/tkhd")


def test_an_archived_file_brings_its_own_date_where_it_has_one() -> None:
    dates = (
        replace(METADATA.dates[0], at="1970-01-01T00:00:00Z"),
        replace(METADATA.dates[0], at="2029-07-01T10:00:00Z"),
    )
    one = replace(REPORT.references[0], metadata=replace(METADATA, dates=(*dates, *METADATA.dates)))
    rows = timeline(replace(REPORT, references=(one,), metadata=None)).rows
    assert [(row.what, row.shown) for row in rows] == [
        ("archived file created", "1 July 2029, 10:00:00"),
        ("archived", "2 July 2029, 08:00:00"),
    ]
    assert rows[0].where == "“Skarv range day 2029 (full).mp4”, which matches: moov/mvhd"


def test_a_timeline_without_a_claim_or_without_dates() -> None:
    unclaimed = timeline(replace(REPORT, claimed=Claimed()))
    assert unclaimed.claimed is None and {row.apart for row in unclaimed.rows} == {""}
    assert timeline(BARE).rows == ()
    odd = words(page(replace(REPORT, claimed=Claimed("last spring"))))
    assert "taken last spring" in odd and "is no date that can be placed" in odd


def test_days_below_the_line_have_room() -> None:
    places = sorted(at for at, _ in timeline(REPORT).ticks)
    assert len(places) >= 3 and all(later - earlier >= 26 for earlier, later in pairwise(places))


def test_where_it_was_seen_is_told_by_archived_file(shown: str) -> None:
    both, sound = references(REPORT)
    assert (both.sha256, sound.sha256) == (RANGE, CHOIR)
    assert both.says == "Pictures and sound match." and sound.says == "Only its sound matches."
    assert [drawing.kind for drawing in both.drawings] == ["pictures", "sound"]
    assert both.drawings[0].silences == () and len(both.drawings[1].silences) == 2
    text = words(shown)
    assert "0:04.0 to 0:16.2 of this file is 1:01.5 to 1:13.8 of the archived one: the same footage, mirrored" in text
    assert "1.25 times as fast" in text and "a part of the archived picture" in text
    assert shown.count("data:image/jpeg;base64,") == 14


def test_people_are_shown_the_matches_that_tell_most_and_how_many_more_there_are() -> None:
    many = [replace(PICTURES, reference=f"{number:02}" * 32) for number in range(30)]
    findings = [replace(FINDINGS[3], says=f"Match {number:02}.", match=one) for number, one in enumerate(many)]
    kept_all = tuple(kept(one.reference) for one in many)
    report = replace(REPORT, findings=(*FINDINGS[:2], *findings, *FINDINGS[6:]), references=kept_all)
    html = page(report)
    assert "Match 19." in html and "Match 20." not in html
    assert words(html).count("… and 10 more matches, in the JSON.") == 2
    assert html.count('<section class="reference"') == 20 and FINDINGS[-1].says in html
    assert "31 are worth a look" in words(html)
    rows = timeline(bounded(report)[0]).rows
    assert len([row for row in rows if row.kind == "archive"]) == 20
    assert "in the JSON" not in words(page(replace(report, findings=report.findings[:22])))
    one_more = words(page(replace(report, findings=report.findings[:23])))
    assert "… and 1 more match, in the JSON." in one_more


def test_frames_of_a_sound_are_shown_only_where_the_pictures_differ() -> None:
    both = replace(REPORT, pairs=(*REPORT.pairs, pair(SOUND, 1), pair(ONLY_SOUND, 2)))
    first, second = references(both)
    assert [len(one.frames) for one in first.matches] == [0, 4, 3]
    assert [len(one.frames) for one in second.matches] == [2]


def test_stretches_stay_within_their_bars() -> None:
    for reference in references(REPORT):
        for drawing in reference.drawings:
            for left, width in [place for one in drawing.stretches for place in (one.here, one.there)]:
                assert left >= 0 and left + width <= 100.01


def test_frames_that_are_missing_are_told() -> None:
    short = replace(REPORT, pairs=(replace(REPORT.pairs[0], there=REPORT.pairs[0].there[:1]),))
    assert page(short).count("no frame could be read") == 3


def test_what_was_not_found_is_not_what_was_not_looked_for() -> None:
    metadata = Metadata("JPEG")
    alone, compared = replace(BARE, metadata=metadata), replace(BARE, metadata=metadata, compared=3)
    assert "It was compared with nothing" in words(page(alone))
    assert "was compared with 3 files of the archive, and nothing of it was found there" in words(page(compared))


def test_a_file_that_could_not_be_read_says_why_first() -> None:
    cause = Finding("reading", "unmeasured", "could not be read: it took longer than 60 s", "reading 1")
    text = words(page(replace(BARE, findings=(cause,))))
    assert "The file could not be read: it took longer than 60 s." in text
    assert "Dates" not in text
    whole = replace(cause, says="The file could not be read: it is none.")
    assert "jpg The file could not be read: it is none." in words(
        page(replace(BARE, findings=(whole,), credentials=Credentials("absent")))
    )


UNREAD = Finding("reading", "unmeasured", "The file could not be read: it is empty", "checking 1")


def test_of_a_file_that_could_not_be_read_nothing_is_asked() -> None:
    html = page(replace(BARE, findings=(UNREAD,)), (), QUESTIONS, ("fits",))
    text = words(html.partition("<main>")[2])
    assert UNREAD_NEXT in text and "checklist" not in html.partition("<main>")[2]
    assert not any(said in text for said in ("a person judges", "compared with", "Seen before", QUESTIONS[0].asks))
    (only,) = to_ask(replace(BARE, findings=(UNREAD,)), QUESTIONS, ANSWERS)
    assert only.answers == ANSWERS  # a judgement is never hidden


@pytest.mark.parametrize(
    ("of", "unread"),
    [
        ({"findings": (UNREAD,)}, True),
        ({"findings": (UNREAD,), "credentials": Credentials("absent")}, True),
        ({"findings": (UNREAD,), "credentials": SIGNED}, False),
        ({"findings": (UNREAD,), "metadata": METADATA}, False),
        ({"findings": (UNREAD, FINDINGS[3])}, False),
        ({}, False),
    ],
)
def test_unread_is_that_of_which_nothing_is_known(of: dict[str, Any], unread: bool) -> None:
    assert is_unread(replace(BARE, **of)) == unread


@pytest.mark.parametrize(
    ("findings", "said"),
    [
        (FINDINGS, "7 findings, 4 seen before"),
        (FINDINGS[:1], "1 finding"),
        ((matching(replace(PICTURES, kind="place")),), "1 finding"),
        (FINDINGS[-1:], "nothing worth a look, 1 not measured"),
        (FINDINGS[-2:-1], "nothing worth a look"),
        ((UNREAD,), "could not be read"),
    ],
)
def test_a_list_of_reports_has_a_short_count(findings: tuple[Finding, ...], said: str) -> None:
    assert counted(replace(BARE, findings=findings)) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (Credentials("absent"), ("None: unknown, as in most files",)),
        (SIGNED, ("changed after it was signed", "not on the trust list", "certificate issued by Belmora Root")),
        (replace(SIGNED, state="valid", trusted=True), ("unchanged since it was signed", "on the trust list")),
        (replace(SIGNED, trusted=None), ("not compared with a trust list", "harbour.jpg")),
        (replace(SIGNED, ingredients=()), ("ingredients none named", "assertion.dataHash.mismatch")),
        (Credentials("unreadable", remarks=("claim.malformed",)), ("There, but cannot be read", "claim.malformed")),
        (None, ("Not looked at.",)),
    ],
)
def test_credentials_are_told_part_by_part(found: Credentials | None, said: tuple[str, ...]) -> None:
    text = words(page(replace(REPORT, credentials=found)))
    assert all(one in text for one in said)


def test_the_checklist_has_answers_or_lines_to_write_on(shown: str) -> None:
    assert "The plates are of Ondrava's old format" in words(shown)
    assert shown.count('class="lines"') == 2 and "ann, 19 February 2031, 09:12:00 (UTC)" in words(shown)
    assert "checklist" not in page(REPORT).partition("<main>")[2]


def test_where_nobody_has_answered_there_are_boxes_to_tick() -> None:
    html = page(REPORT, ANSWERS, QUESTIONS, ("fits", "cannot tell"))
    boxes = '<p class="ticks" aria-hidden="true"><span>fits</span><span>cannot tell</span></p>'
    assert html.count(boxes) == len(QUESTIONS) - len(ANSWERS)


def test_of_one_person_the_last_answer_stands() -> None:
    later = Answer("plates", "They fit after all.", "ann", "2031-02-20T09:00:00Z")
    other = Answer("plates", "Cannot tell.", "ben", "2031-02-18T09:00:00Z")
    (plates,) = [one for one in checklist(QUESTIONS, (later, *ANSWERS, other)) if one.answers]
    assert [(one.who, one.words) for one in plates.answers] == [("ben", other.words), ("ann", later.words)]


def test_nothing_of_a_file_is_markup_or_turns_words_about() -> None:
    html = page(hostile(), ANSWERS, QUESTIONS)
    assert "<script" not in html and "<img src=x" not in html and "\u202e" not in html and "\x1b" not in html
    assert 'href="javascript' not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt;�gpj" in html


def test_it_asks_nobody_and_runs_nothing(shown: str) -> None:
    (policy,) = re.findall(r'Content-Security-Policy" content="([^"]+)"', shown)
    assert "default-src 'none'" in unescape(policy) and policy.endswith("img-src data:")
    assert " style=" not in shown and not re.findall(r'(?:src|href)="(?!#|data:image/jpeg)[^"]*"', shown)


def test_another_page_can_hold_it_and_lead_to_the_archive() -> None:
    held = body(REPORT, archive="/media/archive/")
    assert f'<a href="/media/archive/{RANGE}">' in held and "<html" not in held


def test_ids_are_each_used_once(shown: str) -> None:
    ids = re.findall(r' id="([^"]+)"', shown)
    assert len(ids) == len(set(ids)) and all(f'"{one}"' in shown for one in re.findall(r'href="#([^"]+)"', shown))


def test_words() -> None:
    assert [clock(at) for at in (0, 7.26, 59.96, 3723.04)] == ["0:00.0", "0:07.3", "1:00.0", "1:02:03.0"]
    assert [size(n) for n in (12, 1500, 2_500_000_000)] == [
        "12 bytes",
        "1.5 kB (1,500 bytes)",
        "2.5 GB (2,500,000,000 bytes)",
    ]
    assert [speed(x) for x in (1.0, 1.25, 0.8)] == [
        "at the same speed",
        "1.25 times as fast",
        "slowed down to 0.8 of the speed",
    ]
    assert summary(replace(BARE, metadata=METADATA)) == "Nothing was found."
    assert summary(replace(BARE, findings=FINDINGS[:1])) == "Of what was found, 1 does not fit."


@pytest.mark.parametrize(
    ("kinds", "says"),
    [
        ({"sound"}, "Only its sound matches."),
        ({"pictures", "place"}, "Pictures match."),
        ({"place"}, "The place, or the footage, is the same."),
        ({"place", "sound"}, "Its sound matches, and the place, or the footage, is the same."),
    ],
)
def test_no_more_is_said_to_match_than_does(kinds: set[MatchKind], says: str) -> None:
    assert media_matches._says(kinds) == says


def test_a_file_is_not_said_to_match_by_its_sound_alone_where_its_pictures_are_not_shown() -> None:
    many = (replace(PICTURES, reference=f"{n:064x}") for n in range(media_matches.MOST_SHOWN - 1))
    found = map(matching, (*many, SOUND, PICTURES))  # the last is left out
    report = replace(REPORT, findings=tuple(found), pairs=(pair(SOUND),))
    *_, sound = references(bounded(report)[0], report)
    assert ([one.match for one in sound.matches], sound.says) == ([SOUND], "Pictures and sound match.")
    assert sound.matches[0].frames == ()
    assert "Only its sound" not in page(report)


def test_no_file_hides_another_that_does_not_fit() -> None:
    long = [replace(PICTURES, reference=CHOIR, end=99.0 + n) for n in range(media_matches.MOST_SHOWN)]
    odd = [replace(matching(one), standing="at odds") for one in (*long, PICTURES)]
    found = bounded(replace(BARE, findings=(*odd, matching(replace(SOUND, reference="b2" * 32)))))[0].findings
    assert [one.match for one in found] == [*long[:-1], PICTURES]


def test_of_a_file_that_is_partly_read_it_is_said_first_how_much_was_found() -> None:
    found = (
        replace(matching(PICTURES), standing="at odds"),
        replace(UNREAD, says="Its record could not be read: it is broken"),
    )
    assert summary(replace(BARE, findings=found)) == "Of what was found, 1 does not fit and 1 could not be measured."
    changed = replace(UNREAD, standing="notable", says="The file was changed while it was checked")
    assert "changed" not in summary(replace(BARE, findings=(changed, UNREAD)))
