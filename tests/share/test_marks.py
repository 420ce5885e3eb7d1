from __future__ import annotations

import re
import time
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from firsthand.model import Attribution, Certainty, ChainLink, Credit, Evidence, Source, Spans, Stance, Statement
from firsthand.share.marks import Piece, paragraphs


def said(source: Spans, cue: Spans, content: Spans) -> Attribution:
    return Attribution(source, cue, content, 0.5)


def test_text_without_attributions_is_its_paragraphs() -> None:
    assert list(paragraphs(" \nOne.\nTwo.\n \n\n  Three. \n", ())) == [
        (Piece(2, "One.\nTwo."),),
        (Piece(17, "Three."),),
    ]


def test_nothing_has_no_paragraphs() -> None:
    assert list(paragraphs(" \n\n ", ())) == []


def test_each_piece_has_its_roles() -> None:
    (pieces,) = paragraphs("Ann said no.", [said(((0, 3),), ((4, 8),), ((9, 11),))])
    assert pieces == (
        Piece(0, "Ann", source=(0,), order=(0,)),
        Piece(3, " "),
        Piece(4, "said", cue=(0,), order=(0,), anchors=(0,)),
        Piece(8, " "),
        Piece(9, "no", content=(0,), order=(0,), opens=True, closes=True),
        Piece(11, "."),
    )


def test_content_inside_content_belongs_to_both_the_inner_first() -> None:
    text = "Ann said Bob denied it"
    outer = said(((0, 3),), ((4, 8),), ((9, 22),))
    inner = said(((9, 12),), ((13, 19),), ((20, 22),))
    (pieces,) = paragraphs(text, [outer, inner])
    by_text = {piece.text: piece for piece in pieces}
    assert by_text["Bob"] == Piece(9, "Bob", source=(1,), content=(0,), order=(1, 0), opens=True)
    assert by_text["it"] == Piece(20, "it", content=(0, 1), order=(1, 0), opens=True, closes=True)


def test_one_source_serves_several() -> None:
    text = "Ann said no and denied it"
    (pieces,) = paragraphs(text, [said(((0, 3),), ((4, 8),), ((9, 11),)), said(((0, 3),), ((16, 22),), ((23, 25),))])
    assert pieces[0] == Piece(0, "Ann", source=(0, 1), order=(0, 1))


def test_content_that_runs_over_paragraphs_is_cut_and_goes_on() -> None:
    (first, second) = paragraphs("Ann: one.\n\nTwo.", [said(((0, 3),), ((3, 4),), ((5, 15),))])
    assert first[-1] == Piece(5, "one.", content=(0,), order=(0,), opens=True)
    assert second == (Piece(11, "Two.", content=(0,), order=(0,), closes=True),)


def test_a_span_that_begins_in_the_space_between_paragraphs_still_counts() -> None:
    (_, second) = paragraphs("Ann:\n\nTwo.", [said(((0, 3),), ((3, 4),), ((5, 10),))])
    assert second[0].content == (0,)


@pytest.mark.parametrize("space", [" ", "\n", " \n", "\t\u2003", "\n" + " " * 99])
@pytest.mark.parametrize("size", [100_000, 1_000_000])
def test_long_runs_of_space_are_seen_through_once(space: str, size: int) -> None:
    run = space * (size // len(space))
    begun = time.process_time()
    found = list(paragraphs(f"One.{run}Two.{run}\n\nThree.", ()))
    assert time.process_time() - begun < 4  # as many seconds as milliseconds are needed; squared, it is hours
    assert found[-1] == (Piece(8 + 2 * len(run) + 2, "Three."),)


@given(st.text("a \n\t\r\u2028", max_size=30))
def test_paragraphs_are_what_stands_between_blank_lines(text: str) -> None:
    blank = re.compile(r"\s*\n[^\S\n]*\n\s*")
    between = blank.split(text.strip())
    assert ["".join(piece.text for piece in pieces) for pieces in paragraphs(text, ())] == list(filter(None, between))


def test_words_that_decided_are_pieces_of_their_own() -> None:
    text = "Ann said it may rain, data show."
    found = Attribution(
        ((0, 3),),
        ((4, 8),),
        ((9, 20),),
        0.5,
        Source("Ann", "person", ((0, 3),)),
        (ChainLink("Ann", "person", "source", ((0, 3),)),),
        Certainty(3, 5, ((12, 15),)),
        Stance("asserts", ((4, 8),)),
        Evidence("shown", ((22, 31),)),
    )
    (pieces,) = paragraphs(text, [found])
    assert [piece.text for piece in pieces if piece.deciding == (0,)] == ["Ann", "said", "may", "data show"]
    assert pieces[-2] == Piece(22, "data show", deciding=(0,))


def test_words_that_decided_twice_overlap_or_are_none_do_no_harm() -> None:
    found = replace(said((), ((0, 1),), ((2, 9),)), certainty=Certainty(5, 5, ((2, 5), (4, 7), (3, 3), (7, 7))))
    (pieces,) = paragraphs("a bcdefgh i", [found])
    assert [piece.text for piece in pieces if piece.deciding] == ["bcdef"]


def test_statements_and_credits_are_numbered_after_the_attributions_and_cannot_be_picked() -> None:
    statement, credit = Statement((10, 22), Certainty(3, 5, ((13, 16),))), Credit("NPA", "dateline", ((0, 5),))
    (pieces,) = paragraphs("(NPA) Ann It may rain.", [said((), ((6, 9),), ())], [statement], [credit])
    assert pieces[0] == Piece(0, "(NPA)", credit=(2,), anchors=(2,))
    assert [piece.own for piece in pieces] == [(), (), (), (), (1,), (1,), (1,)]
    assert pieces[5] == Piece(13, "may", deciding=(1,), own=(1,))
    assert pieces[4].anchors == (1,)


def test_a_credit_without_a_place_is_nowhere() -> None:
    assert list(paragraphs("Rain.", [], [], [Credit("NPA", "byline")])) == [(Piece(0, "Rain."),)]


@st.composite
def marked(draw: st.DrawFn) -> tuple[str, list[Attribution]]:
    text = draw(st.text("ab \n", min_size=2, max_size=40))
    place = st.integers(0, len(text))
    span = st.tuples(place, place).filter(lambda pair: pair[0] < pair[1])
    spans = st.lists(span, max_size=2).map(lambda found: tuple(found[:1]))
    return text, draw(st.lists(st.builds(said, spans, span.map(lambda s: (s,)), spans), max_size=5))


@given(marked())
def test_every_character_has_the_roles_that_the_spans_give_it(case: tuple[str, list[Attribution]]) -> None:
    text, attributions = case
    pieces = [piece for paragraph in paragraphs(text, attributions) for piece in paragraph]
    for piece in pieces:
        end = piece.start + len(piece.text)
        assert text[piece.start : end] == piece.text
        assert piece.source == having(attributions, "source", piece.start, end)
        assert piece.cue == having(attributions, "cue", piece.start, end)
        assert piece.content == having(attributions, "content", piece.start, end)
    assert "".join("".join(piece.text for piece in pieces).split()) == "".join(text.split())


def having(attributions: list[Attribution], role: str, start: int, end: int) -> tuple[int, ...]:
    spans = enumerate(getattr(attribution, role) for attribution in attributions)
    return tuple(number for number, found in spans if any(a <= start and end <= b for a, b in found))
