"""Leaves of the graph -> roots: parties that are the same for sure are one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from firsthand.model import Appearance, Edge, Root, RootKind

from .graph import SEEN, Graph
from .joining import Joined
from .nations import clash
from .parties import Leaf, Party
from .quotes import quotations
from .same import Same, Voice, misread
from .times import rank

_KINDS: dict[str, RootKind] = {
    "person": "on the record",
    "body": "on the record",
    "document": "document",
    "described": "unnamed",
    "crowd": "unknown",
    "outlet": "outlet not here",
    "own": "outlet's own",
    "nobody": "unknown",
}


@dataclass(frozen=True, slots=True)
class Ground:
    """A root, who it is, and the voices that name it, in the order of time."""

    root: Root
    party: Party
    voices: tuple[Voice, ...]


@dataclass(frozen=True, slots=True)
class Grounds:
    """The roots of one group of appearances; `edges` lead to them from those that name them."""

    grounds: tuple[Ground, ...]
    edges: tuple[Edge, ...]
    same: Same


def grounds(graph: Graph, withdrawn: frozenset[str] = frozenset()) -> Grounds:
    """The roots of a graph, the one with most articles first. `withdrawn` are ids of appearances taken back."""
    voices = [(leaf, party) for leaf in graph.leaves for party in leaf.parties]
    same = Same(voices)
    behind = _behind(voices)
    sets, why = _joined(voices, same, behind)
    resting = _resting(graph)
    drafts = [_draft([voices[i] for i in members], [why.get(i, "") for i in members], same) for members in sets]
    edges = [edge for draft in drafts for edge in draft.edges]
    edges += _through_others(voices, behind, sets, drafts)
    carried = _carried(edges, resting)
    found = [_ground(draft, carried[draft.id], graph, withdrawn) for draft in drafts]
    return Grounds(tuple(sorted(found, key=_first_in_line)), tuple(edges), same)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A root before it is known what rests on it."""

    id: str
    party: Party
    voices: tuple[Voice, ...]
    edges: tuple[Edge, ...]


def _behind(voices: Sequence[Voice]) -> dict[int, list[int]]:
    """Voices that cite an outlet which is not here -> those that cite it too, and tell whom it had it from."""
    told: dict[str, list[int]] = defaultdict(list)
    for i, (leaf, party) in enumerate(voices):
        if party.sort not in ("outlet", "own", "nobody") and leaf.through:
            told[leaf.through[-1]].append(i)
    return {
        i: told[leaf.through[-1]]
        for i, (leaf, party) in enumerate(voices)
        if party.sort == "outlet" and leaf.through[-1] in told
    }


def _joined(
    voices: Sequence[Voice], same: Same, behind: dict[int, list[int]]
) -> tuple[list[list[int]], dict[int, str]]:
    """The voices of each root, by number; and why one that is not its root's first belongs to it."""
    numbers = [i for i in range(len(voices)) if i not in behind]
    sets, why = Joined(len(voices)), dict[int, str]()
    people: dict[tuple[str, ...], int] = {}
    for i in numbers:
        if (key := same.person(voices[i][1])) is not None:
            sets.join(people.setdefault(key, i), i)
    states = {i: voices[i][1].nations for i in numbers}
    for i, j in _pairs(voices, numbers, same):
        one, other = sets.of(i), sets.of(j)
        apart = clash(states[one], states[other])
        if one == other or (apart and not misread(voices[i], voices[j])):
            continue
        if reason := same.reason(voices[i], voices[j]):
            sets.join(i, j)
            states[sets.of(i)] = states[one] if apart else states[one] | states[other]
            why[j] = reason
    return [members for members in sets.sets() if members[0] not in behind], why


def _pairs(voices: Sequence[Voice], numbers: Sequence[int], same: Same) -> Iterator[tuple[int, int]]:
    """The pairs to compare: two persons whose names differ can be one only by their quotations, or by an office."""
    silent = {i for i in numbers if same.person(voices[i][1]) and not _may_be_quoted(*voices[i])}
    last = {i: (*voices[i][1].words, i)[-2] if voices[i][1].position else i for i in silent}
    return ((i, j) for i, j in combinations(numbers, 2) if not silent.issuperset((i, j)) or last[i] == last[j])


