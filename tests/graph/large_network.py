#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles a network of 400 layers, a chain with residuals, within a compiler's default limits; says how long it took.

usage: large_network.py COMPILER INCLUDE_DIR OPERATORS_DIR
"""
import os
import subprocess
import sys
import tempfile
import time

LAYERS = 400


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


def main():
    compiler, include, operators = sys.argv[1:]
    with tempfile.TemporaryDirectory() as directory:
        source = os.path.join(directory, "large.cpp")
        program = os.path.join(directory, "large")
        with open(source, "w", encoding="utf-8") as file:
            file.write(network(LAYERS))
        for level in ("-O0", "-O2"):
            start = time.monotonic()
            subprocess.run([compiler, "-std=c++20", "-g", level, "-I", include, "-I", operators, source, "-o", program], check=True)
            print(f"{LAYERS} layers, {compiler} {level} -g: {time.monotonic() - start:.1f} s")
            if subprocess.run([program]).returncode != 0:
                sys.exit("an image of zeros must give zero")


main()
