"""Claims: labelled pairs of statements beside cosine alone, and lead claims of Emergent beside TF-IDF."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from bench import statements
from bench.data import ROOT, read_jsonl, shared
from bench.readers import PEER_PYTHON
from firsthand.model import Article
from firsthand.pipeline import lead_claims


def figures() -> dict[str, Any]:
    """pairs: F1 in per cent by class, of the report half; leads: B-cubed P, R, F1. Raises MissingData."""
    return {"pairs": statements.figures(), "leads": leads()}


def leads() -> dict[str, dict[str, float]]:
    """B-cubed of ours, and of TF-IDF with average link tuned on the same articles."""
    path = shared().file("data/emergent/articles.dev.jsonl")
    records = read_jsonl(path)
    found = lead_claims(Article(r["id"], r["text"]) for r in records)
    ours = shared().claims_scorer.bcubed({r["id"]: r["claim"] for r in records}, found)
    command = [PEER_PYTHON, "-m", "bench.peers.leads", str(path)]
    peer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return {"firsthand": ours, "TF-IDF, tuned here": json.loads(peer)}
