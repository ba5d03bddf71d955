// SPDX-License-Identifier: MIT
#pragma once

#include "model/plan.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// The arena while each operation runs, as a line of so many cells from its first byte to its last.
std::vector<std::string> map_plan(memory_layout const& layout, int cells);

/// What the cells mean.
inline constexpr std::string_view plan_map_legend = "█ result   ▓ read for the last time   ▚ a result over it   ▒ needed later   ░ scratch   · free";

}  // namespace inlay::tool
