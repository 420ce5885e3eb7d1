"""The network that reads two statements together, as an int8 ONNX model without its table of word pieces."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import torch
from onnx import ModelProto, TensorProto, helper

from firsthand.attribution.rows import ENCODER
from firsthand.attribution.together import BESIDE, FILE
from firsthand.attribution.vectors import STATEMENT
from training.export import SHIPPED, add_norm, numbers
from training.graph import Graph
from training.network import WIDTH
from training.vectors import Peaks, add_layer, peaks, table

if TYPE_CHECKING:
    from training.inference import Judge, Paired

CLAIMS = Path("src/firsthand/claims/model")

SAMPLE = 200
"""Pairs that tell how large each feature becomes."""
PLACES = 2 * STATEMENT + 3
"""Word pieces of two statements and the three marks."""


def write(judge: Judge, pairs: Sequence[Paired]) -> None:
    """Export, and put the file's digest into model.json; `pairs` are such as it will be shown."""
    judge.eval()
    some = random.Random(1).sample(pairs, SAMPLE)
    model = together_model(judge, peaks(judge.encoder, lambda: _run(judge, some)))
    helper.set_model_props(model, table(judge.encoder, (SHIPPED / ENCODER).read_bytes()))
    (CLAIMS / FILE).write_bytes(model.SerializeToString())
    card = json.loads((CLAIMS / "model.json").read_text())
    card.setdefault(BESIDE, {})[FILE] = hashlib.sha256((CLAIMS / FILE).read_bytes()).hexdigest()
    (CLAIMS / "model.json").write_text(json.dumps(card, indent=1) + "\n")


def together_model(judge: Judge, found: Peaks) -> ModelProto:
    """From the rows of pieces [1, P, WIDTH], and which are of the second text [1, P, 1], to scores [1, classes]."""
    g, e = Graph(), judge.encoder
    places = g.floats(numbers(e.position.weight)[:PLACES])
    place = g.add("Slice", places, g.ints(0), g.add("Shape", "rows", start=1, end=2), g.ints(0))
    x = g.add("Add", g.add("Add", "rows", place), g.add("Mul", "second", g.floats(numbers(judge.second))))
    x = add_norm(g, x, e.norm)
    for layer in e.layers:
        x = add_layer(g, x, layer, found)
    mean = g.add("ReduceMean", x, axes=[1], keepdims=0)
    scores = g.exact(mean, numbers(judge.head.weight), numbers(judge.head.bias))
    shapes = {"rows": ["1", "P", str(WIDTH)], "second": ["1", "P", "1"]}
    return g.model({name: (TensorProto.FLOAT, axes) for name, axes in shapes.items()}, {"scores": scores})


def _run(judge: Judge, pairs: Sequence[Paired]) -> None:
    for pieces, start in pairs:
        second = (torch.arange(len(pieces)) >= start).float()[None]
        judge(torch.tensor([pieces]), second, torch.ones_like(second))
