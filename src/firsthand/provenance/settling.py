"""Who is meant where an article names somebody by "he" or a surname alone, as the claim's other articles tell.

Within one article a pronoun is the party that fits it best, and that is wrong for one of five. But articles that carry
one claim speak of one event, and most name its speaker. So a name that nobody says outweighs no name that is said:

1. The same words, quoted or in one run: whom those name who name anybody, else whom most take it to be.
2. A surname alone, taken for somebody whom no article names in full: the one of that surname whom one does, if he is
   told of as often, or whom `FAR_MORE` times as many name.
3. A "he" or "the president" taken for somebody whom no article names for this claim: who is named, or taken for the
   source, by `FAR_MORE` times as many as anybody else.

What is said in the same words behind the same words counts once, so that a copy settles nothing that was open. Wrong:
somebody who says the same as the claim's main speaker, and whom every article calls "he".
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from .parties import Leaf, Party
from .people import FAR_MORE, Name, People
from .quotes import quotations, runs, same_run, same_words
from .words import folded

FEWEST = 6
"""Words of a statement that two people hardly say alike; see `quotes.FEWEST`."""

_Leaves = dict[str, Leaf]


def settled(leaves: Mapping[str, Leaf]) -> _Leaves:
    """The leaves of one claim, by appearance, with the parties that are likelier in the light of all of them."""
    found = dict(leaves)
    for step in (_by_words, _by_surname, _by_lead):
        found = step(found)
    return found


def _by_words(leaves: _Leaves) -> _Leaves:
    """Who is pointed to in a statement that others have in the same words: whom they name, else whom most point to."""
    named, pointed = defaultdict[str, list[Party]](list), defaultdict[str, list[Party]](list)
    for leaf, party in _people(leaves):
        if len(leaf.parties) == 1:
            (pointed if party.by == "pointer" else named)[leaf.appearance.text].append(party)
    names, pointers = _Alike(named), _Alike(pointed)
    chosen = {text: _most(names.of(text)) or _most(pointers.of(text)) for text in pointed}

    def instead(leaf: Leaf, party: Party) -> Party | None:
        return chosen.get(leaf.appearance.text) if party.by == "pointer" else None

    return _with(leaves, instead)


class _Alike:
    """Finds who is named in the statements that have a text's words, without comparing it with all of them."""

    def __init__(self, told: Mapping[str, list[Party]]) -> None:
        self._told = told
        self._by_key: dict[str, list[str]] = defaultdict(list)
        for text in told:
            for key in _keys(text):
                self._by_key[key].append(text)

    def of(self, text: str) -> list[Party]:
        near = dict.fromkeys(other for key in _keys(text) for other in self._by_key.get(key, ()))
        return [party for other in near if _same(text, other) for party in self._told[other]]


def _keys(text: str) -> set[str]:
    """The words of a text, of its quotations, and all runs of them: what alike texts have one of in common."""
    return {_words(text), *quotations(text), *runs(text)}


def _same(one: str, other: str) -> bool:
    return _words(one) == _words(other) or bool(same_words(one, other)) or bool(same_run(one, other))


def _words(text: str) -> str:
    """What statements of the same words have in common; of a few words each is its own."""
    words = folded(text)
    return " ".join(words) if len(words) >= FEWEST else text


def _most(parties: Sequence[Party]) -> Party | None:
    """Who is named most; None of two equally."""
    counts = [*Counter(party.words for party in parties).most_common(2), ((), 0), ((), 0)]
    if counts[0][1] == counts[1][1]:
        return None
    return max((party for party in parties if party.words == counts[0][0]), key=_fullness)


def _by_surname(leaves: _Leaves) -> _Leaves:
    people, counts, full, known = _told(leaves)

    def instead(leaf: Leaf, party: Party) -> Party | None:
        mine = people.key(party.words)
        if party.by != "surname" or mine in full or len(party.words) < 2:
            return None
        others = [name for name in counts if name != mine and name[-1] == mine[-1]]
        best = max(others, key=lambda name: (name in full, counts[name], name), default=None)
        enough = counts[mine] * (1 if best in full else FAR_MORE)
        return known[best] if best and counts[best] >= enough else None

    return _with(leaves, instead)


def _by_lead(leaves: _Leaves) -> _Leaves:
    people, named, _, known = _told(leaves)
    taken = Counter(people.key(words) for _, words in {(leaf.telling, party.words) for leaf, party in _people(leaves)})
    lead = _leading(named) or _leading(taken)

    def instead(_: Leaf, party: Party) -> Party | None:
        alone = party.by == "pointer" and named[people.key(party.words)] == 0
        return known.get(lead) if alone and lead else None

    return _with(leaves, instead)


def _leading(counts: Counter[Name]) -> Name | None:
    """Who is told of far more often than anybody else."""
    (lead, most), (_, others) = [*counts.most_common(2), ((), 0), ((), 0)][:2]
    return lead if most >= FAR_MORE * max(others, 1) else None


def _told(leaves: _Leaves) -> tuple[People, Counter[Name], set[Name], dict[Name, Party]]:
    """The people of a claim; how many tellings name each, which of them in full, and as whom."""
    said = {(leaf.telling, party): party for leaf, party in _people(leaves)}
    named = {key: party for key, party in said.items() if party.by != "pointer"}
    people = People(party.words for party in said.values())
    counts = Counter(people.key(words) for _, words in {(text, party.words) for text, party in named})
    full = {people.key(party.words) for party in named.values() if party.by == "name"}
    known: dict[Name, Party] = {}
    for party in sorted(named.values(), key=_fullness):
        known[people.key(party.words)] = party
    return people, counts, full, known


def _people(leaves: _Leaves) -> Iterator[tuple[Leaf, Party]]:
    return ((leaf, party) for leaf in leaves.values() for party in leaf.parties if party.sort == "person")


def _fullness(party: Party) -> tuple[bool, int, bool, str, str]:
    return party.by == "name", len(party.words), bool(party.position), party.name, party.position


def _with(leaves: _Leaves, instead: Callable[[Leaf, Party], Party | None]) -> _Leaves:
    """The leaves with other parties instead of the persons of whom that is said."""
    return {name: _changed(leaf, instead) for name, leaf in leaves.items()}


def _changed(leaf: Leaf, instead: Callable[[Leaf, Party], Party | None]) -> Leaf:
    found = tuple(_put(party, instead(leaf, party)) if party.sort == "person" else party for party in leaf.parties)
    return leaf if found == leaf.parties else replace(leaf, parties=tuple(dict.fromkeys(found)))


def _put(party: Party, other: Party | None) -> Party:
    """The other instead, as it is told of where it is named."""
    if other is None or other.words == party.words:
        return party
    return replace(other, by=party.by, read_as=party.read_as or party.name)
