"""Where claims lie in a library: nodes, their odds, statements, decisions, as `firsthand.claims` asks for them.

Statements are written at once, into the transaction that is open; nodes and odds, which change many at a time, by
`write`. What was read is kept in memory as long as nobody else writes.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from operator import attrgetter, itemgetter
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select

from firsthand.library import decisions, sqlite
from firsthand.library.packing import packed, unpacked
from firsthand.library.schema import article, head, joined, node, statement, tie, version
from firsthand.library.sqlite import each
from firsthand.library.vectors import Heads, Neighbours
from firsthand.model import Appearance, Decision, Node, Odds, Told

STEPS = 10_000
"""Odds are kept in ten-thousandths."""

REMEMBERED = 20_000
"""Statements that stay in memory from one transaction to the next, by their numbers: some 60 MB."""

Remembered = OrderedDict[int, Told]


class Shelf:
    """Claims as they are in a transaction; `firsthand.claims.Shelf` says what each method does.

    Keys are numbers of 64 bits in the database, statements are known by `no`. `remembered` may be handed from one
    transaction to the next, unless one was rolled back: then numbers are given again. `because` is why a person decides
    what is decided, and `who` that is, "" for this user; `decided_by` is the number of the first decision.
    """

    def __init__(
        self, connection: Connection, neighbours: Neighbours, remembered: Remembered, because: str = "", who: str = ""
    ) -> None:
        self._connection, self._neighbours, self._remembered = connection, neighbours, remembered
        self._because, self._who = because, who
        self._seen = sqlite.seen(connection)
        self.decided_by: int | None = None
        self._nodes: dict[str, Node | None] = {}
        self._changed: dict[str, None] = {}
        self._edges: dict[str, dict[str, Odds]] = {}
        self._new: defaultdict[str, dict[str, Odds]] = defaultdict(dict)
        self._heads = Heads()
        self._by_claim, self._by_centre = dict[str, dict[str, None]](), dict[str, dict[str, None]]()
        self._numbers: dict[str, int | None] = {}
        self._of_nodes: dict[str, list[int]] = {}
        self._decided: dict[str, list[Decision]] = {}
        self._any_decided: bool | None = None
        self._settings: dict[str, tuple[int, bytes | None]] = {}

    def goes_on(self, connection: Connection) -> bool:
        """Whether what is in memory holds in another transaction: nobody has written since `end`, and it is little."""
        if sqlite.seen(connection) != self._seen or len(self._edges) > REMEMBERED:
            return False
        self._connection = connection
        return True

    def end(self) -> None:
        """The transaction is about to be committed."""
        self._seen = sqlite.seen(self._connection)

    def look_up(self, claims: Collection[str]) -> None:
        """Read at one go what will be asked of these claims, where nothing is to be written."""
        self._by_claim |= {claim: {} for claim in claims}
        for claim, number in sqlite.rows(self._connection, _OF_CLAIMS, claims=list(claims)):
            self._by_claim[claim][_key(number)] = None
        keys = [key for claim in claims for key in self._by_claim[claim]]
        self.nodes(keys)
        of_nodes: defaultdict[str, list[int]] = defaultdict(list)
        for number, no in sqlite.rows(self._connection, _OF_NODES, nodes=[_number(key) for key in keys]):
            of_nodes[_key(number)].append(no)
        self._of_numbers([no for several in of_nodes.values() for no in several])
        self._of_nodes |= of_nodes

    def near(self, vector: bytes, count: int) -> Sequence[str]:
        """Keys of the nearest nodes."""
        return [_key(number) for number in self._neighbours.near(self._connection, vector, count, self._heads)]

    def node(self, key: str) -> Node | None:
        """The node with this key."""
        return self._nodes[key] if key in self._nodes else self.nodes([key]).get(key)

    def nodes(self, keys: Collection[str]) -> Mapping[str, Node]:
        """Those of these nodes that there are."""
        missing = [key for key in keys if key not in self._nodes]
        if missing:
            self._nodes |= dict.fromkeys(missing) | self._read_nodes(missing)
        return {key: found for key in keys if (found := self._nodes[key])}

    def keep(self, new: Node) -> None:
        """Put a node in place."""
        number, before = _number(new.key), self.node(new.key)
        if before is None:
            self._edges.setdefault(new.key, dict(self._new.get(new.key, {})))
        elif before.head != new.head:
            self._behead(number)
        if before is None or before.head != new.head:
            place = sqlite.put(self._connection, head, {"node": number})
            self._neighbours.come(place, new.head.vector)
            self._heads.come(place, number)
        self._regroup(before, new)
        self._nodes[new.key] = new
        self._changed[new.key] = None

    def drop(self, key: str) -> None:
        """Forget a node with its edges."""
        self.untie(key)
        self._regroup(self.node(key), None)
        self._behead(_number(key))
        sqlite.change(self._connection, _DROPPED, [{"number": _number(key)}])
        self._nodes[key] = None
        self._changed.pop(key, None)

    def edges(self, key: str) -> Mapping[str, Odds]:
        """The odds of a node with its neighbours."""
        if key not in self._edges:
            rows = sqlite.rows(self._connection, _EDGES, one=_number(key))
            found = {_key(row[0]): Odds(row[1] / STEPS, row[2] / STEPS, row[3] / STEPS) for row in rows}
            self._edges[key] = found | self._new.get(key, {})
        return self._edges[key]

    def tie(self, one: str, other: str, odds: Odds) -> None:
        """Keep the odds of two nodes."""
        for a, b in ((one, other), (other, one)):
            self._new[a][b] = odds
            if a in self._edges:
                self._edges[a][b] = odds

    def untie(self, key: str) -> None:
        """Forget all edges of a node."""
        others = self.edges(key)
        for other in others:
            self._edges.get(other, {}).pop(key, None)
            self._new.get(other, {}).pop(key, None)
        self._new.pop(key, None)
        pairs = [(_number(key), _number(other)) for other in others]
        sqlite.change(self._connection, _UNTIED, [_pair(*pair) for a, b in pairs for pair in ((a, b), (b, a))])
        self._edges[key] = {}

    def members(self, claim: str) -> Collection[str]:
        """Keys of a claim's nodes."""
        return tuple(self._group(self._by_claim, claim, _MEMBERS, _CLAIM, claim))

    def centred(self, centre: str) -> Collection[str]:
        """Keys of the nodes with this centre."""
        return tuple(self._group(self._by_centre, centre, _CENTRED, _CENTRE, _number(centre)))

    def put(self, told: Told) -> None:
        """Keep a statement. Its article must be in the library."""
        self.take(told.appearance.id)
        row = {
            "id": told.appearance.id,
            "version": self._joined(told),
            "node": _number(told.key),
            "full": told.full,
            "record": packed(told.appearance),
            "vector": told.vector,
        }
        self._of_nodes.pop(told.key, None)
        number = self._numbers[told.appearance.id] = sqlite.put(self._connection, statement, row)
        self._remember(number, told)

    def told(self, appearance: str) -> Told | None:
        """The statement of an appearance."""
        if appearance not in self._numbers:
            rows = sqlite.rows(self._connection, _BY_ID, id=appearance)
            self._numbers[appearance] = rows[0][0] if rows else None
        number = self._numbers[appearance]
        return None if number is None else self._of_numbers([number])[number]

    def take(self, appearance: str) -> None:
        """Forget a statement."""
        told = self.told(appearance)
        if told:
            self._of_nodes.pop(told.key, None)
            self.node(told.key)  # of which it may be the head, and is until there is another
            sqlite.change(self._connection, _TAKEN, [{"taken": appearance}])
            self._numbers[appearance] = None

    def of_node(self, key: str) -> Iterable[Told]:
        """The statements under a key."""
        numbers = self._of_nodes.pop(key, None)
        if numbers is None:
            numbers = [number for (number,) in sqlite.rows(self._connection, _OF_NODE, node=_number(key))]
        found = self._of_numbers(numbers)
        return [found[number] for number in numbers]

    def decided(self, appearance: str) -> Sequence[Decision]:
        """What a person decided on an appearance."""
        if self._any_decided is None:
            self._any_decided = decisions.any_made(self._connection)
        if not self._any_decided:
            return ()
        if appearance not in self._decided:
            self._decided[appearance] = decisions.on(self._connection, appearance)
        return self._decided[appearance]

    def decide(self, decision: Decision) -> None:
        """Write down what a person decided, with who it was and why."""
        number = decisions.keep(self._connection, decision, self._because, self._who)
        self._decided.clear()
        self._any_decided = True
        self.decided_by = self.decided_by or number

    def write(self) -> None:
        """Write what is not yet written."""
        changed = [_row(one) for key in self._changed if (one := self._nodes[key])]
        sqlite.keep_all(self._connection, node, changed)
        pairs = [(_number(a), _number(b), odds) for a, others in self._new.items() for b, odds in others.items()]
        pairs.sort(key=itemgetter(0, 1))  # in the order in which they lie in the table
        sqlite.keep_all(self._connection, tie, [_tie(*pair) for pair in pairs])
        self._changed.clear()
        self._new.clear()
        self._settings.clear()

    def _read_nodes(self, keys: Collection[str]) -> dict[str, Node]:
        rows = sqlite.rows(self._connection, _BY_KEY, numbers=[_number(key) for key in keys])
        heads = self._of_numbers([row[-1] for row in rows])
        nodes = (Node(_key(key), rank, heads[no], _key(centre), claim) for key, rank, centre, claim, no in rows)
        return {one.key: one for one in nodes}

    def _behead(self, number: int) -> None:
        sqlite.change(self._connection, _HEADLESS, [{"number": number}])
        self._heads.go(number)

    def _group(
        self, known: dict[str, dict[str, None]], name: str, asked: Select[Any], of: Callable[[Node], str], value: Any
    ) -> dict[str, None]:
        """The nodes of one claim, or with one centre, as they are now; read once."""
        if name not in known:
            rows = sqlite.rows(self._connection, asked, group=value)
            known[name] = dict.fromkeys(key for (number,) in rows if (key := _key(number)) not in self._changed)
            changed = (one for key in self._changed if (one := self._nodes[key]))
            known[name] |= dict.fromkeys(one.key for one in changed if of(one) == name)
        return known[name]

    def _regroup(self, before: Node | None, after: Node | None) -> None:
        """A node is of another claim, or has another centre."""
        for known, of in ((self._by_claim, _CLAIM), (self._by_centre, _CENTRE)):
            if before and (found := known.get(of(before))):
                found.pop(before.key, None)
            if after and (found := known.get(of(after))) is not None:
                found[after.key] = None

    def _of_numbers(self, numbers: list[int]) -> dict[int, Told]:
        """The statements with these numbers."""
        found = {no: self._remembered[no] for no in numbers if no in self._remembered}
        missing = [no for no in numbers if no not in found]
        if missing:
            found |= {no: _told(*row) for no, *row in sqlite.rows(self._connection, _TOLD, numbers=missing)}
        for no in numbers:
            self._remember(no, found[no])
        return found

    def _remember(self, number: int, told: Told) -> None:
        self._remembered[number] = told
        self._remembered.move_to_end(number)
        if len(self._remembered) > REMEMBERED:
            self._remembered.popitem(last=False)

    def _joined(self, told: Told) -> int:
        """The newest version of its article, by its `no`, with the setting that all of its statements have."""
        name = told.appearance.article
        if name not in self._settings:
            (self._settings[name],) = sqlite.rows(self._connection, _SETTING, id=name)
        number, setting = self._settings[name]
        if setting is None:
            sqlite.put(self._connection, joined, {"version": number, "setting": told.setting})
            self._settings[name] = number, told.setting
        elif setting != told.setting:
            raise ValueError(f"{told.appearance.id}: its article has another setting")
        return number


