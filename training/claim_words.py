"""Makes the table of what words are worth to claims: python -m training.claim_words POLNEAR.

POLNEAR is a train.jsonl of PolNeAR. Only counts are taken, by a hash of each stem: no text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
from collections import Counter
from pathlib import Path
from zlib import crc32

import numpy as np

from firsthand.claims.background import WORDS
from firsthand.claims.files import CARD
from firsthand.claims.wording import stem, words

MODEL = Path(__file__).parents[1] / "src" / "firsthand" / "claims" / "model"
RARE = 2
"""Articles; a stem of fewer is as rare as one that the table has not."""

_SENTENCE = re.compile(r"[.!?:\n“\"]\s*")


def main() -> None:
    """Write words.npz and its digest in model.json."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("polnear", type=Path)
    texts = [json.loads(line)["text"] for line in parser.parse_args().polnear.open(encoding="utf-8")]
    write(WORDS, table(texts))


def table(texts: list[str]) -> dict[str, np.ndarray]:
    """Of stems: hashes [N], counts [N] of the articles that have them, capital [N]: how often within a sentence."""
    counts: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    inner: Counter[str] = Counter()
    for text in texts:
        counts.update({stem(word) for word in words(text)})
        for word in (word for part in _SENTENCE.split(text) for word in words(part)[1:]):
            inner[stem(word)] += 1
            capital[stem(word)] += word[0].isupper()
    kept = sorted((crc32(one.encode()), one) for one, count in counts.items() if count >= RARE)
    return {
        "hashes": np.array([key for key, _ in kept], np.uint32),
        "counts": np.array([counts[one] for _, one in kept], np.uint16),
        "capital": np.array([capital[one] / max(inner[one], 1) for _, one in kept], np.float16),
    }


def write(name: str, arrays: dict[str, np.ndarray]) -> None:
    """The file, and its digest in the card."""
    MODEL.mkdir(exist_ok=True)
    np.savez_compressed(MODEL / name, **arrays)  # type: ignore[arg-type]
    path = MODEL / CARD
    card = json.loads(path.read_text()) if path.exists() else {"name": "firsthand-claims", "version": "1.0"}
    card.setdefault("sha256", {})[name] = hashlib.sha256((MODEL / name).read_bytes()).hexdigest()
    path.write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
