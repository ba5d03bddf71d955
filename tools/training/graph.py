# SPDX-License-Identifier: MIT
"""A network as data: what `execute.py` computes and `tflite_file.py` writes."""

from dataclasses import dataclass, field

import numpy as np


@dataclass
class Tensor:
    """One edge of the network; `data` makes it a constant.  real = scale * (q - zero_point)."""

    name: str
    shape: tuple[int, ...]
    dtype: np.dtype
    data: np.ndarray | None = None
    scale: np.ndarray | None = None  # float32, one element or one for each slice of `axis`
    zero_point: int = 0
    axis: int = 0


@dataclass
class Operator:
    """`code` is TFLite's operator name, `options` are the fields of its options table, by TFLite's names."""

    code: str
    version: int
    inputs: list[str]
    output: str
    options_type: str = ""
    options: dict = field(default_factory=dict)


@dataclass
class Graph:
    """Operators stand in the order of execution; one input, one output."""

    description: str
    tensors: dict[str, Tensor] = field(default_factory=dict)
    operators: list[Operator] = field(default_factory=list)
    input: str = ""
    output: str = ""

    def add(self, tensor: Tensor) -> str:
        if tensor.name in self.tensors:
            raise ValueError(f"{self.description}: two tensors are named {tensor.name}")
        self.tensors[tensor.name] = tensor
        return tensor.name

    def macs(self) -> int:
        """Multiply-accumulates of one inference."""
        total = 0
        for op in self.operators:
            if op.code in ("CONV_2D", "DEPTHWISE_CONV_2D", "FULLY_CONNECTED"):
                weights = self.tensors[op.inputs[1]].shape
                each = weights[:3] if op.code == "DEPTHWISE_CONV_2D" else weights[1:]  # [1, h, w, out]; [out, ...]
                total += int(np.prod(self.tensors[op.output].shape) * np.prod(each))
        return total
