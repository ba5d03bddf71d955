#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What results over inputs cost in instructions on a Cortex-M4, against every tensor by itself: at most 3 %.

usage: memory_cost.py INLAY MODEL_DIRECTORY [OPTION...]

Without the directory the test is skipped.
"""
import json
import os
import subprocess
import sys

MOST = 1.03


def main():
    tool, directory, *options = sys.argv[1:]
    model = os.path.join(directory, "model.tflite")
    if not os.path.exists(model):
        print(f"skipped: there is no {model}")
        sys.exit(77)
    figures = {}
    for memory in ("fast", "balanced"):
        ran = subprocess.run([tool, "bench", model, "--target", "cortex-m4", "--memory", memory, "--json", *options], check=True, capture_output=True, text=True)
        figures[memory] = json.loads(ran.stdout)
    fast, balanced = figures["fast"], figures["balanced"]
    ratio = balanced["instructions"] / fast["instructions"]
    print(f"fast {fast['instructions']} instructions, {fast['arena_bytes']} bytes; balanced {balanced['instructions']}, {balanced['arena_bytes']}; "
          f"{100 * (ratio - 1):+.2f} %; compiled in {fast['compile_seconds']:.2f} and {balanced['compile_seconds']:.2f} s, "
          f"{fast['compile_peak_mb']:.0f} and {balanced['compile_peak_mb']:.0f} MB")
    assert balanced["output_fnv1a64"] == fast["output_fnv1a64"], "the outputs differ"
    assert balanced["arena_bytes"] <= fast["arena_bytes"], "the plan takes more bytes"
    assert ratio <= MOST, f"instructions: wanted at most {MOST} times as many"


main()
