"""The small trained heads beside the model: their arrays, read once."""

from __future__ import annotations

import io
from functools import cache
from importlib import resources

import numpy as np

from . import files
from .decode import Floats

STANCE = "stance.npz"


@cache
def arrays(name: str) -> dict[str, Floats]:
    """The arrays of a file that model.json names under "heads", as float32. Raises ModelError where it is not that."""
    folder = resources.files(__package__) / "model"
    content = files.checked(folder, name, files.card(folder)["heads"][name])
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        return {key: found[key].astype(np.float32) for key in found.files}