def _may_be_quoted(leaf: Leaf, party: Party) -> bool:
    return party.by == "pointer" or bool(quotations(leaf.appearance.text))


def _draft(voices: Sequence[Voice], why: Sequence[str], same: Same) -> _Draft:
    party = _fullest([party for _, party in voices], same)
    name = _id(party, voices[0], same)
    edges = (_to_root(voice, party, reason, name, same, voices[0]) for voice, reason in zip(voices, why, strict=True))
    return _Draft(name, party, tuple(voices), tuple({edge.later: edge for edge in edges}.values()))


def _to_root(voice: Voice, party: Party, why: str, name: str, same: Same, first: Voice) -> Edge:
    leaf, own = voice
    through = f", through {' and '.join(leaf.names)}" if leaf.names else ""
    if own.sort in ("own", "nobody"):
        return Edge(leaf.appearance.id, name, "quoted", _NAMES_NOBODY[own.sort])
    if own.sort == "outlet":
        return Edge(leaf.appearance.id, name, "cited", f"it cites {own.name}, of which nothing here carries this")
    if own.read_as:
        who = f"{own.read_as} there, {own.name} by the claim's other articles"
        return Edge(leaf.appearance.id, name, "same party", f"whom it means{through} was read as {who}")
    if own.name.casefold() != party.name.casefold():
        reason = why or same.reason(first, voice) or f"{own.name} and {party.name} are one"
        return Edge(leaf.appearance.id, name, "same party", f"it names {own.name}{through}: {reason}")
    return Edge(leaf.appearance.id, name, "cited" if through else "quoted", f"it names {own.name}{through}")


_NAMES_NOBODY = {"own": "it says so itself and names nobody", "nobody": "it says that it is said, and not by whom"}


def _through_others(
    voices: Sequence[Voice], behind: dict[int, list[int]], sets: Sequence[Sequence[int]], drafts: Sequence[_Draft]
) -> Iterator[Edge]:
    """Who cites an outlet that is not here rests on whom that outlet had it from, as others tell."""
    draft_of = {i: draft for members, draft in zip(sets, drafts, strict=True) for i in members}
    for i, others in behind.items():
        leaf, party = voices[i]
        for draft in {draft_of[j].id: draft_of[j] for j in others}.values():
            reason = f"it cites {party.name}, which has it from {draft.party.name}, as {_teller(draft)} tells"
            yield Edge(leaf.appearance.id, draft.id, "cited", reason)


def _teller(draft: _Draft) -> str:
    appearance = draft.voices[0][0].appearance
    return appearance.outlet or appearance.article


def _fullest(named: Sequence[Party], same: Same) -> Party:
    """A person by the full name used most; others by the first, if any by one that says why it is not named."""
    people = [party for party in named if party.sort == "person"]
    if people:
        counts = Counter(party.name for party in people)
        full = [party for party in people if len(party.words) > 1] or people
        return max(full, key=lambda party: (counts[party.name], -len(party.words), bool(party.position), party.name))
    return next((party for party in named if party.anonymity), named[0])


def _id(party: Party, first: Voice, same: Same) -> str:
    """What a root is called: by its name where it has one, else by the statement that first told of it."""
    if key := same.person(party):
        return f"root:person:{' '.join(key)}"
    if party.sort in ("body", "document", "crowd"):
        return f"root:{party.sort}:{' '.join(party.words)}"
    return f"root:{first[0].appearance.id}"


def _resting(graph: Graph) -> dict[str, set[str]]:
    """Of each leaf the ids of the appearances that rest on it, itself among them."""
    above, known = graph.above(), dict[str, set[str]]()
    found: dict[str, set[str]] = defaultdict(set)
    for one in graph.appearances:
        for leaf in _leaves_of(one.id, above, known):
            found[leaf].add(one.id)
    return found


def _leaves_of(name: str, above: dict[str, list[str]], known: dict[str, set[str]]) -> set[str]:
    """By a stack of our own: chains of copies can be longer than Python lets functions call each other."""
    stack = [name]
    while stack:
        top = stack[-1]
        waiting = [parent for parent in above[top] if parent not in known]
        if waiting:
            stack.extend(waiting)
            continue
        known[top] = set().union(*(known[parent] for parent in above[top])) if above[top] else {top}
        stack.pop()
    return known[name]


