"""Where claims lie in a library: nodes, their odds, statements, decisions, as `firsthand.claims` asks for them.

What is written is written at once, into the transaction that is open, but for odds, which come many at a time. What
was read is kept in memory as long as nobody else writes.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select, update

from firsthand.library import decisions, sqlite
from firsthand.library.packing import packed, unpacked
from firsthand.library.schema import article, head, joined, node, statement, tie, version
from firsthand.library.sqlite import each
from firsthand.library.vectors import Neighbours
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
        self._edges: dict[str, dict[str, Odds]] = {}
        self._new: defaultdict[str, dict[str, Odds]] = defaultdict(dict)

    def goes_on(self, connection: Connection) -> bool:
        """Whether what is in memory holds in another transaction: nobody has written since `end`, and it is little."""
        if sqlite.seen(connection) != self._seen or len(self._edges) > REMEMBERED:
            return False
        self._connection = connection
        return True

    def end(self) -> None:
        """The transaction is about to be committed."""
        self._seen = sqlite.seen(self._connection)

    def near(self, vector: bytes, count: int) -> Sequence[str]:
        """Keys of the nearest nodes."""
        return [_key(number) for number in self._neighbours.near(self._connection, vector, count)]

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
        row = {"rank": new.rank, "head": new.head.appearance.id, "centre": _number(new.centre), "claim": new.claim}
        if before is None:
            sqlite.put(self._connection, node, {"key": number, **row})
        else:
            sqlite.change(self._connection, _CHANGED, [{"number": number, **row}])
        if before is None or before.head != new.head:
            sqlite.change(self._connection, _HEADLESS, [{"number": number}])
            sqlite.put(self._connection, head, {"node": number})
        self._nodes[new.key] = new

    def drop(self, key: str) -> None:
        """Forget a node with its edges."""
        self.untie(key)
        for forget in (_HEADLESS, _DROPPED):
            sqlite.change(self._connection, forget, [{"number": _number(key)}])
        self._nodes[key] = None

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
        return [_key(number) for (number,) in sqlite.rows(self._connection, _MEMBERS, claim=claim)]

    def centred(self, centre: str) -> Collection[str]:
        """Keys of the nodes with this centre."""
        return [_key(number) for (number,) in sqlite.rows(self._connection, _CENTRED, centre=_number(centre))]

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
        self._remember(sqlite.put(self._connection, statement, row), told)

    def told(self, appearance: str) -> Told | None:
        """The statement of an appearance."""
        found = self._statements(_BY_ID, id=appearance)
        return found[0] if found else None

    def take(self, appearance: str) -> None:
        """Forget a statement."""
        told = self.told(appearance)
        if told:
            self.node(told.key)  # of which it may be the head, and is until there is another
            sqlite.change(self._connection, _TAKEN, [{"taken": appearance}])

    def of_node(self, key: str) -> Iterable[Told]:
        """The statements under a key."""
        return self._statements(_OF_NODE, node=_number(key))

    def decided(self, appearance: str) -> Sequence[Decision]:
        """What a person decided on an appearance."""
        return decisions.on(self._connection, appearance)

    def decide(self, decision: Decision) -> None:
        """Write down what a person decided, with who it was and why."""
        number = decisions.keep(self._connection, decision, self._because, self._who)
        self.decided_by = self.decided_by or number

    def write(self) -> None:
        """Write what is not yet written."""
        pairs = [(_number(a), _number(b), odds) for a, others in self._new.items() for b, odds in others.items()]
        sqlite.change(self._connection, _UNTIED, [_pair(a, b) for a, b, _ in pairs])
        sqlite.put_all(
            self._connection,
            tie,
            [{"one": a, "other": b, **_in_steps(odds)} for a, b, odds in sorted(pairs, key=lambda pair: pair[:2])],
        )
        self._new.clear()

    def _read_nodes(self, keys: Collection[str]) -> dict[str, Node]:
        rows = sqlite.rows(self._connection, _BY_KEY, numbers=[_number(key) for key in keys])
        heads = self._of_numbers([row[-1] for row in rows])
        nodes = (Node(_key(key), rank, heads[no], _key(centre), claim) for key, rank, centre, claim, no in rows)
        return {one.key: one for one in nodes}

    def _statements(self, asked: Select[Any], **values: Any) -> list[Told]:
        numbers = [number for (number,) in sqlite.rows(self._connection, asked, **values)]
        found = self._of_numbers(numbers)
        return [found[number] for number in numbers]

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
        ((number, setting),) = sqlite.rows(self._connection, _SETTING, id=told.appearance.article)
        if setting is None:
            sqlite.put(self._connection, joined, {"version": number, "setting": told.setting})
        elif setting != told.setting:
            raise ValueError(f"{told.appearance.id}: its article has another setting")
        return int(number)


_MEMBERS = select(node.c.key).where(node.c.claim == bindparam("claim")).order_by(node.c.rank)
_CENTRED = select(node.c.key).where(node.c.centre == bindparam("centre")).order_by(node.c.rank)
_BY_ID = select(statement.c.no).where(statement.c.id == bindparam("id"))
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
_CHANGED = (
    update(node)
    .where(node.c.key == bindparam("number"))
    .values({name: bindparam(name) for name in ("rank", "head", "centre", "claim")})
)
_HEADLESS = delete(head).where(head.c.node == bindparam("number"))
_DROPPED = delete(node).where(node.c.key == bindparam("number"))
_TAKEN = delete(statement).where(statement.c.id == bindparam("taken"))
_UNTIED = delete(tie).where(tie.c.one == bindparam("this"), tie.c.other == bindparam("that"))


def _told(number: int, full: str, record: str, vector: bytes, setting: bytes) -> Told:
    return Told(unpacked(Appearance, record), full, vector, setting, _key(number))


def _pair(one: int, other: int) -> dict[str, int]:
    return {"this": one, "that": other}


def _in_steps(odds: Odds) -> dict[str, int]:
    same, contradicts, neighbour = (round(odd * STEPS) for odd in (odds.same, odds.contradicts, odds.neighbour))
    return {"same": same, "contradicts": contradicts, "neighbour": neighbour}


def _number(key: str) -> int:
    """The signed number of 64 bits that 16 hexadecimal digits are."""
    number = int(key, 16)
    return number - 2**64 if number >= 2**63 else number


@lru_cache(1 << 16)
def _key(number: int) -> str:
    return f"{number % 2**64:016x}"
