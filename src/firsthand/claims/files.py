"""The small trained files of claims: their arrays, read once and checked."""

from __future__ import annotations

import hashlib
import io
import json
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

from firsthand.errors import ModelError

CARD = "model.json"


@cache
def card() -> dict[str, Any]:
    """What model.json says: the scorer's name and version, its files' SHA-256. Raises ModelError."""
    folder = resources.files(__package__) / "model"
    try:
        found: dict[str, Any] = json.loads((folder / CARD).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder / CARD}: the claims model is missing or damaged ({error}); reinstall") from error
    return found


@cache
def arrays(name: str) -> dict[str, NDArray[Any]]:
    """The arrays of a file that model.json names. Raises ModelError where it is missing or another."""
    path = resources.files(__package__) / "model" / name
    try:
        content = path.read_bytes()
    except OSError as error:
        raise ModelError(f"{path}: the claims model is missing; reinstall firsthand") from error
    if hashlib.sha256(content).hexdigest() != card()["sha256"].get(name):
        raise ModelError(f"{path}: not the file that the claims model was made with; reinstall firsthand")
    with np.load(io.BytesIO(content), allow_pickle=False) as found:
        return {key: found[key] for key in found.files}


def maker() -> str:
    """Name and version of the scorer, for the record."""
    digest = hashlib.sha256(json.dumps(card()["sha256"], sort_keys=True).encode()).hexdigest()
    return f"{card()['name']} {card()['version']} sha256:{digest[:12]}"
