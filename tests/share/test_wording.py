from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from firsthand.model import Attribution, Certainty, ChainLink, Evidence, Reading, Source, Stance
from firsthand.share.wording import Detail, certainty_words, details, line, quoted, wording
from tests.told import told_reading

if TYPE_CHECKING:
    from conftest import Given


def lines(reading: Reading) -> list[str]:
    text = reading.article.text
    return ["".join(words for _, words in line(wording(said, text))) for said in reading.attributions]


TOLD = [
    "Northern Press Agency <- Ostrel · warns · “Brennmark may flood border valley” · unlikely to likely",
    "Northern Press Agency <- a senior administration official of Ostrel (unnamed: not authorised to comment) · "
    "told reporters · “Brennmark would possibly use a staged dam failure as a pretext to move troops into the Ulm "
    "valley” · unlikely to likely · evidence withheld",
    "Northern Press Agency <- Radio Ulm <- Ilva Renn, defence minister · said · “We see trucks, we see explosives, and "
    "we draw our conclusions,” · stated as fact · eyewitness",
    "Northern Press Agency <- Ilva Renn, defence minister (“She”) · believes · “that the charges are already in place” "
    "· likely",
    "Northern Press Agency <- Brennmark · rejected · “the accusation” · denied",
    "Northern Press Agency <- Tomas Ek, a spokesman for its foreign ministry · said · “There is no truth in it,” · "
    "stated as fact",
    "Northern Press Agency <- Tomas Ek, a spokesman for its foreign ministry (“He”) · accused · “Ostrel of inventing a "
    "threat” · likely",
    "Northern Press Agency <- The Ulm Gazette <- two engineers (unnamed) · reported · “that cracks had been found in "
    "the dam wall” · takes no side · stated as fact · evidence shown",
    "Northern Press Agency <- The Sellenby Ledger · was unable to confirm · “the report” · doubts · unverified by "
    "the outlet",
    "Northern Press Agency <- unattributed · It was feared · “that the valley would have to be cleared” · likely",
    "Northern Press Agency <- Ilva Renn, defence minister · urged · “its people to stay calm” · orders, wishes or "
    "promises",
]


def test_an_attribution_reads_as_english() -> None:
    assert lines(told_reading()) == TOLD


def test_what_was_not_looked_for_is_passed_over(given_reading: Given) -> None:
    first, *_, last = lines(given_reading())
    assert first == "mayor · says · “Larkmoor bridge to stay shut”"
    assert last == "unattributed · It was expected · “that the council would vote”"


@pytest.mark.parametrize(
    ("least", "most", "words"),
    [
        (0, 0, "denied"),
        (1, 1, "almost no chance"),
        (2, 2, "very unlikely"),
        (3, 5, "unlikely to likely"),
        (4, 4, "roughly even chance"),
        (6, 6, "very likely"),
        (7, 7, "almost certain"),
        (8, 8, "stated as fact"),
    ],
)
def test_certainty_has_the_words_of_icd_203(least: int, most: int, words: str) -> None:
    assert certainty_words(Certainty(least, most)) == words


TEXT = "She denied it. He said no."


def said(who: Source, cue: str = "denied", **more: object) -> str:
    start = TEXT.index(cue)
    given = Attribution(((0, 3),), ((start, start + len(cue)),), ((11, 13),), 0.9, who)
    return "".join(words for _, words in line(wording(replace(given, **more), TEXT)))  # type: ignore[arg-type]


def test_a_denial_is_not_said_twice() -> None:
    denied = {"certainty": Certainty(0, 0), "stance": Stance("denies")}
    who = Source("She", "person")
    assert said(who, **denied) == "She · denied · “it”"
    assert said(who, "no", **denied) == "She · no · “it” · denied"
    assert said(who, "no", stance=Stance("denies")) == "She · no · “it” · denies"


def test_somebody_unnamed_is_called_so_with_the_reason_and_as_written() -> None:
    assert said(Source("an aide", "unnamed")) == "an aide (unnamed; “She”) · denied · “it”"
    reason = Source("an aide", "unnamed", anonymity="not\nallowed")
    assert said(reason) == "an aide (unnamed: not allowed; “She”) · denied · “it”"


def test_somebody_unnamed_behind_the_source_is_called_so_with_the_reason() -> None:
    own = ChainLink("NPA", "outlet", "source", ((0, 3),))
    aide = ChainLink("an aide", "unnamed", "cites", anonymity="not\nallowed")
    assert said(Source("NPA", "outlet"), chain=(own, aide)).startswith(
        "NPA (“She”) <- an aide (unnamed: not allowed) ·"
    )


def test_a_position_that_is_the_name_is_not_repeated() -> None:
    assert said(Source("a senior aide", "crowd", position="senior aide")).startswith("a senior aide (“She”)")


def test_a_chain_without_a_link_for_the_source_ends_with_it() -> None:
    wire = ChainLink("NPA", "outlet", "wire credit")
    assert said(Source("Ann", "person"), chain=(ChainLink("Post", "outlet", "outlet"), wire)).startswith("NPA <- Ann (")
    assert said(Source("NPA", "outlet"), chain=(wire,)).startswith("NPA (“She”) ·")


def test_an_outlet_that_is_the_source_itself_is_named() -> None:
    assert said(Source("Post", "outlet"), chain=(ChainLink("Post", "outlet", "outlet"),)).startswith("Post (“She”)")


@pytest.mark.parametrize("words", ["“no,” she", '"no"', "‘no’"])
def test_words_with_quotation_marks_get_no_more(words: str) -> None:
    assert quoted(words) == words


def test_details_have_everything_and_the_words_that_decided() -> None:
    reading = told_reading()
    assert list(details(reading.attributions[1], reading.article.text)) == [
        Detail("source", "a senior administration official of Ostrel, not named"),
        Detail("position", "senior administration official"),
        Detail("why unnamed", "not authorised to comment"),
        Detail(
            "through",
            "The Sellenby Ledger (published it) ← Northern Press Agency (credited for the text) ← "
            "a senior administration official of Ostrel",
        ),
        Detail("stance", "asserts", "“told reporters”"),
        Detail("certainty", "unlikely to likely", "“possibly”"),
        Detail("evidence", "evidence withheld", "“did not provide any evidence”"),
    ]


def test_no_evidence_is_a_finding_and_not_looked_for_is_none(given_reading: Given) -> None:
    reading = told_reading()
    found = list(details(reading.attributions[-1], reading.article.text))
    assert found[-2:] == [
        Detail("certainty", "nothing that could be true or false"),
        Detail("evidence", "no evidence mentioned"),
    ]
    assert list(details(given_reading().attributions[0], "")) == []


def test_nothing_hostile_passes() -> None:
    evil = "a\x1b[31m\u202eb\nc"
    who = Source(evil, "unnamed", position=evil, anonymity=evil)
    reading = Attribution(
        ((0, len(evil)),) * 1,
        ((0, len(evil)),),
        ((0, len(evil)),),
        0.5,
        who,
        (ChainLink(evil, None, "cites"),),
        Certainty(5, 5, ((0, len(evil)),)),
        Stance("asks", ((0, len(evil)),)),
        Evidence("shown", ((0, len(evil)),)),
    )
    shown = [words for _, words in line(wording(reading, evil))]
    shown += [part for detail in details(reading, evil) for part in (detail.value, detail.by)]
    assert not set("".join(shown)) & {"\x1b", "\u202e", "\n"}
