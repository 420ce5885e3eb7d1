"""The whole recipe, from PolNeAR to the shipped model: python -m training.recipe."""

from __future__ import annotations

from pathlib import Path

import torch

from bench.data import read_jsonl, shared
from firsthand.attribution.decode import Thresholds
from training.evaluate import tune
from training.export import SHIPPED, average, write
from training.train import Stage, is_held_out, train

RUNS = Path("training/runs")


def main() -> None:
    """Train, set the thresholds on articles kept apart, go on with all articles, learn to bear 8 bits, export."""
    first = train(Stage(RUNS / "first", seed=1, hold_out=True))
    thresholds = _thresholds(first)
    second = [
        train(Stage(RUNS / f"second-{seed}", seed, epochs=2, rate=1e-4, head_rate=3e-4, start=first, made=True))
        for seed in (2, 3)
    ]
    mean = _mean(second)
    third = train(Stage(RUNS / "third", 5, 1, rate=6e-5, head_rate=1.5e-4, start=mean, made=True, rounding=True))
    print(write(average([third]), SHIPPED, thresholds))


def _thresholds(weights: Path) -> Thresholds:
    write(average([weights]), weights.parent, Thresholds())
    rows = read_jsonl(shared().gold.with_name("train.jsonl"))
    return tune(weights.parent, [r for r in rows if is_held_out(r["id"])])


def _mean(weights: list[Path]) -> Path:
    path = RUNS / "mean.pt"
    torch.save(average(weights).state_dict(), path)
    return path


if __name__ == "__main__":
    main()
