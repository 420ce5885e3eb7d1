"""Grouping: the same outcome in whatever order, ids that last, decisions that are never undone."""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from firsthand.claims import Groups, Memory, claim
from firsthand.model import Change, Decision, Told
from tests.claims.given import told

POOL = (
    "Brennmark will blow up the Karst dam in the Ulm valley",
    "Brennmark plans to blow up the Karst dam in the Ulm valley",
    "Brennmark may blow up the Karst dam above Ulm",
    "that Brennmark will not blow up the Karst dam in the Ulm valley",
    "Two engineers found cracks in the wall of the Karst dam",
    "cracks were found in the wall of the Karst dam by two engineers",
    "Seven engineers found cracks in the wall of the Karst dam",
    "The ferry Halcyon was sold to Orvane Steel for 12 million crowns",
    "Orvane Steel bought the ferry Halcyon for 12 million crowns",
    "The ferry Halcyon was sold to Orvane Steel for 30 million crowns",
    "Herring prices in Larkmoor fell by nine per cent",
    "it is not so",
    "the dam",
)
Partition = frozenset[frozenset[str]]

statements = st.lists(
    st.tuples(st.sampled_from(POOL), st.one_of(st.none(), st.integers(0, 3))), min_size=1, max_size=9
).map(lambda rows: [told(number, text, hours) for number, (text, hours) in enumerate(rows)])


def grouped(tolds: Iterable[Told], decisions: Iterable[Decision] = ()) -> tuple[Memory, Groups]:
    shelf = Memory()
    groups = Groups(shelf)
    for one in tolds:
        groups.add(one)
    for decision in decisions:
        groups.decide(decision)
    return shelf, groups


def partition(shelf: Memory) -> Partition:
    found = {
        name: frozenset(one.appearance.id for key in shelf.members(name) for one in shelf.of_node(key))
        for name in shelf.claims()
    }
    return frozenset(found.values())


def claim_of(shelf: Memory, one: Told) -> str:
    known = shelf.told(one.appearance.id)
    assert known is not None
    node = shelf.node(known.key)
    assert node is not None
    return node.claim


@settings(max_examples=60, deadline=None)
@given(statements, st.integers(0, 2**16))
def test_the_order_of_adding_makes_no_difference(tolds: list[Told], seed: int) -> None:
    other = list(tolds)
    random.Random(seed).shuffle(other)
    assert partition(grouped(tolds)[0]) == partition(grouped(other)[0])


