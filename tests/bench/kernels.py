#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""The benchmark of single layers, on a few small ones.

usage: kernels.py KERNELS
"""
import json
import subprocess
import sys
import unittest

KERNELS = sys.argv[1]


def kernels(*arguments):
    return subprocess.run([KERNELS, *arguments], capture_output=True, text=True)


class Kernels(unittest.TestCase):
    def test_portable_and_own(self):
        ran = kernels("conv2d/5x5x16-1x1-16", "depthwise_conv2d/5x5x8-3x3", "--targets", "cortex-m0,cortex-m4,cortex-m55", "--json")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        rows = json.loads(ran.stdout)
        self.assertEqual(len(rows), 2 * 3 * 2)
        self.assertEqual([row["name"] for row in rows[:3]], ["conv2d/5x5x16-1x1-16/int8_per_channel/" + tag for tag in ("portable", "thumb1", "portable")])
        self.assertEqual([row["macs"] for row in rows[::6]], [25 * 256, 25 * 8 * 9])
        self.assertEqual([row["outputs"] for row in rows[::6]], [25 * 16, 25 * 8])
        for portable, own in zip(rows[::2], rows[1::2]):
            self.assertEqual(portable["kernel"], "portable")
            self.assertEqual(portable["output_fnv1a64"], own["output_fnv1a64"], own["name"])
            self.assertGreater(own["code_bytes"], 50)
            self.assertGreater(own["flash_bytes"], own["code_bytes"])
            self.assertLess(own["instructions"], portable["instructions"], own["name"])
            self.assertGreater(own["instructions"], own["bound_per_mac"] * own["macs"], own["name"])
            if own["target"] != "cortex-m55":
                self.assertGreater(own["cycles_estimate"], own["instructions"])

    def test_floats_and_the_table(self):
        ran = kernels("fully_connected/16-8", "max_pool2d/4x4x8-2x2s2v", "softmax/5", "--targets", "cortex-m4", "--schemes", "float32", "--tags", "own")
        self.assertEqual(ran.returncode, 0, ran.stderr)
        lines = ran.stdout.splitlines()
        self.assertEqual(len(lines), 4)
        self.assertRegex(lines[0], "instructions +per MAC +bound")
        self.assertRegex(lines[1], r"^fully_connected/16-8/float32/arm_dsp_fp +cortex-m4 ")

    def test_a_name_that_is_none(self):
        for name in ("conv2d", "conv2d/5x5x16-1x1", "depthwise_conv2d/5x5x8-3x3-8", "conv2d/2x2x8-3x3v-8", "add/0x4x4", "softmax/0", "conv2d/5x5x1-0x1-4"):
            ran = kernels(name, "--targets", "cortex-m4")
            self.assertEqual((name, ran.returncode), (name, 2))
            self.assertIn("is no layer that can be measured", ran.stderr)
            self.assertIn("mend  give one as conv2d/", ran.stderr)
        self.assertEqual(kernels("--targets", "cortex-m99").returncode, 2)


unittest.main(argv=sys.argv[:1])
