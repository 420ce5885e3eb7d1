"""The teacher of the network of senses: MiniLM's six layers over an attribution's own words, too slow to ship.

It is taught on the labels; its answers, also on attributions that have none, are what the small network learns.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer
from torch import Tensor, nn
from torch.nn import functional as F

from firsthand.model import Attribution, Span, Spans
from training.network import WIDTH, Encoder, drop, load_minilm
from training.train import LAYER_DECAY, MINILM, WARM_UP, tokenizer

ANSWERS = 6, 11, 8
"""Stances, certainties, kinds of source."""
WEIGHTS = 1.0, 1.0, 0.7
"""What mistakes in each cost."""
ROLES = 4
SOURCE, CUE, CONTENT = 1, 2, 3

BEFORE, BEHIND, OF_CUE = 12, 10, 40
OF_CONTENT, CLOSING, OF_SOURCE, MOST = 28, 3, 10, 88
"""Word pieces that are read around the cue, of each of two contents, at the content's end, of the source, in all."""
BATCH, EPOCHS, RATE, DROPOUT = 32, 3, 1e-4, 0.1
HEADS = 5
"""How much faster the new layers learn than MiniLM's."""
START, END = 101, 102

Shown = tuple[list[int], list[int]]
"""Word pieces, and what each is to the attribution."""


class Teacher(nn.Module):
    """MiniLM with a vector for each role at its input, and heads over the means of the roles."""

    def __init__(self) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.encoder = Encoder()
        load_minilm(self.encoder, MINILM / "model.safetensors")
        self.role = nn.Embedding(ROLES, WIDTH)
        nn.init.normal_(self.role.weight, std=0.02)
        self.heads = nn.ModuleList(nn.Linear(4 * WIDTH, count) for count in ANSWERS)

    def forward(self, pieces: Tensor, roles: Tensor, mask: Tensor) -> list[Tensor]:
        """Scores [B, answers] for pieces, roles and mask [B, P]."""
        e = self.encoder
        x = e.word(pieces) + e.position.weight[: pieces.shape[1]] + self.role(roles)
        x, hidden = drop(e.norm(x), DROPOUT, self.training), (mask[:, None, None, :] - 1) * 1e4
        with torch.autocast("cpu", torch.bfloat16):
            for layer in e.layers:
                x = layer(x, hidden, DROPOUT)
        x = x.float()
        seen = torch.cat([x[:, 0], *(_mean(x, (roles == role) * mask) for role in (SOURCE, CUE, CONTENT))], 1)
        seen = F.dropout(seen, DROPOUT, self.training)
        return [head(seen) for head in self.heads]


def _mean(x: Tensor, weight: Tensor) -> Tensor:
    return (x * weight[..., None]).sum(1) / weight.sum(1, keepdim=True).clamp(min=1)


class Texts:
    """Texts as word pieces, each cut up once."""

    def __init__(self) -> None:
        self._pieces = cache(self._cut)
        self._tokenizer: Tokenizer = tokenizer()

    def _cut(self, text: str) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
        found = self._tokenizer.encode(text, add_special_tokens=False)
        starts, ends = (np.array(part) for part in zip(*found.offsets, strict=True))
        return np.array(found.ids), starts, ends

    def shown(self, text: str, attribution: Attribution) -> Shown:
        """What the teacher sees of an attribution of a text."""
        pieces, starts, ends = self._pieces(text)

        def places(spans: Spans) -> list[Span]:
            return [(int(np.searchsorted(ends, a, "right")), int(np.searchsorted(starts, b, "left"))) for a, b in spans]

        source, cue, content = (places(part) for part in (attribution.source, attribution.cue, attribution.content))
        roles = np.zeros(len(pieces), np.int64)
        for spans, role in ((content, CONTENT), (source, SOURCE), (cue, CUE)):
            for a, b in spans:
                roles[a:b] = role
        kept = _kept(len(pieces), source, cue, content)
        return [START, *pieces[kept].tolist(), END], [0, *roles[kept].tolist(), 0]


