#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Adds up the logs of meson test; a doctest program counts as its test cases.

usage: count_tests.py [--broken BUILDS_THAT_FAILED] LOG...

Prints the tests that failed, then one line `N passed, N failed`; the exit status is 1 if any failed.
"""
import argparse
import json
import re
import sys

DOCTEST = re.compile(r"test cases:\s*\d+\s*\|\s*(\d+) passed\s*\|\s*(\d+) failed")


def outcomes(test):
    """How many passed, failed and were skipped in one entry of a log."""
    if test["result"] == "SKIP":
        return 0, 0, 1
    ended_well = test["result"] in ("OK", "EXPECTEDFAIL")
    cases = DOCTEST.search(test.get("stdout", ""))
    if cases:
        passed, failed = int(cases[1]), int(cases[2])
        return passed, failed + (0 if ended_well or failed else 1), 0
    return (1, 0, 0) if ended_well else (0, 1, 0)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--broken", type=int, default=0, metavar="BUILDS")
    parser.add_argument("logs", nargs="*", metavar="LOG")
    arguments = parser.parse_args()
    passed, failed, skipped = 0, arguments.broken, 0
    for log in arguments.logs:
        with open(log, encoding="utf-8") as file:
            for line in file:
                test = json.loads(line)
                counts = outcomes(test)
                passed, failed, skipped = passed + counts[0], failed + counts[1], skipped + counts[2]
                if counts[1]:
                    print(f"failed: {test['name']} ({log})")
    if skipped:
        print(f"{skipped} skipped")
    print(f"{passed} passed, {failed} failed")
    sys.exit(1 if failed or not passed else 0)


main()
