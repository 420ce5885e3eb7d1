"""Teaches how alike articles on one story are, and writes it: python -m training.heads_leads.

Needs scikit-learn and PolNeAR's training articles of the shared folder; no labels. Each article is parted into pieces,
as if several outlets told its story: the first begins with its lead, the second with its headline, the third with its
abstract where it has one; each paragraph goes to one piece, and with probability `ALSO` to each other. Pieces of one
article are one claim. Prints B-cubed F1 of pieces of one half of the articles by what was taught on the other half.
"""

from __future__ import annotations

import json
import random
import re
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression  # type: ignore[import-not-found, import-untyped, unused-ignore]

from bench.data import Record, read_jsonl, shared
from firsthand.attribution.tagger import Tagger
from firsthand.attribution.vectors import Vectors
from firsthand.claims.alike import CEILING, FEATURES, FILE, FLOOR, Floats, compared
from firsthand.claims.leads import grouped, written
from firsthand.model import Article

MODEL = Path(__file__).parents[1] / "src" / "firsthand" / "claims" / "model"

PIECES = (1, 1, 2, 2, 2, 2, 3, 3, 4, 5)
"""How many an article is parted into, one of these; no more than one for each `SHORTEST` words."""
SHORTEST = 110
LENGTHS = (120, 200, 300, 400, 600)
"""Words after whose paragraph a piece ends."""
LEAST = 50
"""Words of a piece that is kept."""
ALSO = 0.2
"""By the cosines of beginnings of 47 pairs of PolNeAR and Helsinki that tell the same by reading (quartiles 0.25, 0.39
and 0.60): pieces have 0.23, 0.37 and 0.51; with none shared 0.11, 0.16 and 0.25."""
SEED = 12
HALVES = 2

WHOLES, VECTORS = FEATURES.index("wholes"), FEATURES.index("vectors")
NEAR = 0.06, 0.6
"""Cosines of words and of vectors of which one must be reached by pairs of different articles that are taught from."""

CONTRASTS = (0.0, 0.15, 0.2, 0.25, 0.3)
THRESHOLDS = np.arange(-3.5, -0.9, 0.25)

_SENTENCE = re.compile(r"(?<=[.!?”\"])\s+(?=[A-Z“\"])")
_MARKS = ("ABSTRACT.", "FULL TEXT.", "CORRECTION APPENDED.")


class Taught(NamedTuple):
    """Weights [F] and bias of log odds."""

    weights: Floats
    bias: float


def main() -> None:
    """Part, measure, teach on all pieces, write."""
    rows = read_jsonl(shared().file("data/polnear/train.jsonl"))
    vectors, mixed = Vectors.load(Tagger.load().tokenizer), random.Random(SEED)
    pieces = [written(piece, vectors.vector) for row in rows for piece in parted(row, mixed)]
    claims = np.array([one.id.rpartition("#")[0] for one in pieces])
    same, values = claims[:, None] == claims, np.stack(list(compared(pieces))).astype(np.float32)
    halves = np.array([zlib.crc32(claim.encode()) % HALVES for claim in claims])
    parts = [np.flatnonzero(halves == half) for half in range(HALVES)]
    measured(values, same, claims, parts)
    write(taught(values, same, parts))


