"""How a claim was worded, and what happened to it, in order of time, as its page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from firsthand.model import Appearance, Event, EventKind, Hardening
from firsthand.share.plain import one_line
from firsthand.share.trace_quotes import LONGEST, by
from firsthand.share.trace_words import hardened, inside, shortened
from firsthand.share.wording import EVIDENCE, certainty_words, quoted
from firsthand.web.claim_cards import Told, told
from firsthand.web.claim_found import Found

HARD = {"hedge": "surer than what it rests on", "source": "drops the source"}
"""What a wording that hardened is marked by."""


@dataclass(frozen=True, slots=True)
class Wording:
    """Words in which articles say it, as the first of them, `told`, has them; `more` articles have the same.

    least, most: steps of certainty, -1 where there is none. hard: as in `HARD`. corrects: it is taken back there.
    """

    told: Told
    words: str
    by: str
    least: int
    most: int
    certainty: str
    more: int
    hard: tuple[str, ...]
    corrects: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """Something that happened to a claim: `what` in words, told by an article."""

    told: Told
    what: str
    kind: EventKind


def wordings(found: Found, most: int) -> tuple[tuple[Wording, ...], int]:
    """Ways of wording it, each when it came first, at most so many; and how many more there are.

    What hardened stands apart from what did not.
    """
    hard: dict[str, dict[str, None]] = {}
    for step in found.provenance.hardening:
        hard.setdefault(step.later, {})[HARD[step.lost]] = None
    groups: dict[tuple[object, ...], list[Appearance]] = {}
    for one in found.claim.appearances:
        key = (one_line(one.text).casefold(), by(one), _steps(one), tuple(hard.get(one.id, ())), one.corrects)
        groups.setdefault(key, []).append(one)
    shown = islice(groups.values(), most)
    made = tuple(_wording(group, tuple(hard.get(group[0].id, ())), found) for group in shown)
    return made, len(groups) - len(made)


def _wording(group: list[Appearance], hard: tuple[str, ...], found: Found) -> Wording:
    one, articles = group[0], {one.article for one in group}
    least, most = _steps(one)
    words = certainty_words(one.certainty) if one.certainty else "neither true nor false: no step"
    return Wording(
        told(found, one.article, one),
        quoted(shortened(one.text, LONGEST)),
        _whose(one),
        least,
        most,
        words,
        len(articles) - 1,
        hard,
        one.corrects,
    )


def _whose(one: Appearance) -> str:
    """Whose word it is; how sure it is stands elsewhere."""
    return by(one).split(" · certainty: ")[0]


def _steps(one: Appearance) -> tuple[int, int]:
    return (one.certainty.least, one.certainty.most) if one.certainty else (-1, -1)


def steps_told(found: Found, most: int) -> tuple[tuple[str, ...], int]:
    """Where it hardened, in sentences, at most so many; and how many more there are."""
    between = [step for step in found.provenance.hardening if not _inside(step, found)]
    shown = tuple(hardened(step, found.provenance, found.names) for step in between[:most])
    return shown, len(between) - len(shown)


def _inside(step: Hardening, found: Found) -> bool:
    """Whether an article only says it in its headline or lead without the source that it names below."""
    return step.lost == "source" and step.earlier.rsplit("@", 1)[0] == step.later.rsplit("@", 1)[0]


def happened(found: Found) -> tuple[Happened, ...]:
    """All events, in order of time."""
    of = {one.id: one for one in found.claim.appearances}
    return tuple(
        Happened(told(found, of[event.appearance].article, of[event.appearance]), _what(event), event.kind)
        for event in found.provenance.events
    )


def _what(event: Event) -> str:
    who = inside(event.what)
    return {
        "first report": "First report",
        "evidence": EVIDENCE.get(event.what, who).capitalize(),
        "denied": f"Denied by {who}",
        "doubted": f"Doubted by {who}",
        "corrected": "Corrected or withdrawn",
    }[event.kind]
