"""Score the shipped model, overall or at other thresholds: python -m training.evaluate [--model FOLDER] [--tune].

Scores with the scorer that lies beside the data. `--tune` sets the thresholds on the held-out part of PolNeAR train,
which is fair only for weights that were trained with --hold-out, and writes them into model.json.
"""

from __future__ import annotations

import argparse
import importlib.util
import itertools
import json
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from firsthand.attribution import decode
from firsthand.attribution.decode import Thresholds
from firsthand.attribution.tagger import Tagger
from training.export import SHIPPED
from training.train import is_held_out_id

Row = dict[str, Any]


def scorer(shared: Path) -> ModuleType:
    """The official scorer as a module."""
    spec = importlib.util.spec_from_file_location("score_attribution", shared / "bench" / "score_attribution.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def predict(tagger: Tagger, rows: list[Row]) -> dict[str, Row]:
    """What the tagger finds in each gold row's text."""
    return {row["id"]: {"attributions": [asdict(a) for a in tagger.read(row["text"])]} for row in rows}


def rows_of(path: Path) -> list[Row]:
    """The lines of a JSON Lines file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


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

    grids = {"accept": [x / 100 for x in range(26, 66, 4)], "second": [0.3, 0.45, 0.6, 0.75, 0.9], "no_source": [0.2, 0.3, 0.4, 0.5, 0.6]}
    for name, values in itertools.chain(grids.items(), [("accept", grids["accept"])]):
        found = {v: goodness(replace(best, **{name: v})) for v in values}
        best = replace(best, **{name: max(found, key=found.__getitem__)})
        print(name, {k: round(v, 2) for k, v in found.items()}, flush=True)
    return best


def main() -> None:
    """Parse, tune if asked, score."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--part", choices=["dev", "held-out"], default="dev")
    parser.add_argument("--tune", action="store_true")
    args = parser.parse_args()
    data, score = args.shared / "data" / "polnear", scorer(args.shared).score
    held_out = [r for r in rows_of(data / "train.jsonl") if is_held_out_id(r["id"])]
    if args.tune:
        card = json.loads((args.model / "model.json").read_text())
        card["thresholds"] = asdict(tune(args.model, held_out, score))
        (args.model / "model.json").write_text(json.dumps(card, indent=1) + "\n")
    rows = held_out if args.part == "held-out" else rows_of(data / "dev.jsonl")
    for name, figures in score(rows, predict(Tagger(args.model), rows)).items():
        print(f"{name:14}", figures)


if __name__ == "__main__":
    main()
