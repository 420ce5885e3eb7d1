"""MiniLM reading two statements together: what that would add to the scorer: python -m training.inference.

Taught on our labelled pairs; prints, by fold of stories, macro F1 of the scorer, of this network and of both together.
Ships nothing: docs/decisions/2026-11-23-claims.md says why. Needs the texts of the shared folder.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from bench import statements
from firsthand.attribution.vectors import STATEMENT, sentence
from firsthand.claims.scoring import CLASSES, Floats
from training.heads_claims import FOLDS, LABELS, Examples, Ints, ask, fit, gather, scores
from training.network import WIDTH, Encoder, drop, load_minilm
from training.train import LAYER_DECAY, MINILM, tokenizer

BEGIN, END = 101, 102
"""MiniLM's marks of a text's beginning and end."""
DROPOUT = 0.1
HEAD_RATE = 5
"""How many times faster the head learns than the topmost layer."""
RATE = 1e-4
BATCH = 32
EPOCHS = 3
WARM_UP = 0.1
POOL = 50
"""Batches whose pairs are put together by length."""

Paired = tuple[list[int], int]
"""Word pieces of two texts, and at which of them the second begins."""


class Judge(nn.Module):
    """MiniLM over two texts at once. `second` marks the pieces of the second text, as BERT's types do."""

    def __init__(self, classes: int) -> None:
        super().__init__()
        torch.manual_seed(1)
        self.encoder = Encoder()
        load_minilm(self.encoder, MINILM / "model.safetensors")
        types = load_file(MINILM / "model.safetensors")["embeddings.token_type_embeddings.weight"]
        self.second = nn.Parameter(types[1] - types[0])
        self.head = nn.Linear(WIDTH, classes)

    def forward(self, pieces: Tensor, second: Tensor, mask: Tensor) -> Tensor:
        """[B, classes] of pieces [B, P]; `second`, `mask` [B, P]: 1 for a piece of the second text; for a piece."""
        e = self.encoder
        x = e.word(pieces) + e.position.weight[: pieces.shape[1]] + second[..., None] * self.second
        x = drop(e.norm(x), DROPOUT, self.training).bfloat16()
        with torch.autocast("cpu", torch.bfloat16):
            for layer in e.layers:
                x = layer(x, (mask[:, None, None, :].bfloat16() - 1) * 1e4, DROPOUT)
        mean = (x.float() * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)
        found: Tensor = self.head(F.dropout(mean, DROPOUT, self.training))
        return found


class Taught(NamedTuple):
    """Pairs and their classes."""

    pairs: Sequence[Paired]
    classes: Ints


def main() -> None:
    """For each fold, teach on the others' pairs; print the figures."""
    rows = [row for row in statements.rows(LABELS, statements.GOLD) if row.get("half") != "report"]
    tell = statements.teller(statements.read_for(rows))
    known = gather(rows, tell)
    texts = [tuple(sentence(tell(row[side]).full) for side in "ab") for row in rows]
    told = np.zeros((2, len(rows), len(CLASSES)), np.float32)
    for fold in range(FOLDS):
        own = known.folds == fold
        told[0, own] = chances(ask(fit(Examples(*(column[~own] for column in known))), known.features[own]))
        told[1, own] = _judged(texts, known.classes, own)
        report(known.classes[own], told[:, own])
    report(known.classes, told)


def paired(texts: Sequence[tuple[str, ...]]) -> list[Paired]:
    """Two texts each, cut as statements are, as word pieces."""
    pieces = tokenizer()

    def numbers(text: str) -> list[int]:
        return list(pieces.encode(text, add_special_tokens=False).ids[:STATEMENT])

    both = [(numbers(one), numbers(other)) for one, other in texts]
    return [([BEGIN, *one, END, *other, END], len(one) + 2) for one, other in both]


