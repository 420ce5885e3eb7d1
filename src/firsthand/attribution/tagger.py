"""The trained model, on ONNX Runtime: text in; the spans of attributions, and what it made of each word, out."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import numpy as np

from firsthand.model import Attribution, Span, Spans

from . import decode, files
from .decode import CONTENT, CUE, NONE, SOURCE, Bools, Floats, Found, Ints, Look, Thresholds
from .windows import Window, windows
from .words import PLACES, QUOTES, Words, split

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession
    from tokenizers import Tokenizer

STRETCH = 50_000
"""Characters that are held as words at a time, so that memory stays bounded however long the text."""


TOGETHER = 16
"""Cues that are linked at a time, so that memory stays bounded however many a window has."""

SLOWER = ["SkipLayerNormFusion"]
"""What ONNX Runtime 1.32 would fuse, and then take several times as long for: with it, reading took 4% longer."""

TOKENIZER = "tokenizer.json"

WIDTH = 384
"""Numbers in the encoder's vector of a word."""

WORDLESS = 4
"""Case classes from here on (digits, other signs) are no words; a window of them alone has no cue."""

_AFTER = string.whitespace + "\xa0,;:–—-"
_BEFORE = _AFTER + "."
"""What a reader would not call part of a source, cue or content; in the labels it is there by chance."""

_LETTER = re.compile(r"[^\W\d_]")

_SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character: the tokenizer refuses it; a stand-in of the same length keeps offsets right."""


@dataclass(frozen=True, slots=True)
class Tagged:
    """A stretch of W words, read. `text` stands at `offset` of the article; all offsets are the article's.

    vectors: [W, WIDTH], what the encoder made of each word in its context; zero where it was not run. cues: [W]
    log-odds that the word begins a cue. `words` is None, and the arrays empty, for a stretch without a letter.
    """

    text: str
    offset: int
    words: Words | None
    vectors: Floats
    cues: Floats
    attributions: tuple[Attribution, ...]


class Tagger:
    """Reads attributions in English text. Made by `load`; `read` is pure and keeps nothing."""

    def __init__(self, folder: Traversable) -> None:
        card = files.card(folder)
        contents = {name: files.checked(folder, name, digest) for name, digest in card["sha256"].items()}
        self.name = files.name_of(card)
        self._transitions = np.array(card["transitions"], dtype=np.float32)
        self.thresholds = Thresholds(**card["thresholds"])
        self.tokenizer = tokenizer(contents[TOKENIZER])
        self._encoder = session(contents["encoder.onnx"])
        self._linker = session(contents["linker.onnx"])

    @classmethod
    def load(cls) -> Tagger:
        """The model that ships with this package. Raises ModelError where it is missing or damaged."""
        return cls(resources.files(__package__) / "model")

    def read(self, text: str) -> tuple[Attribution, ...]:
        """The attributions of an article's text, in reading order of their cues; spans are offsets into it."""
        return tuple(a for tagged in self.tag(text) for a in tagged.attributions)

    def tag(self, text: str) -> Iterator[Tagged]:
        """The text in stretches, each with its attributions and with what the encoder made of its words."""
        text = readable(text)
        return (self._tag_stretch(text[start:end], start, start == 0) for start, end in stretches(text))

    def read_part(self, text: str, offset: int) -> tuple[Attribution, ...]:
        """The attributions of a few sentences from `offset` of an article, read by themselves."""
        return self._tag_stretch(readable(text), offset, False).attributions

    def _tag_stretch(self, text: str, offset: int, headline: bool) -> Tagged:
        if not _LETTER.search(text):
            return Tagged(text, offset, None, np.empty((0, 0), np.float32), np.empty(0, np.float32), ())
        words = split(text, self.tokenizer, offset=offset, headline=headline)
        vectors, cues = np.zeros((len(words), WIDTH), np.float32), np.full(len(words), -9, np.float32)
        looks = [look for w in windows(words) if (look := self._look(words, w, vectors, cues)) is not None]
        found = decode.link(looks, self._transitions, self.thresholds)
        attributions = tuple(_attribution(f, words, text, offset) for f in decode.select(found, self.thresholds))
        return Tagged(text, offset, words, vectors, cues, attributions)

    def _look(self, words: Words, window: Window, all_vectors: Floats, all_cues: Floats) -> Look | None:
        core = slice(window.core_start, window.core_end)
        if (words.features[core, 0] >= WORDLESS).all():
            return None
        vectors, cues = self._encoder.run(None, _encoder_inputs(words, window))
        skipped = window.core_start - window.start
        own = slice(skipped, window.core_end - window.start)
        all_vectors[core], all_cues[core] = vectors[own], decode.cue_odds(cues[own])
        anchors, odds = decode.candidates(cues[skipped : window.core_end - window.start], self.thresholds)
        breaks = words.begins[window.start : window.end]
        return self._look_again(vectors, anchors + skipped, odds, window.start, breaks) if len(anchors) else None

    def _look_again(self, vectors: Floats, anchors: Ints, odds: Floats, start: int, breaks: Bools) -> Look:
        parts = [anchors[i : i + TOGETHER] for i in range(0, len(anchors), TOGETHER)]
        outputs = [self._linker.run(None, {"words": vectors, "anchors": part}) for part in parts]
        scores, second = (np.concatenate(tensors) for tensors in zip(*outputs, strict=True))
        sure = decode.confidence(odds, second[:, 0], self.thresholds)
        return Look(start, anchors, scores, second[:, 1], sure, breaks)


