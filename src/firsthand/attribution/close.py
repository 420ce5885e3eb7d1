"""Close reading: a small network reads an attribution's words together, and tells stance, certainty and kind of source.

What it sees are the words around the cue and the beginnings of source and content: what the encoder made of each, its
first and last word piece, what it is to the attribution, how far from the cue; and what is true or false of the
attribution by lexicon and rules (flags.py). training/close.py trains it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import NamedTuple

import numpy as np

from firsthand.errors import ModelError
from firsthand.model import Attribution, Span, Spans

from . import files
from .cues import negative
from .decode import Floats, Ints
from .flags import STANCES, STEPS, flags
from .rows import Rows
from .rules import Said, first_words, said
from .surety import Sure, surety
from .tagger import WIDTH, Tagged, session
from .tokens import Tokens
from .words import Words

FILE = "close.onnx"
SOURCE, CUE, CONTENT = 1, 2, 3
"""What a word is to the attribution; 0 for none of these."""

BEFORE, BEHIND = 8, 6
"""Words before the cue's first and behind its last that are read."""
OF_CUE, OF_SOURCE, OF_CONTENT, CLOSING = 16, 7, 16, 2
"""Words that are read of the cue, of the source's first span, of the content's first two spans each, and at its end."""
MOST = 48
"""Words that are read at most."""
FAR_BEFORE, FAR_BEHIND = 15, 48
"""Distances from the cue's first word are told apart up to these."""
TOGETHER = 16
"""Attributions of about one length that are read at once."""


@dataclass(frozen=True, slots=True)
class Close:
    """What the network says, as probabilities, and what the cue says by its words alone.

    stances: [6], in the order of flags.STANCES. certainties: [11], of flags.STEPS, then denied, then none. kinds: [8],
    of kinds.KINDS, then no source; empty where the network was not asked.
    """

    cue: Said
    stances: Floats
    certainties: Floats
    kinds: Floats


PLAIN = np.eye(len(STANCES), dtype=np.float32)[0], np.eye(len(STEPS) + 2, dtype=np.float32)[0], np.empty(0, np.float32)
"""What is said of plain speech: it asserts, and states as fact."""


def plain(toks: Tokens, attribution: Attribution, cue: Said, sure: Sure) -> bool:
    """Whether one word that asserts, without negation, stands beside a clause without a hedge: "said the dam holds".

    So it is with nearly a third of the attributions in PolNeAR train. Of them 97.9% assert and 94.8% state as fact, by
    labels of one quick reading; the network is no better there.
    """
    if _open(toks, attribution):
        return False
    asserts = cue.stance == STANCES[0] and cue.claims and not cue.negated
    alone = len(cue.found) == 1 and not cue.found[0].entry.weak
    return asserts and alone and sure.clause and not (sure.cue or sure.content)


def _open(toks: Tokens, attribution: Attribution) -> bool:
    """Whether a question is in the content, or a negation in cue or source: "said: is it safe?", "nobody said"."""
    told = [i for span in (*attribution.source, *attribution.cue) for i in toks.inside(span)]
    content = [toks.low[i] for span in attribution.content for i in toks.inside(span)]
    opening = first_words(toks, attribution, 1)
    return any(negative(toks.low[i]) for i in told) or "?" in content or list(opening) in (["whether"], ["if"])


