"""Trains the stance head and writes it beside the model: python -m training.heads_stance.

Needs PolNeAR's train.jsonl for the texts; the labels are ours (labels/contents.jsonl: offsets alone). Prints accuracy
and the denials' F1 in five-fold cross-validation by article, of the rules alone and of rules and vectors together.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch.nn import functional as F

from bench.data import Record, read_jsonl, shared
from firsthand.attribution.decode import Floats, Ints
from firsthand.attribution.heads import STANCE
from firsthand.attribution.pooling import STANCES, features
from firsthand.attribution.rules import said
from firsthand.attribution.tagger import Tagged, Tagger
from firsthand.attribution.tokens import tokens
from firsthand.model import Attribution, Spans

LABELS = Path(__file__).parent / "labels" / "contents.jsonl"
MODEL = Path(__file__).parents[1] / "src" / "firsthand" / "attribution" / "model"

FOLDS = 5
DECAY = 5e-4
"""What squared weights cost; among 3e-4 to 3e-3, cross-validation sees no difference."""
STEPS = 200


@dataclass(frozen=True, slots=True)
class Examples:
    """N labelled attributions: features [N, D], stances [N], what the rules alone say [N], folds [N]."""

    features: Floats
    stances: Ints
    rules: Ints
    folds: Ints


def main() -> None:
    """Train, print the figures, write stance.npz and its digest in model.json."""
    examples = gather(read_jsonl(LABELS), read_jsonl(shared().gold.with_name("train.jsonl")))
    for name, answers in (("rules", examples.rules), ("head", crossed(examples))):
        print(
            f"{name}: {100 * (answers == examples.stances).mean():.1f} right, denials {denials(examples, answers):.1f}"
        )
    write(*fit(examples.features, examples.stances))


def gather(labels: list[Record], articles: list[Record]) -> Examples:
    """The labelled attributions with their features."""
    rows: dict[str, list[Record]] = {}
    for row in labels:
        rows.setdefault(row["id"], []).append(row)
    texts = {article["id"]: article["text"] for article in articles}
    tagger = Tagger.load()
    found = [e for name in sorted(rows) for e in _examples(tagger, name, texts[name], rows[name])]
    return Examples(*(np.array(column) for column in zip(*found, strict=True)))


def _examples(tagger: Tagger, name: str, text: str, rows: list[Record]) -> Iterator[tuple[Floats, int, int, int]]:
    stretches, toks = list(tagger.tag(text)), tokens(text)
    for row in rows:
        attribution = Attribution(_spans(row["source"]), _spans(row["cue"]), _spans(row["content"]), 1.0)
        cue = said(toks, attribution)
        values = features(_around(stretches, attribution), toks, attribution, cue)
        yield values, STANCES.index(row["stance"]), STANCES.index(cue.stance), zlib.crc32(name.encode()) % FOLDS


def _spans(pairs: list[list[int]]) -> Spans:
    return tuple((start, end) for start, end in pairs)


def _around(stretches: list[Tagged], attribution: Attribution) -> Tagged:
    place = attribution.cue[0][0]
    return next(s for s in reversed(stretches) if s.offset <= place)


def crossed(examples: Examples) -> Ints:
    """[N]: the stance of each example by a head that saw no other of its article's fold."""
    answers = np.zeros_like(examples.stances)
    for fold in range(FOLDS):
        own = examples.folds == fold
        weights, bias = fit(examples.features[~own], examples.stances[~own])
        answers[own] = (examples.features[own] @ weights + bias).argmax(axis=1)
    return answers


def fit(values: Floats, stances: Ints) -> tuple[Floats, Floats]:
    """Weights [D, classes] and bias [classes] of a multinomial logistic regression."""
    x, y = torch.from_numpy(values), torch.from_numpy(stances)
    weights = torch.zeros(values.shape[1], len(STANCES), requires_grad=True)
    bias = torch.zeros(len(STANCES), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        total = F.cross_entropy(x @ weights + bias, y) + DECAY * weights.square().sum()
        total.backward()
        return total

    optimizer.step(loss)
    return weights.detach().numpy(), bias.detach().numpy()


def denials(examples: Examples, answers: Ints) -> float:
    """F1 of "denies", in percent."""
    gold, found = examples.stances == STANCES.index("denies"), answers == STANCES.index("denies")
    return float(200 * (gold & found).sum() / max((gold.sum() + found.sum()), 1))


def write(weights: Floats, bias: Floats) -> None:
    """The file of the head, and its digest among the "heads" of model.json."""
    np.savez(MODEL / STANCE, weights=weights.astype(np.float16), bias=bias.astype(np.float16))
    card = json.loads((MODEL / "model.json").read_text(encoding="utf-8"))
    card.setdefault("heads", {})[STANCE] = hashlib.sha256((MODEL / STANCE).read_bytes()).hexdigest()
    (MODEL / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
