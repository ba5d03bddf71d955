// SPDX-License-Identifier: MIT
#include "model/place_beam.hpp"

#include <algorithm>
#include <set>
#include <utility>

namespace inlay::tool {
namespace {

/// One more block for a partial plan.
struct extension {
    std::size_t of;
    traversal order;
    std::int64_t offset;
    std::int64_t cost;
    std::int64_t gap = 0;  ///< the largest free run of bytes once what ends here is gone
};

/// One search.
class beam_run {
public:
    beam_run(place_rules const& rules, std::size_t width, std::vector<room> const& rooms, std::vector<int> const& room_of)
        : rules_{rules}, width_{width}, rooms_{rooms}, room_of_{room_of} {
        auto const& blocks = rules_.blocks();
        for (std::size_t b = 0; b < blocks.size(); ++b) {
            if (room_of_[b] >= 0) sequence_.push_back(b);
        }
        std::ranges::stable_sort(sequence_, {}, [&](std::size_t b) { return blocks[b].first; });
    }

    std::optional<partial_plan> search() const {
        std::vector<partial_plan> plans(1);
        plans[0].offsets.assign(rules_.blocks().size(), -1);
        plans[0].order.assign(rules_.count_operations(), traversal::forward);
        for (std::size_t i = 0; i < sequence_.size() && !plans.empty(); ++i) plans = extend(plans, i);
        if (plans.empty()) return {};
        return plans.front();
    }

private:
    /// What an order costs: kernels that know only forward give way to the portable ones.
    static std::int64_t cost_of(traversal order) { return order == traversal::forward ? 0 : order == traversal::backward ? 1 : 2; }

    std::vector<partial_plan> extend(std::vector<partial_plan> const& plans, std::size_t i) const {
        std::size_t const block = sequence_[i];
        std::vector<extension> found;
        for (std::size_t p = 0; p < plans.size(); ++p) {
            int const maker = rules_.maker_of(block);
            for (traversal const order : all_orders) {
                if (maker < 0 ? order != order_of_scratch(plans[p], block) : !rules_.allows(static_cast<std::size_t>(maker), order)) continue;
                std::int64_t const cost = plans[p].cost + (maker < 0 ? 0 : cost_of(order));
                int const size = rules_.bytes(block, order);
                if (size == 0) {
                    found.push_back({p, order, -1, cost});
                    continue;
                }
                std::vector<place_rules::interval> around;
                for (std::size_t const other : rules_.near(block)) {
                    std::int64_t const offset = plans[p].offsets[other];
                    if (offset < 0) continue;
                    around.push_back(rules_.forbidden(block, size, order, other, rules_.bytes(other, order), offset));
                }
                auto const& all = room_at(block);
                for (std::int64_t const place : rules_.places(size, around, all)) found.push_back({p, order, place, cost});
                // Or with the scratch of what makes it at an end of the room.
                std::int64_t const reserved = bytes_of_scratch_behind(i, maker, order);
                if (reserved == 0) continue;
                for (std::int64_t const place : rules_.places(size, around, {all.start + reserved, all.end - reserved})) {
                    found.push_back({p, order, place, cost});
                }
            }
        }
        return best_of(plans, found, i);
    }

    traversal order_of_scratch(partial_plan const& plan, std::size_t block) const {
        int const operation = rules_.blocks()[block].operation;
        return operation < 0 ? traversal::forward : plan.order[static_cast<std::size_t>(operation)];
    }

    std::vector<partial_plan> best_of(std::vector<partial_plan> const& plans, std::vector<extension>& found, std::size_t i) const {
        std::size_t const block = sequence_[i];
        auto const open = open_behind(i);
        int const maker = rules_.maker_of(block);
        int const scratch_of = operation_of_scratch_behind(i);
        auto const offset_in = [&](extension const& each, std::size_t b) { return b == block ? each.offset : plans[each.of].offsets[b]; };
        for (auto& each : found) each.gap = largest_gaps(open, each.order, [&](std::size_t b) { return offset_in(each, b); });
        std::ranges::stable_sort(found, [](extension const& a, extension const& b) { return a.cost != b.cost ? a.cost < b.cost : a.gap > b.gap; });
        std::vector<partial_plan> kept;
        std::set<std::vector<std::int64_t>> seen;
        for (auto const& each : found) {
            if (kept.size() == width_) break;
            std::vector<std::int64_t> state;
            for (std::size_t const b : open) state.push_back(offset_in(each, b));
            if (scratch_of >= 0) {
                auto const order = scratch_of == maker ? each.order : plans[each.of].order[static_cast<std::size_t>(scratch_of)];
                state.push_back(static_cast<std::int64_t>(order));
            }
            if (!seen.insert(std::move(state)).second) continue;
            auto& plan = kept.emplace_back(plans[each.of]);
            plan.offsets[block] = each.offset;
            plan.cost = each.cost;
            if (maker >= 0) plan.order[static_cast<std::size_t>(maker)] = each.order;
        }
        return kept;
    }