def parted(row: Record, mixed: random.Random) -> Iterator[Article]:
    """An article's pieces."""
    title, body = row["title"], row["text"]
    head, _, rest = body.partition("\n\n")
    body = rest if rest and len(head.split()) < 30 else body
    abstract, paragraphs = _paragraphs(body)
    count = min(max(len(body.split()) // SHORTEST, 1), mixed.choice(PIECES))
    starts = [paragraphs[0], ". ".join(part.strip() for part in title.split(";")) + ".", *abstract]
    pieces = [starts[n : n + 1] for n in range(count)]
    order: list[int] = []
    for n, paragraph in enumerate(paragraphs[1:]):
        order = mixed.sample(range(count), count) if n % count == 0 else order
        own = order[n % count]
        pieces[own].append(paragraph)
        for other in range(count):
            if other != own and mixed.random() < ALSO:
                pieces[other].append(paragraph)
    for n, piece in enumerate(pieces):
        text = _cut(piece, mixed.choice(LENGTHS))
        if len(text.split()) >= LEAST:
            yield Article(f"{row['id']}#{n}", text)


def _paragraphs(body: str) -> tuple[list[str], list[str]]:
    """The abstract, where there is one, and the paragraphs; of a text without them, sentences in twos."""
    found = [line for line in body.split("\n") if line.strip()]
    if len(found) < 6:
        sentences = _SENTENCE.split(body)
        found = [" ".join(sentences[n : n + 2]) for n in range(0, len(sentences), 2)]
    abstract = [found.pop(0).replace(_MARKS[0], "").strip()] if found[0].startswith("ABSTRACT") else []
    found = [line for line in found if line.strip() not in _MARKS[1:]]
    return abstract, [line.replace(_MARKS[1], "").replace(_MARKS[2], "").strip() for line in found]


def _cut(piece: Sequence[str], length: int) -> str:
    kept: list[str] = []
    for paragraph in piece:
        kept.append(paragraph)
        if sum(len(one.split()) for one in kept) >= length:
            break
    return "\n".join(kept)


def measured(values: np.ndarray, same: np.ndarray, claims: np.ndarray, parts: list[np.ndarray]) -> None:
    """Print, for each contrast and threshold, B-cubed F1 of each half by the other, on average."""
    odds = []
    for own, other in zip(parts, parts[::-1], strict=True):
        weights, bias = taught(values, same, [other])
        odds.append((np.clip(values[np.ix_(own, own)] @ weights + bias, FLOOR, CEILING), claims[own]))
    for contrast in CONTRASTS:
        found = [np.mean([bcubed(list(c), grouped(o, float(t), contrast)) for o, c in odds]) for t in THRESHOLDS]
        best = int(np.argmax(found))
        print(f"contrast {contrast}: {100 * found[best]:.1f} at {THRESHOLDS[best]}", flush=True)


def taught(values: np.ndarray, same: np.ndarray, parts: list[np.ndarray]) -> Taught:
    """A logistic regression on the pairs within each part that are the same, and on those that are not but near.

    Within parts alone also in the end: all pairs would have twice as many that are not the same for each that is, and
    log odds would be others than those that the threshold was measured with.
    """
    pairs = [(part[a], part[b]) for part in parts for a, b in [np.triu_indices(len(part), 1)]]
    a, b = (np.concatenate(side) for side in zip(*pairs, strict=True))
    rows, classes = values[a, b], same[a, b]
    kept = classes | (rows[:, WHOLES] > NEAR[0]) | (rows[:, VECTORS] > NEAR[1])
    rows, classes = rows[kept], classes[kept]
    mean, scale = rows.mean(0), rows.std(0)
    fitted = LogisticRegression(C=0.1, max_iter=500).fit((rows - mean) / scale, classes)
    weights = fitted.coef_[0] / scale
    return Taught(weights, float(fitted.intercept_[0] - mean @ weights))


def bcubed(gold: Sequence[str], found: Sequence[int]) -> float:
    """F1 (Bagga and Baldwin 1998)."""
    right, parts = np.array(gold), np.array(found)
    both = ((right[:, None] == right) & (parts[:, None] == parts)).sum(1)
    precision = (both / (parts[:, None] == parts).sum(1)).mean()
    recall = (both / (right[:, None] == right).sum(1)).mean()
    return float(2 * precision * recall / (precision + recall))


def write(found: Taught) -> None:
    """The weights, by the features' names."""
    weights = {name: round(float(weight), 4) for name, weight in zip(FEATURES, found.weights, strict=True)}
    told = {"name": "firsthand-leads", "version": "1.0", "weights": weights, "bias": round(found.bias, 4)}
    (MODEL / FILE).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
