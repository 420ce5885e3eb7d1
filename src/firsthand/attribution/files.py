"""The model's files: what model.json says of them, and their bytes, checked."""

from __future__ import annotations

import hashlib
import json
from importlib.resources.abc import Traversable
from typing import Any

from firsthand.errors import ModelError


def card(folder: Traversable) -> dict[str, Any]:
    """What model.json says. Raises ModelError where it is missing or damaged."""
    try:
        found: dict[str, Any] = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"{folder}: the model is missing or damaged ({error}); reinstall firsthand") from error
    return found


def name_of(card: dict[str, Any]) -> str:
    """Maker and version of the model, for the record."""
    return f"{card['name']} {card['version']} sha256:{digest_of(card)[:12]}"


def digest_of(card: dict[str, Any]) -> str:
    """The SHA-256 of all files' digests, the heads' included: another head is another model."""
    files = card["sha256"] | card.get("heads", {})
    return hashlib.sha256(json.dumps(files, sort_keys=True).encode()).hexdigest()


def checked(folder: Traversable, name: str, digest: str) -> bytes:
    """The bytes of a file with this SHA-256. Raises ModelError where it is missing or another."""
    try:
        content = (folder / name).read_bytes()
    except OSError as error:
        raise ModelError(f"{folder / name}: the model is missing; reinstall firsthand") from error
    if hashlib.sha256(content).hexdigest() != digest:
        raise ModelError(f"{folder / name}: not the file that model.json names; reinstall firsthand")
    return content
