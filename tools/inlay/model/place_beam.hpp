// SPDX-License-Identifier: MIT
#pragma once

#include "model/place_rules.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace inlay::tool {

/// Blocks placed so far, in the order of their first step.
struct partial_plan {
    std::vector<std::int64_t> offsets;  ///< by block; -1: not placed, or without bytes
    std::vector<traversal> order;       ///< by operation
    std::int64_t cost = 0;
};

/// A beam search: blocks are placed by first step, each wherever it touches a neighbour or an end of its room, and of the many
/// partial plans the best few are kept. Plans that differ only in what is dead are one.
class place_beam {
public:
    place_beam(place_rules const& rules, std::size_t width) : rules_{rules}, width_{width} {}

    /// The cheapest plan found.
    ///   room_of   the index of each block's room; -1: the block is left out
    std::optional<partial_plan> search(std::vector<room> const& rooms, std::vector<int> const& room_of) const;

private:
    place_rules const& rules_;
    std::size_t width_;
};

/// Puts a plan of all blocks into a layout.
void lay_out(place_rules const& rules, partial_plan const& plan, memory_layout& layout);

}  // namespace inlay::tool