def _kept(count: int, source: list[Span], cue: list[Span], content: list[Span]) -> list[int]:
    """The numbers of the pieces that are read, in their order."""
    first = min(a for a, _ in cue)
    last = min(max(b for _, b in cue), first + OF_CUE)
    kept = {*range(first - BEFORE, last + BEHIND)}
    for a, b in content[:2]:
        kept.update(range(a - 1, min(b + 1, a + OF_CONTENT)))
    for a, b in content[-1:]:
        kept.update(range(max(a, b - CLOSING), b))
    for a, b in source[:1]:
        kept.update(range(a, min(b, a + OF_SOURCE)))
    return [i for i in sorted(kept) if 0 <= i < count][:MOST]


def taught(shown: Sequence[Shown], answers: NDArray[np.int64], path: Path) -> Teacher:
    """The teacher of these labels ([N, 3], -1 for none): that of the file, or made now and kept there."""
    teacher = Teacher()
    if path.exists():
        teacher.load_state_dict(torch.load(path, map_location="cpu"))
        return teacher.eval()
    _teach(teacher, shown, torch.from_numpy(answers))
    path.parent.mkdir(parents=True, exist_ok=True)
    torch.save(teacher.state_dict(), path)
    return teacher.eval()


def _teach(teacher: Teacher, shown: Sequence[Shown], answers: Tensor) -> None:
    steps, optimizer = EPOCHS * -(-len(shown) // BATCH), _optimizer(teacher)
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / (WARM_UP * steps), 1 - n / steps))
    teacher.train()
    for epoch in range(EPOCHS):
        for batch in _batches(shown, random.Random(epoch)):
            optimizer.zero_grad()
            told = teacher(*_padded([shown[i] for i in batch]))
            known = ((w, scores, answers[batch, i]) for i, (w, scores) in enumerate(zip(WEIGHTS, told, strict=True)))
            lost = [w * F.cross_entropy(scores, y, ignore_index=-1) for w, scores, y in known if (y >= 0).any()]
            torch.stack(lost).sum().backward()
            nn.utils.clip_grad_norm_(teacher.parameters(), 1.0)
            optimizer.step()
            rates.step()
        print(f"teacher: epoch {epoch + 1} of {EPOCHS}", flush=True)


def _optimizer(teacher: Teacher) -> torch.optim.AdamW:
    layers = list(teacher.encoder.layers)
    groups = [
        {"params": list(layer.parameters()), "lr": RATE * LAYER_DECAY ** (len(layers) - 1 - i)}
        for i, layer in enumerate(layers)
    ]
    below = [teacher.role.weight, *teacher.encoder.norm.parameters()]
    groups.append({"params": below, "lr": RATE * LAYER_DECAY ** len(layers)})
    groups.append({"params": list(teacher.heads.parameters()), "lr": RATE * HEADS})
    return torch.optim.AdamW(groups, weight_decay=0.01)


def _batches(shown: Sequence[Shown], rng: random.Random) -> Iterator[list[int]]:
    """All once, those of like length together."""
    order = sorted(range(len(shown)), key=lambda i: len(shown[i][0]) + rng.random() * 8)
    groups = [order[at : at + BATCH] for at in range(0, len(order), BATCH)]
    yield from rng.sample(groups, len(groups))


def _padded(batch: Sequence[Shown]) -> tuple[Tensor, Tensor, Tensor]:
    width = max(len(pieces) for pieces, _ in batch)
    pieces, roles, mask = (np.zeros((len(batch), width), np.int64) for _ in range(3))
    for i, (numbers, told) in enumerate(batch):
        pieces[i, : len(numbers)], roles[i, : len(told)], mask[i, : len(numbers)] = numbers, told, 1
    return torch.from_numpy(pieces), torch.from_numpy(roles), torch.from_numpy(mask).float()


def answered(teacher: Teacher, shown: Sequence[Shown]) -> NDArray[np.float32]:
    """[N, 25]: its probabilities of stances, certainties and kinds, side by side."""
    order = sorted(range(len(shown)), key=lambda i: len(shown[i][0]))
    found = np.zeros((len(shown), sum(ANSWERS)), np.float32)
    for at in range(0, len(order), BATCH):
        batch = order[at : at + BATCH]
        with torch.no_grad():
            told = teacher(*_padded([shown[i] for i in batch]))
        found[batch] = torch.cat([scores.softmax(1) for scores in told], 1).numpy()
    return found
