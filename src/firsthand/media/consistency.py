"""What a file says of itself, set beside what is claimed of it -> Findings, the most telling first.

Nothing here is a verdict: each says what does not fit, by how much, and which field says so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from firsthand.model.media import Claimed, Finding, Metadata

from . import baseline, findings_dates, findings_history, findings_place, findings_traces
from .stating import LEAST_THUMBNAIL, ORDER, stated, unmeasured


def findings(
    metadata: Metadata,
    claimed: Claimed,
    others: Sequence[Metadata] = (),
    others_claimed: Sequence[Claimed] = (),
    now: datetime | None = None,
) -> tuple[Finding, ...]:
    """All that the file's own record says of the claim, most telling first.

    `others`: files of the same outlet, for the baseline; `others_claimed`: what is claimed of each of them, in the same
    order, where it is known. `now`: the instant after which a date lies in the future; the machine's clock, if None.
    """
    now = now or datetime.now(UTC)
    found = [
        *findings_dates.of(metadata, claimed, now),
        *findings_history.of(metadata, claimed),
        *findings_traces.of(metadata),
        *findings_place.of(metadata, claimed),
        *_thumbnail(metadata),
        *baseline.of(metadata, claimed, others, others_claimed),
        *_unread(metadata),
    ]
    return tuple(_in_turn(found))


def _in_turn(found: Sequence[Finding]) -> list[Finding]:
    """By standing; of one standing first what each check puts first, so that no check hides another."""
    turns: Counter[tuple[str, str]] = Counter()
    keyed = []
    for place, one in enumerate(found):
        keyed.append((ORDER.index(one.standing), turns[one.standing, one.check], place, one))
        turns[one.standing, one.check] += 1
    return [one for *_, one in sorted(keyed, key=lambda row: row[:3])]


def _thumbnail(metadata: Metadata) -> Iterator[Finding]:
    size = metadata.thumbnail
    if size is None:
        return
    facts = (("difference, 0 to 1", f"{size:.2f}"), ("taken as different from", f"{LEAST_THUMBNAIL:.2f}"))
    if size >= LEAST_THUMBNAIL:
        says = f"The thumbnail in the file differs from the picture: {size:.2f} on a scale of 0 to 1"
        yield stated("thumbnail", "notable", says, "EXIF thumbnail", facts)
    else:
        says = f"The thumbnail in the file shows the same as the picture ({size:.2f} on a scale of 0 to 1)"
        yield stated("thumbnail", "plain", says, "EXIF thumbnail", facts)


def _unread(metadata: Metadata) -> Iterator[Finding]:
    if metadata.remarks:
        count = len(metadata.remarks)
        says = f"Not all of the file could be read: {metadata.remarks[0]}" + (
            f", and {count - 1} more" if count > 1 else ""
        )
        facts = tuple((f"remark {number}", remark) for number, remark in enumerate(metadata.remarks, 1))
        yield unmeasured("reading", says, "", facts)
