"""Export all-MiniLM-L6-v2's layers as the int8 model of sentence vectors: python -m training.vectors.

Its table of word pieces is not in the file: it is the encoder's, whose place in encoder.onnx the file tells.
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Callable, Iterator

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto, helper
from torch import Tensor, nn

from bench.gold import articles
from firsthand.attribution.rows import ENCODER
from firsthand.attribution.vectors import BEGINNING, FILE, STATEMENT
from training.export import SHIPPED, add_norm, add_residual, numbers
from training.graph import MICROSOFT, Graph
from training.network import HEADS, VOCABULARY, WIDTH, Encoder, Layer, load_minilm
from training.train import MINILM, tokenizer

LEVELLED = ("qkv", "up", "down")
"""The products whose inputs are levelled; that of `out` has no feature that towers above the others."""
SHARE = 0.8
"""How much of the inputs' unevenness goes into the weights. Mean cosine to MiniLM over 400 contents of PolNeAR dev:
0.9934 without levelling, 0.9869 for 0.5, 0.9981 for 0.8, 0.9982 for 0.9, 0.9972 for 1."""
SAMPLE = 200
"""Contents of PolNeAR train that tell how large each feature becomes."""

Floats = NDArray[np.float32]
Peaks = dict[nn.Module, Floats]
"""For each linear layer, the greatest magnitude of each of its inputs."""


def main() -> None:
    """Export, and put the file's digest into model.json."""
    minilm = Encoder()
    load_minilm(minilm, MINILM / "model.safetensors")
    model = vectors_model(minilm.eval(), peaks(minilm, lambda: _run(minilm)))
    helper.set_model_props(model, table(minilm, (SHIPPED / ENCODER).read_bytes()))
    (SHIPPED / FILE).write_bytes(model.SerializeToString())
    card = json.loads((SHIPPED / "model.json").read_text())
    card["heads"][FILE] = hashlib.sha256((SHIPPED / FILE).read_bytes()).hexdigest()
    (SHIPPED / "model.json").write_text(json.dumps(card, indent=1) + "\n")


def vectors_model(encoder: Encoder, peaks: Peaks) -> ModelProto:
    """From the pieces' rows of the table, [1, P, WIDTH], to the unit vector of their mean, [1, WIDTH]."""
    g = Graph()
    places = g.floats(numbers(encoder.position.weight)[:BEGINNING])
    place = g.add("Slice", places, g.ints(0), g.add("Shape", "rows", start=1, end=2), g.ints(0))
    x = add_norm(g, g.add("Add", "rows", place), encoder.norm)
    for layer in encoder.layers:
        x = add_layer(g, x, layer, peaks)
    mean = g.add("ReduceMean", x, axes=[1], keepdims=0)
    unit = g.add("LpNormalization", mean, axis=-1, p=2)
    return g.model({"rows": (TensorProto.FLOAT, ["1", "P", str(WIDTH)])}, {"vector": unit})


def add_layer(g: Graph, x: str, layer: Layer, peaks: Peaks) -> str:
    """One transformer layer whose products run in 8 bits."""
    qkv = g.add("Split", _levelled(g, x, layer.qkv, peaks), outputs=3, axis=-1)
    a = g.add("MultiHeadAttention", qkv, f"{qkv}.1", f"{qkv}.2", domain=MICROSOFT, num_heads=HEADS)
    x = add_residual(g, x, g.linear(a, numbers(layer.out.weight), numbers(layer.out.bias)), layer.norm1)
    h = g.add("Gelu", _levelled(g, x, layer.up, peaks), domain=MICROSOFT)
    return add_residual(g, x, _levelled(g, h, layer.down, peaks), layer.norm2)


def _levelled(g: Graph, x: str, linear: nn.Linear, peaks: Peaks) -> str:
    """A product whose inputs are divided by what its weights are multiplied by (SmoothQuant, Xiao and others 2023).

    Inputs share one scale of 8 bits; a feature that towers above the others would leave them few of its steps.
    """
    weight, peak = numbers(linear.weight), peaks[linear]
    scale = np.maximum(peak, 1e-5) ** SHARE / np.maximum(np.abs(weight).max(0), 1e-5) ** (1 - SHARE)
    scale /= np.exp(np.log(scale).mean())
    return g.linear(g.add("Mul", x, g.floats(1 / scale)), weight * scale, numbers(linear.bias))


def peaks(encoder: Encoder, run: Callable[[], None]) -> Peaks:
    """What inputs of the products come to when the encoder is run on a sample."""
    found: Peaks = {}

    def note(module: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        peak = numbers(inputs[0].float().abs().flatten(0, 1).amax(0))
        found[module] = np.maximum(found.get(module, peak), peak)

    for layer in encoder.layers:
        for name in LEVELLED:
            getattr(layer, name).register_forward_pre_hook(note)
    with torch.no_grad():
        run()
    return found


def _run(encoder: Encoder) -> None:
    for numbered in _sample():
        pieces = torch.tensor([numbered])
        x = encoder.norm(encoder.word(pieces) + encoder.position.weight[: pieces.shape[1]])
        for layer in encoder.layers:
            x = layer(x, torch.zeros(1, 1, 1, 1), 0.0)


def _sample() -> Iterator[list[int]]:
    """Contents of PolNeAR train, as word pieces."""
    pieces = tokenizer()
    texts = [
        record["text"][attribution["content"][0][0] : attribution["content"][-1][1]]
        for record in articles("polnear-train").values()
        for attribution in record["attributions"]
        if attribution["content"]
    ]
    for text in random.Random(1).sample(texts, SAMPLE):
        yield pieces.encode(text).ids[:STATEMENT]


def table(encoder: Encoder, content: bytes) -> dict[str, str]:
    """Where in encoder.onnx the 8-bit table and its rows' scales begin; the encoder's table was frozen at MiniLM's."""
    rounding = Graph()
    rounding.table(numbers(encoder.word.weight), "pieces")
    place, scales = (content.find(weight.raw_data) for weight in rounding.weights)
    assert min(place, scales) > 0, "the encoder has another table"
    digest = hashlib.sha256(content).hexdigest()
    return {"table": str(place), "scales": str(scales), "rows": str(VOCABULARY), "encoder": digest}


if __name__ == "__main__":
    main()