def _judged(texts: Sequence[tuple[str, ...]], classes: Ints, own: NDArray[np.bool_]) -> Floats:
    """The fold's chances by a network that saw the other folds' pairs, both ways round; asked both ways round."""
    there, back = paired(texts), paired([text[::-1] for text in texts])
    others, held = np.flatnonzero(~own), np.flatnonzero(own)
    known = Taught([way[i] for i in others for way in (there, back)], classes[others].repeat(2))
    judge = teach(Judge(len(CLASSES)), known)
    one, other = (answers(judge, [way[i] for i in held]) for way in (there, back))
    return chances(np.asarray((one + other) / 2, np.float32))


def teach(judge: Judge, known: Taught) -> Judge:
    """Teach all but the table of word pieces and the places; the rate rises for a tenth of the steps, then falls."""
    rng, steps = random.Random(1), EPOCHS * -(-len(known.pairs) // BATCH)
    optimizer = torch.optim.AdamW(_rates(judge), fused=True)
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / (WARM_UP * steps), 1 - n / steps))
    judge.train()
    for _ in range(EPOCHS):
        for batch in batches(known.pairs, rng):
            _step(judge, optimizer, [known.pairs[i] for i in batch], known.classes[batch])
            rates.step()
    return judge


def _step(judge: Judge, optimizer: torch.optim.Optimizer, pairs: Sequence[Paired], classes: Ints) -> None:
    optimizer.zero_grad()
    F.cross_entropy(judge(*padded(pairs)), torch.from_numpy(classes)).backward()
    nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
    optimizer.step()


def _rates(judge: Judge) -> list[dict[str, Any]]:
    layers = list(judge.encoder.layers)
    groups = [
        {"params": layer.parameters(), "lr": RATE * LAYER_DECAY ** (len(layers) - 1 - n)}
        for n, layer in enumerate(layers)
    ]
    first = {"params": [judge.second, *judge.encoder.norm.parameters()], "lr": RATE * LAYER_DECAY ** len(layers)}
    return [*groups, first, {"params": judge.head.parameters(), "lr": RATE * HEAD_RATE}]


def batches(pairs: Sequence[Paired], rng: random.Random) -> Iterator[list[int]]:
    """Numbers of pairs, in batches of about one length."""
    order = rng.sample(range(len(pairs)), len(pairs))
    found: list[list[int]] = []
    for start in range(0, len(order), BATCH * POOL):
        some = sorted(order[start : start + BATCH * POOL], key=lambda i: len(pairs[i][0]))
        found += [some[at : at + BATCH] for at in range(0, len(some), BATCH)]
    rng.shuffle(found)
    yield from found


def padded(pairs: Sequence[Paired]) -> tuple[Tensor, Tensor, Tensor]:
    """Pieces, which are of the second text, which are pieces at all: each [B, P], P a multiple of 8."""
    length = -(-max(len(pieces) for pieces, _ in pairs) // 8) * 8
    numbers = torch.tensor([pieces + [0] * (length - len(pieces)) for pieces, _ in pairs])
    places = torch.arange(length)[None]
    there = places < torch.tensor([[len(pieces)] for pieces, _ in pairs])
    second = there & (places >= torch.tensor([[start] for _, start in pairs]))
    return numbers, second.float(), there.float()


def answers(judge: Judge, pairs: Sequence[Paired]) -> Floats:
    """[N, classes] of N pairs."""
    judge.eval()
    with torch.no_grad():
        found = [judge(*padded(pairs[at : at + BATCH])) for at in range(0, len(pairs), BATCH)]
    return np.asarray(torch.cat(found).numpy(), np.float32)


def chances(told: Floats) -> Floats:
    """What scores [N, classes] say, as probabilities."""
    return np.asarray(torch.softmax(torch.from_numpy(told), 1).numpy(), np.float32)


def report(classes: Ints, told: Floats) -> None:
    """Print what the scorer, the network and both together get right; told: [2, N, classes]."""
    for name, one in zip(("scorer", "network", "both"), (*told, told.sum(0)), strict=True):
        print(name, scores(classes, one.argmax(1)), flush=True)


if __name__ == "__main__":
    main()
