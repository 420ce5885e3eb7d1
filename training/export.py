"""Export trained weights as two int8 ONNX models with their tokenizer: python -m training.export RUN.pt..."""

from __future__ import annotations

import argparse
import hashlib
import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from onnx import ModelProto, TensorProto
from torch import Tensor, nn

from firsthand.attribution.decode import Thresholds
from firsthand.attribution.words import CASES, PLACES, QUOTES
from training.graph import MICROSOFT, Graph
from training.network import DISTANCES, HEADS, LINKER, WIDTH, Encoder, Layer, Linker, Mixer, Network
from training.train import tokenizer

SHIPPED = Path("src/firsthand/attribution/model")
VERSION = "1.1"
FLOAT, INT = TensorProto.FLOAT, TensorProto.INT64


def numbers(value: Tensor) -> NDArray[np.float32]:
    """A tensor's values."""
    return np.asarray(value.detach().numpy(), dtype=np.float32)


def add_norm(g: Graph, x: str, norm: nn.LayerNorm) -> str:
    """Normalise what a layer makes."""
    weights = g.floats(numbers(norm.weight)), g.floats(numbers(norm.bias))
    return g.add("LayerNormalization", x, *weights, epsilon=norm.eps)


def add_residual(g: Graph, x: str, y: str, norm: nn.LayerNorm) -> str:
    """The normalised sum of what goes into a part of a layer and what comes out of it."""
    # The fused SkipLayerNormalization took several times as long as these two on ONNX Runtime 1.32.
    return add_norm(g, g.add("Add", x, y), norm)


def _linear(g: Graph, x: str, linear: nn.Linear) -> str:
    return g.linear(x, numbers(linear.weight), numbers(linear.bias))


def _exact(g: Graph, x: str, linear: nn.Linear) -> str:
    return g.exact(x, numbers(linear.weight), numbers(linear.bias))


def _layer(g: Graph, x: str, layer: Layer) -> str:
    qkv = g.add("Split", _linear(g, x, layer.qkv), outputs=3, axis=-1)
    return _rest(g, x, (qkv, f"{qkv}.1", f"{qkv}.2"), layer)


def _last_layer(g: Graph, x: str, layer: Layer, asking: str) -> str:
    """One layer for the places `asking` alone, which look at all of `x`."""
    q = _part(g, asking, layer.qkv, slice(0, WIDTH))
    kv = g.add("Split", _part(g, x, layer.qkv, slice(WIDTH, None)), outputs=2, axis=-1)
    return _rest(g, asking, (q, kv, f"{kv}.1"), layer)


def _part(g: Graph, x: str, linear: nn.Linear, rows: slice) -> str:
    return g.linear(x, numbers(linear.weight[rows]), numbers(linear.bias[rows]))


def _rest(g: Graph, x: str, qkv: tuple[str, str, str], layer: Layer) -> str:
    a = g.add("MultiHeadAttention", *qkv, domain=MICROSOFT, num_heads=HEADS)
    x = add_residual(g, x, _linear(g, a, layer.out), layer.norm1)
    h = g.add("Gelu", _linear(g, x, layer.up), domain=MICROSOFT)
    return add_residual(g, x, _linear(g, h, layer.down), layer.norm2)


def marks_table(encoder: Encoder) -> NDArray[np.float32]:
    """One row for every combination of case, quotation and place, in that order of significance."""
    case, quote, place = (numbers(t.weight) for t in (encoder.case, encoder.quote, encoder.place))
    rows = case[:, None, None] + quote[None, :, None] + place[None, None, :]
    return np.asarray(rows.reshape(CASES * QUOTES * PLACES, -1))


def encoder_model(network: Network) -> ModelProto:
    """From pieces [1, P], marks [1, P] (a row of the marks table each), first [N] to words [N, 384], cues [N, 3]."""
    g, e = Graph(), network.encoder
    length = g.add("Shape", "pieces", start=1)
    place = g.add("Slice", g.floats(numbers(e.position.weight)), g.ints(0), length, g.ints(0))
    x = g.add("Add", g.table(numbers(e.word.weight), "pieces"), g.add("Gather", g.floats(marks_table(e)), "marks"))
    x = add_norm(g, g.add("Add", x, place), e.norm)
    for layer in e.layers[:-1]:
        x = _layer(g, x, layer)
    # Only words are read off the last layer, so it is worked out at their first pieces alone.
    x = _last_layer(g, x, e.layers[-1], g.add("Gather", x, "first", axis=1))
    x = g.add("Squeeze", x, g.ints(0))
    h = g.add("Gelu", _exact(g, x, network.cue[0]), domain=MICROSOFT)
    inputs = {"pieces": (INT, ["1", "P"]), "marks": (INT, ["1", "P"]), "first": (INT, ["N"])}
    return g.model(inputs, {"words": x, "cues": _exact(g, h, network.cue[2])})


