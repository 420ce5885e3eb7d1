"""What matches say, in a sentence each: from when to when, of which archived file, what that file's dates are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from firsthand.model import Check, Claimed, Finding, KeptMedia, Match, MatchKind, MediaDate, Standing
from firsthand.share.media_times import moment_of
from firsthand.share.media_words import VIEWS, clock, speed, stretch

MAKER = "matches 1"

CHECKED: dict[MatchKind, Check] = {"pictures": "pictures", "sound": "sound", "place": "pictures"}

BEGUN = ("created", "digitised", "encoded")
"""What the dates mean that tell when a file, or what it shows, was made; others tell what became of it later."""

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
    """A finding for each match, the best first."""
    best = sorted(matches, key=lambda one: (one.start - one.end, -one.score))
    return tuple(_finding(one, known, only=is_sound_only(one, matches, known.seen)) for one in best)


def is_sound_only(match: Match, others: Sequence[Match], seen: frozenset[str]) -> bool:
    """Whether a stretch has the sound of a file, and not its pictures, which were compared: see `Known.seen`."""
    shown = (one for one in others if one.kind != "sound" and one.reference == match.reference)
    together = any(min(one.end, match.end) > max(one.start, match.start) for one in shown)
    return match.kind == "sound" and match.reference in seen and not together


def _finding(match: Match, known: Known, *, only: bool) -> Finding:
    kept = known.kept.get(match.reference)
    before = kept is not None and match.kind != "place" and is_before(kept, known.claimed)
    standing: Standing = "at odds" if before else "notable"
    says = f"{_begins(match, only=only)} {_where(match, kept)}{_how(match)}{_dates(kept, known.claimed)}"
    facts = tuple(_facts(match, kept))
    return Finding(CHECKED[match.kind], standing, says, MAKER, stretch(match.start, match.end), facts, match)


def _begins(match: Match, *, only: bool) -> str:
    """What of the checked file it is about."""
    what = {"pictures": "Its pictures", "sound": "Its sound", "place": "Its pictures"}[match.kind]
    when = f" from {clock(match.start)} to {clock(match.end)}" if match.end > match.start else ""
    verb = "is" if match.kind == "sound" else "are"
    if only:
        return f"Sound only: its sound{when}, and not its pictures, is also in"
    if match.kind == "place":
        shows = f"{what}{when} show" if when else "This picture shows"
        return f"{shows} the same place or the same footage as"
    if not when:
        return "This picture is also in"
    return f"{what}{when} {verb} also in"


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
    return f", {', '.join(said)}" if said else ""


def _dates(kept: KeptMedia | None, claimed: Claimed) -> str:
    """Since when the archive has that file, and what that file's own record says."""
    if kept is None:
        return ""
    record = earliest(kept)
    says = f"its own record says {record.at} ({record.where})" if record else "its own record gives no date"
    before = f": before the claimed time, {claimed.time}" if is_before(kept, claimed) else ""
    return f"; that file was added on {day(kept.added)}, and {says}{before}"


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
    wanted, record = moment_of(claimed.time), earliest(kept)
    known = (moment_of(kept.added), moment_of(record.at if record else None))
    return wanted is not None and any(one is not None and one.end < wanted.start for one in known)


def earliest(kept: KeptMedia) -> MediaDate | None:
    """The earliest date of its own record that tells when it was made; None where there is none."""
    dates = [(moment.end, one) for one in _made(kept) if (moment := moment_of(one.at))]
    return min(dates, key=lambda pair: pair[0])[1] if dates else None


def _made(kept: KeptMedia) -> Iterator[MediaDate]:
    found = kept.metadata.dates if kept.metadata else ()
    yield from (one for one in found if one.at and one.what in BEGUN)


def day(at: str) -> str:
    """The day of a time, in its own zone."""
    return at[:10]
