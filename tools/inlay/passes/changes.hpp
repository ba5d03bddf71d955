// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace inlay::tool {

/// What a pass did, for `--explain`.
struct change {
    std::string where;  ///< an operation's location
    std::string what;   ///< one or more lines
};

using change_log = std::vector<change>;

/// Numbers in ascending order as text, runs of them short: "0-3, 7".
std::string list_of(std::vector<int> const& numbers);

}  // namespace inlay::tool
