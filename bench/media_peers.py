"""vPDQ beside Firsthand: its own code for the hashes, and its authors' rule for a match, in the bench of media."""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.data import ROOT, Record, read_jsonl

PYTHON = ROOT / ".venv-oracles" / "bin" / "python"
DISTANCE, QUALITY, FRAMES = 31, 50, 3
"""Bits by which hashes of the same picture differ at most, and the least quality of a frame that is compared: what
ThreatExchange sets for vPDQ. At least 3 frames of the query are to match."""


def missing() -> str | None:
    """Why vPDQ cannot be asked, or None."""
    return None if PYTHON.exists() else "not installed (tools/oracles installs it)"


def found(folder: Path, records: Sequence[Record]) -> dict[str, list[str]] | None:
    """The references that vPDQ finds for each film; None where it is not installed."""
    if missing():
        return None
    films = [record for record in records if record["medium"] == "video" and record["role"] != "other"]
    kept = {one["path"]: _kept(one) for one in hashed(folder, [film["path"] for film in films])}
    references = [film["path"] for film in films if film["role"] == "reference"]
    asked = [film["path"] for film in films if film["role"] != "reference"]
    return {path: [name for name in references if _matches(kept[path], kept[name])] for path in asked}


def hashed(folder: Path, paths: Sequence[str]) -> list[Record]:
    """Hashes of films by vPDQ; those made before are kept in FOLDER/vpdq.jsonl: no change of ours changes them."""
    listed, target = folder / "vpdq.txt", folder / "vpdq.jsonl"
    listed.write_text("".join(f"{path}\n" for path in paths))
    script = Path(__file__).with_name("media_vpdq.py")
    subprocess.run([PYTHON, script, folder, listed, target], check=True, capture_output=True)
    wanted = set(paths)
    return [one for one in read_jsonl(target) if one["path"] in wanted]


def _kept(one: Record) -> NDArray[np.uint8]:
    """u8[n, 32]: the hashes of enough quality."""
    pairs = zip(one["hashes"], one["quality"], strict=True)
    good = [bytes.fromhex(hash_) for hash_, quality in pairs if quality >= QUALITY]
    return np.frombuffer(b"".join(good), np.uint8).reshape(-1, 32)


def _matches(query: NDArray[np.uint8], reference: NDArray[np.uint8]) -> bool:
    """Whether enough frames of the query are near any of the reference."""
    if not len(query) or not len(reference):
        return False
    bits = np.bitwise_count(query[:, None] ^ reference[None]).sum(2, dtype=np.uint16)
    return int((bits.min(1) <= DISTANCE).sum()) >= FRAMES
