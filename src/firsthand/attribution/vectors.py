"""What a sentence means, as a vector: all-MiniLM-L6-v2's own layers, run on a statement's words by themselves."""

from __future__ import annotations

import re
from importlib import resources
from importlib.resources.abc import Traversable
from typing import TYPE_CHECKING

import numpy as np

from firsthand.errors import ModelError
from firsthand.model import DIMENSIONS, Marks

from . import files
from .decode import Floats, Ints
from .rows import Rows
from .tagger import readable, session

if TYPE_CHECKING:
    from tokenizers import Tokenizer

FILE = "vectors.onnx"
STATEMENT = 64
"""Word pieces of a statement that are read; 4% of the contents in PolNeAR dev are longer."""
BEGINNING = 256
"""Word pieces of an article that its own vector is made of; MiniLM was trained on no longer texts."""
CHARACTERS = 16
"""Characters for each of these pieces that the tokenizer is shown: a long word has as many, most a third."""

NOTHING = bytes(DIMENSIONS)
"""The vector of what has no word: like to nothing."""

_OPENING = re.compile(r"[\s'‘’,.:;–—-]*(?:(?:that|whether|how|if)\s+)?[\s'‘’,.:;–—-]*", re.IGNORECASE)
_QUOTES = re.compile('["“”„«»]')
_WORD = re.compile(r"[^\W_]")
_END = " \t\n\r\xa0,.:;–—-!?"


class Vectors:
    """Makes sentence vectors. Made by `load`; keeps nothing of what it is shown.

    A text is run by itself, and not in a batch: 8-bit inputs are rounded by the greatest of them all, so that in a
    batch a text's vector would hang on the others'. For statements it takes no longer.
    """

    def __init__(self, folder: Traversable, tokenizer: Tokenizer) -> None:
        card = files.card(folder)
        if FILE not in card["heads"]:
            raise ModelError(f"{folder / FILE}: the model of sentence vectors is missing; reinstall firsthand")
        self._session = session(files.checked(folder, FILE, card["heads"][FILE]))
        self._rows = Rows(folder, FILE, self._session.get_modelmeta().custom_metadata_map)
        self._tokenizer = tokenizer

    @classmethod
    def load(cls, tokenizer: Tokenizer) -> Vectors:
        """The model that ships with this package. Raises ModelError where it is missing or damaged."""
        return cls(resources.files(__package__) / "model", tokenizer)

    def reading(self, text: str, marks: Marks) -> tuple[bytes, ...]:
        """As `Reading.vectors` has them: of the article's beginning, of each innermost content, of each statement."""
        contents = (" ".join(text[start:end] for start, end in one.innermost.content) for one in marks.attributions)
        own = (text[slice(*statement.span)] for statement in marks.statements)
        told = (self.vector(sentence(words), STATEMENT) for words in (*contents, *own))
        return (self.vector(text, BEGINNING), *told)

    def vector(self, text: str, pieces: int) -> bytes:
        """DIMENSIONS signed bytes, a unit vector times 127, of the text's first `pieces` word pieces."""
        shown = readable(text[: pieces * CHARACTERS])
        numbers = self._tokenizer.encode(shown).ids if _WORD.search(shown) else []
        if len(numbers) <= 2:  # the marks of beginning and end alone
            return NOTHING
        kept = np.array([*numbers[:-1][: pieces - 1], numbers[-1]])
        return np.rint(self._unit(kept) * 127).astype(np.int8).tobytes()

    def _unit(self, numbers: Ints) -> Floats:
        (found,) = self._session.run(None, {"rows": self._rows.of(numbers)[None]})
        return np.asarray(found[0], np.float32)


def sentence(words: str) -> str:
    """A content as a sentence of its own: without conjunction and quotation marks, with a full stop.

    How it is cut out is chance, and MiniLM takes every mark for meaning: docs/decisions has the figures.
    """
    bare = _QUOTES.sub("", words)
    bare = bare[_opening_of(bare) :].rstrip(_END)
    return f"{bare}." if bare else ""


def _opening_of(words: str) -> int:
    match = _OPENING.match(words)
    return match.end() if match else 0
