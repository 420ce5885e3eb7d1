"""Decoding: the best path, one cue, one source, no two attributions on one cue."""

import itertools

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from firsthand.attribution import decode
from firsthand.attribution.decode import CONTENT, CUE, NONE, SOURCE, Found, Look, Thresholds

floats = st.floats(-5, 5, width=32)
THRESHOLDS = Thresholds()
FLAT = np.zeros((4, 4), dtype=np.float32)


def path_score(scores, transitions, path):
    moves = sum(transitions[a, b] for a, b in itertools.pairwise(path))
    return moves + sum(scores[i, r] for i, r in enumerate(path))


@settings(max_examples=40, deadline=None)
@given(arrays(np.float32, (1, 5, 4), elements=floats), arrays(np.float32, (4, 4), elements=floats))
def test_viterbi_finds_what_trying_every_path_finds(scores, transitions):
    best = max(path_score(scores[0], transitions, p) for p in itertools.product(range(4), repeat=5))
    found = path_score(scores[0], transitions, decode.viterbi(scores, transitions, np.zeros((1, 5), dtype=bool), 0)[0])
    assert np.isclose(found, best, atol=1e-3)


def scores_for(*roles):
    """[1, N, 4] scores that clearly say these roles."""
    return 6 * np.eye(4, dtype=np.float32)[list(roles)][None]


def look(scores, *, anchor, has_source=5.0, paragraphs=(), start=0):
    sources, sure = np.array([has_source], dtype=np.float32), np.array([0.9], dtype=np.float32)
    breaks = np.isin(np.arange(scores.shape[1]), paragraphs)
    return Look(start, np.array([anchor]), scores, sources, sure, breaks)


def linked(scores, **kwargs):
    return decode.link([look(scores, **kwargs)], FLAT, THRESHOLDS)[0].roles.tolist()


def test_windows_of_different_length_are_decoded_together():
    short = look(scores_for(SOURCE, CUE, CONTENT), anchor=1)
    long = look(scores_for(CONTENT, CONTENT, SOURCE, CUE, CONTENT), anchor=3, start=7, paragraphs=[4])
    found = decode.link([short, long], FLAT, THRESHOLDS)
    assert [f.roles.tolist() for f in found] == [[1, 2, 3], [3, 3, 1, 2, 3]]
    assert [(f.start, f.anchor) for f in found] == [(0, 1), (7, 10)]


def test_the_anchor_is_a_cue_whatever_its_scores_say():
    assert linked(scores_for(SOURCE, NONE, CONTENT), anchor=1) == [SOURCE, CUE, CONTENT]


def test_one_cue_only():
    assert linked(scores_for(CUE, NONE, CUE, CUE, CONTENT), anchor=2) == [NONE, NONE, CUE, CUE, CONTENT]


def test_one_source_only_the_surer_one():
    scores = scores_for(SOURCE, NONE, SOURCE, SOURCE, CUE, CONTENT)
    assert linked(scores, anchor=4) == [NONE, NONE, SOURCE, SOURCE, CUE, CONTENT]


def test_a_source_of_one_word_stays():
    assert linked(scores_for(NONE, SOURCE, CUE, CONTENT), anchor=2) == [NONE, SOURCE, CUE, CONTENT]


def test_no_source_where_the_model_sees_none():
    assert SOURCE not in linked(scores_for(SOURCE, CUE, CONTENT), anchor=1, has_source=-5.0)


def test_the_source_stands_in_the_paragraph_of_its_cue():
    scores = scores_for(SOURCE, SOURCE, SOURCE, CUE, CONTENT)
    assert linked(scores, anchor=3, paragraphs=[2]) == [NONE, NONE, SOURCE, CUE, CONTENT]


def test_content_on_both_sides():
    roles = linked(scores_for(CONTENT, SOURCE, CUE, CONTENT), anchor=2)
    starts, ends, breaks = np.array([0, 2, 4, 6]), np.array([1, 3, 5, 7]), np.zeros(4, dtype=bool)
    assert decode.spans(np.array(roles), CONTENT, starts, ends, breaks) == ((0, 1), (6, 7))


def test_no_span_goes_across_a_paragraphs_end():
    starts, ends, breaks = np.array([0, 2, 9, 11]), np.array([1, 3, 10, 12]), np.array([True, False, True, False])
    roles = np.array([CONTENT] * 4)
    assert decode.spans(roles, CONTENT, starts, ends, breaks) == ((0, 3), (9, 12))


def test_a_content_ends_with_its_paragraph_unless_the_model_is_sure():
    weak = scores_for(CUE, CONTENT, CONTENT) / [[[1], [1], [100]]]
    assert linked(weak, anchor=0) == [CUE, CONTENT, CONTENT]
    assert linked(weak, anchor=0, paragraphs=[2])[:3] == [CUE, CONTENT, NONE]
    assert linked(scores_for(CUE, CONTENT, CONTENT), anchor=0, paragraphs=[2]) == [CUE, CONTENT, CONTENT]


def found(*roles, anchor, start=0, score=0.9):
    return Found(anchor, start, np.array(roles, dtype=np.int8), score)


def test_of_two_attributions_on_one_cue_the_surer_stays():
    weak = found(CUE, CUE, CONTENT, anchor=0, score=0.6)
    strong = found(CUE, CONTENT, anchor=1, start=1, score=0.8)
    assert decode.select([weak, strong], THRESHOLDS) == [strong]


def test_what_is_not_sure_enough_or_says_nothing_is_left_out():
    unsure, empty = found(CUE, CONTENT, anchor=0, score=0.1), found(SOURCE, CUE, anchor=1)
    assert decode.select([unsure, empty], THRESHOLDS) == []


def test_without_a_source_another_threshold_holds():
    lenient = Thresholds(accept=0.8, accept_sourceless=0.3)
    bare, named = found(CUE, CONTENT, anchor=0, score=0.5), found(SOURCE, CUE, CONTENT, anchor=4, start=3, score=0.5)
    assert decode.select([bare, named], lenient) == [bare]


def test_reading_order():
    late, early = found(CUE, CONTENT, anchor=9, start=9), found(CUE, CONTENT, anchor=2, start=2, score=0.7)
    assert decode.select([late, early], THRESHOLDS) == [early, late]


def test_candidates_are_words_that_may_begin_a_cue():
    logits = np.array([[5, 0, 0], [0, 5, 0], [0, 0, 5], [0, -1, 0]], dtype=np.float32)
    words, odds = decode.candidates(logits, THRESHOLDS)
    assert words.tolist() == [1, 3]
    assert odds[0] > odds[1]
