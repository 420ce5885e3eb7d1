"""Whether two roots may be one, and whether they cannot be."""

from __future__ import annotations

from datetime import timedelta

from .acts import of_a_charge
from .grounds import Ground
from .lexicons import closed
from .nations import clash, same_nation
from .outlets import owner
from .parties import Party
from .people import FAR_MORE
from .same import Same
from .times import apart, span_words
from .words import folded, inside, singular

WEEK = timedelta(days=7)
"""Within which unnamed people may be the same ones, or somebody's colleagues; beyond, a story has other sources. A
choice, not fitted to data; longer than what it takes to be sure (`same.DAYS`): only the least number depends on it."""

Reason = tuple[int, str]
"""How likely it is, 0 most, and a sentence."""


class Maybe:
    """Compares the roots of one claim. `prosecutors`: the surnames of those whom it calls so."""

    def __init__(self, same: Same, prosecutors: frozenset[str] = frozenset()) -> None:
        self._same, self._prosecutors = same, prosecutors

    def reason(self, one: Ground, other: Ground) -> Reason | None:
        """Why two roots may be one; None where nothing says so."""
        first, second = sorted((one, other), key=lambda ground: _ORDER.index(ground.party.sort))
        if first.party.sort == "person" and second.party.sort == "person":
            return self._surname(first, second)
        test = _TESTS.get((first.party.sort, second.party.sort))
        gaps = (apart(a.appearance, b.appearance) for a, _ in one.voices for b, _ in other.voices)
        close = any(gap is None or gap <= WEEK for gap in gaps)
        if not close or clash(first.party.nations, second.party.nations):
            return None
        return (test(first, second) if test else None) or self._one_charge(first, second)

    def differ(self, one: Ground, other: Ground) -> bool:
        """Whether they are two for certain: two persons by name, or people of two states."""
        if one.party.sort == other.party.sort == "person":
            return self._surname(one, other) is None
        return clash(one.party.nations, other.party.nations)

    def _one_charge(self, one: Ground, other: Ground) -> Reason | None:
        """An indictment, the jury that found it, the prosecutor and ministry that bring it: one act, told by many."""
        if not (of_a_charge(one.party, self._prosecutors) and of_a_charge(other.party, self._prosecutors)):
            return None
        return 1, _are_one(one, other, _ACT)

    def _surname(self, one: Ground, other: Ground) -> Reason | None:
        """A surname that several have; or somebody named rarely, beside a namesake of whom all others speak."""
        for short, full in ((one, other), (other, one)):
            if self._same.person(full.party) in self._same.people.could_be(short.party.words):
                return 0, f"“{short.party.name}” may be {full.party.name}: the text gives no first name."
        if one.party.words[-1:] != other.party.words[-1:]:
            return None
        rare, often = sorted((one, other), key=lambda ground: len(ground.voices))
        if len(often.voices) < FAR_MORE * len(rare.voices):
            return None
        return 5, _are_one(
            rare, often, "both have one surname, and a “he” or a surname alone may be taken for the wrong one"
        )


def named(ground: Ground, *, first: bool = False) -> str:
    """A root in a sentence, with the outlet that told of it: "a senior official (AP)"."""
    name, told = inside(ground.party.name), _told_by(ground)
    words = f"{name} ({told})" if told and ground.party.sort not in ("own", "outlet") else name
    return words[:1].upper() + words[1:] if first else words


def _told_by(ground: Ground) -> str:
    leaf = ground.voices[0][0]
    return leaf.names[-1] if leaf.names else leaf.appearance.outlet or ""


def _are_one(one: Ground, other: Ground, why: str) -> str:
    between = _between(one, other)
    return f"{named(one, first=True)} and {named(other)} may be one: {why}{', ' if between else ''}{between}."


def _between(one: Ground, other: Ground) -> str:
    gaps = [apart(a.appearance, b.appearance) for a, _ in one.voices for b, _ in other.voices]
    known: list[timedelta] = [gap for gap in gaps if gap is not None]
    return span_words(min(known)) if known else ""


