// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"

#include <string>
#include <vector>

namespace inlay::tool {

/// The section for the tables of each operation, as `--place LAYER=SECTION` asks for; none where it is empty. Throws a tool_error
/// where a layer is not in the model.
std::vector<std::string> find_sections(graph const& model, std::vector<std::string> const& placements);

}  // namespace inlay::tool
