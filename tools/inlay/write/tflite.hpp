// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"

#include <cstddef>
#include <vector>

namespace inlay::tool {

/// The model as a TensorFlow Lite file, with operators and versions that the reference runs. A convolution's padding that is neither SAME
/// nor VALID becomes a PAD in front of it.
std::vector<std::byte> write_tflite(graph const& model);

}  // namespace inlay::tool
