"""A claim as it is shown: in order of time, in its clearest words, beside what contradicts it."""

from __future__ import annotations

import pytest

from firsthand.claims import Groups, Memory, claim
from firsthand.claims.assembling import clearest
from firsthand.claims.reasons import reason
from firsthand.model import Claim, Decision, Told
from tests.claims.given import told

DAM = "Brennmark will blow up the Karst dam in the Ulm valley"


def shelved(*tolds: Told, decisions: tuple[Decision, ...] = ()) -> Memory:
    shelf = Memory()
    groups = Groups(shelf)
    for one in tolds:
        groups.add(one)
    for decision in decisions:
        groups.decide(decision)
    return shelf


def only(shelf: Memory) -> Claim:
    (name,) = shelf.claims()
    return claim(shelf, name)


def test_appearances_come_in_order_of_time_those_without_one_last() -> None:
    found = only(shelved(told(1, DAM, None), told(2, DAM, 5), told(3, DAM, 1)))
    assert [one.article for one in found.appearances] == ["article-3", "article-2", "article-1"]


def test_the_text_is_an_appearances_own() -> None:
    found = only(shelved(told(1, DAM, 0), told(2, f"that {DAM}", 1)))
    assert found.text == DAM
    assert found.text in {one.text for one in found.appearances}
    assert next(one.text for one in found.appearances if one.id == found.clearest) == found.text
    assert not found.pinned


@pytest.mark.parametrize(
    ("clear", "unclear"),
    [
        ("Brennmark will blow up the Karst dam", "it will blow up the Karst dam"),
        ("Brennmark will blow up the Karst dam", "that Brennmark will blow up the Karst dam"),
        ("Brennmark will blow up the Karst dam", "Brennmark ... blow up the Karst dam"),
        ("Brennmark will blow up the Karst dam", "the Karst dam"),
    ],
)
def test_clearer_is_a_whole_sentence_with_its_names(clear: str, unclear: str) -> None:
    for order in ((clear, unclear), (unclear, clear)):
        assert clearest([told(n, text) for n, text in enumerate(order)]).appearance.text == clear


def test_a_person_may_choose_the_words() -> None:
    plain = told(2, f"that {DAM}", 1)
    found = only(shelved(told(1, DAM, 0), plain, decisions=(Decision("clearest", plain.appearance.id),)))
    assert found.text == f"that {DAM}"
    assert found.pinned


def test_there_is_no_claim_with_another_id() -> None:
    with pytest.raises(KeyError):
        claim(shelved(told(1, DAM)), "c000000000000")


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("1,200 soldiers crossed the Ulm", "4,999 soldiers crossed the Ulm", "says 4,999 where this one says 1,200"),
        ("the bridge is open", "the bridge is closed", "says “closed” where this one says “open”"),
        ("the dam will hold", "the dam will not hold", "says it with “not”"),
        ("the dam will hold", "the dam won't hold", "says it with “not”"),
        ("the dam held", "he denied that the dam held", "says it with “denied”"),
        ("the dam doesn't hold", "the dam will hold", "says it without “not”"),
        ("that Brennmark sank the ferry", "that Ostrel sank the ferry", "names Ostrel where this one names Brennmark"),
        ("the dam stood", "the dam was seen in ruins", "says “seen in ruins” where this one says “stood”"),
        ("the dam stood", "the dam stood until the big flood came", "says “big flood came”"),
        ("the dam stood until the flood", "the dam stood", "does not say “flood”"),
        ("the mayor did not know", "the mayor did not act", "says “act” where this one says “know”"),
        ("nobody was hurt in the blast", "nobody survived the blast", "says “survived” where this one says “hurt”"),
        ("the dam doesn't leak", "the dam doesn’t crumble", "says “crumble” where this one says “leak”"),
        ("the dam stood", "the dam's wall was seen", "says “wall was seen” where this one says “stood”"),
        ("the fee is 5 % of pay", "the fee is 5 % of rent", "says “rent” where this one says “pay”"),
        ("the mayor did not go", "the mayor went. He is not sorry", "says it without “not”"),
    ],
)
def test_the_reason_names_what_differs(one: str, other: str, words: str) -> None:
    assert reason("contradicts", told(1, one), told(2, other)) == words


def test_a_contradiction_without_a_reason_in_words_is_none() -> None:
    assert reason("contradicts", told(1, "the dam broke"), told(2, "herring is cheap")) is None
    assert reason("neighbour", told(1, "the dam broke"), told(2, "herring is cheap")) is None


def test_neighbours_are_linked_by_what_both_are_about() -> None:
    found = reason("neighbour", told(1, "Ilva Renn built the Karst dam"), told(2, "the Karst dam is old"))
    assert found == "says something else about Karst and dam"
