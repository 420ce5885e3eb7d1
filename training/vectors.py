"""Export all-MiniLM-L6-v2's layers as the int8 model of sentence vectors: python -m training.vectors.

Its table of word pieces is not in the file: it is the encoder's, whose place in encoder.onnx the file tells.
"""

from __future__ import annotations

import hashlib
import json

from onnx import ModelProto, TensorProto, helper

from firsthand.attribution.vectors import BEGINNING, ENCODER, FILE
from training.export import SHIPPED, add_layer, add_norm, numbers
from training.graph import Graph
from training.network import VOCABULARY, WIDTH, Encoder, load_minilm
from training.train import MINILM


def main() -> None:
    """Export, and put the file's digest into model.json."""
    minilm = Encoder()
    load_minilm(minilm, MINILM / "model.safetensors")
    content = (SHIPPED / ENCODER).read_bytes()
    model = vectors_model(minilm.eval())
    helper.set_model_props(model, _table(minilm, content) | {"encoder": hashlib.sha256(content).hexdigest()})
    (SHIPPED / FILE).write_bytes(model.SerializeToString())
    card = json.loads((SHIPPED / "model.json").read_text())
    card["heads"][FILE] = hashlib.sha256((SHIPPED / FILE).read_bytes()).hexdigest()
    (SHIPPED / "model.json").write_text(json.dumps(card, indent=1) + "\n")


def vectors_model(encoder: Encoder) -> ModelProto:
    """From the pieces' rows of the table, [1, P, WIDTH], to the unit vector of their mean, [1, WIDTH]."""
    g = Graph()
    places = g.floats(numbers(encoder.position.weight)[:BEGINNING])
    place = g.add("Slice", places, g.ints(0), g.add("Shape", "rows", start=1, end=2), g.ints(0))
    x = add_norm(g, g.add("Add", "rows", place), encoder.norm)
    for layer in encoder.layers:
        x = add_layer(g, x, layer)
    mean = g.add("ReduceMean", x, axes=[1], keepdims=0)
    unit = g.add("LpNormalization", mean, axis=-1, p=2)
    return g.model({"rows": (TensorProto.FLOAT, ["1", "P", str(WIDTH)])}, {"vector": unit})


def _table(encoder: Encoder, content: bytes) -> dict[str, str]:
    """Where in encoder.onnx the 8-bit table and its rows' scales begin; the encoder's table was frozen at MiniLM's."""
    rounding = Graph()
    rounding.table(numbers(encoder.word.weight), "pieces")
    table, scales = (content.find(weight.raw_data) for weight in rounding.weights)
    assert min(table, scales) > 0, "the encoder has another table"
    return {"table": str(table), "scales": str(scales), "rows": str(VOCABULARY)}


if __name__ == "__main__":
    main()