def _unnamed(one: Ground, other: Ground) -> Reason | None:
    """Two descriptions: officials of one government, people who know, or the same word for them."""
    a, b = one.party, other.party
    if {a.role, b.role} <= {"official", "office", "insider"}:
        sure = bool(a.nations and b.nations)
        both = "both are unnamed officials" if "insider" not in (a.role, b.role) else "neither is named"
        state = f" of {_state(a)}" if sure and "insider" not in (a.role, b.role) else ""
        unknown = "" if sure else ", and the text does not say of which government both are"
        return 1 if sure else 3, _are_one(one, other, both + state + unknown)
    if a.words[-1:] == b.words[-1:] and a.words:
        return 2, _are_one(one, other, "both are described alike")
    return None


def _colleague(one: Ground, other: Ground) -> Reason | None:
    """A person by name, and an unnamed one."""
    person, unnamed = one.party, other.party
    if unnamed.role == "insider":
        return 4, _are_one(one, other, "the second is not named, and may be anybody who knows")
    if unnamed.role not in ("official", "office") or not (_in_office(person) or not person.position):
        return None
    if same_nation(person.nations, unnamed.nations):
        return 1, _are_one(one, other, f"the second is an unnamed official of {_state(unnamed)}, and so is the first")
    return 4, _are_one(one, other, "the second is an unnamed official, who may be the first or a colleague")


def _speaker(one: Ground, other: Ground) -> Reason | None:
    """A person, and the body whose position it is."""
    held = set(folded(one.party.position))
    own = set(other.party.words) - closed("stock")
    if (own and own <= held) or (same_nation(one.party.nations, other.party.nations) and _in_office(one.party)):
        return 1, _are_one(one, other, "the first holds office there, and may speak for it")
    return None


def _one_government(one: Ground, other: Ground) -> Reason | None:
    if same_nation(one.party.nations, other.party.nations):
        return 2, _are_one(one, other, f"both speak for {_state(other.party)}")
    return None


def _one_text(one: Ground, other: Ground) -> Reason | None:
    """Two names of documents with the same noun: "Friday's indictment", "the indictment of twelve officers"."""
    mine, theirs = ([singular(word) for word in ground.party.words] for ground in (one, other))
    if set(mine) & set(theirs) & closed("texts") or mine[-1:] == theirs[-1:] != []:
        return 2, _are_one(one, other, "both are described alike")
    if any(folded(ground.party.name)[:1] in _POINTING for ground in (one, other)):
        return 3, _are_one(one, other, "one of them is only pointed to")
    return None


_ACT = "a charge is one act of the prosecutor, the court and the text that they publish"
_POINTING = (["this"], ["that"], ["these"], ["those"], ["such"])


def _one_owner(one: Ground, other: Ground) -> Reason | None:
    who = {owner(ground.party.name, _year(ground)) for ground in (one, other)}
    if None not in who and len(who) == 1:
        return 2, f"{named(one, first=True)} and {named(other)} may be one: both belong to {who.pop()}."
    return None


def _year(ground: Ground) -> int | None:
    when = ground.voices[0][0].appearance.published
    return when.year if when else None


def _in_office(party: Party) -> bool:
    """Whether a person's position is one of a government, or the text tells of none."""
    words = set(folded(party.position))
    return bool(party.nations or words & (closed("official") | closed("office") | closed("body") | closed("titles")))


def _state(party: Party) -> str:
    """A state as it is said in a sentence."""
    name = min(party.nations)
    shown = " ".join(word if word in ("and", "of") else word.capitalize() for word in name.split())
    return f"the {shown}" if shown.split()[0] in ("United", "European", "Netherlands", "Philippines") else shown


_ORDER = ("person", "body", "document", "described", "crowd", "own", "outlet", "nobody")
_TESTS = {
    ("person", "body"): _speaker,
    ("person", "described"): _colleague,
    ("body", "body"): _one_government,
    ("body", "described"): _one_government,
    ("described", "described"): _unnamed,
    ("document", "document"): _one_text,
    ("own", "own"): _one_owner,
}
