"""The network of close reading as an ONNX model in 32-bit floats; the rows of word pieces are the encoder's."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING

from onnx import ModelProto, TensorProto, helper

from firsthand.attribution.close import CONTENT, CUE, FILE, SOURCE
from firsthand.attribution.rows import ENCODER
from training.export import SHIPPED, add_norm, add_residual, numbers
from training.graph import MICROSOFT, Graph
from training.network import WIDTH, Encoder, load_minilm
from training.train import MINILM
from training.vectors import table_of

if TYPE_CHECKING:
    from torch import nn

    from training.close import CloseLayer, CloseNetwork

BIAS = 1e4
"""What keeps a place that holds no word from being attended to."""


def write(network: CloseNetwork, folder: Path = SHIPPED) -> None:
    """close.onnx, and its digest among the "heads" of model.json."""
    model = close_model(network)
    minilm = Encoder()
    load_minilm(minilm, MINILM / "model.safetensors")
    content = (folder / ENCODER).read_bytes()
    helper.set_model_props(model, table_of(minilm, content) | {"encoder": hashlib.sha256(content).hexdigest()})
    (folder / FILE).write_bytes(model.SerializeToString())
    card = json.loads((folder / "model.json").read_text(encoding="utf-8"))
    card["heads"][FILE] = hashlib.sha256((folder / FILE).read_bytes()).hexdigest()
    (folder / "model.json").write_text(json.dumps(card, indent=1) + "\n", encoding="utf-8")


def close_model(network: CloseNetwork) -> ModelProto:
    """From words, pieces [N, W, WIDTH], roles, away [N, W], flags [N, F] to probabilities [N, answers] of each kind."""
    g = Graph()
    there = g.add("Cast", g.add("GreaterOrEqual", "roles", g.ints(0)), to=TensorProto.FLOAT)
    bias = g.add("Mul", g.add("Sub", there, g.floats(1.0)), g.floats(BIAS))
    bias = g.add("Unsqueeze", g.add("Unsqueeze", bias, g.ints(1)), g.ints(1))
    x = g.add("Add", _linear(g, "words", network.words), g.add("MatMul", "pieces", _weight(g, network.pieces)))
    role = g.add("Gather", g.floats(numbers(network.role.weight)), g.add("Max", "roles", g.ints(0)))
    x = g.add("Add", g.add("Add", x, role), g.add("Gather", g.floats(numbers(network.away.weight)), "away"))
    x = add_norm(g, x, network.norm)
    for layer in network.layers:
        x = _layer(g, x, bias, layer)
    own = [g.add("Cast", g.add("Equal", "roles", g.ints(r)), to=TensorProto.FLOAT) for r in (SOURCE, CUE, CONTENT)]
    seen = g.add("Concat", *(_mean(g, x, weight) for weight in (*own, there)), "flags", axis=1)
    told = [g.add("Softmax", _linear(g, seen, head), axis=-1) for head in network.heads]
    wide, narrow = (TensorProto.FLOAT, ["N", "W", str(WIDTH)]), (TensorProto.INT64, ["N", "W"])
    given = {"words": wide, "pieces": wide, "roles": narrow, "away": narrow, "flags": (TensorProto.FLOAT, ["N", "F"])}
    return g.model(given, dict(zip(("stances", "certainties", "kinds"), told, strict=True)))


def _layer(g: Graph, x: str, bias: str, layer: CloseLayer) -> str:
    from training.close import ATTENDING, SIZE

    heads = g.ints(0, 0, ATTENDING, SIZE // ATTENDING)
    parts = g.add("Split", _linear(g, x, layer.qkv), outputs=3, axis=-1)
    q, k, v = (g.add("Reshape", part, heads) for part in (parts, f"{parts}.1", f"{parts}.2"))
    q, v = (g.add("Transpose", part, perm=[0, 2, 1, 3]) for part in (q, v))
    k = g.add("Transpose", k, perm=[0, 2, 3, 1])
    scores = g.add("Mul", g.add("MatMul", q, k), g.floats((SIZE // ATTENDING) ** -0.5))
    seen = g.add("MatMul", g.add("Softmax", g.add("Add", scores, bias), axis=-1), v)
    seen = g.add("Reshape", g.add("Transpose", seen, perm=[0, 2, 1, 3]), g.ints(0, 0, SIZE))
    x = add_residual(g, x, _linear(g, seen, layer.out), layer.norm1)
    h = g.add("Gelu", _linear(g, x, layer.up), domain=MICROSOFT)
    return add_residual(g, x, _linear(g, h, layer.down), layer.norm2)


def _linear(g: Graph, x: str, linear: nn.Linear) -> str:
    return g.add("Add", g.add("MatMul", x, _weight(g, linear)), g.floats(numbers(linear.bias)))


def _weight(g: Graph, linear: nn.Linear) -> str:
    return g.floats(numbers(linear.weight).T)


def _mean(g: Graph, x: str, weight: str) -> str:
    """[N, SIZE]: the mean over the words of a weight [N, W]; zeros without any."""
    total = g.add("Squeeze", g.add("MatMul", g.add("Unsqueeze", weight, g.ints(1)), x), g.ints(1))
    count = g.add("ReduceSum", weight, g.ints(1), keepdims=1)
    return g.add("Div", total, g.add("Max", count, g.floats(1.0)))
