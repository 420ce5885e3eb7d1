"""How many roots are independent: at most all of them; at least as many as are left when those that may be one are one.

The least is found in three steps. Who says that their knowledge is another's counts with that other, and who tells of
a charge with the charge. Of the rest that
tell who they are, any two that may be one are joined, the likeliest first, unless that would join two that cannot be.
Roots of which nothing is known (an outlet that is not here, a text that names nobody) may be any of those.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product

from firsthand.model import Corroboration

from .acts import prosecutors, public
from .grounds import Ground, Grounds
from .joining import Joined
from .maybe import Maybe, named
from .same import Same
from .sharing import NearBy
from .times import Rank, rank

NAMES = 3
"""Roots that a sentence lists before it says how many more there are."""

_UNMEASURED = ("outlet not here", "unknown", "outlet's own")


def corroboration(found: Grounds, texts: Mapping[str, str]) -> tuple[Corroboration, list[list[Ground]]]:
    """The range for the roots that were not taken back. `texts`: of articles by id, as far as they are at hand.

    Then the roots that tell who they are, those together that may be one: as many groups as the least counts.
    """
    counted = [ground for ground in found.grounds if not ground.root.withdrawn]
    gone = [ground for ground in found.grounds if ground.root.withdrawn]
    blank = [ground for ground in counted if _is_blank(ground)]
    told = [ground for ground in counted if not _is_blank(ground)]
    sharing = dict(_sharing(told, texts)) | dict(_of_an_act(told))
    groups, reasons = _joined([ground for ground in told if ground.root.id not in sharing], found.same)
    sentences = (*sharing.values(), *reasons, *_of_blank(blank, bool(told)), *_of_gone(gone))
    return Corroboration(len(groups) or min(len(blank), 1), len(counted), sentences), groups


def _is_blank(ground: Ground) -> bool:
    """Whether nothing tells where it is from; an outlet that shows what it saw is no such root."""
    return ground.root.kind in _UNMEASURED and not ground.root.first_hand


def _joined(told: Sequence[Ground], same: Same) -> tuple[list[list[Ground]], list[str]]:
    """Roots that may be one, together; and a sentence for each time that two sets became one."""
    maybe = Maybe(same, prosecutors(told))
    pairs = ((maybe.reason(one, other), i, j) for (i, one), (j, other) in combinations(enumerate(told), 2))
    ranked = sorted((reason[0], i, j, reason[1]) for reason, i, j in pairs if reason)
    joined, reasons, sets = Joined(len(told)), list[str](), _Sets(told, maybe)
    for _, i, j, words in ranked:
        one, other = joined.of(i), joined.of(j)
        if one != other and not sets.differ(one, other):
            joined.join(i, j)
            sets.join(*sorted((one, other)))
            reasons.append(words)
    return [[told[i] for i in together] for together in joined.sets()], reasons


class _Sets:
    """Sets of roots by their least number, and which cannot be one: what differs once does so however both grow."""

    def __init__(self, told: Sequence[Ground], maybe: Maybe) -> None:
        self._maybe = maybe
        self._members = {i: [ground] for i, ground in enumerate(told)}
        self._apart: set[tuple[int, int]] = set()

    def differ(self, one: int, other: int) -> bool:
        """Whether a member of the one cannot be a member of the other."""
        ends = min(one, other), max(one, other)
        if ends not in self._apart:
            pairs = product(self._members[one], self._members[other])
            if not any(self._maybe.differ(a, b) for a, b in pairs):
                return False
            self._apart.add(ends)
        return True

    def join(self, low: int, high: int) -> None:
        """Put the one with the higher number into the other."""
        self._members[low] += self._members.pop(high)


def _sharing(told: Sequence[Ground], texts: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """Roots that say that they have it from another service, the last to tell first; one is always left."""
    left, near_by = list(told), NearBy(told, texts)
    for ground in sorted(told, key=_order, reverse=True):
        words = near_by.words(ground) if ground.party.sort in _SERVICES else None
        others = [other for other in left if other is not ground and _could_share(other)] if words else []
        if words and others:
            other = min(others, key=lambda one: (_order(one) > _order(ground), _order(one)))
            left.remove(ground)
            yield (
                ground.root.id,
                f"{named(ground, first=True)} may know it from {named(other)}, or both from a third: "
                f"its report says “{words}”.",
            )


def _of_an_act(told: Sequence[Ground]) -> Iterator[tuple[str, str]]:
    """Roots that tell of a charge which is public, and a sentence for each."""
    for ground, act in public(told):
        yield ground.root.id, f"{named(ground, first=True)} may know it from {named(act)}: a charge is public."


def _could_share(other: Ground) -> bool:
    """A service shares with another one, of whichever state; not with a witness or a text."""
    return other.party.sort in _SERVICES and other.root.kind != "eyewitness"


_SERVICES = ("person", "body", "described")


def _order(ground: Ground) -> tuple[Rank, str]:
    return rank(ground.voices[0][0].appearance), ground.root.id


def _of_blank(blank: Sequence[Ground], any_told: bool) -> Iterator[str]:
    """A sentence for each kind of root of which nothing is known."""
    for sort, (one, several) in _BLANK.items():
        of_kind = [ground for ground in blank if ground.party.sort == sort]
        alone = len(blank) == 1 and not any_told
        if of_kind:
            single = len(of_kind) == 1 and sort != "crowd"
            rest = "" if alone else _ONE_ANOTHER if not any_told else _REST if single else _REST_OF_SEVERAL
            yield f"{_listed([ground.party.name for ground in of_kind])} {one if len(of_kind) == 1 else several}{rest}."


_REST = "; it may be one of the other roots"
_REST_OF_SEVERAL = "; each may be one of the other roots"
_ONE_ANOTHER = "; all of these may have one root"
_BLANK = {
    "outlet": (
        "is not here with this claim, so what it rests on is unmeasured",
        "are not here with this claim, so what they rest on is unmeasured",
    ),
    "own": ("says it without saying how it knows", "say it without saying how they know"),
    "nobody": ("says that it is said, and not by whom", "say that it is said, and not by whom"),
    "crowd": ("are nobody in particular", "are nobody in particular"),
}


def _of_gone(gone: Sequence[Ground]) -> Iterator[str]:
    for ground in gone:
        yield f"{named(ground, first=True)} is not counted: every outlet that told of it took it back."


def _listed(names: Sequence[str]) -> str:
    more = [f"{len(names) - NAMES} more"] if len(names) > NAMES else []
    parts = [*names[:NAMES], *more]
    words = " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)
    return words[:1].upper() + words[1:]
