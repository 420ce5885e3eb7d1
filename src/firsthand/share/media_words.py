"""What the findings of a media check are called in English. Nothing here is a verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields, is_dataclass, replace
from typing import Any

from firsthand.model.media import Check, Credentials, Match, MediaReport, Standing
from firsthand.share.plain import one_line

STANDINGS: dict[Standing, str] = {
    "at odds": "Does not fit",
    "notable": "Worth a look",
    "plain": "For the record",
    "unmeasured": "Not measured",
}
"""The headings of the findings, in their order."""

COUNTED: dict[Standing, tuple[str, str]] = {
    "at odds": ("does not fit", "do not fit"),
    "notable": ("is worth a look", "are worth a look"),
    "plain": ("is stated for the record", "are stated for the record"),
    "unmeasured": ("could not be measured", "could not be measured"),
}

CHECKS: dict[Check, str] = {
    "reading": "reading the file",
    "archive": "the archive",
    "dates": "dates",
    "traces": "traces of programs",
    "history": "editing history",
    "place": "place",
    "thumbnail": "thumbnail",
    "baseline": "other files of the outlet",
    "pictures": "pictures seen before",
    "sound": "sound heard before",
    "credentials": "content credentials",
}

MATCHES = {
    "pictures": "the same footage",
    "sound": "the same recording",
    "place": "the same place, or the same footage",
}

VIEWS = {
    "whole": "",
    "boxed": "what is left without its bars or frame",
    "crop": "a part of the archived picture",
    "inset": "a picture in the picture",
    "logo": "all but what was laid over it",
}

STATES = {
    "valid": "Signed, and unchanged since it was signed",
    "tampered": "Signed, and changed after it was signed",
    "absent": "None: unknown, as in most files",
    "unreadable": "There, but cannot be read",
}

TRUSTED = {
    True: "on the trust list",
    False: "not on the trust list: who signed it is not vouched for",
    None: "not compared with a trust list",
}

UNREAD_NEXT = (
    "What to do next: see whether another program opens it. If one does, save it anew there and check that copy, whose "
    "dates are those of the copy; if none does, ask whoever sent it for the original, as a file and not through a chat."
)
"""Of a file that could not be read at all: there is nothing else to be done with it here."""

_PLAIN_SPEED = 0.005


def clock(seconds: float) -> str:
    """A time within a file: "0:07.3", "1:02:03.0"."""
    tenths = round(max(0.0, seconds) * 10)
    minutes, rest = divmod(tenths, 600)
    hours, minutes = divmod(minutes, 60)
    whole = f"{rest // 10:02}.{rest % 10}"
    return f"{hours}:{minutes:02}:{whole}" if hours else f"{minutes}:{whole}"


def stretch(start: float, end: float) -> str:
    """From when to when within a file; "" of a single picture."""
    return f"{clock(start)} to {clock(end)}" if end > start else ""


def size(count: int) -> str:
    """Bytes, in the unit that suits them, and exactly."""
    exact = f"{count:,} bytes"
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if count >= unit:
            return f"{count / unit:.1f} {name} ({exact})"
    return exact


def about(match: Match) -> list[str]:
    """What is to be known of a match, besides where it is."""
    said = [MATCHES[match.kind], VIEWS[match.view]]
    said += ["mirrored (left and right exchanged)"] if match.mirrored else []
    said += [speed(match.speed)] if match.kind != "place" or match.speed != 1 else []
    return [words for words in said if words]


def speed(factor: float) -> str:
    """How fast it runs, beside the archived file."""
    if abs(factor - 1) < _PLAIN_SPEED:
        return "at the same speed"
    return f"{factor:.3g} times as fast" if factor > 1 else f"slowed down to {factor:.3g} of the speed"


def is_unread(report: MediaReport) -> bool:
    """Whether nothing of the file could be read at all: neither its record, nor its pictures or sound."""
    checks = {one.check for one in report.findings}
    signed = report.credentials is not None and report.credentials.state != "absent"
    return not report.metadata and not signed and checks == {"reading"}


def summary(report: MediaReport) -> str:
    """How many findings there are of each standing, in a sentence; of a file that cannot be read, why."""
    unread = [one for one in report.findings if one.standing == "unmeasured"]
    if unread and is_unread(report):
        says = unread[0].says.rstrip(".")
        return f"The file {says}." if says.startswith("could") else f"{says}."
    counts = ((standing, sum(one.standing == standing for one in report.findings)) for standing in STANDINGS)
    said = [f"{count} {COUNTED[standing][count > 1]}" for standing, count in counts if count]
    return f"Of what was found, {_listed(said)}." if said else "Nothing was found."


def counted(report: MediaReport) -> str:
    """How much there is to look at, in a few words: "3 findings, 1 seen before"."""
    if is_unread(report):
        return "could not be read"
    found = [one for one in report.findings if one.standing in ("at odds", "notable")]
    seen = sum(one.match is not None and one.match.kind != "place" for one in found)
    said = [f"{len(found):,} finding{'' if len(found) == 1 else 's'}" if found else "nothing worth a look"]
    said += [f"{seen:,} seen before"] if seen else []
    left = sum(one.standing == "unmeasured" for one in report.findings)
    return ", ".join([*said, f"{left:,} not measured"] if left and not found else said)


def more_matches(left: int) -> str:
    """That there are more matches than are shown; "" where there are none."""
    return f"and {left:,} more match{'' if left == 1 else 'es'}, in the JSON" if left else ""


def signer(found: Credentials) -> str:
    """Who signed, and who vouches for that."""
    who = found.signer or "not told"
    return f"{who} (certificate issued by {found.issuer})" if found.issuer else who


def cleaned(record: Any) -> Any:
    """The record, with every text in it on one line and safe to show; bytes, numbers and flags as they are."""
    if isinstance(record, str):
        return one_line(record)
    if isinstance(record, tuple):
        return tuple(map(cleaned, record))
    if is_dataclass(record) and not isinstance(record, type):
        return replace(record, **{field.name: cleaned(getattr(record, field.name)) for field in fields(record)})
    return record


def _listed(said: Iterable[str]) -> str:
    *most, last = said
    return f"{', '.join(most)} and {last}" if most else last
