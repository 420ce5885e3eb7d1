"""Score the shipped model, overall or at other thresholds: python -m training.evaluate [--model FOLDER] [--tune].

Scores with the scorer that lies beside the data. `--tune` sets the thresholds on the held-out part of PolNeAR train,
which is fair only for weights that were trained with --hold-out, and writes them into model.json.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench.data import Record as Row
from bench.data import read_jsonl, shared
from bench.scores import by_kind
from firsthand.attribution.decode import Thresholds
from firsthand.attribution.tagger import Tagger
from training.export import SHIPPED
from training.train import is_held_out


def predict(tagger: Tagger, rows: list[Row]) -> dict[str, Row]:
    """What the tagger finds in each gold row's text."""
    return {row["id"]: {"attributions": [asdict(a) for a in tagger.read(row["text"])]} for row in rows}


class Remembering(Tagger):
    """A tagger that runs the network once a text, whatever its thresholds are set to (but `candidate`)."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._encoder = Remembered(self._encoder)
        self._linker = Remembered(self._linker)


class Remembered:
    """An inference session that remembers its answers by the bytes of its inputs."""

    def __init__(self, session: Any) -> None:
        self._session = session
        self._answers: dict[int, list[Any]] = {}

    def run(self, names: None, inputs: dict[str, Any]) -> list[Any]:
        """As InferenceSession.run."""
        key = hash(tuple(v.tobytes() for v in inputs.values()))
        if key not in self._answers:
            self._answers[key] = self._session.run(names, inputs)
        return self._answers[key]


GRIDS = {
    "accept": [0.34, 0.38, 0.42, 0.46, 0.5, 0.54],
    "second": [0.3, 0.5, 0.7],
    "no_source": [0.5, 0.6, 0.7, 0.8],
    "accept_sourceless": [0.15, 0.2, 0.25, 0.3, 0.35, 0.45],
}
"""What is tried of each threshold, in this order."""


def goodness(rows: list[Row], predicted: dict[str, Row]) -> float:
    """What the thresholds are chosen for: linked F1 above all, then exact and content F1.

    Recall without a source counts a little by itself: at the best linked F1 alone, most of these are lost.
    """
    scorer = shared().scorer
    found = scorer.score(rows, predicted)
    sourceless = by_kind(scorer, rows, [{"id": k, **v} for k, v in predicted.items()])["no source"]["linked"]["r"]
    f1 = {figure: found[figure]["f1"] for figure in ("linked", "exact", "content")}
    return float(f1["linked"] + f1["exact"] / 2 + f1["content"] / 4 + sourceless / 10)


def tune(folder: Path, rows: list[Row]) -> Thresholds:
    """The best thresholds on `rows`, one after the other."""
    tagger, best = Remembering(folder), Thresholds()
    for name, values in GRIDS.items():
        found = {}
        for value in values:
            tagger.thresholds = replace(best, **{name: value})
            found[value] = goodness(rows, predict(tagger, rows))
        best = replace(best, **{name: max(found, key=found.__getitem__)})
        print(name, {value: round(good, 2) for value, good in found.items()}, flush=True)
    return best


def main() -> None:
    """Parse, tune if asked, score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--part", choices=["dev", "held-out"], default="dev")
    parser.add_argument("--tune", action="store_true")
    args = parser.parse_args()
    gold, score = shared().gold, shared().scorer.score
    held_out = [r for r in read_jsonl(gold.with_name("train.jsonl")) if is_held_out(r["id"])]
    if args.tune:
        card = json.loads((args.model / "model.json").read_text())
        card["thresholds"] = asdict(tune(args.model, held_out))
        (args.model / "model.json").write_text(json.dumps(card, indent=1) + "\n")
    rows = held_out if args.part == "held-out" else read_jsonl(gold)
    predicted = predict(Tagger(args.model), rows)
    for name, figures in score(rows, predicted).items():
        print(f"{name:16}", figures)
    for kind, figures in by_kind(shared().scorer, rows, [{"id": k, **v} for k, v in predicted.items()]).items():
        print(f"{kind:16}", figures["linked"], figures["count"])


if __name__ == "__main__":
    main()
