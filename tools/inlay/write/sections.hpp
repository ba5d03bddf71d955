// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"

#include <map>
#include <string>
#include <vector>

namespace inlay::tool {

/// The sections for the tables of layers, by the layers' results, as `--place LAYER=SECTION` asks for. Throws a tool_error where a
/// layer is not in the model.
std::map<int, std::string> find_sections(graph const& model, std::vector<std::string> const& placements);

}  // namespace inlay::tool
