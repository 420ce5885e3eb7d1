"""Scores -> linked source, cue and content spans. Pure: arrays in, word indices out."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

NONE, SOURCE, CUE, CONTENT = range(4)
NEVER = np.float32(-1e4)


@dataclass(frozen=True, slots=True)
class Thresholds:
    """How sure is sure enough.

    accept, second and no_source were set on 60 articles of PolNeAR train kept apart (training/evaluate.py);
    accept_sourceless was chosen with PolNeAR dev in view, for recall; candidate for speed: lower ones find no more.

    candidate: least probability at which a word is looked at again as the first word of a cue.
    accept: least confidence of an attribution that is reported; accept_sourceless: of one without a source, which
        the model finds harder and is less sure of even where it is right.
    second: share of the second look, against the cue head, in the confidence (of the two log-odds).
    no_source: probability of "has a source" under which none is marked.
    paragraph: what it costs a content to run on into the next paragraph, in log-odds; of 19,978 attributions in
        PolNeAR train, 60 contents do, no source and no cue.
    """

    candidate: float = 0.15
    accept: float = 0.5
    accept_sourceless: float = 0.25
    second: float = 0.7
    no_source: float = 0.7
    paragraph: float = 4.0


@dataclass(frozen=True, slots=True)
class Look:
    """What the linker made of one window's K candidate cues and N words; `start` is the window's first word.

    anchors: [K] words of the window; scores: [K, N, 4]; has_source: [K] log-odds; sure: [K] probabilities;
    breaks: [N], true where a word begins a paragraph.
    """

    start: int
    anchors: Ints
    scores: Floats
    has_source: Floats
    sure: Floats
    breaks: Bools


@dataclass(frozen=True, slots=True)
class Found:
    """One attribution in words: the cue's first word, and the roles [N] of the words from `start` on."""

    anchor: int
    start: int
    roles: NDArray[np.int8]
    score: float


def candidates(cue_logits: Floats, thresholds: Thresholds) -> tuple[Ints, Floats]:
    """Of [N, 3] cue logits, the words that may begin a cue, and their log-odds."""
    begin = cue_odds(cue_logits)
    words = np.flatnonzero(begin >= _odds(thresholds.candidate))
    return words, begin[words]


def cue_odds(cue_logits: Floats) -> Floats:
    """Log-odds that each word begins a cue, of [N, 3] cue logits."""
    return np.asarray(cue_logits[:, 1] - np.logaddexp(cue_logits[:, 0], cue_logits[:, 2]), dtype=np.float32)


def confidence(first_odds: Floats, second_odds: Floats, thresholds: Thresholds) -> Floats:
    """Probability that a candidate is a cue, from what both looks say of it; [K] each."""
    odds = (1 - thresholds.second) * first_odds + thresholds.second * second_odds
    return np.asarray(1 / (1 + np.exp(-odds)), dtype=np.float32)


def viterbi(scores: Floats, transitions: Floats, breaks: Bools, cost: float) -> NDArray[np.int8]:
    """The best role of each word, [K, N], for [K, N, R] scores and [R, R] scores of role to next role.

    breaks: [K, N], true where a word begins a paragraph; there, a content that goes on costs `cost`.
    """
    k, n, r = scores.shape
    best, back = scores[:, 0], np.zeros((n, k, r), dtype=np.int8)
    costs = np.where(breaks, np.float32(cost), np.float32(0))
    for i in range(1, n):
        total = best[:, :, None] + transitions
        total[:, CONTENT, CONTENT] -= costs[:, i]
        back[i] = total.argmax(axis=1)
        best = total.max(axis=1) + scores[:, i]
    roles = np.empty((n, k), dtype=np.int8)
    roles[-1] = best.argmax(axis=1)
    rows = np.arange(k)
    for i in range(n - 1, 0, -1):
        roles[i - 1] = back[i, rows, roles[i]]
    return roles.T