def _encoder_inputs(words: Words, window: Window) -> dict[str, Ints]:
    first = words.first[window.start : window.end + 1]
    case, quote, place = words.features[window.start : window.end].T
    marks = np.repeat((case * QUOTES + quote) * PLACES + place, np.diff(first))
    return {"pieces": words.pieces[None, first[0] : first[-1]], "marks": marks[None], "first": first[:-1] - first[0]}


def _attribution(found: Found, words: Words, text: str, offset: int) -> Attribution:
    inside = slice(found.start, found.start + len(found.roles))
    starts, ends, breaks = words.starts[inside], words.ends[inside], words.begins[inside]
    roles = _owned(found.roles, [text[a - offset : b - offset] for a, b in zip(starts, ends, strict=True)], breaks)
    source, cue, content = (
        _trimmed(decode.spans(roles, role, starts, ends, breaks), text, offset) for role in (SOURCE, CUE, CONTENT)
    )
    return Attribution(source, cue, content, round(found.score, 4))


def _owned(roles: NDArray[np.int8], words: Sequence[str], breaks: Bools) -> NDArray[np.int8]:
    """The roles, where none begins behind a name and its genitive's mark: "Verran's ministry" is one phrase."""
    owned = roles.copy()
    for i in range(len(words) - 1, 1, -1):
        marked = words[i] == "s" and words[i - 1] in ("'", "’") and not breaks[i - 1 : i + 1].any()
        if marked and owned[i] != NONE and owned[i - 2] == NONE and owned[i - 1] in (NONE, owned[i]):
            owned[i - 2 : i] = owned[i]
    return owned


def _trimmed(spans: Spans, text: str, offset: int) -> Spans:
    """Spans without the commas, colons and dashes at their ends; a span of such marks alone stays only if all are."""
    trimmed = tuple(span for span in (_trim(text, s - offset, e - offset) for s, e in spans) if span[0] < span[1])
    return tuple((s + offset, e + offset) for s, e in trimmed) or spans


def _trim(text: str, start: int, end: int) -> Span:
    start += len(text[start:end]) - len(text[start:end].lstrip(_BEFORE))
    return start, start + len(text[start:end].rstrip(_AFTER))


def readable(text: str) -> str:
    """The text as the tokenizer takes it, each character in its place."""
    return _SURROGATE.sub("\ufffd", text)


def stretches(text: str) -> Iterator[tuple[int, int]]:
    """Consecutive [start, end) stretches of at most STRETCH characters, cut between paragraphs where possible."""
    start = 0
    while start < len(text):
        end = min(start + STRETCH, len(text))
        if end < len(text):
            line = text.rfind("\n", start + 1, end)
            end = line if line > start else _between_words(text, start, end)
        yield start, end
        start = end


def _between_words(text: str, start: int, end: int) -> int:
    space = text.rfind(" ", start + 1, end)
    return space if space > start else end


def tokenizer(content: bytes) -> Tokenizer:
    """That of the file with these bytes."""
    from tokenizers import Tokenizer

    return Tokenizer.from_buffer(content)


def session(content: bytes) -> InferenceSession:
    """A model on one thread."""
    from onnxruntime import InferenceSession, SessionOptions

    options = SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_mem_pattern = False  # a pattern serves one window's shape, and hardly two are alike
    return InferenceSession(content, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER)
