"""Teach MiniLM to read two statements together, and export it: python -m training.inference [--fold N].

With --fold it teaches on the other folds of stories and tells what it gets right of this one, beside the scorer
(`heads_claims`); without, on all pairs but the report half's, and writes together.onnx. Needs the shared texts; labels
are ours. docs/decisions/2026-11-23-read-together.md has the figures.
"""

from __future__ import annotations

import argparse
import copy
import random
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any, NamedTuple

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F

from bench import statements
from firsthand.attribution.together import BEGIN, END
from firsthand.attribution.vectors import STATEMENT
from firsthand.claims.scoring import CLASSES, Floats
from training import pairs
from training.heads_claims import Examples, Ints, ask, fit, gather, scores
from training.inference_export import write
from training.network import WIDTH, Encoder, drop, load_minilm
from training.pairs import Pair
from training.train import LAYER_DECAY, MINILM, tokenizer

DROPOUT = 0.1
HEAD_RATE = 5
"""How many times faster the head learns than the topmost layer."""
RATE = 1e-4
BATCH = 32
EPOCHS = 3
SMOOTHING = 0.1
"""Share of a label that is spread over all classes: without it the network is as sure of what it gets wrong."""
AVERAGE = 0.995
"""Decay of the moving average of the weights."""
WARM_UP = 0.06
POOL = 50
"""Batches whose pairs are put together by length."""
CAREFUL = 2
"""How often a pair counts that was labelled by itself."""
UNRELATED = 0.5
"""Share of the quickly labelled unrelated pairs that are used: they are half of them all."""
SEED = 1

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
    """Pairs, the one way round and the other, and their classes."""

    there: Sequence[Paired]
    back: Sequence[Paired]
    classes: Ints

    def way_round(self, n: int, back: bool) -> Paired:
        """A pair, turned or not."""
        return self.back[n] if back else self.there[n]


def main() -> None:
    """Teach on all folds but one and tell, or on all and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--fold", type=int)
    fold = parser.parse_args().fold
    rows, more = pairs.careful(), pairs.quick()
    tell = statements.teller(statements.read_for([*rows, *more]))
    told = pairs.told(rows, tell)
    if fold is None:
        write(teach(Judge(len(CLASSES)), _taught(told, pairs.told(more, tell))), paired([pair[:2] for pair in told]))
    else:
        _tell_fold(gather(rows, tell), told, pairs.told(more, tell), fold)


def _tell_fold(known: Examples, told: Sequence[Pair], quick: Sequence[Pair], fold: int) -> None:
    """What the scorer, the network and both together get right of one fold, taught on the others."""
    own = known.folds == fold
    held = [pair for pair, inside in zip(told, own, strict=True) if inside]
    theirs = frozenset(chain.from_iterable(pair.articles for pair in held))
    others = [pair for pair, inside in zip(told, own, strict=True) if not inside]
    judge = teach(Judge(len(CLASSES)), _taught(others, [pair for pair in quick if not pair.articles & theirs]))
    scorer = chances(ask(fit(Examples(*(column[~own] for column in known))), known.features[own]))
    both_ways = [answers(judge, paired([pair[:2][::way] for pair in held])) for way in (1, -1)]
    network = chances(np.asarray(sum(both_ways) / 2, np.float32))
    for name, one in (("scorer", scorer), ("network", network), ("both", scorer + network)):
        print(name, scores(known.classes[own], one.argmax(1)), flush=True)


def _taught(told: Sequence[Pair], quick: Sequence[Pair]) -> Taught:
    """All there is to learn from."""
    rng = random.Random(SEED)
    some = [pair for pair in quick if pair.label != "unrelated" or rng.random() < UNRELATED]
    found = [*(pair for pair in told for _ in range(CAREFUL)), *some, *pairs.made(rng)]
    there, back = (paired([pair[:2][::way] for pair in found]) for way in (1, -1))
    return Taught(there, back, np.array([CLASSES.index(pair.label) for pair in found]))


def paired(texts: Sequence[tuple[str, ...]]) -> list[Paired]:
    """Two sentences each, cut as statements are, as word pieces."""
    pieces = tokenizer()

    def numbers(text: str) -> list[int]:
        return list(pieces.encode(text, add_special_tokens=False).ids[:STATEMENT])

    both = [(numbers(one), numbers(other)) for one, other in texts]
    return [([BEGIN, *one, END, *other, END], len(one) + 2) for one, other in both]


def teach(judge: Judge, known: Taught) -> Judge:
    """Teach all but the table of word pieces and the places; the moving average of the weights is returned.

    The rate rises in the first steps, then falls. In each epoch chance says which way round a pair is shown.
    """
    rng, steps, average = random.Random(SEED), EPOCHS * -(-len(known.there) // BATCH), copy.deepcopy(judge)
    optimizer = torch.optim.AdamW(_rates(judge), fused=True)
    rates = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda n: min((n + 1) / (WARM_UP * steps), 1 - n / steps))
    judge.train()
    for epoch in range(EPOCHS):
        for batch in batches(known.there, rng):
            some = [known.way_round(i, rng.random() < 0.5) for i in batch]
            _step(judge, optimizer, some, known.classes[batch])
            rates.step()
            _follow(average, judge)
        print(f"epoch {epoch + 1} of {EPOCHS} over {len(known.there)} pairs", flush=True)
    return average


def _step(judge: Judge, optimizer: torch.optim.Optimizer, pairs: Sequence[Paired], classes: Ints) -> None:
    optimizer.zero_grad()
    F.cross_entropy(judge(*padded(pairs)), torch.from_numpy(classes), label_smoothing=SMOOTHING).backward()
    nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
    optimizer.step()


def _follow(average: Judge, judge: Judge) -> None:
    with torch.no_grad():
        for mean, now in zip(average.parameters(), judge.parameters(), strict=True):
            if now.requires_grad:
                mean.lerp_(now, 1 - AVERAGE)


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


if __name__ == "__main__":
    main()