    /// The blocks, up to number i of the sequence, that a later one still meets.
    std::vector<std::size_t> open_behind(std::size_t i) const {
        auto const& blocks = rules_.blocks();
        std::vector<std::size_t> open;
        for (std::size_t k = 0; k <= i && i + 1 < sequence_.size(); ++k) {
            if (blocks[sequence_[k]].last >= blocks[sequence_[i + 1]].first) open.push_back(sequence_[k]);
        }
        return open;
    }

    /// The operation whose scratch is still to be placed when number i of the sequence is; -1: none.
    int operation_of_scratch_behind(std::size_t i) const {
        auto const& blocks = rules_.blocks();
        for (std::size_t k = i + 1; k < sequence_.size() && blocks[sequence_[k]].first == blocks[sequence_[i]].first; ++k) {
            if (blocks[sequence_[k]].operation >= 0) return blocks[sequence_[k]].operation;
        }
        return -1;
    }

    /// Bytes of that scratch, if it is `maker`'s, in whole units.
    std::int64_t bytes_of_scratch_behind(std::size_t i, int maker, traversal order) const {
        if (maker < 0 || operation_of_scratch_behind(i) != maker) return 0;
        auto const& blocks = rules_.blocks();
        auto const scratch = std::ranges::find(blocks, maker, &placed_block::operation);
        return rules_.in_units(rules_.bytes(static_cast<std::size_t>(scratch - blocks.begin()), order));
    }

    room const& room_at(std::size_t block) const { return rooms_[static_cast<std::size_t>(room_of_[block])]; }

    /// The sum of the largest gap of each room.
    template <class OffsetOf>
    std::int64_t largest_gaps(std::vector<std::size_t> const& open, traversal order, OffsetOf const& offset_of) const {
        std::vector<std::pair<std::int64_t, std::int64_t>> taken;
        for (std::size_t const b : open) {
            if (std::int64_t const offset = offset_of(b); offset >= 0) taken.push_back({offset, offset + rules_.bytes(b, order)});
        }
        std::ranges::sort(taken);
        std::int64_t sum = 0;
        for (auto const& [start, end] : rooms_) {
            std::int64_t largest = 0;
            std::int64_t free = start;
            for (auto const& [low, high] : taken) {
                if (low < start || low >= end) continue;
                largest = std::max(largest, low - free);
                free = std::max(free, high);
            }
            sum += std::max(largest, end - free);
        }
        return sum;
    }

    place_rules const& rules_;
    std::size_t width_;
    std::vector<room> const& rooms_;
    std::vector<int> const& room_of_;
    std::vector<std::size_t> sequence_;
};

}  // namespace

std::optional<partial_plan> place_beam::search(std::vector<room> const& rooms, std::vector<int> const& room_of) const {
    return beam_run{rules_, width_, rooms, room_of}.search();
}

void lay_out(place_rules const& rules, partial_plan const& plan, memory_layout& layout) {
    layout.order = plan.order;
    layout.arena_bytes = 0;
    layout.blocks.clear();
    for (std::size_t b = 0; b < rules.blocks().size(); ++b) {
        auto block = rules.blocks()[b];
        auto const order = block.operation < 0 ? traversal::forward : layout.order[static_cast<std::size_t>(block.operation)];
        block.bytes = rules.bytes(b, order);
        block.offset = static_cast<int>(std::max<std::int64_t>(plan.offsets[b], 0));
        layout.arena_bytes = std::max(layout.arena_bytes, block.offset + block.bytes);
        if (block.bytes > 0 || block.tensor >= 0) layout.blocks.push_back(block);
    }
    std::ranges::stable_sort(layout.blocks, {}, &placed_block::first);
}

}  // namespace inlay::tool
