"""Articles about one claim, by TF-IDF and average link, tuned on the very articles that it is scored on.

Run in .venv-bench: python -m bench.peers.leads ARTICLES.jsonl. Prints the best figure that any threshold gives.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage  # type: ignore[import-not-found, import-untyped, unused-ignore]
from scipy.spatial.distance import squareform  # type: ignore[import-not-found, import-untyped, unused-ignore]
from sklearn.feature_extraction.text import TfidfVectorizer  # type: ignore[import-not-found, import-untyped, unused-ignore]

from bench.data import read_jsonl, shared


def main(path: str) -> None:
    """Print {"f1": ..., "p": ..., "r": ...}."""
    records = read_jsonl(Path(path))
    gold, names = {r["id"]: r["claim"] for r in records}, [r["id"] for r in records]
    words = TfidfVectorizer(sublinear_tf=True, stop_words="english").fit_transform([r["text"] for r in records])
    apart = np.clip(1 - (words @ words.T).toarray(), 0, None)
    np.fill_diagonal(apart, 0)
    tree, bcubed = linkage(squareform(apart, checks=False), "average"), shared().claims_scorer.bcubed
    tried = (fcluster(tree, at, "distance") for at in np.arange(0.5, 1, 0.01))
    found = (bcubed(gold, dict(zip(names, groups.tolist(), strict=True))) for groups in tried)
    print(json.dumps(max(found, key=lambda scores: scores["f1"])))


if __name__ == "__main__":
    main(*sys.argv[1:])