_CLAIM, _CENTRE = attrgetter("claim"), attrgetter("centre")
_MEMBERS = select(node.c.key).where(node.c.claim == bindparam("group")).order_by(node.c.rank)
_CENTRED = select(node.c.key).where(node.c.centre == bindparam("group")).order_by(node.c.rank)
_BY_ID = select(statement.c.no).where(statement.c.id == bindparam("id"))
_OF_CLAIMS = (
    select(node.c.claim, node.c.key)
    .where(node.c.claim.in_(select(each("claims").c.value)))
    .order_by(node.c.claim, node.c.rank)
)
_OF_NODES = (
    select(statement.c.node, statement.c.no)
    .where(statement.c.node.in_(select(each("nodes").c.value)))
    .order_by(statement.c.node, statement.c.no)
)
_OF_NODE = select(statement.c.no).where(statement.c.node == bindparam("node")).order_by(statement.c.no)
_BY_KEY = (
    select(node.c.key, node.c.rank, node.c.centre, node.c.claim, statement.c.no)
    .join(statement, statement.c.id == node.c.head)
    .where(node.c.key.in_(select(each("numbers").c.value)))
)
_TOLD = (
    select(statement.c.no, statement.c.node, statement.c.full, statement.c.record, statement.c.vector, joined.c.setting)
    .join(joined, joined.c.version == statement.c.version)
    .where(statement.c.no.in_(select(each("numbers").c.value)))
)
_EDGES = select(tie.c.other, tie.c.same, tie.c.contradicts, tie.c.neighbour).where(tie.c.one == bindparam("one"))
_SETTING = (
    select(version.c.no, joined.c.setting)
    .join(article, (article.c.no == version.c.article) & (article.c.current == version.c.number))
    .outerjoin(joined, joined.c.version == version.c.no)
    .where(article.c.id == bindparam("id"))
)
_HEADLESS = delete(head).where(head.c.node == bindparam("number"))
_DROPPED = delete(node).where(node.c.key == bindparam("number"))
_TAKEN = delete(statement).where(statement.c.id == bindparam("taken"))
_UNTIED = delete(tie).where(tie.c.one == bindparam("this"), tie.c.other == bindparam("that"))


def _told(number: int, full: str, record: str, vector: bytes, setting: bytes) -> Told:
    return Told(unpacked(Appearance, record), full, vector, setting, _key(number))


def _pair(one: int, other: int) -> dict[str, int]:
    return {"this": one, "that": other}


def _row(one: Node) -> dict[str, int | str]:
    centre = _number(one.centre)
    return {
        "key": _number(one.key),
        "rank": one.rank,
        "head": one.head.appearance.id,
        "centre": centre,
        "claim": one.claim,
    }


def _tie(one: int, other: int, odds: Odds) -> dict[str, int]:
    same, contradicts, neighbour = odds.same, odds.contradicts, odds.neighbour
    return {
        "one": one,
        "other": other,
        "same": round(same * STEPS),
        "contradicts": round(contradicts * STEPS),
        "neighbour": round(neighbour * STEPS),
    }


def _number(key: str) -> int:
    """The signed number of 64 bits that 16 hexadecimal digits are."""
    number = int(key, 16)
    return number - 2**64 if number >= 2**63 else number


@lru_cache(1 << 16)
def _key(number: int) -> str:
    return f"{number % 2**64:016x}"
