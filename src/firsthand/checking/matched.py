"""What matches say, in a sentence each: from when to when, of which archived file, what that file's dates are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from firsthand.media.dates import shown, window
from firsthand.media.findings_dates import SLACK, Told, groups, is_unset
from firsthand.model import Check, Claimed, Finding, KeptMedia, Match, MatchKind, Standing
from firsthand.share.media_matches import foremost
from firsthand.share.media_words import VIEWS, clock, speed, stretch

MAKER = "matches 2"

CHECKED: dict[MatchKind, Check] = {"pictures": "pictures", "sound": "sound", "place": "pictures"}

BEGUN = ("created", "digitised", "encoded")
"""What the dates mean that tell when a file, or what it shows, was made; others tell what became of it later."""

MOST = 500
"""Matches that a report has: a file that matches the whole of a large archive is told so by fewer. A choice."""

LOOSE = 0.8
"""Score of pictures under which they may be another take of the same place: it is 26 bits of 256 on average where every
frame is alike. Of 1,063 matches of copies in a set of the bench 28 had less, mostly with a logo over them, of 73 of
single pictures 11; of 13 of places filmed again or watched on, nine.
"""

UNLIKE = 0.005
"""Of a speed that is told: below, it is as good as the same. Half a percent, a choice."""


@dataclass(frozen=True, slots=True)
class Known:
    """What is known besides matches: the archived files by their SHA-256, and what is claimed.

    `seen`: the archived files with whose pictures those of the checked file were compared.
    """

    kept: Mapping[str, KeptMedia]
    claimed: Claimed
    seen: frozenset[str] = field(default=frozenset())


def findings(matches: Sequence[Match], known: Known) -> tuple[Finding, ...]:
    """A finding for each match, the best first: what does not fit, then what is longest; of `MOST` at most."""
    told = [(_is_at_odds(one, known), one) for one in matches]
    told.sort(key=lambda each: (not each[0], each[1].start - each[1].end, -each[1].score))
    best = [told[place][1] for place in sorted(foremost(told, MOST))]
    return tuple(_finding(one, known, only=is_sound_only(one, matches, known.seen)) for one in best)


def is_sound_only(match: Match, others: Sequence[Match], seen: frozenset[str]) -> bool:
    """Whether a stretch has the sound of a file, and not its pictures, which were compared: see `Known.seen`."""
    shown = (one for one in others if one.kind != "sound" and one.reference == match.reference)
    together = any(min(one.end, match.end) > max(one.start, match.start) for one in shown)
    return match.kind == "sound" and match.reference in seen and not together


def _is_at_odds(match: Match, known: Known) -> bool:
    """Whether it is older than the claimed time: the same place may be, and says nothing."""
    kept = known.kept.get(match.reference)
    sure = match.kind != "place" and not _is_loose(match)
    return kept is not None and sure and is_before(kept, known.claimed)


def _is_loose(match: Match) -> bool:
    """Whether pictures are alike, but not so much that they must be the same footage."""
    return match.kind == "pictures" and match.score < LOOSE


def _finding(match: Match, known: Known, *, only: bool) -> Finding:
    kept = known.kept.get(match.reference)
    standing: Standing = "at odds" if _is_at_odds(match, known) else "notable"
    says = f"{_begins(match, only=only)} {_where(match, kept)}{_dates(kept, known.claimed)}"
    facts = tuple(_facts(match, kept))
    return Finding(CHECKED[match.kind], standing, says, MAKER, stretch(match.start, match.end), facts, match)


def _begins(match: Match, *, only: bool) -> str:
    """What of the checked file it is about."""
    when = f" from {clock(match.start)} to {clock(match.end)}" if match.end > match.start else ""
    if match.kind == "sound":
        so = f"{when}{_how(match)}"
        return f"Sound only: its sound{so}, and not its pictures, is also in" if only else f"Its sound{so} is also in"
    what, verbs = (f"Its pictures{when}", ("are", "show")) if when else ("This picture", ("is", "shows"))
    if match.kind == "place":
        return f"{what}{_how(match)} {verbs[1]} the same place or the same footage as"
    if _is_loose(match):
        return f"{what}{_how(match)} may be the same footage, or of the same place filmed again, as in"
    return f"{what}{_how(match)} {verbs[0]} also in"


def _where(match: Match, kept: KeptMedia | None) -> str:
    name = f"“{kept.file.name}”" if kept else f"the archived file {match.reference[:12]}"
    if match.reference_end > match.reference_start:
        return f"{name} ({clock(match.reference_start)} to {clock(match.reference_end)})"
    return f"{name} (at {clock(match.reference_start)})" if match.reference_start else name


def _how(match: Match) -> str:
    """Mirrored, faster, a part of the picture: what was done to it."""
    said = [f"running {speed(match.speed)}"] if abs(match.speed - 1) > UNLIKE and match.kind != "place" else []
    said += ["mirrored"] if match.mirrored else []
    said += [VIEWS[match.view]] if VIEWS[match.view] else []
    return f" ({', '.join(said)})" if said else ""


def _dates(kept: KeptMedia | None, claimed: Claimed) -> str:
    """What that file's own record says of when it was made, and since when it is here; which of it is too early."""
    if kept is None:
        return ""
    record, before = earliest(kept), ", before the claimed time"
    older = before if record and _is_older(record, claimed) else ""
    says = f"whose own record says {shown(record.date.at or '')}{older}" if record else "whose own record gives no date"
    return f", {says}; that file was added on {kept.added[:10]}{before if was_here(kept, claimed.time) else ''}"


def _facts(match: Match, kept: KeptMedia | None) -> Iterator[tuple[str, str]]:
    yield "score", f"{match.score:.2f}: {match.reason}"
    if kept:
        yield "added by", kept.who
        yield from (("outlet", kept.outlet),) if kept.outlet else ()
        yield from (("origin", kept.origin),) if kept.origin else ()
        yield "added", kept.added
    yield "SHA-256", match.reference


def is_before(kept: KeptMedia, claimed: Claimed) -> bool:
    """Whether the archive had the file before the claimed time, or its own record dates it so, whatever the zones."""
    record = earliest(kept)
    return was_here(kept, claimed.time) or (record is not None and _is_older(record, claimed))


def earliest(kept: KeptMedia) -> Told | None:
    """The earliest date by which its own record tells when it was made; none that a clock never set may have."""
    found = groups(kept.metadata.dates) if kept.metadata else []
    claim = window(kept.claimed.time) if kept.claimed.time else None
    made = [one for one in found if one.date.what in BEGUN and not is_unset(one, claim)]
    return min(made, key=lambda one: one.strict.first, default=None)


def _is_older(record: Told, claimed: Claimed) -> bool:
    """By its own clock; that of an MP4's header may be local, and is then taken for any. Claimed times are rounded."""
    wanted = window(claimed.time) if claimed.time else None
    return wanted is not None and record.loose.last < wanted.first - SLACK


def was_here(kept: KeptMedia, claimed: str | None) -> bool:
    """Whether the archive had it before the claimed time, by its own clock, and by more than such times are rounded."""
    wanted, added = window(claimed) if claimed else None, window(kept.added)
    return wanted is not None and added is not None and added.last < wanted.first - SLACK
