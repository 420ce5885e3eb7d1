"""PolNeAR as windows of words with their labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from firsthand.attribution.windows import BEFORE, PIECES, Window, windows
from firsthand.attribution.words import Words, split

NONE, SOURCE, CUE, CONTENT = range(4)
ROLES = {"source": SOURCE, "cue": CUE, "content": CONTENT}


@dataclass(frozen=True, slots=True)
class Document:
    """A labelled article: `anchors` [A] is each cue's first word, `roles` [A, W] every word's role for it."""

    id: str
    words: Words
    anchors: NDArray[np.int64]
    roles: NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Sample:
    """A window of a document, as arrays of its own words."""

    pieces: NDArray[np.int64]
    first: NDArray[np.int64]
    features: NDArray[np.int64]
    bio: NDArray[np.int64]
    anchors: NDArray[np.int64]
    roles: NDArray[np.int8]


def document(row: dict[str, Any], tokenizer: Tokenizer) -> Document:
    """One gold line; attributions without a cue are left out (0.2%)."""
    words = split(row["text"], tokenizer)
    labelled = [roles for a in row["attributions"] if (CUE in (roles := _roles(a, words)))]
    roles = np.array(labelled, dtype=np.int8).reshape(len(labelled), len(words))
    anchors = (roles == CUE).argmax(axis=1) if len(labelled) else np.zeros(0, dtype=np.int64)
    return Document(row["id"], words, anchors, roles)


def _roles(attribution: dict[str, Any], words: Words) -> NDArray[np.int8]:
    roles = np.zeros(len(words), dtype=np.int8)
    for role in ("content", "source", "cue"):
        for start, end in attribution[role]:
            roles[(words.starts < end) & (words.ends > start)] = ROLES[role]
    return roles


def samples(documents: list[Document], rng: np.random.Generator) -> Iterator[Sample]:
    """Every document once, cut at other places each time."""
    for doc in documents:
        first_core = int(rng.integers(24, PIECES - BEFORE + 1))
        for window in windows(doc.words, first_core=first_core):
            yield sample(doc, window)


def sample(doc: Document, window: Window) -> Sample:
    """One window of a document; cue labels outside its core are -100, to be ignored."""
    inside, first = slice(window.start, window.end), doc.words.first
    seen = np.flatnonzero((doc.anchors >= window.core_start) & (doc.anchors < window.core_end))
    return Sample(
        pieces=doc.words.pieces[first[window.start] : first[window.end]],
        first=first[inside] - first[window.start],
        features=doc.words.features[inside],
        bio=_bio(doc, window),
        anchors=doc.anchors[seen] - window.start,
        roles=doc.roles[seen, inside],
    )


def _bio(doc: Document, window: Window) -> NDArray[np.int64]:
    bio = np.where((doc.roles == CUE).any(axis=0), 2, 0) if len(doc.roles) else np.zeros(len(doc.words), dtype=np.int64)
    bio[doc.anchors] = 1
    bio[: window.core_start] = -100
    bio[window.core_end :] = -100
    return bio[window.start : window.end].astype(np.int64)
