"""Train the network of senses from its labels and its teacher, and write it: python -m training.senses.

Needs the texts of the shared folder; the labels are ours (labels/, made/cues.txt: offsets alone, and sentences of our
own). Prints what is right of the articles that are held out from both. The teacher's weights are kept in TEACHER; while
the file is there it is not taught anew.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from bench.contents import certainty_of, within_one
from firsthand.attribution.senses import FILE, PARTS
from firsthand.attribution.tagger import WIDTH
from training.cues import CERTAINTIES
from training.export import SHIPPED
from training.sense_data import Example, examples, unlabelled
from training.sense_teacher import ANSWERS, WEIGHTS, answered, taught

TEACHER = Path("training/runs/senses/teacher.pt")
HIDDEN = 256
DROPOUT, INPUT_DROPOUT = 0.4, 0.2
TEACHERS, OTHERS, SMOOTHING = 0.7, 0.5, 0.05
"""What the teacher's answers weigh beside the label; and what attributions without a label weigh beside the others."""
BATCH, EPOCHS, RATE, DECAY, WARM_UP, SEED = 128, 12, 2e-3, 0.05, 0.1, 2

Answers = NDArray[np.int64]


class Student(nn.Module):
    """One hidden layer over all that is seen, and the flags' own say beside it."""

    def __init__(self, flags: int) -> None:
        super().__init__()
        torch.manual_seed(SEED)
        self.flags = flags
        self.first = nn.Linear(PARTS * WIDTH + flags, HIDDEN)
        self.last = nn.Linear(HIDDEN, sum(ANSWERS))
        self.direct = nn.Linear(flags, sum(ANSWERS), bias=False)
        nn.init.zeros_(self.direct.weight)

    def forward(self, x: Tensor) -> Tensor:
        """[B, 25] scores for [B, D] traits."""
        told = x[:, -self.flags :]
        vectors = F.dropout(x[:, : -self.flags], INPUT_DROPOUT, self.training)
        hidden = torch.relu(self.first(torch.cat([vectors, told], 1)))
        scores: Tensor = self.last(F.dropout(hidden, DROPOUT, self.training)) + self.direct(told)
        return scores


def main() -> None:
    """Train, print the figures, write the file and its digest in model.json."""
    labelled, others = examples(), list(unlabelled())
    learnt = [example for example in labelled if not example.held]
    held = [example for example in labelled if example.held]
    print(f"{len(learnt)} with labels, {len(others)} without, {len(held)} held out", flush=True)
    answers = np.array([example.answers for example in learnt])
    teacher = taught([example.shown for example in learnt], answers, TEACHER)
    wanted = [answered(teacher, [example.shown for example in some]) for some in (learnt, others, held)]
    print(f"teacher: {figures(wanted[2], held)}", flush=True)
    student = Student(len(learnt[0].seen) - PARTS * WIDTH)
    _teach(student, learnt, others, torch.from_numpy(wanted[0]), torch.from_numpy(wanted[1]))
    with torch.no_grad():
        told = student(_seen(held)).split(ANSWERS, 1)
    print(f"student: {figures(torch.cat([part.softmax(1) for part in told], 1).numpy(), held)}", flush=True)
    write(student)


def _seen(some: Sequence[Example]) -> Tensor:
    return torch.from_numpy(np.stack([example.seen for example in some]))


def _teach(student: Student, learnt: Sequence[Example], others: Sequence[Example], *wanted: Tensor) -> None:
    """The rate rises for a tenth of the steps, then falls to nothing."""
    seen, rest = _seen(learnt), _seen(others)
    labels = torch.tensor([example.answers for example in learnt])
    order = np.repeat(np.arange(len(learnt)), [example.times for example in learnt])
    optimizer = torch.optim.AdamW(student.parameters(), lr=RATE, weight_decay=DECAY)
    steps = EPOCHS * -(-len(order) // BATCH)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, RATE, total_steps=steps, pct_start=WARM_UP)
    rng = np.random.default_rng(SEED)
    student.train()
    for batch in _batches(order, rng):
        beside = torch.from_numpy(rng.integers(0, len(rest), BATCH // 2))
        told, scores = student(seen[batch]), student(rest[beside])
        soft = TEACHERS * _soft(told, wanted[0][batch]) + OTHERS * _soft(scores, wanted[1][beside])
        optimizer.zero_grad()
        (soft + (1 - TEACHERS) * _hard(told, labels[batch])).backward()
        optimizer.step()
        rates.step()
    student.eval()


def _batches(order: Answers, rng: np.random.Generator) -> Iterator[Tensor]:
    for _ in range(EPOCHS):
        mixed = torch.from_numpy(rng.permutation(order))
        yield from mixed.split(BATCH)


def _soft(scores: Tensor, wanted: Tensor) -> Tensor:
    """What it costs to answer otherwise than the teacher."""
    parts = zip(scores.split(ANSWERS, 1), wanted.split(ANSWERS, 1), WEIGHTS, strict=True)
    return torch.stack([-w * (y * F.log_softmax(x, 1)).sum(1).mean() for x, y, w in parts]).sum()


def _hard(scores: Tensor, labels: Tensor) -> Tensor:
    parts = zip(scores.split(ANSWERS, 1), labels.T, WEIGHTS, strict=True)
    known = [(x, y, w) for x, y, w in parts if (y >= 0).any()]
    return torch.stack(
        [w * F.cross_entropy(x, y, ignore_index=-1, label_smoothing=SMOOTHING) for x, y, w in known]
    ).sum()


def figures(chances: NDArray[np.float32], held: Sequence[Example]) -> str:
    """Of the likeliest answers alone, without the lists' say: stance, certainty within a step, kind right, per cent."""
    parts = np.split(chances, np.cumsum(ANSWERS)[:-1], axis=1)
    stances, sures, kinds = (part.argmax(axis=1) for part in parts)
    gold, steps = np.array([example.answers for example in held]), [certainty_of(label) for label in CERTAINTIES]
    within = [within_one(steps[a], steps[b]) for a, b in zip(gold[:, 1], sures, strict=True)]
    known = gold[:, 2] >= 0
    shares = (stances == gold[:, 0]).mean(), np.mean(within), (kinds == gold[:, 2])[known].mean()
    return "stance {:.1f}, certainty {:.1f}, kind {:.1f}".format(*(100 * share for share in shares))


def write(student: Student) -> None:
    """The network's file, and its digest among the "heads" of model.json."""
    arrays = {
        "traits": student.first.weight.T,
        "bias": student.first.bias,
        "out": student.last.weight.T,
        "last": student.last.bias,
        "direct": student.direct.weight.T,
    }
    halves: dict[str, Any] = {name: array.detach().numpy().astype(np.float16) for name, array in arrays.items()}
    np.savez(SHIPPED / FILE, **halves)
    card = json.loads((SHIPPED / "model.json").read_text(encoding="utf-8"))
    card["heads"][FILE] = hashlib.sha256((SHIPPED / FILE).read_bytes()).hexdigest()
    (SHIPPED / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
