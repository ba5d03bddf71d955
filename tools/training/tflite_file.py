# SPDX-License-Identifier: MIT
"""Writes a graph as a .tflite file: JSON, made binary by flatc with the project's own schema."""

import json
import subprocess
import tempfile
from pathlib import Path

import numpy as np

from graph import Graph, Tensor

SCHEMA = Path(__file__).resolve().parents[1] / "inlay" / "read" / "tflite.fbs"
TYPES = {np.dtype(np.float32): "FLOAT32", np.dtype(np.int32): "INT32", np.dtype(np.int8): "INT8"}
NUMBERS = {  # operator codes of the format; the first field that held them is one byte wide and still wanted by old readers
    "CONV_2D": 3, "DEPTHWISE_CONV_2D": 4, "FULLY_CONNECTED": 9, "MAX_POOL_2D": 17, "RESHAPE": 22, "SOFTMAX": 25,
}


def write(graph: Graph, path: Path, schema: Path = SCHEMA) -> None:
    with tempfile.TemporaryDirectory() as folder:
        text = Path(folder) / "model.json"
        text.write_text(json.dumps(as_json(graph)))
        subprocess.run(["flatc", "--binary", "--strict-json", "-o", folder, str(schema), str(text)], check=True)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(next(file for file in Path(folder).iterdir() if file != text).read_bytes())


def as_json(graph: Graph) -> dict:
    names = list(graph.tensors)
    codes = sorted({(NUMBERS[op.code], op.code, op.version) for op in graph.operators})
    buffers: list[dict] = [{}]  # number 0 is empty by convention: what has no data refers to it

    def tensor(t: Tensor) -> dict:
        entry = {"shape": list(t.shape), "type": TYPES[np.dtype(t.dtype)], "buffer": 0, "name": t.name}
        if t.data is not None:
            entry["buffer"] = len(buffers)
            little_endian = np.ascontiguousarray(t.data, np.dtype(t.dtype).newbyteorder("<"))
            buffers.append({"data": list(little_endian.tobytes())})
        if t.scale is not None:
            # Nine digits name a float32 exactly.
            entry["quantization"] = {"scale": [float(f"{s:.9g}") for s in t.scale], "zero_point": [t.zero_point] * len(t.scale)}
            if len(t.scale) > 1:
                entry["quantization"]["quantized_dimension"] = t.axis
        return entry

    def operator(op) -> dict:
        entry = {"opcode_index": codes.index((NUMBERS[op.code], op.code, op.version)),
                 "inputs": [names.index(n) for n in op.inputs], "outputs": [names.index(op.output)]}
        if op.options_type:
            entry |= {"builtin_options_type": op.options_type, "builtin_options": op.options}
        return entry

    return {
        "version": 3,
        "operator_codes": [{"deprecated_builtin_code": n, "builtin_code": c, "version": v} for n, c, v in codes],
        "subgraphs": [{
            "tensors": [tensor(t) for t in graph.tensors.values()],
            "inputs": [names.index(graph.input)],
            "outputs": [names.index(graph.output)],
            "operators": [operator(op) for op in graph.operators],
            "name": "main",
        }],
        "description": graph.description,
        "buffers": buffers,
    }
