"""A rich report on a media file, made by hand: invented places, people and clips."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache
from typing import Any

from firsthand.model.media import (
    Answer,
    Claimed,
    Credentials,
    Finding,
    Ingredient,
    KeptMedia,
    Match,
    MediaDate,
    MediaFile,
    MediaReport,
    MediaStream,
    Metadata,
    Pair,
    Position,
    Question,
    Still,
)

HERE, RANGE, CHOIR = ("1f" * 32, "a7" * 32, "c0" * 32)

QUESTIONS = (
    Question(
        "wounds", "Do the wounds fit what is said to have made them?", "Blood that runs, colour of bruises, dust."
    ),
    Question("plates", "Do number plates and uniforms fit the place and the day?", "Format, region, season."),
    Question("filmed", "Who filmed this, and from where?", "Ask for the original file and for a second angle."),
)

ANSWERS = (
    Answer("plates", "The plates are of Ondrava's old format, which ended in 2027.", "ann", "2031-02-19T09:12:00Z"),
)

PICTURES = Match("pictures", RANGE, 4.0, 16.25, 61.5, 73.75, 0.93, "46 of 49 frames within 31 bits", mirrored=True)
PART = Match("pictures", RANGE, 20.0, 23.5, 12.0, 16.375, 0.81, "11 of 14 frames", speed=1.25, view="crop")
SOUND = Match("sound", RANGE, 3.5, 24.0, 61.0, 81.5, 0.97, "412 landmarks agree on one offset")
ONLY_SOUND = Match("sound", CHOIR, 30.0, 38.0, 0.0, 10.0, 0.64, "38 landmarks agree", speed=1.25)


@cache
def jpeg(seed: int, mirrored: bool = False, width: int = 256, height: int = 144) -> bytes:
    """A picture of hills under a sky, not the same for two seeds."""
    from PIL import Image, ImageDraw, ImageOps

    picture = Image.new("RGB", (width, height), (120 + seed * 9 % 90, 150, 190))
    draw = ImageDraw.Draw(picture)
    for hill in range(4):
        middle, top = (seed * 37 + hill * 71) % width, 50 + 20 * hill + seed * 7 % 17
        draw.ellipse((middle - 90, top, middle + 90, top + 160), fill=(60 + 25 * hill, 95 - 12 * hill, 60))
    draw.rectangle((width // 5, 70, width // 5 + 26, 104), fill=(200, 190, 170))
    written = io.BytesIO()
    (ImageOps.mirror(picture) if mirrored else picture).save(written, "JPEG", quality=80)
    return written.getvalue()


def kept(sha256: str = RANGE, name: str = "Skarv range day 2029 (full).mp4", **more: Any) -> KeptMedia:
    """A file of the archive."""
    given = {"who": "ben", "outlet": "Skarv Range Club", "origin": "https://clips.example/skarv-range-day"} | more
    metadata = Metadata("MP4 (isom)", duration=184.0)
    return KeptMedia(
        MediaFile(sha256, name, 41_000_000, "video/mp4"), "2029-07-02T08:00:00Z", metadata=metadata, **given
    )


def pair(match: Match, times: int = 4) -> Pair:
    """Frames of both, side by side."""
    here = tuple(Still(match.start + 3.0 * n, jpeg(n, match.mirrored)) for n in range(times))
    there = tuple(Still(match.reference_start + 3.0 * n, jpeg(n)) for n in range(times))
    return Pair(match, here, there)


METADATA = Metadata(
    "MP4 (isom)",
    duration=64.2,
    streams=(
        MediaStream("video", "h264", 64.2, 1280, 720, 25.0, "VideoHandler", "Lavc60.31.102 libx264"),
        MediaStream("audio", "aac", 64.1, rate=48000.0, handler="Core Media Audio"),
    ),
    dates=(
        MediaDate("2031-02-16T14:03:22Z", "created", "moov/mvhd", "when the file was written, in UTC", "3983925802"),
        MediaDate("2031-02-16T14:03:22Z", "created", "moov/trak[1]/mdhd", "when the track was written", "3983925802"),
        MediaDate(None, "modified", "moov/trak[2]/mdhd", "when the track was changed last", "0"),
        MediaDate(
            "2031-02-16T16:58:07",
            "created",
            "XMP xmp:CreateDate",
            "when the project was made, by the clock of the computer that edited it",
            "2031-02-16T16:58:07",
        ),
        MediaDate(
            "2031-02-16T17:20:41+03:00",
            "metadata changed",
            "XMP xmp:MetadataDate",
            "when XMP was written last",
            "2031-02-16T17:20:41+03:00",
        ),
        MediaDate("2031-02-30", "tagged", "udta ©day", "free text of whoever wrote it", "2031-02-30"),
    ),
    ingredients=(
        Ingredient("clip", "XMP xmpMM:Ingredients[1]", "Skarv range day 2029 (full).mp4", "D:/downloads/range/"),
        Ingredient("clip", "XMP xmpMM:Pantry[2]", "explosion_03.wav", "D:/sfx", at="2031-02-12"),
        Ingredient(
            "step",
            "XMP xmpMM:History[1]",
            action="created",
            at="2031-02-16T15:11:02+03:00",
            software="Cutter Pro 9 (Windows)",
        ),
        Ingredient(
            "step",
            "XMP xmpMM:History[2]",
            action="saved",
            at="2031-02-16T16:59:30+03:00",
            software="Cutter Pro 9 (Windows)",
        ),
    ),
    positions=(Position(-12.34567, 101.5, "udta ©xyz", 14.0),),
    software=(("Cutter Pro 9 (Windows)", "XMP xmp:CreatorTool"), ("Lavf60.16.100", "udta ©too")),
    tags=(("major_brand", "isom"), ("compatible_brands", "isomiso2avc1mp41"), ("x264 settings", "cabac=1 ref=3")),
    thumbnail=0.41,
    remarks=("moov/meta: 12 bytes more than the box holds",),
)

FINDINGS = (
    Finding(
        "dates",
        "at odds",
        "Created 2 days before the claimed time.",
        "dates 1",
        "moov/mvhd",
        (("created", "2031-02-16 14:03:22 UTC"), ("claimed", "2031-02-18"), ("at least", "19 hours before")),
    ),
    Finding(
        "history",
        "at odds",
        "Its editing history names an older clip, “Skarv range day 2029 (full).mp4”.",
        "history 1",
        "XMP xmpMM:Ingredients[1]",
        (("folder", "D:/downloads/range/"),),
    ),
    Finding("sound", "notable", "Its sound from 0:03.5 to 0:24.0 is that of an archived clip.", "sound 1", match=SOUND),
    Finding(
        "pictures",
        "notable",
        "Its pictures from 0:04.0 to 0:16.3 are those of an archived clip, mirrored.",
        "pictures 1",
        match=PICTURES,
    ),
    Finding(
        "pictures",
        "notable",
        "Its pictures from 0:20.0 to 0:23.5 are part of those of an archived clip.",
        "pictures 1",
        match=PART,
    ),
    Finding(
        "sound",
        "notable",
        "Its sound from 0:30.0 to 0:38.0 is that of an archived clip: sound only.",
        "sound 1",
        match=ONLY_SOUND,
    ),
    Finding(
        "traces",
        "notable",
        "A camera's handler stands beside a re-muxer's tag: it was re-muxed.",
        "traces 1",
        "udta ©too",
        (("handler", "Core Media Audio"), ("tag", "Lavf60.16.100")),
    ),
    Finding("baseline", "plain", "All 14 other files of Skarv Post in the archive carry no date either.", "baseline 1"),
    Finding("credentials", "plain", "It carries no content credentials: unknown, as in most files.", "credentials 1"),
    Finding(
        "place",
        "unmeasured",
        "The claimed place is no place that is known here: it was not compared.",
        "place 1",
        facts=(("claimed", "Kestrel Bridge"),),
    ),
)

REPORT = MediaReport(
    file=MediaFile(HERE, "saboteurs_kestrel_bridge.mp4", 18_734_211, "video/mp4"),
    claimed=Claimed("2031-02-18", "Kestrel Bridge, Belmora", "c0ffee12"),
    made="2031-02-18T20:15:00Z",
    findings=FINDINGS,
    metadata=METADATA,
    credentials=Credentials("absent"),
    compared=214,
    references=(kept(), kept(CHOIR, "harbour choir.wav", outlet=None, origin=None)),
    pairs=(pair(PICTURES), pair(PART, 3)),
    silences=((0.0, 2.0), (44.0, 51.5)),
)

SIGNED = Credentials(
    "tampered",
    trusted=False,
    signer="Belmora Camera Works",
    issuer="Belmora Root",
    at="2031-02-15T11:00:00Z",
    generator="cam-app 2.1",
    actions=("c2pa.created", "c2pa.edited"),
    ingredients=("harbour.jpg",),
    remarks=("assertion.dataHash.mismatch",),
)


def hostile(report: MediaReport = REPORT) -> MediaReport:
    """The same, with names that would be script, markup, or turn what follows them about."""
    bad = "<script>alert(1)</script>\u202egpj.\x1b[31m\"'><img src=x onerror=alert(1)>"
    metadata = replace(METADATA, container=bad, device=bad, tags=((bad, bad),), remarks=(bad,))
    return replace(
        report,
        file=replace(report.file, name=bad, media_type=bad),
        claimed=Claimed(bad, bad, bad),
        findings=(Finding("dates", "at odds", bad, bad, bad, ((bad, bad),)), *report.findings),
        metadata=metadata,
        references=(kept(RANGE, bad, who=bad, outlet=bad, origin="javascript:alert(1)"),),
        credentials=replace(SIGNED, signer=bad, actions=(bad,), ingredients=(bad,), remarks=(bad,)),
    )
