"""Trains the heads of stance and of claims, and writes them beside the model: python -m training.heads_stance.

Needs the texts of the shared folder; the labels are ours (labels/contents.jsonl and the build half of the gold's
contents: offsets alone). Prints, in five-fold cross-validation by article, what rules alone and heads get right.
"""

from __future__ import annotations

import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch.nn import functional as F

from bench.chains import made
from bench.data import Record, read_jsonl
from bench.gold import BUILD, Labelled, articles, gold, labelled
from firsthand.attribution.claims import CLAIMING, claim_features
from firsthand.attribution.decode import Bools, Floats, Ints
from firsthand.attribution.heads import STANCE
from firsthand.attribution.pooling import STANCES, features
from firsthand.attribution.rules import said
from firsthand.attribution.surety import surety
from firsthand.attribution.tagger import Tagged, Tagger
from firsthand.attribution.tokens import Tokens, tokens
from firsthand.model import Attribution

LABELS = Path(__file__).parent / "labels" / "contents.jsonl"
MODEL = Path(__file__).parents[1] / "src" / "firsthand" / "attribution" / "model"
TRAIN = "polnear-train"

FOLDS = 5
DECAY = 5e-4
"""What squared weights cost; among 5e-4 to 2e-3, cross-validation sees no difference that matters."""
STEPS = 200


@dataclass(frozen=True, slots=True)
class Examples:
    """N labelled attributions.

    features [N, D]; stances, what the rules alone say, folds [N]; claim [N, len(CLAIMING), D + flags]: what the head of
    claims sees under each stance that it is asked about; thing [N, len(CLAIMING)]: whether the rules see no claim
    there; claims [N]: whether the label has a certainty.
    """

    features: Floats
    stances: Ints
    rules: Ints
    folds: Ints
    claim: Floats
    thing: Ints
    claims: Ints


def main() -> None:
    """Train, print the figures, write stance.npz and its digest in model.json."""
    examples = gather()
    answers = crossed(examples.features, examples.stances, examples.folds, np.ones(len(examples.folds), bool))
    for name, found in (("rules", examples.rules), ("head", answers)):
        print(f"{name}: {100 * (found == examples.stances).mean():.1f} right, denials {denials(examples, found):.1f}")
    asked, rows, thing = claimed(examples, answers)
    found = crossed(rows, examples.claims, examples.folds, asked)
    for name, told in (("rules", 1 - thing), ("head", found)):
        print(f"claims by {name}: {100 * (told == examples.claims)[asked].mean():.1f} right of {asked.sum()}")
    write(fit(examples.features, examples.stances), fit(rows[asked], examples.claims[asked]))


def gather() -> Examples:
    """The labelled attributions with their features."""
    tagger = Tagger.load()
    found = [example for article in _articles() for example in _examples(tagger, article)]
    return Examples(*(np.array(column) for column in zip(*found, strict=True)))


def _articles() -> Iterator[Labelled]:
    rows: dict[str, list[Record]] = {}
    for row in read_jsonl(LABELS):
        rows.setdefault(row["id"], []).append(row)
    texts = articles(TRAIN)
    yield from (Labelled(TRAIN, texts[name], tuple(rows[name])) for name in sorted(rows))
    yield from labelled([gold("contents")], BUILD)


def _examples(tagger: Tagger, article: Labelled) -> Iterator[tuple[Floats, int, int, int, Floats, Ints, int]]:
    stretches, toks = list(tagger.tag(article.text)), tokens(article.text)
    fold = zlib.crc32(article.labels[0]["id"].encode()) % FOLDS
    for row in article.labels:
        if row["cue"]:
            attribution = made(row)
            rule, values, claim, thing = _seen(_around(stretches, attribution), toks, attribution)
            stance, claims = STANCES.index(row["stance"]), int(row["certainty"] is not None)
            yield values, stance, rule, fold, claim, thing, claims


def _seen(tagged: Tagged, toks: Tokens, attribution: Attribution) -> tuple[int, Floats, Floats, Ints]:
    """What the rules say, what the head of stances sees, and what is seen of a claim under each stance."""
    cue = said(toks, attribution)
    values = features(tagged, toks, attribution, cue)
    sures = [surety(toks, attribution, cue, name) for name in CLAIMING]
    both = zip(CLAIMING, sures, strict=True)
    claim = np.stack([claim_features(values, toks, attribution, cue, name, sure) for name, sure in both])
    return STANCES.index(cue.stance), values, claim, np.array([sure.thing for sure in sures], int)


def _around(stretches: list[Tagged], attribution: Attribution) -> Tagged:
    place = attribution.cue[0][0]
    return next(s for s in reversed(stretches) if s.offset <= place)


def claimed(examples: Examples, answers: Ints) -> tuple[Bools, Floats, Ints]:
    """[N]: whose stance, as answered, leaves the claim open; [N, D + flags] and [N]: rows and rules' word under it."""
    names = [STANCES.index(name) for name in CLAIMING]
    asked = np.isin(answers, names)
    at = np.array([names.index(answer) if answer in names else 0 for answer in answers])
    every = np.arange(len(at))
    return asked, examples.claim[every, at], examples.thing[every, at]


def crossed(values: Floats, classes: Ints, folds: Ints, asked: Bools) -> Ints:
    """[N]: the class of each example by a head that saw no other of its article's fold, nor any that is not asked."""
    answers = np.zeros_like(classes)
    for fold in range(FOLDS):
        own = folds == fold
        weights, bias = fit(values[~own & asked], classes[~own & asked])
        answers[own] = (values[own] @ weights + bias).argmax(axis=1)
    return answers


def fit(values: Floats, classes: Ints) -> tuple[Floats, Floats]:
    """Weights [D, classes] and bias [classes] of a multinomial logistic regression."""
    x, y, count = torch.from_numpy(values), torch.from_numpy(classes), int(classes.max()) + 1
    weights = torch.zeros(values.shape[1], count, requires_grad=True)
    bias = torch.zeros(count, requires_grad=True)
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
    right, found = examples.stances == STANCES.index("denies"), answers == STANCES.index("denies")
    return float(200 * (right & found).sum() / max((right.sum() + found.sum()), 1))


def write(stances: tuple[Floats, Floats], claims: tuple[Floats, Floats]) -> None:
    """The file of the heads, and its digest among the "heads" of model.json. Two classes need but their difference."""
    weights, bias = (part[..., 1] - part[..., 0] for part in claims)
    arrays = {"weights": stances[0], "bias": stances[1], "claim_weights": weights, "claim_bias": bias}
    halves: dict[str, Any] = {name: array.astype(np.float16) for name, array in arrays.items()}
    np.savez(MODEL / STANCE, **halves)
    card = json.loads((MODEL / "model.json").read_text(encoding="utf-8"))
    card.setdefault("heads", {})[STANCE] = hashlib.sha256((MODEL / STANCE).read_bytes()).hexdigest()
    (MODEL / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