def _mixer(g: Graph, h: str, mixer: Mixer) -> str:
    kernel = numbers(mixer.near).T.reshape(LINKER, 1, -1)
    x = g.add("Transpose", add_norm(g, h, mixer.norm), perm=[0, 2, 1])
    reach = 3 * mixer.dilation
    x = g.add("Conv", x, g.floats(kernel), group=LINKER, dilations=[mixer.dilation], pads=[reach, reach])
    x = g.add("Transpose", x, perm=[0, 2, 1])
    x = g.add("Gelu", _linear(g, x, mixer.up), domain=MICROSOFT)
    return g.add("Add", h, _linear(g, x, mixer.down))


def linker_model(network: Network) -> ModelProto:
    """From words [N, 384], anchors [K] to roles [K, N, 4], second [K, 2] (log-odds: is a cue, has a source)."""
    g, m = Graph(), network.linker
    cue = g.add("Gather", "words", "anchors")
    film = _exact(g, cue, m.film)
    scale = g.add("Unsqueeze", g.add("Slice", film, g.ints(0), g.ints(LINKER), g.ints(1)), g.ints(1))
    shift = g.add("Unsqueeze", g.add("Slice", film, g.ints(LINKER), g.ints(2 * LINKER), g.ints(1)), g.ints(1))
    x = g.add("Unsqueeze", _exact(g, "words", m.word), g.ints(0))
    x = g.add("Mul", x, g.add("Add", scale, g.floats(1.0)))
    h = g.add("Gelu", g.add("Add", g.add("Add", x, shift), _away(g, m)), domain=MICROSOFT)
    for mixer in m.mixers:
        h = _mixer(g, h, mixer)
    h = add_norm(g, h, m.norm)
    top = g.add("ReduceMax", h, axes=[1], keepdims=0)
    second = g.add("Concat", cue, _here(g, h), top, axis=1)
    second = g.add("Gelu", _exact(g, second, m.second[0]), domain=MICROSOFT)
    outputs = {"roles": _exact(g, h, m.roles), "second": _exact(g, second, m.second[2])}
    return g.model({"words": (FLOAT, ["N", "384"]), "anchors": (INT, ["K"])}, outputs)


def _away(g: Graph, linker: Linker) -> str:
    """[K, N, LINKER]: the vector of each word's distance from each cue."""
    count = g.add("Squeeze", g.add("Shape", "words", end=1), g.ints(0))
    zero, one = g.weight(np.array(0, dtype=np.int64)), g.weight(np.array(1, dtype=np.int64))
    places = g.add("Unsqueeze", g.add("Range", zero, count, one), g.ints(0))
    away = g.add("Sub", places, g.add("Unsqueeze", "anchors", g.ints(1)))
    low, high = (g.weight(np.array(v, dtype=np.int64)) for v in (-DISTANCES, DISTANCES))
    distance = g.floats(numbers(linker.distance.weight))
    return g.add("Gather", distance, g.add("Add", g.add("Clip", away, low, high), high))


def _here(g: Graph, h: str) -> str:
    """[K, LINKER]: each cue's vector at its own word."""
    return g.add("GatherND", h, g.add("Unsqueeze", "anchors", g.ints(1)), batch_dims=1)


def average(paths: list[Path]) -> Network:
    """One network whose weights are the mean of several runs' (they start from the same weights)."""
    states = [torch.load(path, map_location="cpu") for path in paths]
    network = Network()
    network.load_state_dict({k: torch.stack([s[k] for s in states]).mean(0) for k in states[0]})
    return network.eval()


def write(network: Network, folder: Path, thresholds: Thresholds) -> str:
    """Write the models, the tokenizer and model.json, which names their hashes; returns the content hash."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "encoder.onnx").write_bytes(encoder_model(network).SerializeToString())
    (folder / "linker.onnx").write_bytes(linker_model(network).SerializeToString())
    tokenizer().save(str(folder / "tokenizer.json"), pretty=False)
    hashes = {
        n: hashlib.sha256((folder / n).read_bytes()).hexdigest()
        for n in ("encoder.onnx", "linker.onnx", "tokenizer.json")
    }
    card = {
        "name": "firsthand-attribution",
        "version": VERSION,
        "sha256": hashes,
        "transitions": np.round(numbers(network.linker.transitions), 4).tolist(),
        "thresholds": asdict(thresholds),
    }
    (folder / "model.json").write_text(json.dumps(card, indent=1) + "\n")
    return hashes["encoder.onnx"][:12]


def main() -> None:
    """Parse, average, export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path, nargs="+")
    parser.add_argument("--to", type=Path, default=SHIPPED)
    args = parser.parse_args()
    print(write(average(args.weights), args.to, Thresholds()))


if __name__ == "__main__":
    main()
