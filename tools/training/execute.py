# SPDX-License-Identifier: MIT
"""Executes a graph with numpy: int8 as TensorFlow Lite Micro's reference kernels do it, float32 as plain sums.

This is where the golden outputs come from, so nothing here is shared with inlay. The leading dimension of the input is a
batch of any size, whatever the graph says.
"""

import math

import numpy as np

import fixed_point as fx
from graph import Graph, Operator, Tensor

ACTIVATIONS = {"NONE": (-math.inf, math.inf), "RELU": (0.0, math.inf), "RELU6": (0.0, 6.0)}


def execute(graph: Graph, batch: np.ndarray) -> dict[str, np.ndarray]:
    """Every tensor of the network by name, for a batch of inputs."""
    values = {name: tensor.data for name, tensor in graph.tensors.items() if tensor.data is not None}
    values[graph.input] = batch
    for op in graph.operators:
        tensors = [graph.tensors[name] for name in op.inputs]
        values[op.output] = KERNELS[op.code](op, tensors, graph.tensors[op.output], *(values[name] for name in op.inputs))
    return values


def patches(x, filter_h, filter_w, options, padding_value):
    """The windows of [N, H, W, C] as [N, H', W', FH, FW, C]."""
    stride_h, stride_w = options["stride_h"], options["stride_w"]
    if options["padding"] == "SAME":
        pads = [(0, 0)]
        for extent, size, stride in ((x.shape[1], filter_h, stride_h), (x.shape[2], filter_w, stride_w)):
            total = max((-(-extent // stride) - 1) * stride + size - extent, 0)
            pads.append((total // 2, total - total // 2))
        x = np.pad(x, [*pads, (0, 0)], constant_values=padding_value)
    windows = np.lib.stride_tricks.sliding_window_view(x, (filter_h, filter_w), axis=(1, 2))[:, ::stride_h, ::stride_w]
    return np.moveaxis(windows, 3, -1)


def real_range(op: Operator):
    return ACTIVATIONS[op.options.get("fused_activation_function", "NONE")]


def quantised_range(op: Operator, out: Tensor):
    """The activation's range in the output's integers."""
    def quantise(real, otherwise):
        if math.isinf(real):
            return otherwise
        ratio = np.float32(real) / np.float32(out.scale[0])
        return int(out.zero_point + math.floor(ratio + 0.5))

    low, high = real_range(op)
    return max(-128, quantise(low, -128)), min(127, quantise(high, 127))


def finish(op, x, weights, out, accumulators):
    """Requantises int32 accumulators to the output, or clamps float32 ones."""
    low, high = real_range(op)
    if out.dtype == np.float32:
        return np.clip(accumulators, low, high).astype(np.float32)
    # In double, as the reference prepares them; FULLY_CONNECTED multiplies input and weight scale in float32 first.
    if op.code == "FULLY_CONNECTED" and len(weights.scale) == 1:
        products = (np.float32(x.scale[0]) * weights.scale.astype(np.float32)).astype(np.float64)
    else:
        products = np.float64(x.scale[0]) * weights.scale.astype(np.float64)
    pairs = [fx.quantise_multiplier(product / np.float64(out.scale[0])) for product in products]
    multiplier, shift = (np.array(column, np.int64) for column in zip(*pairs))
    scaled = fx.requantise(accumulators, multiplier, shift) + out.zero_point
    return np.clip(scaled, *quantised_range(op, out)).astype(np.int8)


def widened(tensor: Tensor, values):
    """The numbers that are multiplied: less the zero point, wide enough for the sums."""
    return values.astype(np.float32) if tensor.dtype == np.float32 else values.astype(np.int64) - tensor.zero_point


def conv_2d(op, tensors, out, x, filters, bias):
    windows = patches(widened(tensors[0], x), filters.shape[1], filters.shape[2], op.options, 0)
    flat = windows.reshape(*windows.shape[:3], -1)
    return finish(op, tensors[0], tensors[1], out, product(flat, filters.reshape(len(filters), -1)) + bias)


def depthwise_conv_2d(op, tensors, out, x, filters, bias):
    windows = patches(widened(tensors[0], x), filters.shape[1], filters.shape[2], op.options, 0)
    windows = np.repeat(windows, op.options["depth_multiplier"], axis=-1)
    sums = (windows * filters[0].astype(windows.dtype)).sum(axis=(3, 4))
    return finish(op, tensors[0], tensors[1], out, sums + bias)


def fully_connected(op, tensors, out, x, weights, bias):
    rows = widened(tensors[0], x).reshape(-1, weights.shape[1])
    return finish(op, tensors[0], tensors[1], out, product(rows, weights) + bias)


def product(rows, weights):
    """rows . weights^T. Integers go through double, which is exact below 2^53 and has a fast product."""
    if rows.dtype == np.float32:
        return rows @ weights.T
    return np.rint(rows.astype(np.float64) @ weights.T.astype(np.float64)).astype(np.int64)


def max_pool_2d(op, tensors, out, x):
    windows = patches(x, op.options["filter_height"], op.options["filter_width"], op.options, x.min())
    return np.clip(windows.max(axis=(3, 4)), *quantised_range(op, out)) if out.dtype == np.int8 else windows.max(axis=(3, 4))


def reshape(op, tensors, out, x, shape):
    return x.reshape(-1, *out.shape[1:])


def softmax(op, tensors, out, x):
    integer_bits, accumulation_bits = 5, 12
    real = min(np.float64(op.options["beta"]) * np.float64(tensors[0].scale[0]) * (1 << (31 - integer_bits)), (1 << 31) - 1.0)
    multiplier, left = fx.quantise_multiplier(real)
    least = -math.floor(((1 << integer_bits) - 1) * (1 << (31 - integer_bits)) / (1 << left))
    difference = x.astype(np.int64) - x.max(axis=-1, keepdims=True)
    counted = difference >= least
    exponentials = fx.exp_on_negative(fx.doubling_high_multiply(np.where(counted, difference, 0) << left, multiplier))
    terms = np.where(counted, fx.rounding_shift_right(exponentials, accumulation_bits), 0)
    mantissa, over = fx.reciprocal(terms.sum(axis=-1, keepdims=True), accumulation_bits)
    scaled = fx.rounding_shift_right(fx.doubling_high_multiply(mantissa, exponentials), over + 31 - 8) - 128
    return np.where(counted, np.clip(scaled, -128, 127), -128).astype(np.int8)


KERNELS = {
    "CONV_2D": conv_2d,
    "DEPTHWISE_CONV_2D": depthwise_conv_2d,
    "FULLY_CONNECTED": fully_connected,
    "MAX_POOL_2D": max_pool_2d,
    "RESHAPE": reshape,
    "SOFTMAX": softmax,
}
