"""Findings in the order in which they tell most."""

from __future__ import annotations

from collections.abc import Iterable

from firsthand.model import Check, Finding, Standing

STANDINGS: tuple[Standing, ...] = ("at odds", "notable", "plain", "unmeasured")

CHECKS: tuple[Check, ...] = (
    "reading",
    "archive",
    "dates",
    "history",
    "pictures",
    "sound",
    "place",
    "credentials",
    "thumbnail",
    "traces",
    "baseline",
)
"""The file's own record, and where it was seen before, before what is around it. A choice."""


def first(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings, most telling first: by standing, then what each kind of check has foremost, in turns.

    So that twenty matches do not push a date out of sight. Within a check and a standing they stay in their order.
    """
    turns: dict[tuple[Standing, Check], int] = {}

    def key(one: Finding) -> tuple[int, int, int]:
        turn = turns[one.standing, one.check] = turns.get((one.standing, one.check), -1) + 1
        return STANDINGS.index(one.standing), turn, CHECKS.index(one.check)

    keyed = [(key(one), number, one) for number, one in enumerate(findings)]
    return tuple(one for *_, one in sorted(keyed, key=lambda each: each[:2]))
