"""The table of word pieces: a row for each, kept in the encoder's file and used by all networks that read pieces."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.resources.abc import Traversable

import numpy as np

from firsthand.errors import ModelError

from . import files
from .decode import Floats, Ints
from .tagger import WIDTH

ENCODER = "encoder.onnx"
"""Where the table lies: it was frozen at MiniLM's when the encoder was trained."""


class Rows:
    """MiniLM's rows of word pieces. `told` says where in the encoder's file they lie; `name` is the file that says so.

    Raises ModelError where the encoder is missing, damaged, or another than `told` speaks of.
    """

    def __init__(self, folder: Traversable, name: str, told: Mapping[str, str]) -> None:
        digest = files.card(folder)["sha256"][ENCODER]
        encoder = files.checked(folder, ENCODER, digest)
        if told["encoder"] != digest:
            raise ModelError(f"{folder / name}: made for another {ENCODER}; reinstall firsthand")
        rows = int(told["rows"])
        self._scales = np.frombuffer(encoder, np.float32, rows, int(told["scales"]))[:, None].copy()
        self._table = np.frombuffer(encoder, np.int8, rows * WIDTH, int(told["table"])).copy().reshape(-1, WIDTH)

    def of(self, pieces: Ints) -> Floats:
        """[P, WIDTH]: the rows of P pieces."""
        return np.asarray(self._table[pieces] * self._scales[pieces], np.float32)
