"""Which of an article's contents are statements, whose, and what they take back."""

from __future__ import annotations

from dataclasses import replace

import pytest

from firsthand.claims.corrections import notices, taken_back, withdrawn
from firsthand.claims.statements import appearances
from firsthand.model import (
    DIMENSIONS,
    STATED_AS_FACT,
    Article,
    Attribution,
    Certainty,
    Reading,
    Source,
    Spans,
    Stance,
    StanceValue,
    Statement,
    Told,
)
from tests.told import told_reading

RENN = Source("Ilva Renn", "person")
FACT = Certainty(STATED_AS_FACT, STATED_AS_FACT)


def spans(text: str, *parts: str) -> Spans:
    return tuple((text.index(part), text.index(part) + len(part)) for part in parts)


def said(text: str, cue: str, *content: str, who: Source = RENN, stance: StanceValue = "asserts") -> Attribution:
    return Attribution((), spans(text, cue), spans(text, *content), 0.9, who, (), FACT, Stance(stance))


def told(text: str, attributions: tuple[Attribution, ...], own: tuple[str, ...] = ()) -> tuple[Told, ...]:
    statements = tuple(Statement(spans(text, part)[0], FACT) for part in own)
    vectors = (bytes(DIMENSIONS),) * (1 + len(attributions) + len(statements))
    return appearances(Reading(Article("a", text), attributions, "given", (), (), statements, vectors))


def texts(found: tuple[Told, ...]) -> list[str]:
    return [one.appearance.text for one in found]


def test_a_reading_without_vectors_is_refused() -> None:
    with pytest.raises(ValueError, match="without vectors"):
        appearances(replace(told_reading(), vectors=()))


def test_questions_orders_and_what_claims_nothing_are_none() -> None:
    reading = told_reading()
    found = appearances(replace(reading, vectors=(bytes(DIMENSIONS),) * (1 + 11 + 2)))
    assert "its people to stay calm" not in texts(found)
    assert "the report" not in texts(found)
    assert {one.appearance.stance for one in found} == {"asserts", "denies", "reports"}


def test_a_headline_that_a_source_is_cited_for_is_the_sources() -> None:
    reading = told_reading()
    found = appearances(replace(reading, vectors=(bytes(DIMENSIONS),) * (1 + 11 + 2)))
    first = found[0].appearance
    assert first.text == "Brennmark may flood border valley"
    assert first.role == "attributed"
    assert [one.appearance.role for one in found].count("headline") == 0
    assert [one.appearance.role for one in found].count("lead") == 1


def test_ids_name_the_article_and_the_place() -> None:
    text = "Renn said the dam would hold. It stood, she said, for years."
    found = told(text, (said(text, "said the", "the dam would hold"), said(text, "she said", "It stood", "for years")))
    assert [one.appearance.id for one in found] == ["a@10-28", "a@30-59"]
    assert found[1].appearance.text == "It stood ... for years"


def test_what_is_said_twice_in_the_same_words_is_told_once() -> None:
    text = "The dam holds, says Renn\n\nRenn said: “The dam holds.” Ek said the dam holds."
    twice = (
        said(text, "says", "The dam holds"),
        replace(said(text, "said:", "The dam holds."), content=((38, 52),)),
        said(text, "Ek said", "the dam holds", who=Source("Tomas Ek", "person")),
    )
    assert [one.appearance.who.name for one in told(text, twice) if one.appearance.who] == ["Ilva Renn", "Tomas Ek"]


def test_what_lies_within_a_fuller_content_of_the_same_source_is_none() -> None:
    text = "Renn said that the dam would hold this winter."
    both = (
        said(text, "said", "that the dam would hold this winter"),
        said(text, "Renn said", "the dam would hold this"),
    )
    assert texts(told(text, both)) == ["that the dam would hold this winter"]


def test_a_piece_of_a_sentence_is_none() -> None:
    text = "Renn, for whom Ek voiced admiration, said the dam held."
    both = (said(text, "voiced", "whom", "admiration"), said(text, "said", "the dam held"))
    assert texts(told(text, both)) == ["the dam held"]


