"""How a finding about a file's own record is put."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.model.media import Check, Finding, Standing

from .dates import shown

MAKER = "metadata 1"
ORDER: tuple[Standing, ...] = ("at odds", "notable", "plain", "unmeasured")

LEAST_THUMBNAIL = 0.13
"""From which difference on (see thumbnails.difference) a thumbnail shows something else. Set on 125 photographs of
OpenCV's documentation: of 625 thumbnails of the same, made smaller, sharper, brighter, barred, none reached 0.12; of
those of another photograph 96% did; of those made before a quarter of width and height was pasted over, some 90%."""

Facts = Iterable[tuple[str, str]]


def stated(check: Check, standing: Standing, says: str, where: str = "", facts: Facts = ()) -> Finding:
    """A finding of this check, with its maker."""
    return Finding(check, standing, says, MAKER, where, tuple(facts))


def unmeasured(check: Check, says: str, where: str = "", facts: Facts = ()) -> Finding:
    """A finding that something could not be looked at."""
    return stated(check, "unmeasured", says, where, facts)


def bracketed(where: str, at: str) -> str:
    """As "(moov/mvhd: 2022-02-16 09:12 UTC)"."""
    return f"({where}: {shown(at)})"


def listed(names: Iterable[str], most: int = 3) -> str:
    """Names in a row, the first few: "a, b, c and 4 more"."""
    names = list(dict.fromkeys(names))
    if len(names) > most:
        return f"{', '.join(names[:most])} and {len(names) - most} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))
