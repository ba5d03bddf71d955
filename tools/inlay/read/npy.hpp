// SPDX-License-Identifier: MIT
//
// NumPy's files of one array: magic, version, a header that is a Python dictionary, the numbers.
#pragma once

#include "model/graph.hpp"

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// Whether the file says of itself that it is one.
bool is_npy(std::span<std::byte const> file);

/// The numbers of `steps` tensors. Throws a tool_error, with `where`, if the file is damaged or holds something else.
///   source  NumPy's "npy format", versions 1.0 to 3.0; little-endian, C order
std::vector<std::byte> read_npy(std::span<std::byte const> file, std::string_view where, tensor_description const& tensor, int steps);

}  // namespace inlay::tool
