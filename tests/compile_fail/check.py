#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Compiles a file that must not compile, and compares the compiler's words with those that the file asks for.

usage: check.py COMPILER INCLUDE_DIR FILE

The file begins with three comment lines:

    // g++: <the message of the first error of g++>
    // clang++: <the same of clang++>
    // names: <words that must stand in that message: the layer and both numbers>

One mistake is one error: at most one more may follow the first.
"""
import os
import re
import subprocess
import sys


def asked_for(path, compiler):
    """The message and the words that the file asks for."""
    with open(path, encoding="utf-8") as file:
        lines = [next(file).rstrip("\n") for _ in range(3)]
    fields = dict(line.removeprefix("// ").split(": ", 1) for line in lines)
    return fields[compiler], fields["names"].split()


def errors_of(command):
    """The messages of all errors of a compiler's run."""
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "LC_ALL": "C"}, timeout=120)
    if done.returncode == 0:
        sys.exit(f"{command[-1]}: it compiles, and must not")
    return re.findall(r"^.*?: (?:fatal )?error: (.*)$", done.stderr, flags=re.MULTILINE)


def main():
    compiler, include, path = sys.argv[1:]
    kind = "clang++" if "clang" in os.path.basename(compiler) else "g++"
    wanted, names = asked_for(path, kind)
    errors = errors_of([compiler, "-std=c++20", "-fsyntax-only", "-I", include, path])
    if errors[0] != wanted or len(errors) > 2:
        sys.exit("\n".join([f"{path}: not the one error that it asks of {kind}", f"  wanted  {wanted}",
                            *(f"  got     {error}" for error in errors)]))
    missing = [name for name in names if not re.search(rf"(?<!\w){re.escape(name)}L?(?!\w)", wanted)]
    if missing:
        sys.exit(f"{path}: the error of {kind} does not name {', '.join(missing)}")


main()
