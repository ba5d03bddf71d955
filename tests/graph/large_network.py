#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles large networks within a compiler's default limits and says how long it took: 400 layers, a chain with residuals,
that the header plans; 300 convolutions that lie over each other, as a plan says that the header proves.

usage: large_network.py COMPILER INCLUDE_DIR OPERATORS_DIR
"""
import os
import subprocess
import sys
import tempfile
import time

LAYERS = 400
PLACED_LAYERS = 300


def network(layers):
    """The text of a program whose network adds a skip to every fourth layer."""
    lines = ['#include "operators.hpp"', "namespace {", "using namespace test;", "struct image : input<row<std::int8_t, 64>> {};"]
    names = ["image"]
    for i in range(1, layers):
        row = f"row<std::int8_t, {16 + 4 * (i * 5 % 11)}>"
        if i > 3 and i % 4 == 0:
            lines.append(f"struct layer_{i} : layer<joined<{row}>, {names[-1]}, {names[-3]}> {{}};")
        else:
            lines.append(f"struct layer_{i} : layer<made<{row}>, {names[-1]}> {{}};")
        names.append(f"layer_{i}")
    lines += [f"struct model : network<{', '.join(names)}> {{}};",
              "static_assert(arena_size<model> > 0 && arena_size<model> <= 3 * 64);",
              "engine<model> nn;", "}  // namespace",
              f"int main() {{\n    nn.run();\n    return nn.get<{names[-1]}>()[0];\n}}"]
    return "\n".join(lines) + "\n"


def placed_network(layers):
    """The text of a program with convolutions forward from byte 80 to byte 0, and backward from 0 to 80."""
    lines = ['#include <inlay/inlay.hpp>', "namespace {", "using namespace inlay;",
             "constexpr conv2d_weights<int8_per_channel, 8, 3, 3, 8> weights{};",
             "struct layer_0 : input<tensor<std::int8_t, shape{1, 8, 8, 8}, affine{1.0F, 0}>> { using at = place<traversal::forward, 80>; };"]
    for i in range(1, layers):
        place = "traversal::forward, 0" if i % 2 == 1 else "traversal::backward, 80"
        lines.append(f"struct layer_{i} : layer<conv2d<weights, conv2d_options{{.padding = padding::same, .output = {{1.0F, 0}}}}>, "
                     f"layer_{i - 1}> {{ using at = place<{place}>; }};")
    names = ", ".join(f"layer_{i}" for i in range(layers))
    lines += [f"struct model : network<{names}> {{}};", "static_assert(arena_size<model> == 592);", "engine<model> nn;", "}  // namespace",
              f"int main() {{\n    nn.run();\n    return nn.get<layer_{layers - 1}>()[0];\n}}"]
    return "\n".join(lines) + "\n"


def main():
    compiler, include, operators = sys.argv[1:]
    with tempfile.TemporaryDirectory() as directory:
        source = os.path.join(directory, "large.cpp")
        program = os.path.join(directory, "large")
        for name, text in (("planned by the header", network(LAYERS)), ("placed", placed_network(PLACED_LAYERS))):
            with open(source, "w", encoding="utf-8") as file:
                file.write(text)
            for level in ("-O0", "-O2"):
                start = time.monotonic()
                subprocess.run([compiler, "-std=c++20", "-g", level, "-I", include, "-I", operators, source, "-o", program], check=True)
                print(f"{name}, {compiler} {level} -g: {time.monotonic() - start:.1f} s")
                if subprocess.run([program]).returncode != 0:
                    sys.exit("an image of zeros must give zero")


main()
