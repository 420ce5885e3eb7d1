"""Score the shipped model, overall or at other thresholds: python -m training.evaluate [--model FOLDER] [--tune].

Scores with the scorer that lies beside the data. `--tune` sets the thresholds on the held-out part of PolNeAR train,
which is fair only for weights that were trained with --hold-out, and writes them into model.json.
"""

from __future__ import annotations

import argparse
import itertools
import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from bench.data import Record as Row
from bench.data import read_jsonl, shared
from bench.scores import by_kind
from firsthand.attribution import decode
from firsthand.attribution.decode import Thresholds
from firsthand.attribution.tagger import Tagger
from training.export import SHIPPED
from training.train import is_held_out


def predict(tagger: Tagger, rows: list[Row]) -> dict[str, Row]:
    """What the tagger finds in each gold row's text."""
    return {row["id"]: {"attributions": [asdict(a) for a in tagger.read(row["text"])]} for row in rows}


class Remembering(Tagger):
    """A tagger that runs the network once a text and decodes anew at each setting of the thresholds."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._encoder = Remembered(self._encoder)  # type: ignore[assignment]
        self._linker = Remembered(self._linker)  # type: ignore[assignment]

    def set(self, **thresholds: float) -> None:
        """Change thresholds; `candidate` must not fall below what was run first."""
        self._thresholds = replace(self._thresholds, **thresholds)


class Remembered:
    """An inference session that remembers its answers by the bytes of its inputs."""

    def __init__(self, session: Any) -> None:
        self._session, self._answers = session, {}

    def run(self, names: None, inputs: dict[str, Any]) -> list[Any]:
        """As InferenceSession.run."""
        key = hash(tuple(v.tobytes() for v in inputs.values()))
        if key not in self._answers:
            self._answers[key] = self._session.run(names, inputs)
        return self._answers[key]  # type: ignore[no-any-return]


def tune(folder: Path, rows: list[Row], score: Any) -> Thresholds:
    """The thresholds with the best linked F1 (exact F1 breaks near ties), one after the other, on `rows`."""
    tagger, best = Remembering(folder), Thresholds()
    tagger.set(candidate=decode.Thresholds.candidate)

    def goodness(t: Thresholds) -> float:
        tagger.set(**asdict(t))
        result = score(rows, predict(tagger, rows))
        return float(result["linked"]["f1"] + result["exact"]["f1"] / 2 + result["content"]["f1"] / 4)

    grids = {
        "accept": [x / 100 for x in range(30, 62, 4)],
        "second": [0.3, 0.5, 0.7],
        "paragraph": [0.0, 1.0, 2.0, 4.0],
        "no_source": [0.5, 0.7, 0.8, 0.87],
        "accept_sourceless": [0.15, 0.25, 0.35, 0.45],
    }
    for name, values in itertools.chain(grids.items(), [("accept", grids["accept"])]):
        found = {v: goodness(replace(best, **{name: v})) for v in values}
        best = replace(best, **{name: max(found, key=found.__getitem__)})
        print(name, {k: round(v, 2) for k, v in found.items()}, flush=True)
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
        card["thresholds"] = asdict(tune(args.model, held_out, score))
        (args.model / "model.json").write_text(json.dumps(card, indent=1) + "\n")
    rows = held_out if args.part == "held-out" else read_jsonl(gold)
    predicted = predict(Tagger(args.model), rows)
    for name, figures in score(rows, predicted).items():
        print(f"{name:16}", figures)
    for kind, figures in by_kind(shared().scorer, rows, [{"id": k, **v} for k, v in predicted.items()]).items():
        print(f"{kind:16}", figures["linked"], figures["count"])


if __name__ == "__main__":
    main()
