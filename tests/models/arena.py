#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles a model and compares the bytes of its arena, which the header asserts, with the most that are wanted.

usage: arena.py INLAY MODEL_DIRECTORY MOST_BYTES OPTION...

Without the directory the test is skipped.
"""
import glob
import json
import os
import subprocess
import sys
import tempfile


def main():
    tool, directory, most, *options = sys.argv[1:]
    models = glob.glob(os.path.join(directory, "*.tflite"))
    if not models:
        print(f"skipped: no model in {directory}")
        sys.exit(77)
    with tempfile.TemporaryDirectory() as scratch:
        header = os.path.join(scratch, "model.hpp")
        said = subprocess.run([tool, "compile", models[0], "-o", header, "--json", *options], check=True, capture_output=True, text=True).stdout
        got = json.loads(said)["arena_bytes"]
        with open(header, encoding="utf-8") as file:
            asserted = f"static_assert(arena_size<model> == {got});" in file.read()
    print(f"{got} bytes")
    sys.exit(0 if got <= int(most) and asserted else f"wanted at most {most}, {'also' if asserted else 'not'} asserted by the header")


main()