class CloseReader:
    """Reads attributions closely. Made by `load`; keeps nothing of what it is shown."""

    def __init__(self, folder: Traversable) -> None:
        card = files.card(folder)
        if FILE not in card["heads"]:
            raise ModelError(f"{folder / FILE}: the model of close reading is missing; reinstall firsthand")
        self._session = session(files.checked(folder, FILE, card["heads"][FILE]))
        self._rows = Rows(folder, FILE, self._session.get_modelmeta().custom_metadata_map)

    @classmethod
    @cache
    def load(cls) -> CloseReader:
        """The model that ships with this package, read once. Raises ModelError where it is missing or damaged."""
        return cls(resources.files(__package__) / "model")

    def read(self, tagged: Tagged, toks: Tokens, attributions: Sequence[Attribution]) -> list[Close]:
        """The attributions of a stretch; `toks` are its tokens."""
        cues = [said(toks, one) for one in attributions]
        sures = [surety(toks, one, cue) for one, cue in zip(attributions, cues, strict=True)]
        simple = [i for i, cue in enumerate(cues) if plain(toks, attributions[i], cue, sures[i])]
        found = {i: Close(cues[i], *PLAIN) for i in simple}
        asked = [i for i in range(len(cues)) if i not in found]
        told = {i: flags(toks, attributions[i], cues[i], sures[i]) for i in asked}
        windows = {i: window(tagged, attributions[i]) for i in asked}
        order = sorted(asked, key=lambda i: len(windows[i].roles))
        for start in range(0, len(order), TOGETHER):
            some = order[start : start + TOGETHER]
            answers = self._answers([windows[i] for i in some], np.stack([told[i] for i in some]))
            found |= {i: Close(cues[i], *(part[n] for part in answers)) for n, i in enumerate(some)}
        return [found[i] for i in range(len(cues))]

    def _answers(self, windows: Sequence[Window], told: Floats) -> list[Floats]:
        seen = padded(windows)
        pieces = self._rows.of(seen.pieces).sum(axis=2)
        inputs = {"words": seen.vectors, "pieces": pieces, "roles": seen.roles, "away": seen.away, "flags": told}
        answers: list[Floats] = self._session.run(None, inputs)
        return answers


class Window(NamedTuple):
    """W words that are read of one attribution, or of several, padded, with an axis in front.

    vectors [W, WIDTH]; pieces [W, 2], the first and the last of each word; roles [W], -1 for no word; away [W], places
    from the cue's first word, from 0 on.
    """

    vectors: Floats
    pieces: Ints
    roles: Ints
    away: Ints


def window(tagged: Tagged, attribution: Attribution) -> Window:
    """What is read of an attribution; one word that is none where the stretch has no words."""
    words = tagged.words
    if words is None or not len(words):
        return Window(np.zeros((1, WIDTH), np.float32), *(np.zeros(shape, np.int64) for shape in ((1, 2), 1, 1)))
    marked = attribution.source, attribution.cue, attribution.content
    source, cue, content = (_places(words, spans) for spans in marked)
    roles = np.zeros(len(words), np.int64)
    for places, role in ((content, CONTENT), (source, SOURCE), (cue, CUE)):
        for first, end in places:
            roles[first:end] = role
    kept = _kept(len(words), source, cue, content)
    pieces = np.stack([words.pieces[words.first[kept]], words.pieces[words.first[kept + 1] - 1]], axis=1)
    away = np.clip(kept - min(first for first, _ in cue), -FAR_BEFORE, FAR_BEHIND) + FAR_BEFORE
    return Window(tagged.vectors[kept], pieces, roles[kept], away)


def padded(windows: Sequence[Window]) -> Window:
    """Several windows as one, [N, W, ...]."""
    most = max(len(one.roles) for one in windows)
    vectors, pieces = np.zeros((len(windows), most, WIDTH), np.float32), np.zeros((len(windows), most, 2), np.int64)
    roles, away = np.full((len(windows), most), -1, np.int64), np.zeros((len(windows), most), np.int64)
    for i, one in enumerate(windows):
        count = len(one.roles)
        vectors[i, :count], pieces[i, :count], roles[i, :count], away[i, :count] = one
    return Window(vectors, pieces, roles, away)


def _kept(count: int, source: list[Span], cue: list[Span], content: list[Span]) -> Ints:
    """The numbers of the words that are read, in their order; at least one."""
    first = min(a for a, _ in cue)
    last = min(max(b for _, b in cue), first + OF_CUE)
    kept = {*range(first - BEFORE, last + BEHIND)}
    for a, b in content[:2]:
        kept.update(range(a - 1, min(b + 1, a + OF_CONTENT)))
    for _, b in content[-1:]:
        kept.update(range(b - CLOSING, b))
    for a, b in source[:1]:
        kept.update(range(a, min(b, a + OF_SOURCE)))
    return np.array(sorted(i for i in kept if 0 <= i < count)[:MOST], np.int64)


def _places(words: Words, spans: Spans) -> list[Span]:
    """The words that begin within each span."""
    bounds = np.searchsorted(words.starts, np.array(spans, np.int64).reshape(-1, 2))
    return [(int(a), int(b)) for a, b in bounds]
