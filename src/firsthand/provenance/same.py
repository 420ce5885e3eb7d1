"""Whether two appearances name the same party for sure, so that they have one root however independence is counted.

Conservative: what only may be one is left to `ranges`.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from .lexicons import closed
from .nations import clash, same_nation, without_nations
from .parties import Leaf, Party
from .people import People
from .quotes import RUN, same_run, same_words
from .times import apart
from .words import described, folded, written

DAYS = 3
"""Days within which people who are described alike can be the same: a story's first round. A choice, not fitted to
data."""

TELLING = 2
"""Words of a description beyond the usual ones ("senior", "official") that tell one person from most others."""

Voice = tuple[Leaf, Party]
"""One party as one appearance names it."""


class Same:
    """Compares the parties of one claim. `people` are those named in it."""

    def __init__(self, voices: Iterable[Voice]) -> None:
        people = [party for _, party in voices if party.sort == "person"]
        self.people = People(party.words for party in people)
        self._known: dict[tuple[str, tuple[str, ...]], tuple[str, ...] | None] = {}
        self._placed = sorted(
            {party for party in people if party.position}, key=lambda party: (party.words, party.position)
        )

    def person(self, party: Party) -> tuple[str, ...] | None:
        """The key of whom a name, or a description that ends with a name, stands for."""
        named = party.sort, party.words
        if named not in self._known:
            self._known[named] = self._person(party)
        return self._known[named]

    def _person(self, party: Party) -> tuple[str, ...] | None:
        if party.sort == "person":
            return self.people.key(party.words)
        if party.sort == "body":
            return self.people.ending(party.words)
        if party.sort not in ("described", "crowd"):
            return None
        return self.people.ending(tuple(folded(party.name))) or self.people.surname(_without_title(party))

    def reason(self, one: Voice, other: Voice) -> str | None:
        """Why they are the same party; None where that is not sure."""
        (leaf, party), (leaf2, party2) = one, other
        if words := _said_alike(one, other):
            return f"both are told with the same words, “{words}”"
        mine, theirs = self.person(party), self.person(party2)
        if mine is not None and theirs is not None:
            return _named_alike(party, party2) if mine == theirs else _one_office(party, party2)
        if mine is not None or theirs is not None:
            return self._in_one_article(one, other) or self._holder(party, party2)
        if party.sort != party2.sort and _described_as_one(one, other):
            return "the same words for them"
        if party.sort != party2.sort:
            return None
        if party.sort in ("body", "document"):
            return "the same name" if _one_name(party, party2) else None
        if party.sort in ("nobody", "own", "outlet"):
            return _same_house(leaf, leaf2)
        if party.sort == "crowd":
            return "the same people" if party.words == party2.words else None
        return _described_alike(one, other)

    def _in_one_article(self, one: Voice, other: Voice) -> str | None:
        """A description ("dock worker", in a headline), and somebody whose position that is in the same article."""
        (leaf, party), (leaf2, party2) = one, other
        holder, words = (party, party2.words) if self.person(party) is not None else (party2, party.words)
        if leaf.appearance.article != leaf2.appearance.article or not words:
            return None
        return f"that is the position of {holder.name} there" if set(words) <= set(described(holder.position)) else None

    def _holder(self, one: Party, other: Party) -> str | None:
        """A description ("the Russian president"), and the only one of the claim's people whose position that is."""
        holder, office = (one, other) if self.person(one) is not None else (other, one)
        if not (office.role == "office" or _telling(office)) or [*self._holders(office)] != [self.person(holder)]:
            return None
        return f"{office.name} is the position of {holder.name}, and of nobody else here"

    def _holders(self, office: Party) -> dict[tuple[str, ...] | None, None]:
        held = closed("unique") & set(office.words) if office.role == "office" else set(office.words)
        fitting = (party for party in self._placed if held & set(folded(party.position)) and _holds(party, office))
        return dict.fromkeys(self.person(one) for one in fitting if not clash(one.nations, office.nations))