def _carried(edges: Iterable[Edge], resting: dict[str, set[str]]) -> dict[str, set[str]]:
    """Of each root the ids of all appearances that rest on it."""
    found: dict[str, set[str]] = defaultdict(set)
    for edge in edges:
        found[edge.earlier] |= resting[edge.later]
    return found


def _ground(draft: _Draft, carried: set[str], graph: Graph, withdrawn: frozenset[str]) -> Ground:
    articles = tuple(dict.fromkeys(one.article for one in graph.appearances if one.id in carried))
    kind, stated = _kind(draft), tuple(dict.fromkeys(leaf.appearance.id for leaf, _ in draft.voices))
    hand, reason = _first_hand(kind, draft)
    root = Root(
        id=draft.id,
        name=_name(draft.party, kind),
        kind=kind,
        first_hand=hand,
        articles=articles,
        first=articles[0],
        reason=reason,
        anonymity=next((party.anonymity for _, party in draft.voices if party.anonymity), None),
        through=tuple(dict.fromkeys(_stations(draft))),
        stated=stated,
        withdrawn=withdrawn.issuperset(stated),
    )
    return Ground(root, draft.party, draft.voices)


def _stations(draft: _Draft) -> Iterator[str]:
    """The outlets through which all came; none where one that is here names the root without any."""
    if all(leaf.through for leaf, _ in draft.voices) and draft.party.sort != "outlet":
        names = {key: name for leaf, _ in draft.voices for key, name in zip(leaf.through, leaf.names, strict=True)}
        yield from names.values()


def _kind(draft: _Draft) -> RootKind:
    seen = any(_saw(leaf.appearance) for leaf, _ in draft.voices)
    if draft.party.role == "witness" or (seen and draft.party.sort in ("person", "described")):
        return "eyewitness"
    return "on the record" if draft.party.role == "office" else _KINDS[draft.party.sort]


def _saw(one: Appearance) -> bool:
    """Whether somebody tells what they saw: by the evidence that was read, or by the statement's own words."""
    return (one.evidence is not None and one.evidence.value == "eyewitness") or bool(_SAW.search(one.text))


# Not "had seen the intelligence": who saw a text is no witness of what it tells.
_SAW = re.compile(
    r"\b(?:I|we|he|she|they|who)\s+(?:had\s+|have\s+|has\s+|just\s+)*(?:saw|seen|watched|witnessed)\b"
    r"(?!\s+(?:\w+\s+){0,3}(?:intelligence|evidence|reports?|documents?|footage|videos?|information|memos?|letters?))"
)


def _name(party: Party, kind: RootKind) -> str:
    return f"unattributed in {party.name}" if party.sort == "nobody" else party.name


def _first_hand(kind: RootKind, draft: _Draft) -> tuple[bool | None, str]:
    if kind == "outlet's own":
        return _own(draft.voices)
    if draft.party.sort == "crowd":
        return False, "a class of people, and nobody in particular"
    return _HANDS[kind]


_HANDS: dict[RootKind, tuple[bool | None, str]] = {
    "on the record": (True, "named, and can be held to it"),
    "eyewitness": (True, "is said to have seen it"),
    "document": (True, "a text, picture or record that can be looked at"),
    "unnamed": (True, "told it without a name, so that nobody can ask how they know"),
    "outlet not here": (None, "nothing of it here carries this: what it rests on is unmeasured"),
    "unknown": (False, "the text does not say who"),
}


def _own(voices: Sequence[tuple[Leaf, Party]]) -> tuple[bool, str]:
    if any(leaf.appearance.evidence and leaf.appearance.evidence.value in SEEN for leaf, _ in voices):
        return True, "the outlet tells what it saw or shows"
    return False, "the outlet says so itself and does not say how it knows"


def _first_in_line(ground: Ground) -> tuple[int, object, str]:
    return -len(ground.root.articles), rank(ground.voices[0][0].appearance), ground.root.id
