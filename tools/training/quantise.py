# SPDX-License-Identifier: MIT
"""Post-training quantisation of a float32 graph to int8, after TFLite's 8-bit quantization specification.

Activations: one scale and zero point a tensor, the range taken from calibration inputs. Weights: symmetric, one scale an
output channel for convolutions and one a tensor for FULLY_CONNECTED. Bias: int32 at the scale input * weight.
"""

import numpy as np

from execute import execute
from graph import Graph, Operator, Tensor

WEIGHT_AXIS = {"CONV_2D": 0, "DEPTHWISE_CONV_2D": 3, "FULLY_CONNECTED": None}
SAME_AS_INPUT = ("MAX_POOL_2D", "RESHAPE")
VERSIONS = {"CONV_2D": 3, "DEPTHWISE_CONV_2D": 3, "FULLY_CONNECTED": 4, "MAX_POOL_2D": 2, "RESHAPE": 1, "SOFTMAX": 2}


def quantise(graph: Graph, calibration: np.ndarray, input_range: tuple[float, float]) -> Graph:
    """The int8 graph; `input_range` is what the ends of int8 stand for at the input."""
    values = execute(graph, calibration)
    result = Graph(graph.description, input=graph.input, output=graph.output)
    result.add(activation(graph.tensors[graph.input], *affine(*input_range)))
    for op in graph.operators:
        x = result.tensors[op.inputs[0]]
        out = graph.tensors[op.output]
        if op.code in WEIGHT_AXIS:
            weights = quantise_weights(graph.tensors[op.inputs[1]], WEIGHT_AXIS[op.code])
            result.add(weights)
            result.add(quantise_bias(graph.tensors[op.inputs[2]], x, weights))
            quantisation = affine(values[op.output].min(), values[op.output].max())
        elif op.code in SAME_AS_INPUT:
            for name in op.inputs[1:]:
                result.add(graph.tensors[name])
            quantisation = x.scale, x.zero_point
        elif op.code == "SOFTMAX":
            quantisation = np.array([1 / 256], np.float32), -128  # what the reference demands
        else:
            raise ValueError(f"{op.code}: no rule for its quantisation; add one here")
        result.add(activation(out, *quantisation))
        result.operators.append(Operator(op.code, VERSIONS[op.code], op.inputs, op.output, op.options_type, op.options))
    return result


def affine(low: float, high: float):
    """Scale and zero point such that zero is exact and the range is covered."""
    low, high = min(float(low), 0.0), max(float(high), 0.0)
    scale = np.float32((high - low) / 255)
    return np.array([scale]), int(np.clip(round(-128 - low / float(scale)), -128, 127))


def activation(tensor: Tensor, scale, zero_point) -> Tensor:
    return Tensor(tensor.name, tensor.shape, np.int8, scale=scale, zero_point=zero_point)


def quantise_weights(tensor: Tensor, axis: int | None) -> Tensor:
    others = tuple(a for a in range(tensor.data.ndim) if a != axis)
    largest = np.abs(tensor.data).max(axis=others, keepdims=True)
    scale = (np.maximum(largest, 1e-9) / 127).astype(np.float32)
    data = np.clip(np.rint(tensor.data / scale), -127, 127).astype(np.int8)
    return Tensor(tensor.name, tensor.shape, np.int8, data, scale.ravel(), 0, axis or 0)


def quantise_bias(tensor: Tensor, x: Tensor, weights: Tensor) -> Tensor:
    scale = (x.scale * weights.scale).astype(np.float32)
    data = np.rint(tensor.data / scale.astype(np.float64)).astype(np.int32)
    return Tensor(tensor.name, tensor.shape, np.int32, data, scale, 0, 0)


def to_integers(tensor: Tensor, real: np.ndarray) -> np.ndarray:
    return np.clip(np.rint(real / tensor.scale[0]) + tensor.zero_point, -128, 127).astype(np.int8)


def to_real(tensor: Tensor, integers: np.ndarray) -> np.ndarray:
    return (integers.astype(np.float32) - tensor.zero_point) * tensor.scale[0]
