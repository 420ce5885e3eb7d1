"""What a media file says of itself, and where its pictures and its sound have been seen before.

Times within a file are seconds from its beginning. Times of day are ISO 8601, as the file gives them: with their zone,
or without one, which is then not known. Nothing here is a verdict: a Finding says what does not fit, a person judges.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Check = Literal[
    "reading",
    "archive",
    "dates",
    "traces",
    "history",
    "place",
    "thumbnail",
    "baseline",
    "pictures",
    "sound",
    "credentials",
]
"""Which check found something. reading: whether the file could be read at all; archive: whether it was added before;
history: the editing history and the ingredients that XMP names; baseline: what other files of the same outlet look
like; credentials: C2PA."""

Standing = Literal["at odds", "notable", "plain", "unmeasured"]
"""at odds: does not fit what is claimed of the file; notable: a person should look at it; plain: stated for the record;
unmeasured: could not be looked at, or was not, which is not the same as nothing found."""

MatchKind = Literal["pictures", "sound", "place"]
"""pictures: the same footage; sound: the same recording; place: what the deep stage finds, the same place or the same
footage."""

View = Literal["whole", "boxed", "crop", "inset", "logo"]
"""What of the checked file matched: all of it, what is left without bars, a part of the reference, a picture in the
picture, or all but what was laid over it."""


APART = "lies"
"""Name of a finding's fact: how far a date of the file lies from what is claimed, wherever that is told."""


@dataclass(frozen=True, slots=True)
class MediaDate:
    """One date that a file carries.

    `at`: ISO 8601, with its zone only where the file gives one; None where the field is there and empty (stripped).
    `what`: "created", "modified", "digitised", "tagged", "encoded"... `where`: the field, such as "moov/mvhd",
    "EXIF DateTimeOriginal" or "XMP xmp:CreateDate". `means`: what that field normally means. `raw`: as it stands.
    """

    at: str | None
    what: str
    where: str
    means: str
    raw: str


@dataclass(frozen=True, slots=True)
class Ingredient:
    """A step of the editing history, or a clip that a file says it was made from.

    `kind`: "step" or "clip". `name`: of the clip, without its folder; `action`: of the step ("saved", "converted").
    `where`: the field of XMP that names it.
    """

    kind: Literal["step", "clip"]
    where: str
    name: str | None = None
    folder: str | None = None
    action: str | None = None
    at: str | None = None
    software: str | None = None


@dataclass(frozen=True, slots=True)
class MediaStream:
    """One stream of a container. `duration` in seconds, `rate` frames or samples a second; None: not told."""

    kind: Literal["video", "audio", "image", "other"]
    codec: str
    duration: float | None = None
    width: int | None = None
    height: int | None = None
    rate: float | None = None
    handler: str | None = None
    encoder: str | None = None


@dataclass(frozen=True, slots=True)
class Position:
    """A place on the Earth, in degrees WGS 84; `where` is the field that gives it, `altitude` in metres."""

    latitude: float
    longitude: float
    where: str
    altitude: float | None = None


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file's own record says.

    `container` such as "MP4 (isom)" or "JPEG"; `device`: maker and model of the camera, as told; `software`: programs
    that left their name, with where; `tags`: everything else worth showing, (field, value), at most some hundred.
    `thumbnail`: difference of an embedded thumbnail from the picture, 0 (same) to 1; None where there is none.
    `remarks`: what could not be read, one line each.
    """

    container: str
    duration: float | None = None
    streams: tuple[MediaStream, ...] = ()
    dates: tuple[MediaDate, ...] = ()
    ingredients: tuple[Ingredient, ...] = ()
    positions: tuple[Position, ...] = ()
    device: str | None = None
    software: tuple[tuple[str, str], ...] = ()
    tags: tuple[tuple[str, str], ...] = ()
    thumbnail: float | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Credentials:
    """What C2PA says of a file. absent means unknown: most honest files carry none.

    `state`: valid: the signature holds and the file is as signed; tampered: it was changed after signing; unreadable: a
    manifest is there that cannot be read. `trusted`: whether the signer is on the trust list; None where nothing is
    signed or no list was given. `signer` and `issuer`: of the certificate. `actions`, `ingredients`: titles as the
    manifest has them. `remarks`: codes of the validation that went wrong.
    """

    state: Literal["valid", "tampered", "absent", "unreadable"]
    trusted: bool | None = None
    signer: str | None = None
    issuer: str | None = None
    at: str | None = None
    generator: str | None = None
    actions: tuple[str, ...] = ()
    ingredients: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A stretch of the checked file, `start` to `end`, that is also in `reference` (an SHA-256).

    `speed`: how much faster than the reference it runs. `score` 0 to 1, with `reason` saying on what it rests.
    A single picture lies at 0 to 0.
    """

    kind: MatchKind
    reference: str
    start: float
    end: float
    reference_start: float
    reference_end: float
    score: float
    reason: str
    speed: float = 1.0
    mirrored: bool = False
    view: View = "whole"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found, in one sentence.

    `facts`: what it rests on, (name, value). `where`: the field or the part of the file. `maker`: check and version.
    """

    check: Check
    standing: Standing
    says: str
    maker: str
    where: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """What is claimed of a file: when and where it was taken, by its uploader or by whoever shows it; the claim's id.

    `time`: ISO 8601: a day, or a time of day with its zone or without one. `place`: a name, or "latitude, longitude".
    """

    time: str | None = None
    place: str | None = None
    claim: str | None = None


@dataclass(frozen=True, slots=True)
class MediaFile:
    """A file as it was given. `name` is what it was called; `size` in bytes."""

    sha256: str
    name: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class KeptMedia:
    """A file of the archive: who added it and when (ISO 8601, UTC), whose it is said to be, from where it came.

    `claimed`: when and where it is said to be taken.
    """

    file: MediaFile
    added: str
    who: str
    outlet: str | None = None
    origin: str | None = None
    metadata: Metadata | None = None
    claimed: Claimed = Claimed()


@dataclass(frozen=True, slots=True)
class Still:
    """A frame of a file, `at` seconds, as a JPEG."""

    at: float
    jpeg: bytes


@dataclass(frozen=True, slots=True)
class Pair:
    """A match's frames side by side: `here` of the checked file, `there` of the reference."""

    match: Match
    here: tuple[Still, ...]
    there: tuple[Still, ...]


@dataclass(frozen=True, slots=True)
class MediaReport:
    """All that was found in one file, most telling first.

    `compared`: how many files of the archive its pictures and its sound were compared with. `references`: of the files
    that `findings` match, by SHA-256. `pairs`: for the contact sheet.
    """

    file: MediaFile
    claimed: Claimed
    made: str
    findings: tuple[Finding, ...]
    metadata: Metadata | None = None
    credentials: Credentials | None = None
    compared: int = 0
    references: tuple[KeptMedia, ...] = ()
    pairs: tuple[Pair, ...] = ()
    silences: tuple[tuple[float, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of the staged-scene checklist, which only a person can answer. `key` never changes."""

    key: str
    asks: str
    look: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person answers to a question of the checklist, by its `key`: in which words, who, when (ISO 8601, UTC).

    Answers are Judgements: a later one by the same person stands in place of the earlier one, which is kept.
    """

    question: str
    words: str
    who: str
    at: str