def misread(one: Voice, other: Voice) -> bool:
    """Whether two of two states, who are quoted with the same words, are rather one, and one of them taken wrongly.

    So it is where either is not named in full, and the words are more than a slogan.
    """
    (leaf, party), (leaf2, party2) = one, other
    sure = party.by == party2.by == "name" or {party.sort, party2.sort} != {"person"}
    if sure:
        return False
    texts = leaf.appearance.text, leaf2.appearance.text
    words = same_words(*texts) or (same_run(*texts) if _pointed(party) or _pointed(party2) else None)
    return words is not None and len(words.split()) >= RUN


def _loose(party: Party) -> bool:
    """Whether it is a class of people, somebody whose description does not say how they could know it, or a "he".

    Of those even an unquoted sentence tells that they are one; officials stay two, as do those who are named.
    """
    return party.sort == "crowd" or (party.sort == "described" and not party.role) or _pointed(party)


def _pointed(party: Party) -> bool:
    return party.sort == "person" and party.by == "pointer"


def _without_title(party: Party) -> tuple[str, ...]:
    """The words of a description; of "President Quill himself" the name."""
    name = [word for word in written(party.name) if word.lower() not in closed("stock")]
    titled = len(name) > 1 and name[-1][:1].isupper() and name[-2].lower() in closed("titles")
    return (name[-1].lower(),) if titled else party.words


def _telling(office: Party) -> bool:
    """Whether a description names an office by words enough: "the director of national intelligence"."""
    return office.role == "official" and len([word for word in office.words if word not in closed("stock")]) > TELLING


def _holds(person: Party, office: Party) -> bool:
    """Whether a person's position is the office; one that only one has is known by its noun."""
    return office.role == "office" or set(office.words) <= set(described(person.position))


def _said_alike(one: Voice, other: Voice) -> str | None:
    """The words that two people are quoted with: one of them said them, whatever the articles call the speaker."""
    (leaf, party), (leaf2, party2) = one, other
    if not {party.sort, party2.sort} <= _SPEAKERS or not near(leaf, leaf2):
        return None
    words = same_words(leaf.appearance.text, leaf2.appearance.text)
    if words is None and (_loose(party) or _loose(party2)):
        words = same_run(leaf.appearance.text, leaf2.appearance.text)
    return None if clash(party.nations, party2.nations) and not misread(one, other) else words


_SPEAKERS = frozenset(["person", "described", "body", "document", "crowd"])


def _described_as_one(one: Voice, other: Voice) -> bool:
    """Whether the same long description is taken for different kinds: once for people, once for a class of them."""
    (leaf, party), (leaf2, party2) = one, other
    same = party.words == party2.words and len(party.words) > TELLING and near(leaf, leaf2)
    return same and {party.sort, party2.sort} <= {"described", "crowd", "document"}


def near(one: Leaf, other: Leaf) -> bool:
    """Whether two appearances are of one round of news, or may be, for want of a time."""
    between = apart(one.appearance, other.appearance)
    return between is None or between <= timedelta(days=DAYS)


def _named_alike(one: Party, other: Party) -> str:
    return "the same name" if one.words == other.words else f"{one.name} and {other.name} are one name"


def _one_office(one: Party, other: Party) -> str | None:
    """Two first names with one surname and one office, in words enough: "Chuck" and "Charles", both minority leader."""
    mine, theirs = (described(party.position) for party in (one, other))
    if one.sort != other.sort or one.words[-1:] != other.words[-1:] or mine != theirs or len(mine) < TELLING:
        return None
    return f"{one.name} and {other.name} have one surname, and one office"