@pytest.mark.parametrize(
    ("cue", "stance"),
    [
        ("denied", "denies"),
        ("did not deny", "reports"),
        ("neither confirmed nor denied", "reports"),
        ("declined to rule out", "reports"),
        ("would not confirm or deny", "reports"),
    ],
)
def test_who_did_not_deny_did_not_deny(cue: str, stance: str) -> None:
    text = f"Renn {cue} that the dam had cracks."
    (one,) = told(text, (said(text, cue, "that the dam had cracks", stance="denies"),))
    assert one.appearance.stance == stance


def test_who_rejects_it_as_a_fake_says_that_it_is_one() -> None:
    text = "Renn dismissed the report as a fake. Renn dismissed the report as soon as he had it."
    both = (
        said(text, "dismissed", "the report as a fake", stance="denies"),
        said(text, "dismissed", "the report as soon as he had it", stance="denies"),
    )
    assert [one.appearance.stance for one in told(text, both)] == ["asserts", "denies"]


def test_pronouns_and_last_names_are_completed_for_comparing_alone() -> None:
    text = "Ilva Renn spoke. She said that she would stay. “I trust my engineers,” Renn said. Ek said Renn was wrong."
    renn = replace(RENN, mentions=spans(text, "Ilva Renn"))
    found = told(
        text,
        (
            said(text, "She said", "that she would stay", who=renn),
            said(text, "Renn said", "“I trust my engineers,”", who=renn),
            said(text, "Ek said", "Renn was wrong", who=Source("Tomas Ek", "person")),
        ),
    )
    assert [one.full for one in found] == [
        "that Ilva Renn would stay",
        "“Ilva Renn trust Ilva Renn engineers,”",
        "Ilva Renn was wrong",
    ]
    assert texts(found)[0] == "that she would stay"


def test_same_words_are_one_node_unless_they_do_not_say_what_they_are_about() -> None:
    first = "Renn said the Karst dam was full. Renn said it was so."
    second = "Again Renn said the Karst dam was full. And Renn said it was so."
    nodes = []
    for name, text in (("a", first), ("b", second)):
        both = (said(text, "Renn said the", "the Karst dam was full"), said(text, "Renn said it", "it was so"))
        reading = Reading(Article(name, text), both, "given", vectors=(bytes(DIMENSIONS),) * 3)
        nodes.append([one.key for one in appearances(reading)])
    assert nodes[0][0] == nodes[1][0]
    assert nodes[0][1] != nodes[1][1]


def test_what_a_notice_takes_back_is_denied_by_its_outlet() -> None:
    text = "The dam holds.\n\nCorrection: An earlier version of this article said that two men had died."
    found = told(text, (said(text, "said", "that two men had died", who=Source("An earlier version", "document")),))
    (one,) = (one.appearance for one in found)
    assert one.corrects
    assert one.stance == "denies"


def test_an_article_that_is_withdrawn_takes_back_what_it_says_itself() -> None:
    text = "Dam breaks at Karst\n\nThis article has been withdrawn."
    (one,) = told(text, (), ("Dam breaks at Karst",))
    assert one.appearance.corrects
    assert one.appearance.stance == "denies"


@pytest.mark.parametrize(
    "text",
    [
        "Correction: the dam was built in 1961.",
        "An earlier version of this story misstated his age.",
        "This article was corrected on Tuesday.",
        "We withdraw our report.",
    ],
)
def test_notices(text: str) -> None:
    assert notices(f"Words before. {text} Words after.") or notices(text)


@pytest.mark.parametrize("text", ["He corrected his course.", "An earlier report said so.", "The story was long."])
def test_what_is_no_notice(text: str) -> None:
    assert not notices(text)
    assert not withdrawn(text)


def test_what_a_notice_takes_back_is_found_in_its_clause() -> None:
    text = "An earlier version of this story said that two men had died. None had."
    (notice,) = notices(text)
    back = taken_back(text, notice)
    assert back is not None
    assert text[slice(*back)] == "two men had died"
