"""A little builder of ONNX graphs whose matrix products run in int8."""

from __future__ import annotations

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

MICROSOFT = "com.microsoft"
LEVELS = 127
"""Weights keep 8 bits a value, one scale a column."""


class Graph:
    """Nodes and weights, in order; every method returns the name of the tensor that it makes."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []

    def weight(self, value: NDArray[np.generic]) -> str:
        """A constant tensor."""
        name = f"w{len(self.weights)}"
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def floats(self, value: object) -> str:
        """A constant of 32-bit floats."""
        return self.weight(np.asarray(value, dtype=np.float32))

    def ints(self, *value: int) -> str:
        """A constant vector of 64-bit integers."""
        return self.weight(np.array(value, dtype=np.int64))

    def add(self, op: str, *inputs: str, outputs: int = 1, domain: str = "", **attributes: object) -> str:
        """A node; with several outputs, the first one's name (the others end in .1, .2...)."""
        name = f"t{len(self.nodes)}"
        names = [name, *(f"{name}.{i}" for i in range(1, outputs))]
        self.nodes.append(helper.make_node(op, list(inputs), names, domain=domain, **attributes))
        return name

    def linear(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32] | None) -> str:
        """The product x @ weight.T + bias, with x rounded to 8 bits as it comes and weight [out, in] beforehand."""
        columns = weight.T
        scale = np.maximum(np.abs(columns).max(axis=0), 1e-12) / LEVELS
        rounded = np.clip(np.rint(columns / scale), -LEVELS, LEVELS).astype(np.int8)
        zero = self.weight(np.zeros(len(scale), dtype=np.int8))
        inputs = [x, self.weight(rounded), self.floats(scale), zero]
        if bias is not None:
            inputs.append(self.floats(bias))
        return self.add("DynamicQuantizeMatMul", *inputs, domain=MICROSOFT)

    def exact(self, x: str, weight: NDArray[np.float32], bias: NDArray[np.float32]) -> str:
        """The product x @ weight.T + bias in 32-bit floats."""
        return self.add("Add", self.add("MatMul", x, self.floats(weight.T)), self.floats(bias))

    def table(self, weight: NDArray[np.float32], index: str) -> str:
        """Rows of an embedding table that is kept in 8 bits, one scale a row."""
        scale = np.maximum(np.abs(weight).max(axis=1, keepdims=True), 1e-12) / LEVELS
        rows = self.add("Gather", self.weight(np.rint(weight / scale).astype(np.int8)), index)
        rows = self.add("Cast", rows, to=TensorProto.FLOAT)
        return self.add("Mul", rows, self.add("Gather", self.floats(scale), index))

    def model(self, inputs: dict[str, tuple[int, list[str]]], outputs: dict[str, str]) -> onnx.ModelProto:
        """The finished model; `outputs` gives each output's tensor, inputs their element type and axes."""
        for name, tensor in outputs.items():
            self.nodes.append(helper.make_node("Identity", [tensor], [name]))
        given = [helper.make_tensor_value_info(name, kind, axes) for name, (kind, axes) in inputs.items()]
        made = [helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in outputs]
        graph = helper.make_graph(self.nodes, "firsthand", given, made, self.weights)
        opsets = [helper.make_opsetid("", 17), helper.make_opsetid(MICROSOFT, 1)]
        return helper.make_model(graph, opset_imports=opsets, ir_version=9, producer_name="firsthand")
