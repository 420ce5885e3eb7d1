"""Train the network of close reading and export it: python -m training.close. README.md tells how, the labels whence.

Needs the texts of the shared folder (labels are ours, offsets alone). Prints after each epoch what is right of the
articles that are held out.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn
from torch.nn import functional as F

from bench.contents import certainty_of, within_one
from firsthand.attribution.close import CONTENT, CUE, FAR_BEFORE, FAR_BEHIND, SOURCE, padded
from firsthand.attribution.flags import STANCES
from training.close_data import CERTAINTIES, SOURCES, Example, examples
from training.close_export import write
from training.network import WIDTH

SIZE, DEPTH, ATTENDING, ROLES = 128, 2, 4, 4
"""Values of a word, layers, heads of attention, roles."""
DROPOUT, INPUT_DROPOUT = 0.2, 0.1
RATE, DECAY, SMOOTHING = 1.5e-3, 0.01, 0.05
BATCH, EPOCHS, WARM_UP = 32, 6, 0.1
LAST_EPOCHS, LAST_RATE = 3, 4e-4
"""At last it learns from the careful labels alone."""
WEIGHTS = 1.0, 1.0, 0.7
"""What mistakes in stance, certainty and kind cost."""
SEED = 1

ANSWERS = len(STANCES), len(CERTAINTIES), len(SOURCES)


class CloseLayer(nn.Module):
    """One transformer layer of SIZE values a word."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv, self.out = nn.Linear(SIZE, 3 * SIZE), nn.Linear(SIZE, SIZE)
        self.up, self.down = nn.Linear(SIZE, 2 * SIZE), nn.Linear(2 * SIZE, SIZE)
        self.norm1, self.norm2 = nn.LayerNorm(SIZE), nn.LayerNorm(SIZE)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """[B, W, SIZE] in and out; mask [B, 1, 1, W]: 0 or very negative."""
        b, w, _ = x.shape
        q, k, v = self.qkv(x).view(b, w, 3, ATTENDING, SIZE // ATTENDING).permute(2, 0, 3, 1, 4)
        seen = torch.softmax(q @ k.transpose(-1, -2) * (SIZE // ATTENDING) ** -0.5 + mask, dim=-1) @ v
        a = self.out(seen.transpose(1, 2).reshape(b, w, SIZE))
        x = self.norm1(x + F.dropout(a, DROPOUT, self.training))
        h: Tensor = self.down(F.gelu(self.up(x)))
        return self.norm2(x + F.dropout(h, DROPOUT, self.training))


class CloseNetwork(nn.Module):
    """Two small layers over what the encoder made of an attribution's words; heads over their means and the flags."""

    def __init__(self, flags: int) -> None:
        super().__init__()
        torch.manual_seed(SEED)
        self.words, self.pieces = nn.Linear(WIDTH, SIZE), nn.Linear(WIDTH, SIZE, bias=False)
        self.role, self.away = nn.Embedding(ROLES, SIZE), nn.Embedding(FAR_BEFORE + FAR_BEHIND + 1, SIZE)
        self.norm = nn.LayerNorm(SIZE)
        self.layers = nn.ModuleList(CloseLayer() for _ in range(DEPTH))
        self.heads = nn.ModuleList(nn.Linear(4 * SIZE + flags, count) for count in ANSWERS)

    def forward(self, words: Tensor, pieces: Tensor, roles: Tensor, away: Tensor, flags: Tensor) -> list[Tensor]:
        """Scores [B, answers] of stance, certainty, kind.

        words, pieces [B, W, WIDTH]: the encoder's vectors, and the sum of the first and last piece's rows; roles
        [B, W], -1 for no word; away [B, W]; flags [B, F].
        """
        mask = (roles >= 0).float()
        x = self.words(F.dropout(words, INPUT_DROPOUT, self.training))
        x = x + self.pieces(F.dropout(pieces, INPUT_DROPOUT, self.training))
        x = F.dropout(self.norm(x + self.role(roles.clamp(min=0)) + self.away(away)), DROPOUT, self.training)
        for layer in self.layers:
            x = layer(x, (mask[:, None, None, :] - 1) * 1e4)
        parts = [_mean(x, (roles == role).float()) for role in (SOURCE, CUE, CONTENT)]
        parts.append(_mean(x, mask))
        seen = torch.cat([F.dropout(torch.cat(parts, 1), DROPOUT, self.training), flags], 1)
        return [head(seen) for head in self.heads]


def _mean(x: Tensor, weight: Tensor) -> Tensor:
    return (x * weight[..., None]).sum(1) / weight.sum(1, keepdim=True).clamp(min=1)


def main() -> None:
    """Train, print the figures, write close.onnx and its digest in model.json."""
    found = examples()
    network = CloseNetwork(len(found[0].flags))
    held = [example for example in found if example.held]
    taught = [example for example in found if not example.held for _ in range(example.times)]
    print(f"{len(taught)} to learn from, {len(held)} held out", flush=True)
    teach(network, taught, held, EPOCHS, RATE)
    careful = [example for example in found if not example.held and example.times > 1]
    teach(network, careful, [example for example in held if example.times > 1], LAST_EPOCHS, LAST_RATE)
    print(f"all that is held out: {figures(network, held)}", flush=True)
    write(network.eval())


def teach(network: CloseNetwork, taught: Sequence[Example], held: Sequence[Example], epochs: int, rate: float) -> None:
    """The rate rises for a tenth of the steps, then falls to nothing."""
    rng, steps = random.Random(SEED), epochs * -(-len(taught) // BATCH)
    optimizer = torch.optim.AdamW(network.parameters(), lr=rate, weight_decay=DECAY)
    rates = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, total_steps=steps, pct_start=WARM_UP)
    for epoch in range(epochs):
        network.train()
        for batch in _batches(taught, rng):
            optimizer.zero_grad()
            _loss(network(*inputs(batch)), batch).backward()
            nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            rates.step()
        print(f"epoch {epoch + 1}: {figures(network, held)}", flush=True)


def _loss(told: Sequence[Tensor], batch: Sequence[Example]) -> Tensor:
    answers = torch.tensor([example.answers for example in batch])
    losses = [
        weight * F.cross_entropy(scores, answers[:, i], ignore_index=-1, label_smoothing=SMOOTHING)
        for i, (weight, scores) in enumerate(zip(WEIGHTS, told, strict=True))
        if (answers[:, i] >= 0).any()
    ]
    return torch.stack(losses).sum()


def _batches(taught: Sequence[Example], rng: random.Random) -> Iterator[Sequence[Example]]:
    order = rng.sample(taught, len(taught))
    yield from (order[at : at + BATCH] for at in range(0, len(order), BATCH))


def inputs(batch: Sequence[Example]) -> list[Tensor]:
    """What the network is given of a batch."""
    seen = padded([example.seen for example in batch])
    pieces = batch[0].rows.of(seen.pieces).sum(axis=2)
    flags = np.stack([example.flags for example in batch])
    return [torch.from_numpy(one) for one in (seen.vectors, pieces, seen.roles, seen.away, flags)]


def figures(network: CloseNetwork, held: Sequence[Example]) -> str:
    """Of the likeliest answers alone, without the rules' say: stance, certainty within a step, kind right, per cent."""
    stances, sures, kinds = answered(network, held)
    gold = np.array([example.answers for example in held])
    steps = [certainty_of(label) for label in CERTAINTIES]
    within = [within_one(steps[a], steps[b]) for a, b in zip(gold[:, 1], sures, strict=True)]
    known = gold[:, 2] >= 0
    shares = (stances == gold[:, 0]).mean(), np.mean(within), (kinds == gold[:, 2])[known].mean()
    return "stance {:.1f}, certainty {:.1f}, kind {:.1f}".format(*(100 * share for share in shares))


def answered(network: CloseNetwork, asked: Sequence[Example]) -> list[NDArray[np.int64]]:
    """The numbers of the likeliest answers, each [N]."""
    network.eval()
    with torch.no_grad():
        told = [network(*inputs(asked[at : at + BATCH])) for at in range(0, len(asked), BATCH)]
    return [torch.cat(scores).argmax(1).numpy() for scores in zip(*told, strict=True)]


if __name__ == "__main__":
    main()