def _one_name(one: Party, other: Party) -> bool:
    """The same words, or the one's initials are the other, or both are the state itself ("U.S.", "Washington").

    So are "the foreign ministry" and "Ostrel's foreign ministry", for the first is of no other state.
    """
    if clash(one.nations, other.nations):
        return False
    if one.sort == "body" and _bodies(one) == _bodies(other) != ():
        return True
    if one.words == other.words or (one.sort == "body" and _state(one) and _state(other) and _one_state(one, other)):
        return True
    short, long = sorted((folded(one.name), folded(other.name)), key=len)
    return len(short) == 1 and len(long) > 2 and short[0] in {_initials(long), _initials(long, _LINKING)}


def _initials(words: list[str], but: frozenset[str] = frozenset(["the"])) -> str:
    return "".join(word[0] for word in words if word not in but)


_LINKING = frozenset(["the", "of", "for", "and"])


def _bodies(party: Party) -> tuple[str, ...]:
    """The words of a body's name without those of its state, in whatever order: "Department of Justice"."""
    return tuple(sorted(word for word in _bare_body(party) if word not in _GOVERNMENT))


def _bare_body(party: Party) -> list[str]:
    """Without its state, and of its spokesman the body alone."""
    return folded(without_nations(party.name.partition(" for ")[2] or party.name, body=True))


def _state(party: Party) -> bool:
    """Whether a body is a state, and no part of it."""
    return bool(party.nations) and not set(_bare_body(party)) - _GOVERNMENT


_GOVERNMENT = frozenset(["the", "government", "of", "administration", "affairs"])


def _same_house(one: Leaf, other: Leaf) -> str | None:
    """What nobody is named for comes from whoever the outlet, or the last station, had it from."""
    if one.through[-1:] == other.through[-1:] and (one.through or one.outlet == other.outlet):
        return "the same outlet"
    return None


def _described_alike(one: Voice, other: Voice) -> str | None:
    (leaf, party), (leaf2, party2) = one, other
    if not near(leaf, leaf2) or not may_be_described(party, party2):
        return None
    if party.words == party2.words and party.words[-1:] == ("spokesman",) and len(party.words) == TELLING:
        return f"both speak for {party.words[0].capitalize()}"
    if house := houses(leaf) & houses(leaf2):
        return f"both are described alike, and come from {_written(leaf, leaf2, min(house))}"
    return _told_apart(party, party2)


def may_be_described(one: Party, other: Party) -> bool:
    """Whether one description adds to the other and takes nothing back: "U.S. officials", "a senior U.S. official"."""
    mine, theirs = ({word for word in party.words if word not in _BARE} for party in (one, other))
    return not clash(one.nations, other.nations) and one.role == other.role and (mine <= theirs or theirs <= mine)


_BARE = frozenset(["senior", "top", "high", "ranking", "high-ranking", "level"])


def houses(leaf: Leaf) -> frozenset[str]:
    """The outlets whose reporting it can be: the one that published it, or those that it came through."""
    return frozenset(leaf.through or (leaf.outlet,))


def _written(one: Leaf, other: Leaf, key: str) -> str:
    """How an outlet is written in one of two appearances."""
    for leaf in (one, other):
        if key in leaf.through:
            return leaf.names[leaf.through.index(key)]
    return one.appearance.outlet or other.appearance.outlet or key


def _told_apart(one: Party, other: Party) -> str | None:
    """The same position, in words that few others are described by, or with the same reason for not being named."""
    if sorted(one.words) != sorted(other.words) or not _one_state(one, other):
        return None
    own = [word for word in one.words if word not in closed("common")]
    if len(own) >= TELLING:
        return f"both are {_bare(one.name)}, within {DAYS} days"
    if one.anonymity and other.anonymity and one.anonymity.lower() == other.anonymity.lower():
        return f"both are {_bare(one.name)}, unnamed for the same reason, within {DAYS} days"
    return None


def _one_state(one: Party, other: Party) -> bool:
    return one.nations == other.nations or same_nation(one.nations, other.nations)


def _bare(name: str) -> str:
    return f"described as {name}"
