# SPDX-License-Identifier: MIT
"""Trains the sine regressor, quantises it, and writes examples/sine: both models, their golden pairs, and the
weights as the network written by hand has them.

    /usr/bin/python3 tools/training/sine.py            (some seconds on one core)
"""

import math
from pathlib import Path

import numpy as np
import torch

from execute import execute
from golden import write_golden
from graph import Graph, Operator, Tensor
from quantise import quantise, to_integers, to_real
from tflite_file import write

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "sine"
SEED, STEPS, WIDTH, CASES = 7, 6000, 16, 8
LAYERS = ("hidden1", "hidden2", "sine")


def train() -> torch.nn.Sequential:
    torch.manual_seed(SEED)
    torch.set_num_threads(1)
    network = torch.nn.Sequential(torch.nn.Linear(1, WIDTH), torch.nn.ReLU(), torch.nn.Linear(WIDTH, WIDTH), torch.nn.ReLU(),
                                  torch.nn.Linear(WIDTH, 1))
    with torch.no_grad():  # kinks spread over the input's range, so that none of the few units starts dead
        network[0].weight.copy_(torch.ones(WIDTH, 1))
        network[0].bias.copy_(-torch.linspace(0, 2 * math.pi, WIDTH + 1)[:-1])
    optimiser = torch.optim.Adam(network.parameters(), lr=0.01)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, STEPS)
    for _ in range(STEPS):
        x = torch.rand(256, 1) * (2 * math.pi + 0.2) - 0.1  # a little further, or the ends fit worst
        loss = torch.nn.functional.mse_loss(network(x), torch.sin(x))
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
    return network


def as_graph(network: torch.nn.Sequential) -> Graph:
    graph = Graph("sine of an angle in radians, 0 to 2 pi: two hidden layers", input="angle", output=LAYERS[-1])
    previous = graph.add(Tensor("angle", (1, 1), np.float32))
    for name, linear in zip(LAYERS, network[::2]):
        weight, bias = linear.weight.detach().numpy(), linear.bias.detach().numpy()
        inputs = [previous, graph.add(Tensor(f"{name}_weights", weight.shape, np.float32, weight)),
                  graph.add(Tensor(f"{name}_bias", bias.shape, np.float32, bias))]
        previous = graph.add(Tensor(name, (1, len(bias)), np.float32))
        graph.operators.append(Operator("FULLY_CONNECTED", 1, inputs, name, "FullyConnectedOptions", {
            "fused_activation_function": "NONE" if name == LAYERS[-1] else "RELU"}))
    return graph


def write_table(graph: Graph, path: Path) -> None:
    """The float32 weights as constants of inlay's types; nine digits name a float32 exactly."""
    def numbers(values: np.ndarray, indent: str) -> str:
        rows = values.reshape(-1, values.shape[-1])
        lines = [", ".join(f"{v:.9g}" + ("F" if "." in f"{v:.9g}" or "e" in f"{v:.9g}" else ".F") for v in row[i:i + 8])
                 for row in rows for i in range(0, len(row), 8)]
        return "{" + f",\n{indent}".join(lines) + "}"

    parts = ["// SPDX-License-Identifier: MIT\n//\n// Written by tools/training/sine.py.\n#pragma once\n\n#include <inlay/inlay.hpp>\n"]
    for op in graph.operators:
        weights, bias = (graph.tensors[name].data for name in op.inputs[1:])
        out, of = weights.shape
        parts.append(f"inline constexpr inlay::fully_connected_weights<inlay::float32, {out}, {of}> {op.output}_weights{{\n"
                     f"    .filter = {numbers(weights.reshape(1, -1) if of == 1 else weights, ' ' * 15)},\n"
                     f"    .bias = {numbers(bias[None], ' ' * 13)},\n    .rescale = {{}},\n}};\n")
    path.write_text("\n".join(parts))


def main() -> None:
    real = as_graph(train())
    dense = np.linspace(0, 2 * math.pi, 1000, dtype=np.float32)[:, None]
    integer = quantise(real, dense, (0.0, 2 * math.pi))

    def worst(answers):
        return float(np.abs(answers - np.sin(dense)).max())

    angle, sine = integer.tensors["angle"], integer.tensors["sine"]
    print(f"float32: largest error {worst(execute(real, dense)['sine']):.4f}")
    print(f"int8:    largest error {worst(to_real(sine, execute(integer, to_integers(angle, dense))['sine'])):.4f}")

    angles = np.linspace(0, 2 * math.pi, CASES, dtype=np.float32)[:, None]
    write(real, EXAMPLE / "sine_float.tflite")
    write(integer, EXAMPLE / "sine_int8.tflite")
    write_table(real, EXAMPLE / "weights.hpp")
    write_golden(real, angles, EXAMPLE / "golden" / "float")
    write_golden(integer, to_integers(angle, angles), EXAMPLE / "golden" / "int8")


if __name__ == "__main__":
    main()
