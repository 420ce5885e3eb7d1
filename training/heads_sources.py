"""Train the heads that say whom a source stands for and of what kind it is.

Usage: python -m training.heads_sources [--folds N]

Labels: training/labels/sources.jsonl and kinds.jsonl (PolNeAR train) and the build half of tests/gold/sources.jsonl.
Writes sources.npz into the shipped model and its digest into model.json. With --folds N it writes nothing and prints
what N-fold cross-validation by article gives.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from bench.data import ROOT
from bench.gold import BUILD, Labelled, gold, labelled
from bench.parties import same_parties
from bench.whose import Case, Label, Shares, cases, score
from firsthand.attribution import heads, kinds, ranking
from firsthand.attribution.antecedents import SORTS, WIDTH, Place
from firsthand.attribution.parties import Party
from firsthand.attribution.resolve import Resolver
from firsthand.attribution.tagger import WIDTH as VECTOR
from firsthand.attribution.tagger import Tagger

MODEL = ROOT / "src" / "firsthand" / "attribution" / "model"
LABELS = ROOT / "training" / "labels"
HIDDEN_KINDS, HIDDEN_RANK = 48, 48
ROUNDS = 2
"""Times the ranker is trained: each time on antecedents that the one before chose."""

Floats = NDArray[np.float32]
_SHIPPED = heads.arrays


@dataclass(slots=True)
class Asked:
    """A labelled mention as the ranker saw it: its sort, [C + 1, F] rows, and which of them are right."""

    sort: int
    rows: Tensor
    right: Tensor


class Taught(Resolver):
    """A resolver that keeps what the ranker was asked about labelled mentions."""

    def teach(self, case: Case) -> list[Asked]:
        """Resolve, and keep the rows of every labelled mention that has a right and a wrong answer."""
        self._case = case
        self.asked: list[Asked] = []
        self.resolve()
        return self.asked

    def _choose(self, i: int, place: Place, near: list[Party]) -> int:
        rows, label = self.traits(place, near), self._case.labels.get(i)
        if label is None:
            return super()._choose(i, place, near)
        names = [self.names_of(party) for party in [*near, self.people[self._itself(place)]]]
        right = np.array([same_parties(found, *self._case.named(label)) for found in names])
        right[-1] = right[-1] and not right[:-1].any()
        if right.any() and not right.all():
            self.asked.append(Asked(SORTS.index(place.sort), torch.tensor(rows), torch.tensor(right)))
        scores = np.where(right, 1e9, 0) if right.any() else ranking.rank(place.sort, rows)
        return int(scores.argmax())


class Kinds(nn.Module):
    """Traits -> kinds: one hidden layer over all, and the words' own say beside it."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.hidden, self.out = nn.Linear(width, HIDDEN_KINDS), nn.Linear(HIDDEN_KINDS, len(kinds.KINDS), bias=False)
        self.direct = nn.Linear(width - 2 * VECTOR, len(kinds.KINDS), bias=False)
        self.drop, self.drop_vectors = nn.Dropout(0.4), nn.Dropout(0.2)

    def forward(self, rows: Tensor) -> Tensor:
        """[N, kinds] scores of [N, traits]."""
        vectors, words = rows[:, : 2 * VECTOR], rows[:, 2 * VECTOR :]
        hidden = torch.relu(self.hidden(torch.cat([self.drop_vectors(vectors), words], 1)))
        scores: Tensor = self.out(self.drop(hidden)) + self.direct(words)
        return scores

    def arrays(self) -> dict[str, Floats]:
        """What `kinds.kinds` reads."""
        return {
            "kinds.traits": _array(self.hidden.weight.T),
            "kinds.bias": _array(self.hidden.bias),
            "kinds.out": _array(self.out.weight.T),
            "kinds.direct": _array(self.direct.weight.T),
        }


class Ranker(nn.Module):
    """Rows -> scores: weights of each sort of mention, and one hidden layer for all sorts."""

    def __init__(self) -> None:
        super().__init__()
        self.direct = nn.Parameter(torch.zeros(len(SORTS), WIDTH))
        self.hidden, self.out = nn.Linear(WIDTH, HIDDEN_RANK, bias=False), nn.Linear(HIDDEN_RANK, 1, bias=False)
        self.sorts = nn.Parameter(torch.zeros(len(SORTS), HIDDEN_RANK))
        self.drop = nn.Dropout(0.2)

    def forward(self, sort: int, rows: Tensor) -> Tensor:
        """[C + 1] scores of [C + 1, WIDTH]."""
        hidden = self.drop(torch.relu(self.hidden(rows) + self.sorts[sort]))
        scores: Tensor = rows @ self.direct[sort] + self.out(hidden)[:, 0]
        return scores

    def arrays(self) -> dict[str, Floats]:
        """What `ranking.rank` reads."""
        return {
            "rank.direct": _array(self.direct),
            "rank.rows": _array(self.hidden.weight.T),
            "rank.sorts": _array(self.sorts),
            "rank.out": _array(self.out.weight[0]),
        }