@settings(max_examples=60, deadline=None)
@given(statements, st.integers(0, 2**16))
def test_what_was_removed_leaves_nothing_behind(tolds: list[Told], seed: int) -> None:
    gone = random.Random(seed).sample(tolds, len(tolds) // 2)
    shelf, groups = grouped(tolds)
    for one in gone:
        groups.remove(one.appearance.id)
    left = [one for one in tolds if one not in gone]
    assert partition(shelf) == partition(grouped(left)[0])


@settings(max_examples=60, deadline=None)
@given(statements)
def test_every_statement_has_one_claim_and_every_claim_a_statement(tolds: list[Told]) -> None:
    shelf, _ = grouped(tolds)
    ids = [name for members in partition(shelf) for name in members]
    assert sorted(ids) == sorted(one.appearance.id for one in tolds)
    assert all(claim(shelf, name).appearances for name in shelf.claims())


@settings(max_examples=60, deadline=None)
@given(statements, st.data())
def test_what_a_person_put_together_or_apart_stays_so(tolds: list[Told], data: st.DataObject) -> None:
    if len(tolds) < 3:
        return
    one, other, third = data.draw(st.permutations(tolds))[:3]
    together = Decision("same", one.appearance.id, other.appearance.id)
    apart = Decision("apart", other.appearance.id, third.appearance.id)
    shelf, groups = grouped(tolds, [together, apart])
    groups.add(told(90, POOL[0], 0))
    groups.remove(tolds[0].appearance.id)
    groups.add(tolds[0])
    assert claim_of(shelf, one) == claim_of(shelf, other) != claim_of(shelf, third)


@settings(max_examples=40, deadline=None)
@given(statements, st.data())
def test_a_decision_may_come_before_its_statements(tolds: list[Told], data: st.DataObject) -> None:
    if len(tolds) < 2:
        return
    one, other = data.draw(st.permutations(tolds))[:2]
    decision = Decision(data.draw(st.sampled_from(["same", "apart"])), one.appearance.id, other.appearance.id)
    early = Memory()
    groups = Groups(early)
    groups.decide(decision)
    for each in tolds:
        groups.add(each)
    assert partition(early) == partition(grouped(tolds, [decision])[0])


@settings(max_examples=60, deadline=None)
@given(statements)
def test_changes_tell_which_claims_there_are(tolds: list[Told]) -> None:
    shelf, groups = Memory(), None
    groups, known = Groups(shelf), set[str]()
    for one in tolds:
        groups.add(one)
        known = _after(known, groups.changes())
        assert known == set(shelf.claims())
    for one in tolds:
        groups.remove(one.appearance.id)
        known = _after(known, groups.changes())
        assert known == set(shelf.claims())
    assert not known


def _after(known: set[str], changes: Sequence[Change]) -> set[str]:
    for change in changes:
        if change.kind in ("made", "split"):
            assert change.claim not in known
            known = known | {change.claim}
        else:
            known = known - {change.claim if change.kind == "ended" else change.other}
    return known


def test_the_same_thing_in_other_words_is_one_claim_and_another_thing_another() -> None:
    tolds = [told(n, POOL[n], n) for n in (0, 1, 4, 5, 10)]
    shelf, _ = grouped(tolds)
    a, b, c, d, e = (claim_of(shelf, one) for one in tolds)
    assert a == b
    assert c == d
    assert len({a, c, e}) == 3


def test_verbatim_copies_are_one_node_and_change_nothing() -> None:
    tolds = [told(n, POOL[n], n) for n in (0, 1, 4)]
    shelf, groups = grouped(tolds)
    before = {one.appearance.id: claim_of(shelf, one) for one in tolds}
    nodes = len({shelf.told(name).key for name in before})  # type: ignore[union-attr]
    for n in range(20, 40):
        groups.add(told(n, POOL[0], n))
    assert {one.appearance.id: claim_of(shelf, one) for one in tolds} == before
    assert len({one.key for one in shelf.of_node(tolds[0].key)}) == 1
    assert nodes == 3


def test_an_id_stays_when_an_earlier_statement_comes() -> None:
    later = [told(1, POOL[0], 5), told(2, POOL[1], 6)]
    shelf, groups = grouped(later)
    name = claim_of(shelf, later[0])
    groups.changes()
    groups.add(told(3, POOL[0] + " on Monday", 0))
    assert claim_of(shelf, later[0]) == claim_of(shelf, later[1]) == name


def test_an_id_is_made_of_the_founding_statement() -> None:
    names = {claim_of(grouped([told(1, POOL[0])])[0], told(1, POOL[0])) for _ in range(2)}
    assert len(names) == 1
    (name,) = names
    assert len(name) == 13
    assert name.startswith("c")


def test_decisions_that_contradict_each_other_are_refused() -> None:
    tolds = [told(n, POOL[n], n) for n in (0, 4, 7)]
    a, b, c = (one.appearance.id for one in tolds)
    _, groups = grouped(tolds, [Decision("same", a, b), Decision("same", b, c)])
    with pytest.raises(ValueError, match="together by hand"):
        groups.decide(Decision("apart", a, c))
    groups.decide(Decision("apart", b, c))
    groups.decide(Decision("apart", a, c))
    with pytest.raises(ValueError, match="apart by hand"):
        groups.decide(Decision("same", b, c))


def test_a_later_decision_on_the_same_pair_counts() -> None:
    tolds = [told(0, POOL[0], 0), told(4, POOL[4], 1)]
    a, b = (one.appearance.id for one in tolds)
    shelf, groups = grouped(tolds, [Decision("same", a, b)])
    assert claim_of(shelf, tolds[0]) == claim_of(shelf, tolds[1])
    groups.decide(Decision("apart", a, b))
    assert claim_of(shelf, tolds[0]) != claim_of(shelf, tolds[1])


def test_who_fits_what_was_split_off_goes_with_it() -> None:
    ids = []
    for order in permutations([told(0, POOL[0], 0), told(1, POOL[0], 1), told(2, POOL[0], 2)]):
        first, second = order[0], order[1]
        shelf, _ = grouped(order, [Decision("apart", first.appearance.id, second.appearance.id)])
        ids.append(claim_of(shelf, first) != claim_of(shelf, second))
    assert all(ids)


def test_a_statement_that_comes_again_replaces_itself() -> None:
    one = told(1, POOL[0])
    shelf, groups = grouped([one, told(2, POOL[4])])
    before = partition(shelf)
    groups.add(one)
    assert partition(shelf) == before


def test_removing_what_is_not_there_does_nothing() -> None:
    shelf, groups = grouped([told(1, POOL[0])])
    groups.remove("nothing@0-1")
    assert len(partition(shelf)) == 1
