#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a model takes on a Cortex-M4 under a policy, against what it may take.

usage: goals.py INLAY MODEL_DIRECTORY POLICY FIGURE=MOST...

A figure is one of those of `inlay bench --json`. Without the directory the test is skipped.
"""
import json
import os
import subprocess
import sys


def main():
    tool, directory, policy, *goals = sys.argv[1:]
    model = os.path.join(directory, "model.tflite")
    if not os.path.exists(model):
        print(f"skipped: there is no {model}")
        sys.exit(77)
    ran = subprocess.run([tool, "bench", model, "--target", "cortex-m4", "--optimize", policy, "--json"], check=True, capture_output=True, text=True)
    figures = json.loads(ran.stdout)
    missed = []
    for goal in goals:
        figure, most = goal.split("=")
        print(f"{figure} {figures[figure]}, at most {most}")
        if figures[figure] > int(most):
            missed.append(figure)
    sys.exit(f"missed: {', '.join(missed)}" if missed else 0)


main()