@dataclass(slots=True)
class Traits:
    """Rows and classes for the kinds."""

    rows: list[Floats] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)

    def add(self, case: Case, label: Label) -> None:
        """The mention as it stands; and the fullest one of its party, where the label has it."""
        if "names" in label:
            self._put(case.traits(tuple(label["source"]), False), label)
            self._put(case.traits(tuple(label["names"][0]), True), label)
        elif label["kind"] != "person" or case.capital(tuple(label["source"])):
            self._put(case.traits(tuple(label["source"]), True), label)  # else nothing shows that somebody has a name

    def _put(self, row: Floats | None, label: Label) -> None:
        if row is not None:
            self.rows.append(row)
            self.classes.append(kinds.KINDS.index(label["kind"]))


def train_kinds(found: Traits, epochs: int = 40, batch: int = 64) -> Kinds:
    """A model of the kinds."""
    torch.manual_seed(0)
    rows, classes = torch.tensor(np.stack(found.rows)), torch.tensor(found.classes)
    model = Kinds(rows.shape[1])
    optimizer = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs * -(-len(rows) // batch))
    for _ in range(epochs):
        for part in torch.randperm(len(rows)).split(batch):
            _step(optimizer, nn.functional.cross_entropy(model(rows[part]), classes[part], label_smoothing=0.03))
            schedule.step()
    return model.eval()


def train_ranker(asked: Sequence[Asked], epochs: int = 20, batch: int = 32) -> Ranker:
    """A model of the ranking: the right candidates together should be likely."""
    torch.manual_seed(0)
    model, order = Ranker(), list(asked)
    optimizer = torch.optim.AdamW(model.parameters(), lr=0.01, weight_decay=0.03)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, epochs * -(-len(order) // batch))
    for epoch in range(epochs):
        random.Random(epoch).shuffle(order)
        for start in range(0, len(order), batch):
            _step(optimizer, torch.stack([_loss(model, one) for one in order[start : start + batch]]).mean())
            schedule.step()
    return model.eval()


def _loss(model: Ranker, one: Asked) -> Tensor:
    scores = model(one.sort, one.rows)
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[one.right], 0)


def _step(optimizer: torch.optim.Optimizer, loss: Tensor) -> None:
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()


def train(people: Sequence[Case], bare: Sequence[Case]) -> dict[str, Floats]:
    """All arrays of the file. `people` have parties and kinds, `bare` kinds alone. Leaves them in `heads`."""
    found = Traits()
    for case in [*people, *bare]:
        for label in case.all_labels:
            found.add(case, label)
    arrays = train_kinds(found).arrays() | Ranker().arrays()
    for _ in range(ROUNDS):
        use(arrays)
        asked = [one for case in people for one in Taught(case.toks, case.attributions, case.pool).teach(case)]
        arrays |= train_ranker(asked).arrays()
    use(arrays)
    return arrays


def use(arrays: dict[str, Floats]) -> None:
    """Let the heads read these arrays from now on."""
    heads.arrays = lambda name: arrays if name == ranking.FILE else _SHIPPED(name)  # type: ignore[assignment]


def save(name: str, arrays: dict[str, Floats]) -> None:
    """Put a file of arrays into the shipped model, and its digest into model.json."""
    halves: dict[str, Any] = {key: value.astype(np.float16) for key, value in arrays.items()}
    np.savez_compressed(MODEL / name, **halves)
    card = json.loads((MODEL / "model.json").read_text())
    card.setdefault("heads", {})[name] = hashlib.sha256((MODEL / name).read_bytes()).hexdigest()
    (MODEL / "model.json").write_text(json.dumps(card, indent=1) + "\n")


def _array(value: Tensor) -> Floats:
    return np.asarray(value.detach().numpy(), dtype=np.float32)


def main() -> None:
    """Train on everything and write, or cross-validate and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--folds", type=int, default=0)
    folds = parser.parse_args().folds
    torch.set_num_threads(1)
    tagger = Tagger.load()
    people = _cases(tagger, [*labelled([LABELS / "sources.jsonl"]), *labelled([gold("sources")], BUILD)])
    bare = _cases(tagger, labelled([LABELS / "kinds.jsonl"]))
    if folds:
        validate(people, bare, folds)
    else:
        save(ranking.FILE, train(people, bare))


def _cases(tagger: Tagger, found: Iterable[Labelled]) -> list[Case]:
    return [case for one in found for case in cases(tagger, one)]


def validate(people: Sequence[Case], bare: Sequence[Case], folds: int) -> None:
    """Print the scores over the folds."""
    total = Shares()
    for number in range(folds):
        train(*([case for case in some if case.fold(folds) != number] for some in (people, bare)))
        total.merge(score([case for case in people if case.fold(folds) == number]))
    print(total)


if __name__ == "__main__":
    main()