def link(looks: list[Look], transitions: Floats, thresholds: Thresholds) -> list[Found]:
    """Every candidate's words with their roles: one cue at its anchor, at most one source, any contents."""
    if not looks:
        return []
    scores, breaks = _together(looks, thresholds)
    roles = viterbi(scores, transitions, breaks, thresholds.paragraph)
    rows = iter(zip(roles, scores, strict=True))
    return [_found(look, i, *next(rows)) for look in looks for i in range(len(look.anchors))]


def _together(looks: list[Look], thresholds: Thresholds) -> tuple[Floats, Bools]:
    """All windows' scores as one array, so that one pass over the words decodes them all; padded words have no role."""
    width = max(look.scores.shape[1] for look in looks)
    scores = [np.pad(s, ((0, 0), (0, width - s.shape[1]), (0, 0)), constant_values=NEVER) for s in map(_bound, looks)]
    all_scores = np.concatenate(scores)
    all_scores[..., NONE] = np.maximum(all_scores[..., NONE], NEVER / 2)
    sourceless = np.concatenate([look.has_source for look in looks]) < _odds(thresholds.no_source)
    all_scores[sourceless, :, SOURCE] = NEVER
    breaks = [np.tile(np.pad(look.breaks, (0, width - len(look.breaks))), (len(look.anchors), 1)) for look in looks]
    return all_scores, np.concatenate(breaks)


def _bound(look: Look) -> Floats:
    """Scores under which each candidate's anchor can only be a cue, with its source in its own paragraph.

    Of 18,460 sources in PolNeAR train, 10 stand in another paragraph than their cue.
    """
    scores, rows = look.scores.copy(), np.arange(len(look.anchors))
    paragraph = np.cumsum(look.breaks)
    scores[paragraph != paragraph[look.anchors, None], SOURCE : CUE + 1] = NEVER
    scores[rows, look.anchors] = NEVER
    scores[rows, look.anchors, CUE] = 0
    return scores


def _found(look: Look, i: int, roles: NDArray[np.int8], scores: Floats) -> Found:
    roles, anchor = roles[: look.scores.shape[1]], int(look.anchors[i])
    _keep_one_run(roles, CUE, anchor)
    _keep_best_source(roles, scores)
    return Found(anchor + look.start, look.start, roles, float(look.sure[i]))


def _odds(probability: float) -> float:
    return float(np.log(probability / (1 - probability)))


def _runs(mask: Bools) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(mask.astype(np.int8), prepend=0, append=0))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def _keep_one_run(roles: NDArray[np.int8], role: int, at: int) -> None:
    for start, end in _runs(roles == role):
        if not start <= at < end:
            roles[start:end] = NONE


def _keep_best_source(roles: NDArray[np.int8], scores: Floats) -> None:
    runs = _runs(roles == SOURCE)
    if len(runs) < 2:
        return
    gain = scores[: len(roles), SOURCE] - scores[: len(roles), NONE]
    best = max(runs, key=lambda run: float(gain[run[0] : run[1]].sum()))
    _keep_one_run(roles, SOURCE, best[0])


def select(found: list[Found], thresholds: Thresholds) -> list[Found]:
    """Those sure enough, best first where cues overlap, without the ones that have no content; in reading order."""
    taken: set[int] = set()
    kept = []
    for f in sorted(found, key=lambda f: -f.score):
        cue = set((np.flatnonzero(f.roles == CUE) + f.start).tolist())
        accept = thresholds.accept if (f.roles == SOURCE).any() else thresholds.accept_sourceless
        if f.score >= accept and not cue & taken and (f.roles == CONTENT).any():
            taken |= cue
            kept.append(f)
    return sorted(kept, key=lambda f: f.anchor)


def spans(roles: NDArray[np.int8], role: int, starts: Ints, ends: Ints, breaks: Bools) -> tuple[tuple[int, int], ...]:
    """Character spans of the words that carry `role`, none of them across a paragraph's end.

    starts, ends, breaks: [N] offsets of the words, and whether they begin a paragraph.
    """
    runs = _runs(roles == role)
    cut = [[s, *(np.flatnonzero(breaks[s + 1 : e]) + s + 1).tolist(), e] for s, e in runs]
    return tuple((int(starts[s]), int(ends[e - 1])) for edges in cut for s, e in pairwise(edges))
