from __future__ import annotations

import pytest

from bench.kinds import belief_words, kinds, quotations

HEADLINE = "Harbour to close\n\n"


def spans(text: str, *parts: str) -> list[tuple[int, int]]:
    return [(text.index(part), text.index(part) + len(part)) for part in parts]


def kinds_of(text: str, source: str, cue: str, *content: str) -> frozenset[str]:
    sources = spans(text, source) if source else []
    return kinds(text, {"source": sources, "cue": spans(text, cue), "content": spans(text, *content)})


@pytest.mark.parametrize(
    ("sentence", "source", "cue", "content", "kind"),
    [
        ("“We shut at noon,” Brask said.", "Brask", "said", "“We shut at noon,”", "quoted"),
        ('"We shut at noon," Brask said.', "Brask", "said", '"We shut at noon,"', "quoted"),
        ("Brask said the port “is finished” for now.", "Brask", "said", "the port “is finished” for now", "mixed"),
        ("Brask said the port would shut.", "Brask", "said", "the port would shut", "indirect speech"),
        ("Brask believes the port is lost.", "Brask", "believes", "the port is lost", "belief or plan"),
        ("Brask has long planned to leave.", "Brask", "has long planned", "to leave", "belief or plan"),
        ("Brask believes “it is lost”.", "Brask", "believes", "“it is lost”", "quoted"),
    ],
)
def test_manner(sentence: str, source: str, cue: str, content: str, kind: str) -> None:
    assert kinds_of(HEADLINE + sentence, source, cue, content) == {kind}


def test_no_source_is_a_second_kind() -> None:
    assert kinds_of(HEADLINE + "It was said that it sank.", "", "was said", "it sank") == {
        "indirect speech",
        "no source",
    }


def test_an_attribution_that_starts_in_the_first_line_is_a_headline() -> None:
    text = "Port will shut, says mayor\n\nIt rained."
    assert kinds_of(text, "mayor", "says", "Port will shut") == {"indirect speech", "headline"}


def test_a_quotation_of_two_paragraphs_is_open_to_the_end_of_the_first() -> None:
    text = "He said: “One.\n\n“Two.” Three."
    assert [text[start:end] for start, end in quotations(text)] == ["“One.", "“Two."]


def test_an_apostrophe_opens_and_closes_nothing() -> None:
    assert quotations("The mayor’s boats aren’t his.") == ()
    text = "She called it ‘the mayor’s folly’ twice."
    assert [text[start:end] for start, end in quotations(text)] == ["‘the mayor’s folly"]


def test_the_lexicon_holds_forms_in_lower_case() -> None:
    assert {"believes", "planned", "hoping"} <= belief_words()
    assert all(word == word.lower() and word.isalpha() for word in belief_words())


def test_an_attribution_without_spans_is_of_no_kind() -> None:
    assert kinds("Text", {"source": [], "cue": [], "content": []}) == frozenset()
