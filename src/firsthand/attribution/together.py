"""Two statements read together by one network, which tells whether they say the same or contradict each other.

all-MiniLM-L6-v2's own layers over both at once, taught by training/inference.py on pairs of statements. What compares
statements by what each has by itself (claims/scoring.py) takes a hundredth of the time, but finds few contradictions
that hang on what is so and not on a word: "the bridge stood", "it lay in the river by noon".
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np

from firsthand.errors import ModelError

from . import files
from .decode import Floats
from .rows import Rows
from .tagger import TOKENIZER, readable, session, tokenizer
from .vectors import CHARACTERS, STATEMENT, sentence

FILE = "together.onnx"
BESIDE = "beside"
"""Where model.json names the files that take no part in making claims: another one leaves claims as they are."""

CLASSES = 4
"""Same, contradicts, neighbour, unrelated."""

BEGIN, END = 101, 102
"""MiniLM's marks of a text's beginning and end."""

KEPT = 1 << 12
"""Pairs whose answers are remembered, some 4 MB and 20 at most: pages are looked at again."""


class Together:
    """Reads pairs of statements, from several threads if need be; remembers its last answers."""

    def __init__(self, folder: Traversable, encoder: Traversable | None = None) -> None:
        """From the folder with `FILE` and the card that names it, and the encoder's. Raises ModelError."""
        encoder = encoder or resources.files(__package__) / "model"
        digest = files.card(folder).get(BESIDE, {}).get(FILE)
        if digest is None:
            raise ModelError(f"{folder / FILE}: the model that reads pairs is missing; reinstall firsthand")
        self._session = session(files.checked(folder, FILE, digest))
        self._rows = Rows(encoder, FILE, self._session.get_modelmeta().custom_metadata_map)
        self._tokenizer = tokenizer(files.checked(encoder, TOKENIZER, files.card(encoder)["sha256"][TOKENIZER]))
        self._chances = lru_cache(KEPT)(self._both_ways)

    def of(self, pairs: Sequence[tuple[str, str]]) -> Floats:
        """[N, CLASSES]: how probable each class is of each pair; the same whichever of two comes first."""
        found = [self._chances(*sorted(map(_shown, pair))) for pair in pairs]
        return np.array(found, np.float32).reshape(-1, CLASSES)

    def _both_ways(self, one: str, other: str) -> Floats:
        scores = (self._run(one, other) + self._run(other, one)) / 2
        raised = np.exp(scores - scores.max())
        return np.asarray(raised / raised.sum(), np.float32)

    def _run(self, first: str, second: str) -> Floats:
        """Scores [CLASSES]. By itself and not in a batch, for the same reason as a sentence's vector."""
        left, right = self._pieces(first), self._pieces(second)
        pieces = np.array([BEGIN, *left, END, *right, END])
        of_second = (np.arange(len(pieces)) >= len(left) + 2).astype(np.float32)
        (found,) = self._session.run(None, {"rows": self._rows.of(pieces)[None], "second": of_second[None, :, None]})
        return np.asarray(found[0], np.float32)

    def _pieces(self, text: str) -> list[int]:
        found: list[int] = self._tokenizer.encode(text, add_special_tokens=False).ids
        return found[:STATEMENT]


def _shown(text: str) -> str:
    """What is read of a text: nothing longer is remembered."""
    return readable(sentence(text)[: STATEMENT * CHARACTERS])
