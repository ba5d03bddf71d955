#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""What a model's image for a Cortex-M4 costs besides its weights, and what must not be in it.

usage: cost.py INLAY MODEL_DIRECTORY MOST_CODE_BYTES

Compiles the model with --optimize size and checks that the code (flash less constant tables) is below the bound, that the
header compiles in less than 5 seconds and 500 MB, and that no image holds malloc, printf, exceptions or static guards.
Without the directory the test is skipped.
"""
import json
import os
import re
import shutil
import subprocess
import sys

UNWANTED = re.compile(r"malloc|free|calloc|realloc|_sbrk|printf|__cxa_|_Unwind|__gxx|_Zn[wa]|_Zd[la]|atexit")
LONGEST_COMPILE = 5.0
MOST_COMPILER_MEMORY = 500.0


def symbols(program):
    lines = subprocess.run(["arm-none-eabi-nm", "--print-size", "--demangle", program], check=True, capture_output=True, text=True).stdout
    for line in lines.splitlines():
        fields = line.split(maxsplit=3)
        if len(fields) == 4 and len(fields[1]) == 8:
            yield int(fields[1], 16), fields[2], fields[3]
        else:
            yield 0, *line.split(maxsplit=2)[-2:]


def main():
    tool, directory, most_code = sys.argv[1], sys.argv[2], int(sys.argv[3])
    model = os.path.join(directory, "model.tflite")
    if not os.path.exists(model):
        print(f"skipped: there is no {model}")
        sys.exit(77)
    ran = subprocess.run([tool, "bench", model, "--target", "cortex-m4", "--optimize", "size", "--json", "--keep"],
                         check=True, capture_output=True, text=True)
    figures = json.loads(ran.stdout)
    kept = re.search(r"kept in (\S+)", ran.stderr + ran.stdout).group(1)
    try:
        all_symbols = list(symbols(os.path.join(kept, "application.elf")))
    finally:
        shutil.rmtree(kept)
    tables = sum(size for size, kind, name in all_symbols if kind in "rRvVuU" and name.startswith("model::"))
    code = figures["flash_bytes"] - tables
    unwanted = [name for _, _, name in all_symbols if UNWANTED.search(name)]
    print(f"code {code} bytes, tables {tables} bytes, compiled in {figures['compile_seconds']:.2f} s and {figures['compile_peak_mb']:.0f} MB")
    assert tables >= figures["weight_bytes"], "the tables were not found"
    assert code < most_code, f"code: wanted less than {most_code} bytes"
    assert not unwanted, f"symbols that must not be there: {unwanted}"
    assert figures["compile_seconds"] < LONGEST_COMPILE, f"compile time: wanted less than {LONGEST_COMPILE} s"
    assert figures["compile_peak_mb"] < MOST_COMPILER_MEMORY, f"compiler's memory: wanted less than {MOST_COMPILER_MEMORY} MB"


main()
