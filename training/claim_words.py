"""Makes the table of what words are worth to claims: python -m training.claim_words POLNEAR.

POLNEAR is a train.jsonl of PolNeAR. Only counts are taken, by a hash of each stem: no text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np

from firsthand.attribution.tagger import Tagger
from firsthand.attribution.vectors import Vectors
from firsthand.claims.background import WORDS
from firsthand.claims.files import CARD
from firsthand.claims.wording import stem, words

MODEL = Path(__file__).parents[1] / "src" / "firsthand" / "claims" / "model"
RARE = 2
"""Articles; a stem of fewer is as rare as one that the table has not."""
PLACES = 64
"""Numbers of a word's vector: these hold three quarters of what tells words apart."""
PIECES = 8
"""Word pieces of a word."""

_SENTENCE = re.compile(r"[.!?:\n“\"]\s*")


def main() -> None:
    """Write words.npz and its digest in model.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("polnear", type=Path)
    texts = [json.loads(line)["text"] for line in parser.parse_args().polnear.open(encoding="utf-8")]
    found = table(texts)
    vectors = Vectors.load(Tagger.load().tokenizer)
    raw = np.stack([np.frombuffer(vectors.vector(word, PIECES), np.int8) for word in found.pop("words")])
    write(WORDS, found | {"vectors": reduced(raw.astype(np.float32))})


def reduced(vectors: np.ndarray) -> np.ndarray:
    """[N, PLACES] of int8: unit vectors times 127 of what tells words most apart."""
    vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1)
    middle = vectors - vectors.mean(0)
    _, directions = np.linalg.eigh(middle.T @ middle)
    small = middle @ directions[:, -PLACES:]
    return np.rint(small / np.linalg.norm(small, axis=1, keepdims=True) * 127).astype(np.int8)


def table(texts: list[str]) -> dict[str, np.ndarray]:
    """Of N stems: the commonest word of each, its hash, how many articles have it, how often it has a capital."""
    counts: Counter[str] = Counter()
    printed: defaultdict[str, Counter[str]] = defaultdict(Counter)
    capital: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    for text in texts:
        counts.update({stem(word) for word in words(text)})
        for word in (word for part in _SENTENCE.split(text) for word in words(part)[1:]):
            inner[stem(word)] += 1
            printed[stem(word)][word.lower()] += 1
            capital[stem(word)] += word[0].isupper()
    kept = sorted((crc32(one.encode()), one) for one, count in counts.items() if count >= RARE)
    return {
        "words": np.array([printed[one].most_common(1)[0][0] if one in printed else one for _, one in kept]),
        "hashes": np.array([key for key, _ in kept], np.uint32),
        "counts": np.array([counts[one] for _, one in kept], np.uint16),
        "capital": np.array([capital[one] / max(inner[one], 1) for _, one in kept], np.float16),
    }


def write(name: str, arrays: dict[str, np.ndarray]) -> None:
    """The file, and its digest in the card."""
    MODEL.mkdir(exist_ok=True)
    np.savez_compressed(MODEL / name, **arrays)  # type: ignore[arg-type]
    path = MODEL / CARD
    card: dict[str, Any] = (
        json.loads(path.read_text()) if path.exists() else {"name": "firsthand-claims", "version": "1.0"}
    )
    card.setdefault("sha256", {})[name] = hashlib.sha256((MODEL / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
