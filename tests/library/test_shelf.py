"""A library's shelf answers as one in memory does, whatever is done with them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from firsthand.claims import Memory
from firsthand.library import Library
from firsthand.library.shelf import Remembered, Shelf
from firsthand.library.vectors import Neighbours
from firsthand.model import Appearance, Decision, Node, Odds, Told
from tests.library.toy import put, vector

KEYS = [hashlib.sha256(bytes([n])).hexdigest()[:16] for n in range(6)]
CLAIMS = ("c1", "c2")


@contextmanager
def shelf_of(library: Library) -> Iterator[Shelf]:
    neighbours = Neighbours(library.path)
    with library.writing() as connection:
        neighbours.begin(connection)
        shelf = Shelf(connection, neighbours, Remembered())
        yield shelf
        shelf.write()


def told(article: str, n: int, key: str, words: str) -> Told:
    there = Appearance(f"{article}@{n}-{n + 1}", article, ((n, n + 1),), words, "attributed", "asserts")
    return Told(there, words, vector(words), vector(article), key)


number, odds = st.integers(0, 5), st.integers(0, 10_000).map(lambda n: n / 10_000)
acts = st.one_of(
    st.tuples(st.just("put"), number, number, st.sampled_from("abc")),
    st.tuples(st.just("take"), number),
    st.tuples(st.just("keep"), number, number, number, st.sampled_from(CLAIMS)),
    st.tuples(st.just("drop"), number),
    st.tuples(st.just("tie"), number, number, odds, odds, odds),
    st.tuples(st.just("untie"), number),
    st.tuples(st.just("commit")),
)


def act(shelf: Any, article: str, what: str, *given: Any) -> None:
    """One thing that an engine may do, as it would: nodes have heads that are there, ties join nodes that are."""
    name = f"{article}@{given[0]}-{given[0] + 1}"
    if what == "put":
        if (before := shelf.told(name)) and (node := shelf.node(before.key)) and node.head == before:
            return
        shelf.put(told(article, given[0], KEYS[given[1]], given[2]))
    elif what == "take":
        if (before := shelf.told(name)) and not ((node := shelf.node(before.key)) and node.head == before):
            shelf.take(name)
    elif what == "keep" and (head := shelf.told(name)):
        shelf.keep(Node(head.key, f"{given[1]}", head, KEYS[given[2]], given[3]))
    elif what == "drop" and shelf.node(KEYS[given[0]]):
        shelf.drop(KEYS[given[0]])
    elif what == "untie":
        shelf.untie(KEYS[given[0]])
    elif what == "tie" and given[0] != given[1] and all(shelf.node(KEYS[n]) for n in given[:2]):
        shelf.tie(KEYS[given[0]], KEYS[given[1]], Odds(*given[2:]))


def answers(shelf: Any, article: str) -> dict[str, Any]:
    return {
        "nodes": dict(shelf.nodes(KEYS)),
        "edges": {key: dict(shelf.edges(key)) for key in KEYS},
        "members": {claim: set(shelf.members(claim)) for claim in CLAIMS},
        "centred": {key: set(shelf.centred(key)) for key in KEYS},
        "told": {n: shelf.told(f"{article}@{n}-{n + 1}") for n in range(6)},
        "of": {key: {one.appearance.id for one in shelf.of_node(key)} for key in KEYS},
        "near": {words: set(shelf.near(vector(words), 6)) for words in "abc"},
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(acts, max_size=25))
def test_it_answers_as_memory_does(tmp_path: Path, steps: list[Any]) -> None:
    for old in tmp_path.glob("l.db*"):
        old.unlink()
    memory = Memory()
    with Library.open(tmp_path / "l.db", create=True) as library:
        (article,) = put(library, ["Ann says a bridge is shut"])
        parts: list[list[Any]] = [[]]
        for step in steps:
            parts.append([]) if step[0] == "commit" else parts[-1].append(step)
        for part in parts:
            with shelf_of(library) as shelf:
                for step in part:
                    act(memory, article, *step)
                    act(shelf, article, *step)
                assert answers(shelf, article) == answers(memory, article)
            with shelf_of(library) as shelf:
                assert answers(shelf, article) == answers(memory, article)


def test_a_head_that_goes_stays_the_nodes_until_it_has_another(library: Library) -> None:
    (article,) = put(library, ["Ann says a bridge is shut"])
    one, two = told(article, 0, KEYS[0], "a"), told(article, 1, KEYS[0], "b")
    with shelf_of(library) as shelf:
        shelf.put(one)
        shelf.put(two)
        shelf.keep(Node(KEYS[0], "1", one, KEYS[0], "c1"))
    with shelf_of(library) as shelf:
        shelf.take(one.appearance.id)
        node = shelf.node(KEYS[0])
        assert node and node.head == one
        shelf.keep(Node(KEYS[0], "2", two, KEYS[0], "c1"))
    with shelf_of(library) as shelf:
        assert shelf.near(vector("b"), 3) == [KEYS[0]]
        assert (node := shelf.node(KEYS[0])) and node.head == two


def test_all_statements_of_an_article_have_one_setting(library: Library) -> None:
    (article,) = put(library, ["Ann says a bridge is shut"])
    other = Told(told(article, 1, KEYS[0], "a").appearance, "a", vector("a"), vector("x"), KEYS[0])
    with shelf_of(library) as shelf:
        shelf.put(told(article, 0, KEYS[0], "a"))
        with pytest.raises(ValueError, match="another setting"):
            shelf.put(other)


def test_decisions_stay_when_their_statements_go(library: Library) -> None:
    with shelf_of(library) as shelf:
        for decision in (Decision("same", "a", "b"), Decision("apart", "b", "a"), Decision("clearest", "b")):
            shelf.decide(decision)
    with shelf_of(library) as shelf:
        assert [one.kind for one in shelf.decided("b")] == ["same", "apart", "clearest"]
        assert [one.kind for one in shelf.decided("a")] == ["same", "apart"]
        assert list(shelf.decided("c")) == []


@pytest.mark.parametrize("who", ["this process", "another"])
def test_what_was_read_holds_until_somebody_else_writes(tmp_path: Path, who: str) -> None:
    path = tmp_path / "l.db"
    with Library.open(path, create=True) as library, Library.open(path) as other:
        with library.writing() as connection:
            shelf = Shelf(connection, Neighbours(path), Remembered())
            shelf.end()
        with library.writing() as connection:
            assert shelf.goes_on(connection)
            shelf.end()
        with (other if who == "another" else library).writing() as connection:
            connection.exec_driver_sql("INSERT INTO indexed VALUES (7, 'token')")
        with library.writing() as connection:
            assert not shelf.goes_on(connection)
