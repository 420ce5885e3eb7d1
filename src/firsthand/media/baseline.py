"""What is usual in the files of an outlet: what is so in all of them tells little of one of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

from firsthand.model.media import Claimed, Finding, Metadata, Standing

from .dates import Window, length, window
from .meanings import maybe_local
from .stating import listed, stated, unmeasured
from .traces import known

LEAST = 3
"""Files of an outlet from which on something can be called usual."""

MOST = 0.8
"""The share of them that has to agree. Both set by reasoning, on no data."""

QUARTER = timedelta(minutes=15)
"""Clocks that are wrong by a zone are wrong by a multiple of this."""

LARGEST = timedelta(hours=14)


def of(
    metadata: Metadata, claimed: Claimed, others: Sequence[Metadata], others_claimed: Sequence[Claimed] = ()
) -> Iterator[Finding]:
    """What the outlet's other files have in common, and whether this one has it too."""
    if not others:
        return
    if len(others) < LEAST:
        count = f"{len(others)} other file{'s' if len(others) != 1 else ''}"
        says = f"Only {count} of this outlet in the archive: too few to say what is usual"
        yield unmeasured("baseline", says, facts=[("needed", str(LEAST))])
        return
    yield from _stripped(metadata, others)
    yield from _programs(metadata, others)
    yield from _devices(metadata, others)
    yield from _clocks(metadata, others)
    yield from _off_claims(metadata, claimed, others, others_claimed)


def _stripped(metadata: Metadata, others: Sequence[Metadata]) -> Iterator[Finding]:
    bare, total = sum(not _has_date(one) for one in others), len(others)
    facts = [("without a date", f"{bare} of {total}")]
    here = _has_date(metadata)
    if bare >= MOST * total and not here:
        says = f"{_share(bare, total)} carry no date either: that this one carries none tells little"
        yield stated("baseline", "plain", says, facts=facts)
    elif bare >= MOST * total:
        yield stated("baseline", "notable", f"{_share(bare, total)} carry no date: this one does", facts=facts)
    elif total - bare >= MOST * total and not here:
        yield stated(
            "baseline", "notable", f"{_share(total - bare, total)} carry dates: this one carries none", facts=facts
        )


def _programs(metadata: Metadata, others: Sequence[Metadata]) -> Iterator[Finding]:
    """The programs that left their names in most of them, without their versions."""
    counts = Counter(name for one in others for name in {_plain(name) for name, _ in one.software})
    usual = {name: count for name, count in counts.most_common(6) if count >= MOST * len(others)}
    here = {_plain(name) for name, _ in metadata.software}
    for names, tail in (
        ([*filter(here.__contains__, usual)], ", as this one does"),
        ([*usual.keys() - here], ": this one does not"),
    ):
        if names:
            share = _share(min(usual[name] for name in names), len(others))
            standing: Standing = "plain" if here.issuperset(names) else "notable"
            facts = [(f"files with {name}", f"{usual[name]} of {len(others)}") for name in sorted(names)]
            says = f"{share} carry the name{'s' if len(names) > 1 else ''} {listed(sorted(names), 6)}{tail}"
            yield stated("baseline", standing, says, facts=facts)


def _devices(metadata: Metadata, others: Sequence[Metadata]) -> Iterator[Finding]:
    """Another camera than the usual one."""
    devices = Counter(one.device for one in others if one.device)
    if not metadata.device or not devices:
        return
    count, total = devices[metadata.device], sum(devices.values())
    if count:
        says = f"{count} of the {total} others that name a camera name the same: {metadata.device}"
    else:
        says = f"None of the {total} others that name a camera names this one: {metadata.device}"
    yield stated("baseline", "plain", says, facts=[("device", metadata.device), ("files", f"{count} of {total}")])


def _clocks(metadata: Metadata, others: Sequence[Metadata]) -> Iterator[Finding]:
    """Two of a file's own dates that are apart by the same whole quarters of an hour in most files: a wrong zone."""
    offsets = Counter(gap for one in others if (gap := _inner_gap(one)))
    if not offsets:
        return
    gap, count = offsets.most_common(1)[0]
    if count < max(LEAST, MOST * sum(_inner_gap(one) is not None for one in others)):
        return
    here = _inner_gap(metadata)
    says = f"In {count} of {len(others)} other files of this outlet the header runs {_signed(gap, 'of')} other dates"
    says += ", as in this one" if here == gap else ", in this one it does not" if here is not None else ""
    yield stated("baseline", "plain" if here in (gap, None) else "notable", says, facts=[("offset", _signed(gap))])


def _off_claims(
    metadata: Metadata, claimed: Claimed, others: Sequence[Metadata], others_claimed: Sequence[Claimed]
) -> Iterator[Finding]:
    """Files that all run the same time off what is claimed of them."""
    pairs = list(zip(others, others_claimed, strict=False))
    gaps = [gap for one, claim in pairs if (gap := _gap_to(one, claim)) is not None]
    counts = Counter(gaps)
    if len(gaps) < LEAST or counts.most_common(1)[0][1] < MOST * len(gaps):
        return
    gap, count = counts.most_common(1)[0]
    here, share = _gap_to(metadata, claimed), f"{count} of {len(gaps)}"
    at = f"{_signed(gap, 'of')} their claimed time" if gap else "at their claimed time"
    says = f"{share} other files of this outlet were created {at}"
    if here is not None:
        says += ", as this one was" if here == gap else f"; this one {_signed(here) if here else 'at its own'}"
    standing: Standing = "plain" if here in (gap, None) else "notable"
    yield stated("baseline", standing, says, facts=[("offset", _signed(gap)), ("files", share)])


def _has_date(metadata: Metadata) -> bool:
    return any(date.at for date in metadata.dates if date.what in ("created", "digitised", "encoded"))


def _plain(name: str) -> str:
    """Who left a name, where that is known; else the name without its version: what stands before the first figure."""
    if one := known(name):
        return one.who
    head = next((i for i, letter in enumerate(name) if letter.isdigit() and i > 2), len(name))
    return name[:head].rstrip(" .-v(/") or name


def _made(metadata: Metadata, which: Callable[[str], bool] = bool) -> Window | None:
    """The first date of creation whose instant is known, of the fields `which` chooses."""
    spans = (window(date.at) for date in metadata.dates if date.at and date.what == "created" and which(date.where))
    return next((span for span in spans if span and span.exact), None)


def _inner_gap(metadata: Metadata) -> timedelta | None:
    """By how many quarters of an hour the header's clock is ahead of another date that names its zone."""
    return _rounded(_made(metadata, maybe_local), _made(metadata, lambda where: not maybe_local(where)))


def _gap_to(metadata: Metadata, claimed: Claimed) -> timedelta | None:
    return _rounded(_made(metadata), window(claimed.time) if claimed.time else None)


def _rounded(one: Window | None, other: Window | None) -> timedelta | None:
    if one is None or other is None or not other.exact or abs(one.first - other.first) > LARGEST:
        return None
    return round((one.first - other.first) / QUARTER) * QUARTER


def _share(count: int, total: int) -> str:
    return (
        f"All {total} other files of this outlet"
        if count == total
        else f"{count} of {total} other files of this outlet"
    )


def _signed(gap: timedelta, of: str = "") -> str:
    """As "1 h ahead" or "1 h behind"; with `of` as it stands before what it is ahead of or behind."""
    return f"{length(gap)} {f'ahead {of}'.strip() if gap > timedelta(0) else 'behind'}"
