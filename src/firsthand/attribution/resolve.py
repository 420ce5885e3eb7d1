"""Whom each attribution's source stands for: the party it names, or the one it points back to."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from firsthand.model import Attribution, Kind, Span

from . import kinds
from .antecedents import Place, candidates, features, sort_of
from .decode import Floats
from .holders import holder, may_hold, office_under
from .names import person_noun, plural
from .parties import DESCRIBED, NAMED, Party, parties
from .phrases import bare, head_of
from .pool import Pool
from .ranking import rank
from .tokens import Tokens

Tokenspan = tuple[int, int]

SEPARATORS = (",", "—", "–", "(")
PERSON, CROWD = kinds.KINDS.index("person"), kinds.KINDS.index("crowd")
THINGS = [kinds.KINDS.index(kind) for kind in ("organisation", "government", "outlet", "document")]
LIKE_A_PERSON = 0.1
"""Probability from which on a name that is built like a person's counts as one."""

OWNERS = frozenset(["their", "his", "its"])
BESIDE = 6
"""Tokens behind a possessive within which what it owns begins: "his long and bitter complaint". A choice."""

FIRST_PERSON = frozenset(["i", "we", "my", "our"])
FAR = 12
"""Tokens behind a noun within which a name in apposition to it may begin."""


class Resolver:
    """The parties of one stretch of text, and which of them each source of an attribution is."""

    def __init__(self, toks: Tokens, attributions: Sequence[Attribution], pool: Pool) -> None:
        self.toks, self.pool, self._attributions = toks, pool, attributions
        self.people = parties(toks, [span for a in attributions for span in a.source[:1]])
        self._groups = [party for party in self.people if party.members]
        self._parties = {i: p.number for p in reversed(self.people) for a, b in p.mentions for i in range(a, b)}
        self._kinds: dict[tuple[int, int], Floats] = {}
        self.answers: list[int | None] = [None] * len(attributions)
        self._previous: int | None = None

    def resolve(self) -> list[int | None]:
        """For each attribution the number of its source's party; None without a source."""
        order = sorted(range(len(self._attributions)), key=self._waits)
        for i in order:
            if self._attributions[i].source and not self._owns_another(i):
                self.answers[i] = self._previous = number = self._one(i)
                self.people[number].voiced.append(self.toks.at(self._attributions[i].source[0][0]))
        return self.answers

    def _owns_another(self, i: int) -> bool:
        """Whether the source is a possessive far from its cue: "Their summit is overshadowed by ... and fears that"."""
        source, cue = self._attributions[i].source[0], self._attributions[i].cue[0]
        owner, said = self.toks.holding(source[0]), self.toks.at(cue[0])
        return len(self.toks.inside(source)) == 1 and self.toks.low[owner] in OWNERS and said - owner > BESIDE

    def kinds_of(self, party: Party) -> Floats:
        """[7]: probabilities of the kinds of a party, by its fullest mention."""
        key = (party.number, len(party.mentions))
        if key not in self._kinds:
            self._kinds[key] = self._kind(party.best, party)
        return self._kinds[key]

    def kind(self, party: Party) -> Kind:
        """The most likely kind of a party; not a named person without a name, nor a class if it is one person."""
        first = self.people[party.members[0]] if party.members else party
        chances = self.kinds_of(first).copy()
        if first.sort != NAMED:
            chances[PERSON] = 0
            chances[CROWD] *= first.many or not first.person
            if first.person and not first.many:
                chances[THINGS] = 0  # "the president" is nobody's outlet, text or ministry
        elif first.person and chances[PERSON] > LIKE_A_PERSON:
            return "person"
        return kinds.KINDS[int(chances.argmax())]

    def kind_of_words(self, first: int, head: int) -> Kind | None:
        """What the list of nouns says of a phrase's noun; None where it says nothing."""
        return kinds.told(self.toks, (first, head + 1), head)

    def named_in(self, span: Span) -> int | None:
        """The party that a phrase names: its head, or all that it joins, or the name in apposition to its noun."""
        head, inside = head_of(self.toks, span), self.toks.inside(span)
        if head is None:
            return None
        for found in (self._group(head, inside), self._owner(head)):
            if found is not None:
                return found
        return self._apposed(head, inside)

    def _kind(self, spot: Tokenspan, party: Party | None) -> Floats:
        rows = kinds.traits(self.toks, spot, party, self.pool)[None]
        return np.asarray(kinds.kinds(rows)[0], np.float32)

    def _waits(self, i: int) -> bool:
        """Those that speak of themselves wait until it is known who speaks."""
        source = self._attributions[i].source
        return bool(source) and self.toks.low[self.toks.holding(source[0][0])].split("'")[0] in FIRST_PERSON

    def _one(self, i: int) -> int:
        span = self._attributions[i].source[0]
        named = self.named_in(span)
        if named is not None:
            return named
        place = self._place(i)
        office = office_under(self.toks, place.first, place.head, self.people)
        if office is not None and (who := holder(self.toks, office, self.people)) is not None:
            return who.number
        if place.sort == "i" or (place.sort == "we" and self.toks.quoted[place.head]):
            return self._speaker(place)
        if place.sort == "plain":
            return self._itself(place)
        near = candidates(self.toks, self.people, place)
        near = [p for p in near if office is None or may_hold(self.toks, office, p, self.people)]
        best = self._choose(i, place, near)
        if best == len(near):
            return self._itself(place)
        if place.sort == "definite" and person_noun(self.toks.low[place.head]):
            near[best].described.append(bare(self.toks, span, place.head))
        return near[best].number

    def _choose(self, i: int, place: Place, near: list[Party]) -> int:
        """Which of the candidates attribution i's source is; their number where it is none of them."""
        return int(rank(place.sort, self.traits(place, near)).argmax())

    def names_of(self, party: Party) -> list[str]:
        """The fullest names of a party, one a member."""
        if party.members:
            return [name for member in party.members for name in self.names_of(self.people[member])]
        return [self.toks.printed(*party.best)]

    def traits(self, place: Place, near: list[Party]) -> Floats:
        """[C + 1, F]: what speaks for each candidate, and for none."""
        sorts = np.array([*map(self.kinds_of, near), self._kind((place.first, place.end), None)])
        return features(self.toks, place, near, self._alike(place, near), sorts)

    def _speaker(self, place: Place) -> int:
        speaker = place.enclosing
        if speaker is None and self.toks.quoted[place.head]:
            speaker = place.previous
        return self._itself(place) if speaker is None else speaker

    def _alike(self, place: Place, near: list[Party]) -> list[float]:
        """[C]: cosine between the mention's vector and that of each candidate's last mention before it."""
        own = self._mean((place.first, place.end))
        spots = [max((m for m in p.mentions if m[1] <= place.first), default=p.mentions[0]) for p in near]
        return [_cosine(own, self._mean(spot)) for spot in spots]

    def _mean(self, spot: Tokenspan) -> Floats:
        return self.pool.mean(self.toks.span(*spot))

    def _place(self, i: int) -> Place:
        """The mention of attribution i, and what is known around it."""
        span = self._attributions[i].source[0]
        inside, head = self.toks.inside(span), head_of(self.toks, span)
        head = inside.start if head is None else head
        first, end = min(inside.start, head), max(inside.stop, head + 1)
        return Place(first, head, end, sort_of(self.toks, first, head), self._enclosing(i), self._previous)

    def _enclosing(self, i: int) -> int | None:
        """The party of the attribution in whose content the mention stands."""
        start = self._attributions[i].source[0][0]
        for other, answer in zip(self._attributions, self.answers, strict=True):
            if answer is not None and any(a <= start < b for a, b in other.content):
                return answer
        return None

    def _itself(self, place: Place) -> int:
        """The party that the mention's own phrase belongs to; a new one where nothing else was known of it."""
        if place.head in self._parties:
            return self._parties[place.head]
        spot = bare(self.toks, self.toks.span(place.first, place.end), place.head)
        self._parties[place.head] = len(self.people)
        self.people.append(Party(len(self.people), DESCRIBED, [spot], spot))
        return len(self.people) - 1

    def _group(self, head: int, inside: range) -> int | None:
        groups = (p for p in self._groups if any(_has(m, head) and _in(m, inside) for m in p.mentions))
        return max(((len(p.members), p.number) for p in groups), default=(0, None))[1]

    def named_at(self, i: int) -> Party | None:
        """The party that is named at token i."""
        number = self._owner(i)
        return None if number is None else self.people[number]

    def _owner(self, head: int | None) -> int | None:
        found = self._parties.get(-1 if head is None else head)
        return found if found is not None and self.people[found].sort == NAMED else None

    def _apposed(self, head: int, inside: range) -> int | None:
        """The person whose name follows a noun: "an old rival, Ilva Renn", "star and candidate Ilva Renn"."""
        if not (person_noun(self.toks.low[head]) or self.toks.words[head].islower()):
            return None
        titled = self.toks.capital(head) and not plural(self.toks.low[head])
        for i in range(head + 1, min(inside.stop, head + FAR)):
            if titled and self.toks.capital(i) and (owner := self._person(i, inside)) is not None:
                return owner  # "Secretary of State Ilva Renn"
            if i + 1 == inside.stop:
                break
            if self.toks.low[i] in SEPARATORS:
                return self._person(head_of(self.toks, self.toks.span(i + 1, inside.stop)), inside)
            if self.toks.low[i] == "and" and self.toks.words[i + 1].islower():
                return self._person(inside.stop - 1, inside)
        return None

    def _person(self, head: int | None, inside: range) -> int | None:
        found = None if head is None else self._group(head, inside)
        found = self._owner(head) if found is None else found
        return found if found is not None and self.people[found].person else None


def _cosine(one: Floats, two: Floats) -> float:
    return float(one @ two / (np.linalg.norm(one) * np.linalg.norm(two) + 1e-6))


def _in(mention: Tokenspan, inside: range) -> bool:
    return inside.start <= mention[0] and mention[1] <= inside.stop


def _has(mention: Tokenspan, head: int) -> bool:
    return mention[0] <= head < mention[1]
