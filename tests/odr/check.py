#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Links two translation units that include one header, with link-time optimisation, and runs the program.

usage: check.py COMPILER INCLUDE_DIR SOURCE...

g++ compares the types of both units (-Wodr); any warning is an error.
"""
import os
import subprocess
import sys
import tempfile


def main():
    compiler, include, *sources = sys.argv[1:]
    is_clang = "clang" in os.path.basename(compiler)
    flags = ["-std=c++20", "-O2", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-flto", "-I", include]
    link = ["-fuse-ld=lld"] if is_clang else ["-Wodr", "-Wlto-type-mismatch"]
    with tempfile.TemporaryDirectory() as directory:
        objects = []
        for source in sources:
            objects.append(os.path.join(directory, os.path.basename(source) + ".o"))
            subprocess.run([compiler, *flags, "-c", source, "-o", objects[-1]], check=True)
        program = os.path.join(directory, "program")
        subprocess.run([compiler, *flags, *link, *objects, "-o", program], check=True)
        sys.exit(subprocess.run([program]).returncode)


main()
