#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The command as a script meets it: exit statuses, what it writes, and what it leaves alone.

usage: command.py INLAY EXAMPLES_DIRECTORY
"""
import json
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
from xml.etree import ElementTree

INLAY, EXAMPLES = sys.argv[1], sys.argv[2]
SINE = os.path.join(EXAMPLES, "sine", "sine_int8.tflite")
SINE_FLOAT = os.path.join(EXAMPLES, "sine", "sine_float.tflite")
DIGITS = os.path.join(EXAMPLES, "digits", "digits.tflite")
DONE, FAILED, USAGE, FILE = 0, 1, 2, 3


def inlay(*arguments):
    return subprocess.run([INLAY, *arguments], capture_output=True, text=True)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)


class Command(unittest.TestCase):
    def setUp(self):
        self.scratch = tempfile.TemporaryDirectory()
        self.addCleanup(self.scratch.cleanup)

    def path(self, name):
        return os.path.join(self.scratch.name, name)

    def check(self, result, status):
        self.assertEqual(result.returncode, status, result.stdout + result.stderr)
        return result

    def test_one_model_one_header(self):
        for name in ("first.hpp", "second.hpp"):
            self.check(inlay("compile", DIGITS, "-o", self.path(name)), DONE)
        self.assertEqual(read(self.path("first.hpp")), read(self.path("second.hpp")))
        self.assertEqual(sorted(os.listdir(self.scratch.name)), ["first.hpp", "second.hpp"])

    def test_compile_says_what_it_wrote(self):
        said = json.loads(self.check(inlay("compile", SINE, "-o", self.path("s.hpp"), "--name", "wave", "--json"), DONE).stdout)
        self.assertEqual(said["namespace"], "wave")
        self.assertEqual((said["layers"], said["weight_bytes"], said["macs"]), (3, 288, 288))

    def test_a_damaged_model_leaves_the_old_header(self):
        model = read(DIGITS)
        write(self.path("old.hpp"), b"old")
        for damaged in (b"", model[:3], model[: len(model) // 2], bytes(len(model)), b"X" * 100):
            write(self.path("damaged.tflite"), damaged)
            result = self.check(inlay("compile", self.path("damaged.tflite"), "-o", self.path("old.hpp")), FAILED)
            self.assertIn("mend", result.stderr)
            self.assertEqual(read(self.path("old.hpp")), b"old")

    def test_every_unsupported_operator_in_one_run(self):
        # A byte of an operator code that becomes larger: SOFTMAX is 25, CONV_2D 3.
        model = bytearray(read(DIGITS))
        self.assertIn("SOFTMAX", self.check(inlay("inspect", DIGITS, "--json"), DONE).stdout)
        for old, new, name in ((25, 26, "SPACE_TO_DEPTH"), (3, 16, "LSTM")):
            for at in (at for at, byte in enumerate(model) if byte == old):
                model[at] = new
                write(self.path("m.tflite"), model)
                if name in inlay("inspect", self.path("m.tflite")).stderr:
                    break
                model[at] = old
        result = self.check(inlay("compile", self.path("m.tflite"), "-o", self.path("m.hpp")), FAILED)
        self.assertIn("LSTM", result.stderr)
        self.assertIn("SPACE_TO_DEPTH", result.stderr)
        self.assertFalse(os.path.exists(self.path("m.hpp")))

    def test_files_that_cannot_be_read_or_written(self):
        self.check(inlay("compile", self.path("none.tflite"), "-o", self.path("x.hpp")), FILE)
        self.check(inlay("compile", SINE, "-o", self.path("none/x.hpp")), FILE)
        self.check(inlay("run", SINE, "--input", self.path("none.bin"), "--output-dir", self.path("out")), FILE)
        self.check(inlay("verify", SINE, "--golden", self.path("none")), FILE)

    def test_wrong_usage(self):
        for arguments in ((), ("frob",), ("compile",), ("compile", SINE), ("bench", SINE, "--target", "z80"), ("run", SINE, "--output-dir", "x"),
                          ("run", SINE, "--steps", "0", "--output-dir", "x"), ("compile", SINE, "-o", "x", "--name", "class"),
                          ("run", SINE, "--input", SINE, "--output-dir", self.path("o"), "--engine", "portable", "--target", "cortex-m4")):
            self.check(inlay(*arguments), USAGE)

    def test_help_of_everything(self):
        for arguments in ((), ("compile",), ("inspect",), ("run",), ("verify",), ("bench",)):
            self.assertIn("--help", self.check(inlay(*arguments, "--help"), DONE).stdout)

    def test_steps_and_engines_agree(self):
        steps = 5
        write(self.path("in.bin"), bytes(range(0, 250, 50)))
        made = []
        for name, options in (("a", ()), ("b", ("--engine", "portable")), ("c", ("--target", "cortex-m3"))):
            self.check(inlay("run", SINE, "--input", self.path("in.bin"), "--output-dir", self.path(name), "--steps", str(steps), *options), DONE)
            made.append(read(os.path.join(self.path(name), "out0.bin")))
        self.assertEqual(len(made[0]), steps)
        self.assertEqual(made[0], made[1])
        self.assertEqual(made[0], made[2])

    def test_npy(self):
        header = b"{'descr': '<f4', 'fortran_order': False, 'shape': (1, 1), }"
        header += b" " * (117 - len(header)) + b"\n"
        write(self.path("x.npy"), b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header + struct.pack("<f", 1.5707964))
        self.check(inlay("run", SINE_FLOAT, "--engine", "portable", "--input", self.path("x.npy"), "--output-dir", self.path("out")), DONE)
        self.assertAlmostEqual(struct.unpack("<f", read(self.path("out/out0.bin")))[0], 1, delta=0.05)
        self.check(inlay("run", SINE, "--engine", "portable", "--input", self.path("x.npy"), "--output-dir", self.path("out")), FILE)

    def test_verify_names_the_first_layer(self):
        os.mkdir(self.path("golden"))
        write(self.path("golden/00.in0.bin"), bytes([7]))
        self.check(inlay("run", SINE, "--engine", "portable", "--input", self.path("golden/00.in0.bin"), "--output-dir", self.path("golden")), DONE)
        right = read(self.path("golden/out0.bin"))
        write(self.path("golden/00.out0.bin"), right)
        self.check(inlay("verify", SINE, "--golden", self.path("golden"), "--engine", "portable"), DONE)
        write(self.path("golden/00.out0.bin"), bytes([(right[0] + 1) % 256]))
        result = self.check(inlay("verify", SINE, "--golden", self.path("golden"), "--engine", "portable"), FAILED)
        self.assertIn("DIFFERS", result.stdout)
        said = json.loads(self.check(inlay("verify", SINE, "--golden", self.path("golden"), "--engine", "portable", "--json"), FAILED).stdout)
        self.assertEqual(said["failed"], 1)

    def test_bench_has_every_figure(self):
        common = {"model", "target", "optimize", "macs", "flash_bytes", "weight_bytes", "ram_bytes", "arena_bytes", "compile_seconds", "compile_peak_mb", "output_fnv1a64"}
        board = json.loads(self.check(inlay("bench", SINE, "--target", "cortex-m4", "--json"), DONE).stdout)
        self.assertEqual(set(board), common | {"instructions", "cycles_estimate", "stack_bytes"})
        again = json.loads(self.check(inlay("bench", SINE, "--target", "cortex-m4", "--json", "--layers"), DONE).stdout)
        self.assertEqual([layer["kind"] for layer in again["layers"]], ["FULLY_CONNECTED"] * 3)
        self.assertEqual(sum(layer["macs"] for layer in again["layers"]), board["macs"])
        self.assertAlmostEqual(sum(layer["instructions"] for layer in again["layers"]), board["instructions"], delta=100)
        self.assertIn("per MAC", self.check(inlay("bench", SINE, "--target", "cortex-m4", "--layers"), DONE).stdout)
        self.assertEqual(board["instructions"], again["instructions"])
        # Compiled anew and elsewhere in the program, loops may begin with a wide instruction beside a word, which takes longer to reach.
        cycles = again["cycles_estimate"]
        self.assertAlmostEqual(sum(layer["cycles_estimate"] for layer in again["layers"]), cycles, delta=0.2 * cycles)
        self.assertAlmostEqual(board["cycles_estimate"], cycles, delta=0.2 * cycles)
        self.assertGreater(cycles, again["instructions"])
        host = json.loads(self.check(inlay("bench", SINE, "--target", "host", "--json"), DONE).stdout)
        self.assertLessEqual(common | {"nanoseconds"}, set(host))
        self.assertNotIn("instructions", host)
        self.assertEqual(host["output_fnv1a64"], board["output_fnv1a64"])

    def test_bench_compares_policies(self):
        policies = json.loads(self.check(inlay("bench", DIGITS, "--target", "cortex-m4", "--compare-policies", "--json"), DONE).stdout)["policies"]
        self.assertEqual(list(policies), ["size", "balanced", "speed"])
        for policy, figures in policies.items():
            self.assertEqual(figures["optimize"], policy)
            self.assertEqual(sum(layer["flash_bytes"] for layer in figures["layers"]) + figures["shared_flash_bytes"], figures["flash_bytes"])
            self.assertTrue(all(layer["flash_bytes"] > layer["macs"] // 10000 for layer in figures["layers"] if layer["macs"] > 0))
            self.assertGreater(figures["shared_flash_bytes"], 0)
            self.assertEqual(figures["output_fnv1a64"], policies["size"]["output_fnv1a64"])
        self.assertLess(policies["size"]["flash_bytes"], policies["speed"]["flash_bytes"])
        self.assertLess(policies["speed"]["instructions"], policies["balanced"]["instructions"])
        self.assertLess(policies["balanced"]["instructions"], policies["size"]["instructions"])
        text = self.check(inlay("bench", DIGITS, "--target", "cortex-m4", "--compare-policies"), DONE).stdout
        self.assertRegex(text, r"instructions +size +balanced +speed")
        self.assertIn("shared by layers", text)
        self.check(inlay("bench", DIGITS, "--compare-policies", "--optimize", "speed"), USAGE)

    def test_bench_estimates_cycles(self):
        def cycles(target, *options):
            return json.loads(self.check(inlay("bench", SINE, "--target", target, "--json", *options), DONE).stdout).get("cycles_estimate")

        zero_wait = cycles("cortex-m4")
        self.assertGreater(cycles("cortex-m4", "--flash-wait-states", "4"), zero_wait)
        self.assertGreater(cycles("cortex-m0", "--timing", "cortex-m0-slow-multiplier"), cycles("cortex-m0"))
        self.assertIsNone(cycles("cortex-m7"))
        self.assertIsNone(cycles("host"))
        self.check(inlay("bench", SINE, "--target", "cortex-m4", "--timing", "cortex-m85"), USAGE)

    def test_bench_without_the_plugin_says_so(self):
        source = os.path.dirname(os.path.abspath(EXAMPLES))
        os.makedirs(self.path("share/inlay"))
        os.symlink(os.path.join(source, "include"), self.path("include"))
        os.symlink(os.path.join(source, "tools/boards"), self.path("share/inlay/boards"))
        os.symlink(os.path.join(source, "tools/inlay/target/driver"), self.path("share/inlay/driver"))
        environment = os.environ | {"INLAY_ROOT": self.scratch.name}
        ran = subprocess.run([INLAY, "bench", SINE, "--target", "cortex-m4"], capture_output=True, text=True, env=environment)
        self.assertRegex(self.check(ran, DONE).stdout, "instructions +[0-9]+")
        self.assertRegex(ran.stdout, "no cycles_estimate: .*: the plugin that estimates cycles is not there")

    def test_one_memory_plan_everywhere(self):
        arenas = {}
        for memory in ("min", "balanced", "fast"):
            option = ["--memory", memory]
            compiled = json.loads(self.check(inlay("compile", DIGITS, "-o", self.path("d.hpp"), "--json", *option), DONE).stdout)
            inspected = json.loads(self.check(inlay("inspect", DIGITS, "--json", *option), DONE).stdout)
            measured = json.loads(self.check(inlay("bench", DIGITS, "--target", "host", "--json", *option), DONE).stdout)
            for name in ("arena_bytes", "macs", "weight_bytes"):
                self.assertEqual(compiled[name], inspected[name], memory)
                self.assertEqual(compiled[name], measured[name], memory)
            self.assertIn(f"arena_size<model> == {compiled['arena_bytes']});", read(self.path("d.hpp")).decode())
            arenas[memory] = compiled["arena_bytes"]
            self.check(inlay("verify", DIGITS, "--golden", os.path.join(EXAMPLES, "digits", "golden"), *option), DONE)
        self.assertLessEqual(arenas["min"], arenas["balanced"])
        self.assertLess(arenas["balanced"], arenas["fast"])
        self.check(inlay("run", DIGITS, "--memory", "tiny", "--output-dir", self.scratch.name), USAGE)

    def test_the_fewest_bytes_and_what_they_cost(self):
        figures = json.loads(self.check(inlay("bench", SINE, "--target", "cortex-m4", "--memory", "min", "--json"), DONE).stdout)
        for name in ("instructions", "arena_bytes", "ram_bytes", "flash_bytes", "stack_bytes"):
            compared = figures["against_balanced"][name]
            self.assertAlmostEqual(compared["ratio"], figures[name] / compared["balanced"])
        text = self.check(inlay("bench", SINE, "--target", "cortex-m4", "--memory", "min"), DONE).stdout
        self.assertRegex(text, r"instructions +\d+ \([+-]\d+\.\d % against balanced, \d+\)")
        self.assertNotIn("against_balanced", self.check(inlay("bench", SINE, "--target", "host", "--json"), DONE).stdout)

    def test_the_fewest_bytes_where_the_balanced_plan_does_not_fit(self):
        small = ("--target", "cortex-m4", "--flag=-Wl,--defsym=board_stack_size=2K", "--flag=-Wl,--defsym=board_ram_size=5K")
        figures = json.loads(self.check(inlay("bench", DIGITS, *small, "--memory", "min", "--json"), DONE).stdout)
        self.assertIn("does not fit", figures["against_balanced"]["problem"])
        self.check(inlay("bench", DIGITS, *small), FAILED)

    def test_the_plan_in_the_terminal(self):
        layers = json.loads(self.check(inlay("inspect", DIGITS, "--json"), DONE).stdout)["layers"]
        lines = self.check(inlay("inspect", DIGITS), DONE).stdout.splitlines()
        maps = [re.search("[█▓▚▒░·]{32}", line) for line in lines]
        rows = [line for line, found in zip(lines, maps) if found]
        self.assertEqual([row.split()[0] for row in rows], [layer["name"] for layer in layers])
        # Every layer makes something, and the one that is marked has most bytes in use.
        self.assertTrue(all("█" in row or "▚" in row for row in rows))
        peaks = [layer for row, layer in zip(rows, layers) if row.rstrip().endswith("peak")]
        self.assertEqual([peak["live_bytes"] for peak in peaks], [max(layer["live_bytes"] for layer in layers)])
        apart = self.check(inlay("inspect", DIGITS, "--memory", "fast"), DONE).stdout
        self.assertNotIn("▚", apart.split("arena, from")[0])

    def test_the_plan_as_a_picture(self):
        for memory in ("balanced", "fast"):
            svg = self.path(memory + ".svg")
            self.check(inlay("inspect", DIGITS, "--memory", memory, "--svg", svg), DONE)
            picture = ElementTree.parse(svg).getroot()
            ns = {"svg": "http://www.w3.org/2000/svg"}
            width, height = float(picture.get("width")), float(picture.get("height"))
            layers = json.loads(self.check(inlay("inspect", DIGITS, "--memory", memory, "--json"), DONE).stdout)["layers"]
            boxes = {}
            for group in picture.findall("svg:g", ns):
                name = group.find("svg:title", ns).text.split(":")[0]
                self.assertNotIn(name, boxes)
                boxes[name] = [tuple(map(float, point.split(","))) for point in group.find("svg:polygon", ns).get("points").split()]
            for layer in layers:
                if layer["offset"] >= 0:
                    self.assertIn(layer["name"], boxes)
            self.assertTrue(all(0 <= x <= width and 0 <= y <= height for points in boxes.values() for x, y in points))
            texts = ["".join(text.itertext()) for text in picture.findall("svg:text", ns)]
            peak = max(layers, key=lambda layer: layer["live_bytes"])
            self.assertIn(f"peak: {peak['name']}, {peak['operator']}", texts)
            # The front between a result and the input under it is a slope where one pixel follows the other.
            slopes = [name for name, points in boxes.items() if points[0][0] != points[3][0]]
            self.assertEqual(bool(slopes), memory == "balanced")

    def test_a_budget_is_a_compile_error(self):
        self.check(inlay("compile", SINE, "-o", self.path("m.hpp"), "--ram", "8"), DONE)
        write(self.path("main.cpp"), b'#include "m.hpp"\nstatic inlay::engine<sine_int8::model> nn;\nint main() { nn.run(); }\n')
        include = os.path.join(EXAMPLES, "..", "include")
        built = subprocess.run(["g++", "-std=c++20", "-fsyntax-only", "-I", include, self.path("main.cpp")], capture_output=True, text=True)
        self.assertNotEqual(built.returncode, 0)
        self.assertIn("budget", built.stderr)

    def test_tables_in_a_section(self):
        names = [row["name"] for row in json.loads(self.check(inlay("inspect", SINE, "--json"), DONE).stdout)["layers"]]
        self.check(inlay("compile", SINE, "-o", self.path("m.hpp"), "--place", names[1] + "=.itcm.rodata"), DONE)
        write(self.path("main.cpp"), b'#include "m.hpp"\nconstinit inlay::engine<sine_int8::model> nn;\nvoid run() { nn.run(); }\n')
        for compiler in ("g++", "clang++-14"):
            if shutil.which(compiler) is None:
                continue
            subprocess.run([compiler, "-std=c++20", "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-c", self.path("main.cpp"), "-o", self.path("main.o"),
                            "-I", os.path.join(EXAMPLES, "..", "include")], check=True)
            symbols = subprocess.run(["objdump", "--syms", "--demangle", self.path("main.o")], capture_output=True, text=True, check=True).stdout
            placed = {line.split()[-1] for line in symbols.splitlines() if " .itcm.rodata\t" in line and line.endswith("_weights")}
            self.assertEqual(placed, {"sine_int8::" + names[1] + "_weights"})

    def test_place_says_what_is_wrong(self):
        def said(*placements):
            options = [word for each in placements for word in ("--place", each)]
            return self.check(inlay("compile", SINE, "-o", self.path("m.hpp"), *options), USAGE).stderr
        names = [row["name"] for row in json.loads(self.check(inlay("inspect", SINE, "--json"), DONE).stdout)["layers"]]
        self.assertIn('the nearest name is "' + names[2] + '"', said("x" + names[2] + "=.itcm"))
        self.assertIn("give LAYER=SECTION", said(names[0]))
        self.assertIn("give LAYER=SECTION", said(names[0] + '=a")'))
        self.assertIn("has a section already", said(names[0] + "=.a", names[0] + "=.b"))
        pool = next(row["name"] for row in json.loads(inlay("inspect", DIGITS, "--json").stdout)["layers"] if row["weight_bytes"] == 0)
        result = self.check(inlay("compile", DIGITS, "-o", self.path("m.hpp"), "--place", pool + "=.itcm"), USAGE)
        self.assertIn("the layer has no tables", result.stderr)

    def test_an_input_fed_row_by_row(self):
        whole = json.loads(self.check(inlay("compile", DIGITS, "-o", self.path("w.hpp"), "--json"), DONE).stdout)
        fed = json.loads(self.check(inlay("compile", DIGITS, "-o", self.path("f.hpp"), "--feed", "--json"), DONE).stdout)
        self.assertLess(fed["arena_bytes"], whole["arena_bytes"])
        self.assertEqual((fed["layers"], fed["macs"]), (whole["layers"], whole["macs"]))
        header = read(self.path("f.hpp")).decode()
        self.assertIn("struct image : streamed_input<", header)
        self.assertIn(": streamed<list<", header)
        rows = json.loads(self.check(inlay("inspect", DIGITS, "--feed", "--json"), DONE).stdout)["layers"]
        self.assertTrue(any("rows kept" in row["kept"] for row in rows))
        write(self.path("image.bin"), bytes(range(256)) * 3 + bytes(16))
        results = set()
        for options in ((), ("--feed",), ("--memory", "min"), ("--memory", "min", "--feed", "--target", "cortex-m4", "--optimize", "speed")):
            self.check(inlay("run", DIGITS, "--input", self.path("image.bin"), "--output-dir", self.path("out"), *options), DONE)
            results.add(read(self.path("out/out0.bin")))
        self.assertEqual(len(results), 1)

    def test_regions(self):
        regions = ("--region", "dtcm=4K", "--region", "sram=64K")
        said = json.loads(self.check(inlay("compile", DIGITS, "-o", self.path("m.hpp"), "--json", *regions), DONE).stdout)["regions"]
        self.assertTrue(0 < said["dtcm"] <= 4096 and 0 < said["sram"] <= 65536, said)
        text = read(self.path("m.hpp")).decode()
        self.assertIn("inline constexpr region dtcm{0, 4096}, sram{1, 65536};", text)
        self.assertIn(f"static_assert(region_size<model, dtcm> == {said['dtcm']});", text)
        shown = json.loads(self.check(inlay("inspect", DIGITS, "--json", *regions), DONE).stdout)
        self.assertEqual({name: each["bytes"] for name, each in shown["regions"].items()}, said)
        self.assertEqual({row["region"] for row in shown["layers"]}, {"dtcm", "sram"})
        self.check(inlay("inspect", DIGITS, "--svg", self.path("plan.svg"), *regions), DONE)
        self.assertIn(f">dtcm, {said['dtcm']} of 4096 bytes<", read(self.path("plan.svg")).decode())
        golden = os.path.join(EXAMPLES, "digits", "golden")
        self.check(inlay("verify", DIGITS, "--golden", golden, *regions), DONE)
        self.check(inlay("verify", DIGITS, "--golden", golden, "--target", "cortex-m4", "--optimize", "speed", *regions), DONE)

    def test_regions_that_are_too_small(self):
        result = self.check(inlay("compile", DIGITS, "-o", self.path("m.hpp"), "--region", "dtcm=1K", "--region", "sram=3K"), FAILED)
        self.assertRegex(result.stderr, r"about \d+ bytes are missing in sram\n  why   .*the peak is operator 2, CONV_2D")
        self.assertFalse(os.path.exists(self.path("m.hpp")))

    def test_region_says_what_is_wrong(self):
        for options, words in ((["dtcm"], "give NAME=BYTES"), (["dtcm=0"], "give NAME=BYTES"), (["dtcm=4G"], "give NAME=BYTES"), (["d=1M", "d=2M"], "already"),
                               (["3=64K"], "cannot be the region's name"), (["conv2d=64K"], "cannot be the region's name"),
                               (["conv1=64K"], "a layer or the model has this name")):
            words_of_options = [word for each in options for word in ("--region", each)]
            self.assertIn(words, self.check(inlay("compile", DIGITS, "-o", self.path("m.hpp"), *words_of_options), USAGE).stderr)


unittest.main(argv=sys.argv[:1])
