# SPDX-License-Identifier: MIT
"""Golden pairs in the layout `inlay verify` reads: NN.in0.bin and NN.out0.bin, raw and little-endian."""

from pathlib import Path

import numpy as np

from execute import execute
from graph import Graph


def write_golden(graph: Graph, inputs: np.ndarray, folder: Path) -> None:
    """One pair an input, numbered from 00."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, x in enumerate(inputs):
        output = execute(graph, x[None])[graph.output]
        for kind, values in (("in0", x), ("out0", output)):
            path = folder / f"{number:02}.{kind}.bin"
            path.write_bytes(np.ascontiguousarray(values, values.dtype.newbyteorder("<")).tobytes())
