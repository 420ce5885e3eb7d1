"""A claim as it is shown: its appearances in order of time, its clearest words, and what it stands beside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import numpy as np

from firsthand.claims.completing import PRONOUNS
from firsthand.claims.facts import facts
from firsthand.claims.linking import links
from firsthand.claims.scoring import Judge
from firsthand.claims.shelf import Shelf
from firsthand.claims.statements import GAP, hedged
from firsthand.claims.wording import words
from firsthand.model import Claim, Told

FEWEST, MOST = 7, 32
"""Words of a claim's text that are neither a fragment nor a paragraph: chosen by eye on PolNeAR's contents."""

_ENDS = '.!?”"’'
_LATE = datetime.max.replace(tzinfo=UTC)


def claim(shelf: Shelf, claim_id: str, judge: Judge | None = None) -> Claim:
    """The claim with this id; with its links to others where there is a judge. Raises KeyError where there is none."""
    keys = sorted(shelf.members(claim_id))
    told = sorted((one for key in keys for one in shelf.of_node(key)), key=in_time)
    if not told:
        raise KeyError(claim_id)
    pinned = _pinned(shelf, told)
    best = pinned or clearest(told)
    found = links(shelf, claim_id, judge) if judge else ()
    return Claim(
        claim_id,
        best.appearance.text,
        best.appearance.id,
        tuple(one.appearance for one in told),
        found,
        pinned is not None,
    )


def in_time(told: Told) -> tuple[datetime, str]:
    """Sorts statements by when they were published, those without a time last, then by id."""
    published = told.appearance.published
    if published is None:
        return _LATE, told.appearance.id
    return (published if published.tzinfo else published.replace(tzinfo=UTC)), told.appearance.id


def _pinned(shelf: Shelf, told: Sequence[Told]) -> Told | None:
    """The statement whose words a person chose; of several the one that is first in order of time."""
    return next((one for one in told if any(d.kind == "clearest" for d in shelf.decided(one.appearance.id))), None)


def clearest(told: Sequence[Told]) -> Told:
    """The statement that says best what all of them say: a whole sentence with its names, and nothing beside it.

    It should not be surer than the most careful of those who say so: a claim is not told as "will" that began as "may".
    """
    if len(told) == 1:
        return told[0]
    least = min(hedged(one.appearance.certainty) for one in told)
    middle = np.mean([np.frombuffer(one.vector, np.int8).astype(np.float32) for one in told], 0)
    return max(told, key=lambda one: (round(_clarity(one, middle, least), 3), [-ord(c) for c in one.appearance.id]))


def _clarity(told: Told, middle: np.ndarray[tuple[int], np.dtype[np.float32]], least: float) -> float:
    """Higher is clearer. The weights are chosen by eye, on PolNeAR's contents."""
    text, vector = told.appearance.text, np.frombuffer(told.vector, np.int8).astype(np.float32)
    found = words(text)
    low = [word.lower() for word in found]
    nearness = float(vector @ middle) / max(float(np.linalg.norm(vector) * np.linalg.norm(middle)), 1.0)
    length = len(found)
    return (
        4 * nearness
        - 0.8 * (hedged(told.appearance.certainty) - least)
        + 0.5 * (told.appearance.stance in ("asserts", "reports"))
        + 0.4 * (text[:1].isupper() or text[:1] in '“"‘')
        + 0.2 * (text.rstrip()[-1:] in _ENDS)
        + 0.1 * min(len(facts(text).names), 2)
        - 0.4 * (low[:1] == ["that"])
        - 0.8 * bool(PRONOUNS & set(low[:4]))
        - 0.2 * len(PRONOUNS & set(low))
        - 1.5 * (GAP in text)
        - 0.12 * max(FEWEST - length, 0)
        - 0.05 * max(length - MOST, 0)
        - 0.3 * ("\n" in text)
    )
