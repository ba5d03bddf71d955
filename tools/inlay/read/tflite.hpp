// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "report.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace inlay::tool {

/// Reads a TensorFlow Lite model, trusting nothing in it. Every problem goes into `problems`; with one, the graph is only good for
/// finding more of them. Without one, these hold:
///   indices of tensors are valid (or `operation::absent`, among an operation's inputs); shapes have at most max_rank axes, no
///   negative extent, and at most 256 MiB of elements; constants have exactly their elements; per-channel quantisation has one entry for
///   each index of its axis, scales are finite and positive; every tensor is made once, before it is read.
/// Whether inlay has an operator, and whether operands fit together, is the operators' own question.
///   path   what the user calls the file; its last part names the graph
graph read_tflite(std::span<std::byte const> file, std::string_view path, report& problems);

}  // namespace inlay::tool
