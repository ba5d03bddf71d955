// SPDX-License-Identifier: MIT
#include "model/region_search.hpp"

#include "error.hpp"
#include "model/accesses.hpp"
#include "model/place_beam.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <functional>
#include <numeric>
#include <optional>

namespace inlay::tool {
namespace {

struct assignment {
    std::vector<int> room_of;  ///< by block
    partial_plan plan;
    std::vector<int> failures;  ///< by room: searches that found no place for one block more
};

/// Rooms as large as the regions, one behind the other.
std::vector<room> rooms_of(std::vector<ram_region> const& regions) {
    std::vector<room> rooms;
    std::int64_t start = 0;
    for (auto const& each : regions) {
        rooms.push_back({start, start + each.bytes});
        start = (start + each.bytes + 7) / 8 * 8;
    }
    return rooms;
}

class region_search {
public:
    region_search(graph const& model, place_rules const& rules)
        : rules_{rules}, beam_{rules, std::clamp<std::size_t>(10'000 / (rules.blocks().size() + 1), 16, 64)} {
        std::vector<std::size_t> blocks(rules.blocks().size());
        std::iota(blocks.begin(), blocks.end(), std::size_t{0});
        auto const counts = count_accesses(model, rules.blocks());
        auto const by = [&](auto key) {
            auto& sequence = sequences_.emplace_back(blocks);
            std::ranges::stable_sort(sequence, std::greater{}, key);
        };
        auto const size = [&](std::size_t b) { return std::max<std::int64_t>(rules.largest(b), 1); };
        by([&](std::size_t b) { return static_cast<double>(counts[b]) / static_cast<double>(size(b)); });
        by([&](std::size_t b) { return counts[b]; });
        by(size);
    }

    /// By accesses of a byte; where that leaves no room for all, by accesses of the whole tensor, or by size.
    std::optional<assignment> search(std::vector<room> const& rooms) const {
        for (auto const& sequence : sequences_) {
            if (auto found = assign(sequence, rooms)) return found;
        }
        return {};
    }

    /// The operation that takes most of all, and what it takes.
    std::pair<std::size_t, std::int64_t> peak() const {
        std::pair<std::size_t, std::int64_t> most{0, 0};
        for (std::size_t i = 0; i < rules_.count_operations(); ++i) {
            if (auto const bytes = rules_.least_for(i); bytes > most.second) most = {i, bytes};
        }
        return most;
    }

    /// Makes the rooms as small as halving finds, the last first.
    void shrink(assignment& found, std::vector<room> rooms, int unit) const {
        for (std::size_t r = rooms.size(); r-- > 0;) {
            std::int64_t low = rooms[r].start;
            std::int64_t high = low;
            for (std::size_t b = 0; b < found.room_of.size(); ++b) {
                if (found.room_of[b] != static_cast<int>(r) || found.plan.offsets[b] < 0) continue;
                low = std::max(low, rooms[r].start + rules_.bytes(b, found.plan.order));
                high = std::max(high, found.plan.offsets[b] + rules_.bytes(b, found.plan.order));
            }
            bool const holds_all = std::ranges::count(found.room_of, static_cast<int>(r)) == std::ssize(found.room_of);
            if (holds_all) low = std::max(low, rooms[r].start + peak().second - 1);
            while (high - low > unit) {
                // If the room holds all, the least that there can be is tried first.
                rooms[r].end = holds_all && low < rooms[r].start + peak().second ? low + 1 : (low + high) / 2;
                if (auto plan = beam_.search(rooms, found.room_of)) {
                    found.plan = std::move(*plan);
                    high = rooms[r].end;
                } else {
                    low = rooms[r].end;
                }
            }
            rooms[r].end = high;
        }
    }

private:
    std::optional<assignment> assign(std::vector<std::size_t> const& sequence, std::vector<room> const& rooms) const {
        assignment found{std::vector(sequence.size(), -1), {}, std::vector(rooms.size(), 0)};
        found.plan.offsets.assign(sequence.size(), -1);
        found.plan.order.assign(rules_.count_operations(), traversal::forward);
        for (std::size_t const b : sequence) {
            for (std::size_t r = 0; r < rooms.size() && found.room_of[b] < 0; ++r) {
                found.room_of[b] = static_cast<int>(r);
                if (!add(found, b, rooms)) found.room_of[b] = -1;
            }
            if (found.room_of[b] < 0) return {};
        }
        return found;
    }

    /// One more block in a plan: in the lowest place if there is one, or else all are placed anew. A room where that has failed
    /// often is full.
    bool add(assignment& to, std::size_t block, std::vector<room> const& rooms) const {
        constexpr int most_failures = 12;
        auto const r = static_cast<std::size_t>(to.room_of[block]);
        auto const& in = rooms[r];
        int const size = rules_.bytes(block, to.plan.order);
        if (size > in.end - in.start) return false;
        if (size > 0) {
            std::vector<place_rules::interval> around;
            for (std::size_t const other : rules_.near(block)) {
                if (to.plan.offsets[other] >= 0) around.push_back(rules_.forbidden(block, other, to.plan.order, to.plan.offsets[other]));
            }
            auto const places = rules_.places(size, around, in);
            if (places.empty()) {
                bool const is_full = r + 1 < rooms.size() && to.failures[r] == most_failures;
                auto plan = is_full ? std::nullopt : beam_.search(rooms, to.room_of);
                if (!plan) {
                    to.failures[r] += is_full ? 0 : 1;
                    return false;
                }
                to.plan = std::move(*plan);
            } else {
                to.plan.offsets[block] = places.front();
            }
        }
        return true;
    }

    place_rules const& rules_;
    place_beam beam_;
    std::vector<std::vector<std::size_t>> sequences_;
};

/// Lets the last region grow until all fits, and says by how much, and where the model needs it.
[[noreturn]] void refuse(graph const& model, region_search const& search, std::vector<ram_region> regions, std::int64_t bytes_in_one) {
    auto const given = regions;
    std::int64_t low = given.back().bytes;
    std::int64_t high = low + bytes_in_one;
    while (high - low > std::max<std::int64_t>(4, high / 200)) {
        std::int64_t const middle = (low + high) / 2;
        regions.back().bytes = static_cast<int>(middle);
        (search.search(rooms_of(regions)) ? high : low) = middle;
    }
    std::string sizes;
    for (auto const& each : given) sizes += fmt::format("{}{}={}", sizes.empty() ? "" : ", ", each.name, each.bytes);
    auto const missing = high - given.back().bytes;
    std::string why = "the regions have " + sizes;
    if (!model.operations.empty()) {
        auto const [peak, bytes] = search.peak();
        why += fmt::format("; the peak is {}, which needs at least {} bytes", model.operations[peak].location, bytes);
    }
    throw tool_error{model.source, fmt::format("the tensors do not fit the regions: about {} bytes are missing in {}", missing, given.back().name),
                     std::move(why),
                     fmt::format("give {} bytes to {}, or make the layer at the peak smaller", high, given.back().name)};
}

}  // namespace

void search_regions(graph const& model, memory_layout& layout, int unit, std::vector<ram_region> const& regions, bool overlaps, int bytes_in_one) {
    place_rules const rules{model, layout.blocks, unit, overlaps};
    region_search const search{model, rules};
    auto rooms = rooms_of(regions);
    auto found = search.search(rooms);
    if (!found) refuse(model, search, regions, bytes_in_one);
    search.shrink(*found, rooms, unit);

    // One behind the other as large as they are, not as they may be.
    layout.regions.clear();
    int end = 0;
    for (std::size_t r = 0; r < regions.size(); ++r) {
        used_region used{regions[r], (end + 7) / 8 * 8, 0};
        for (std::size_t b = 0; b < found->room_of.size(); ++b) {
            auto& offset = found->plan.offsets[b];
            if (found->room_of[b] != static_cast<int>(r) || offset < 0) continue;
            offset -= rooms[r].start;
            used.bytes = std::max(used.bytes, static_cast<int>(offset) + rules.bytes(b, found->plan.order));
            offset += used.start;
        }
        end = used.start + used.bytes;
        layout.regions.push_back(std::move(used));
    }
    lay_out(rules, found->plan, layout);
    layout.bound = static_cast<int>(search.peak().second);
}

}  // namespace inlay::tool
