"""The whole recipe, from PolNeAR to the shipped model: python -m training.recipe."""

from __future__ import annotations

from pathlib import Path

from bench.data import read_jsonl, shared
from firsthand.attribution.decode import Thresholds
from training.evaluate import tune
from training.export import SHIPPED, average, write
from training.train import Stage, is_held_out, train

RUNS = Path("training/runs")


def main() -> None:
    """Train on all but the threshold articles, set the thresholds, go on with all articles twice, average, export."""
    first = train(Stage(out=RUNS / "first", seed=1, hold_out=True))
    write(average([first]), RUNS / "first", Thresholds())
    rows = read_jsonl(shared().gold.with_name("train.jsonl"))
    thresholds = tune(RUNS / "first", [r for r in rows if is_held_out(r["id"])])
    second = [
        train(Stage(RUNS / f"second-{seed}", seed, epochs=2, rate=1e-4, head_rate=3e-4, start=first, made=True))
        for seed in (2, 3)
    ]
    print(write(average(second), SHIPPED, thresholds))


if __name__ == "__main__":
    main()
