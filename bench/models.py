#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Prints a table of `inlay bench` for models on targets, in Markdown.

usage: bench/models.py [--inlay COMMAND] [--targets A,B] [--optimize P] MODEL.tflite ...

A model is named by its file, or by its directory if the file is called model.tflite. A model that does not fit a target's
memory has dashes there. Cycles are estimated (tools/cycles), of Cortex-M0, M3 and M4.
"""
import argparse
import json
import os
import subprocess
import sys

CORES = "cortex-m0,cortex-m3,cortex-m4,cortex-m7,cortex-m33,cortex-m55"
COLUMNS = ["model", "target", "MACs", "instructions", "per MAC", "cycles", "per MAC", "flash", "weights", "RAM", "arena", "stack", "compile s", "MB", "output FNV-1a"]


def name_of(path):
    stem = os.path.splitext(os.path.basename(path))[0]
    return os.path.basename(os.path.dirname(os.path.abspath(path))) if stem == "model" else stem


def row_of(inlay, path, target, optimize):
    ran = subprocess.run([inlay, "bench", path, "--target", target, "--optimize", optimize, "--json"], capture_output=True, text=True)
    if ran.returncode != 0:
        print(f"{name_of(path)} on {target}: {ran.stderr.splitlines()[0] if ran.stderr else 'failed'}", file=sys.stderr)
        return [name_of(path), target] + ["-"] * (len(COLUMNS) - 2)
    figures = json.loads(ran.stdout)
    spent = figures.get("instructions")
    if spent is None:
        cost, per_mac = f"{figures['nanoseconds']:,} ns", f"{figures['nanoseconds'] / max(figures['macs'], 1):.3f} ns"
    else:
        cost, per_mac = f"{spent:,}", f"{spent / max(figures['macs'], 1):.2f}"
    cycles = figures.get("cycles_estimate")
    estimate = ["", ""] if cycles is None else [f"{cycles:,}", f"{cycles / max(figures['macs'], 1):.2f}"]
    sizes = [f"{figures[key]:,}" if key in figures else "" for key in ("flash_bytes", "weight_bytes", "ram_bytes", "arena_bytes", "stack_bytes")]
    return [name_of(path), target, f"{figures['macs']:,}", cost, per_mac, *estimate, *sizes, f"{figures['compile_seconds']:.1f}",
            f"{figures['compile_peak_mb']:.0f}", figures["output_fnv1a64"]]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--inlay", default="inlay", help="the command (default: inlay, from the PATH)")
    parser.add_argument("--targets", default=CORES, help=f"names separated by commas (default: {CORES})")
    parser.add_argument("--optimize", default="balanced", choices=["size", "balanced", "speed"])
    parser.add_argument("models", nargs="+", metavar="MODEL.tflite")
    options = parser.parse_args()
    print("| " + " | ".join(COLUMNS) + " |")
    print("|---|---|" + "---:|" * (len(COLUMNS) - 2))
    for path in options.models:
        for target in options.targets.split(","):
            print("| " + " | ".join(row_of(options.inlay, path, target, options.optimize)) + " |", flush=True)


main()
