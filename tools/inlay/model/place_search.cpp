// SPDX-License-Identifier: MIT
#include "model/place_search.hpp"

#include "model/place_beam.hpp"
#include "model/place_rules.hpp"

#include <algorithm>
#include <vector>

namespace inlay::tool {

bool search_places(graph const& model, memory_layout& layout, int unit, int most_bytes) {
    place_rules const rules{model, layout.blocks, unit};
    std::int64_t least = 0;
    for (std::size_t i = 0; i < rules.count_operations(); ++i) least = std::max(least, rules.least_for(i));
    layout.bound = static_cast<int>(least);

    // In the least there can be, or else in as little as halving finds.
    std::size_t const width = std::clamp<std::size_t>(40'000 / (rules.blocks().size() + 1), 16, 256);
    std::vector<int> const in_arena(rules.blocks().size());
    auto best = place_beam{rules, width}.search({{0, least}}, in_arena);
    place_beam const narrow{rules, std::max<std::size_t>(width / 4, 16)};
    std::int64_t low = least;
    std::int64_t high = best ? least : most_bytes;
    while (high - low > std::max<std::int64_t>(unit, least / 200)) {
        std::int64_t const middle = (low + high) / 2;
        if (auto found = narrow.search({{0, middle}}, in_arena)) {
            best = std::move(found);
            high = middle;
        } else {
            low = middle;
        }
    }
    if (!best) return false;

    lay_out(rules, *best, layout);
    return layout.arena_bytes < most_bytes;
}

}  // namespace inlay::tool
