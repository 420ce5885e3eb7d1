"""Teaches the forest that tells how headlines stand to a claim, and writes it: python -m training.heads_stances.

Needs scikit-learn and Emergent's stances of the shared folder. Prints, in five-fold cross-validation by claim over
three ways of parting the claims, accuracy and macro F1: no claim is in both parts. What ships is taught on all lines.
"""

from __future__ import annotations

import random
from collections import Counter
from typing import Any

import numpy as np
from sklearn.ensemble import ExtraTreesClassifier  # type: ignore[import-not-found, import-untyped, unused-ignore]

from bench.data import Record, read_jsonl, shared
from firsthand.attribution.tagger import Tagger
from firsthand.attribution.vectors import Vectors
from firsthand.claims.stances import FILE, STANCES, Floats, Pair, features
from training.claim_words import write as save

FOLDS, PARTINGS = 5, 3
TREES, LEAF, SHARE = 150, 3, 0.3
"""Trees, labelled lines of the smallest leaf, share of the features that each split may choose from."""


def main() -> None:
    """Measure, teach on all lines, write."""
    rows = read_jsonl(shared().file("data/emergent/stances.dev.jsonl"))
    vectors = Vectors.load(Tagger.load().tokenizer)
    values = features([Pair(row["claim_text"], row["headline"]) for row in rows], vectors.vector)
    classes = np.array([STANCES.index(row["stance"]) for row in rows])
    for seed in range(PARTINGS):
        print(
            f"parting {seed}: accuracy %.1f, macro F1 %.1f"
            % scores(classes, crossed(values, classes, parted(rows, seed)))
        )
    write(taught(values, classes))


def parted(rows: list[Record], seed: int) -> np.ndarray:
    """[N]: the fold of each line; each claim's lines are in one, and the folds are about as large."""
    counts = Counter(row["claim"] for row in rows)
    claims = sorted(counts)
    random.Random(seed).shuffle(claims)
    sizes, fold = [0] * FOLDS, {}
    for claim in claims:
        fold[claim] = sizes.index(min(sizes))
        sizes[fold[claim]] += counts[claim]
    return np.array([fold[row["claim"]] for row in rows])


def crossed(values: Floats, classes: np.ndarray, folds: np.ndarray) -> np.ndarray:
    """[N]: the class of each line, by a forest that saw none of its claim's."""
    found = np.zeros_like(classes)
    for fold in range(FOLDS):
        own = folds == fold
        found[own] = taught(values[~own], classes[~own]).predict_proba(values[own]).argmax(1)
    return found


def taught(values: Floats, classes: np.ndarray) -> Any:
    """A forest of trees that choose among random splits (Geurts and others 2006)."""
    return ExtraTreesClassifier(TREES, min_samples_leaf=LEAF, max_features=SHARE, random_state=0).fit(values, classes)


def scores(classes: np.ndarray, found: np.ndarray) -> tuple[float, float]:
    """Accuracy and macro F1, in percent."""
    each = [
        2 * ((found == k) & (classes == k)).sum() / max((found == k).sum() + (classes == k).sum(), 1) for k in range(3)
    ]
    return 100 * float((found == classes).mean()), 100 * float(np.mean(each))


def write(forest: Any) -> None:
    """All trees in one table: where a node's children are, counted from it, or 0 for a leaf, which has its odds."""
    trees = [one.tree_ for one in forest.estimators_]
    counts = [tree.node_count for tree in trees]
    places = [np.arange(count) for count in counts]
    inner = [tree.children_left > 0 for tree in trees]
    odds = [tree.value[:, 0] / tree.value[:, 0].sum(1, keepdims=True) for tree in trees]
    arrays: dict[str, Any] = {
        "roots": np.cumsum([0, *counts[:-1]]).astype(np.int32),
        "feature": np.concatenate([np.maximum(tree.feature, 0) for tree in trees]).astype(np.uint8),
        "threshold": np.concatenate([tree.threshold for tree in trees]).astype(np.float32),
        "left": _children([t.children_left for t in trees], places, inner),
        "right": _children([t.children_right for t in trees], places, inner),
        "odds": np.concatenate(odds).astype(np.float16),
    }
    save(FILE, arrays)


def _children(sides: list[np.ndarray], places: list[np.ndarray], inner: list[np.ndarray]) -> np.ndarray:
    return np.concatenate([np.where(i, s - p, 0) for s, p, i in zip(sides, places, inner, strict=True)]).astype(
        np.int16
    )


if __name__ == "__main__":
    main()
