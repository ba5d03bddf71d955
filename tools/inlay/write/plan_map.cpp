// SPDX-License-Identifier: MIT
#include "write/plan_map.hpp"

#include <algorithm>
#include <cstdint>

namespace inlay::tool {
namespace {

/// Bytes from one offset to another, the last excluded.
struct range {
    std::int64_t low;
    std::int64_t high;

    bool shares(range const& other) const { return low < other.high && other.low < high; }
    range within(range const& other) const { return {std::max(low, other.low), std::min(high, other.high)}; }
};

/// What the bytes of one cell hold while the operation of a step runs.
std::string_view cell_text(std::vector<placed_block> const& blocks, int step, range const& cell) {
    std::vector<range> made;
    std::vector<range> dying;
    bool is_needed_later = false;
    bool is_scratch = false;
    for (auto const& block : blocks) {
        range const bytes = range{block.offset, block.offset + block.bytes}.within(cell);
        if (block.first > step || block.last < step || bytes.low >= bytes.high) continue;
        is_scratch |= block.tensor < 0;
        if (block.tensor >= 0 && block.first == step) made.push_back(bytes);
        if (block.first < step && block.last == step) dying.push_back(bytes);
        is_needed_later |= block.first < step && block.last > step;
    }
    bool const is_over = std::ranges::any_of(made, [&](auto const& a) { return std::ranges::any_of(dying, [&](auto const& b) { return a.shares(b); }); });
    if (!made.empty()) return is_over ? "▚" : "█";
    if (!dying.empty()) return "▓";
    if (is_needed_later) return "▒";
    return is_scratch ? "░" : "·";
}

}  // namespace

std::vector<std::string> map_plan(memory_layout const& layout, int cells) {
    std::vector<std::string> lines;
    for (int step = 1; step <= static_cast<int>(layout.order.size()); ++step) {
        std::string line;
        for (int cell = 0; cell < cells; ++cell) {
            std::int64_t const low = std::int64_t{layout.arena_bytes} * cell / cells;
            std::int64_t const high = std::int64_t{layout.arena_bytes} * (cell + 1) / cells;
            line += cell_text(layout.blocks, step, {low, high});
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

}  // namespace inlay::tool
