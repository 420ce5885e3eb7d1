"""Trains the scorer of pairs of statements, and writes it: python -m training.heads_claims.

Needs the texts of the shared folder; the labels are ours (labels/statements.jsonl and the build half of the gold's
statements: ids and offsets alone). Prints, in five-fold cross-validation by story, what the scorer gets right, and at
last the totals of the report half.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional as F

from bench import statements
from firsthand.claims.scoring import CLASSES, FEATURES, SCORER, Floats, inputs, side
from firsthand.model import DIMENSIONS, Told
from training.claim_words import write
from training.pairs import LABELS

HIDDEN = 16
STEPS = 150
RATE = 0.01
DECAY = 1e-2
"""What squared weights cost; between 3e-3 and 3e-2 cross-validation by story sees no difference that matters."""
APART_DECAY = 0.1
"""As `DECAY`, of what is said by the vectors' product and distance place by place."""
NETS = 5
"""Networks whose scores are averaged, as one that has all their hidden units: one alone hangs on its start."""
FOLDS = 5
LARGE = 250
"""Pairs of a story that is too large for one fold."""

Ints = NDArray[np.int64]


class Examples(NamedTuple):
    """N pairs: features [N, F + 2 D], as `scoring.inputs` has them; classes, folds [N]."""

    features: Floats
    classes: Ints
    folds: Ints


def main() -> None:
    """Train, print the figures, write scorer.npz and its digest."""
    rows = statements.rows(LABELS, statements.GOLD)
    tell = statements.teller(statements.read_for(rows))
    known = gather([row for row in rows if row.get("half") != "report"], tell)
    print("cross-validation:", scores(known.classes, crossed(known)))
    net = fit(known)
    held = gather([row for row in rows if row.get("half") == "report"], tell)
    if len(held.classes):
        print("report half:", scores(held.classes, ask(net, held.features).argmax(1)))
    write(SCORER, {name: array.astype(np.float16) for name, array in net.items()})


def gather(rows: Sequence[dict[str, Any]], tell: statements.Tell) -> Examples:
    """The pairs with what is compared of them. The folds are of stories: articles that any pair joins."""
    story = stories(rows)
    inputs_ = [_seen(tell(row["a"]), tell(row["b"])) for row in rows]
    classes = [CLASSES.index(row["label"]) for row in rows]
    counts = Counter(story)
    # Half of the pairs are of one event: that story is shared out by article.
    shared_out = (one if counts[one] < LARGE else row["a"]["article"] for one, row in zip(story, rows, strict=True))
    folds = [zlib.crc32(str(one).encode()) % FOLDS for one in shared_out]
    return Examples(np.array(inputs_, np.float32), np.array(classes), np.array(folds))


def stories(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Of each pair, an article that stands for all that are joined with its own."""
    above: dict[str, str] = {}

    def top(name: str) -> str:
        while above.setdefault(name, name) != name:
            name = above[name]
        return name

    for row in rows:
        above[top(row["a"]["article"])] = top(row["b"]["article"])
    return [top(row["a"]["article"]) for row in rows]


def _seen(one: Told, other: Told) -> Floats:
    row: Floats = inputs(side(one), [side(other)])[0]
    return row


def crossed(known: Examples) -> Ints:
    """[N]: the class of each pair by a network that saw none of its fold."""
    answers = np.zeros_like(known.classes)
    for fold in range(FOLDS):
        own = known.folds == fold
        net = fit(Examples(*(column[~own] for column in known)))
        answers[own] = ask(net, known.features[own]).argmax(1)
    return answers


def ask(net: dict[str, Floats], values: Floats) -> Floats:
    """Scores [N, classes], as `scoring.probabilities` has them before they are raised."""
    scaled = (values - net["mean"]) / net["scale"]
    told, apart = scaled[:, : len(FEATURES)], scaled[:, len(FEATURES) :]
    hidden = np.maximum(told @ net["weights"] + net["bias"], 0)
    return np.asarray(hidden @ net["out"] + apart @ net["apart"] + net["out_bias"], np.float32)


class Net(torch.nn.Module):
    """What is compared through hidden units, the vectors' product and distance straight."""

    def __init__(self) -> None:
        super().__init__()
        self.first = torch.nn.Linear(len(FEATURES), HIDDEN)
        self.last = torch.nn.Linear(HIDDEN, len(CLASSES))
        self.apart = torch.nn.Linear(2 * DIMENSIONS, len(CLASSES), bias=False)
        torch.nn.init.zeros_(self.apart.weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Scores [N, classes]."""
        told: torch.Tensor = self.last(torch.relu(self.first(x[:, : len(FEATURES)])))
        return told + self.apart(x[:, len(FEATURES) :])

    def cost(self) -> torch.Tensor:
        """What its weights cost."""
        inner = self.first.weight.square().sum() + self.last.weight.square().sum()
        return DECAY * inner + APART_DECAY * self.apart.weight.square().sum()

    def arrays(self) -> tuple[Floats, ...]:
        """The arrays, each as scoring takes them."""
        tensors = (self.first.weight.T, self.first.bias, self.last.weight.T, self.last.bias, self.apart.weight.T)
        return tuple(tensor.detach().numpy().copy() for tensor in tensors)


def fit(known: Examples) -> dict[str, Floats]:
    """The arrays of the scorer: `NETS` networks side by side."""
    mean, scale = known.features.mean(0), known.features.std(0) + np.float32(1e-3)
    x = torch.from_numpy((known.features - mean) / scale)
    y = torch.from_numpy(known.classes)
    weights, bias, out, out_bias, apart = zip(*(_net(x, y, seed) for seed in range(NETS)), strict=True)
    return {
        "mean": mean,
        "scale": scale,
        "weights": np.concatenate(weights, 1),
        "bias": np.concatenate(bias),
        "out": np.concatenate(out) / NETS,
        "out_bias": np.mean(out_bias, 0),
        "apart": np.mean(apart, 0),
    }


def _net(x: torch.Tensor, y: torch.Tensor, seed: int) -> tuple[Floats, ...]:
    torch.manual_seed(seed)
    net = Net()
    optimizer = torch.optim.Adam(net.parameters(), RATE)
    for _ in range(STEPS):
        optimizer.zero_grad()
        loss = F.cross_entropy(net(x), y) + net.cost()
        loss.backward()
        optimizer.step()
    return net.arrays()


def scores(classes: Ints, answers: Ints) -> str:
    """F1 of each class and their mean, in percent."""
    told = {}
    for n, name in enumerate(CLASSES):
        right = ((classes == n) & (answers == n)).sum()
        told[name] = 200 * right / max((classes == n).sum() + (answers == n).sum(), 1)
    shown = " ".join(f"{name} {value:.1f}" for name, value in told.items())
    return f"macro F1 {np.mean(list(told.values())):.1f} ({shown}), {len(classes)} pairs"


if __name__ == "__main__":
    main()
