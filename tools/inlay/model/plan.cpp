// SPDX-License-Identifier: MIT
#include "model/plan.hpp"

#include "error.hpp"
#include "model/names.hpp"
#include "model/place_rules.hpp"
#include "model/place_search.hpp"
#include "model/region_search.hpp"
#include "model/reserved.hpp"
#include "operators/operator.hpp"
#include "text.hpp"

#include <inlay/graph/memory_plan.hpp>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <fmt/format.h>
#include <iterator>
#include <numeric>
#include <utility>

namespace inlay::tool {
namespace {

/// More than any device has.
constexpr int most_bytes = 1 << 28;

/// The strictest alignment of the tensors in the arena; blocks of a multiple of it lie at multiples of it.
int strictest(graph const& model) {
    int unit = 1;
    for (auto const& tensor : model.tensors) {
        if (!tensor.is_constant) unit = std::max(unit, bytes_of(tensor.type));
    }
    for (auto const& op : model.operations) {
        for (auto const& each : op.layers) {
            bool const is_sum = find_operator(each.kind)->reading(model, each)->kind == window_reading::everything;
            if (is_sum) unit = std::max(unit, bytes_of(element_type::int32));
        }
    }
    return unit;
}

/// Blocks of the tensors in the order of their first step, each of a multiple of `unit` bytes.
std::vector<placed_block> blocks_of(graph const& model, int unit) {
    int const steps = static_cast<int>(model.operations.size()) + 2;
    std::vector<int> owner(model.tensors.size());
    std::iota(owner.begin(), owner.end(), 0);
    std::vector<placed_block> life(model.tensors.size(), placed_block{.first = -1});
    auto const make = [&](int t, int step, int last) {
        auto const& tensor = model.tensors[static_cast<std::size_t>(t)];
        if (tensor.is_constant) return;
        life[static_cast<std::size_t>(t)] = {.bytes = planning::aligned(static_cast<int>(tensor.bytes()), unit), .first = step, .last = last, .tensor = t};
    };
    auto const read = [&](int t, int step) {
        if (t == operation::absent || model.tensors[static_cast<std::size_t>(t)].is_constant) return;
        auto& last = life[static_cast<std::size_t>(owner[static_cast<std::size_t>(t)])].last;
        last = std::max(last, step);
    };
    for (int const t : model.inputs) {
        bool const exists = !(model.is_fed && t == model.inputs[0]);
        if (exists) make(t, 0, 0);
    }
    for (std::size_t t = 0; t < model.tensors.size(); ++t) {
        if (model.tensors[t].is_variable) make(static_cast<int>(t), 0, steps - 1);
    }
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const& op = model.operations[i];
        int const step = static_cast<int>(i) + 1;
        bool const is_alias = find_operator(op.kind)->is_alias;
        if (is_alias) {
            owner[static_cast<std::size_t>(op.outputs[0])] = owner[static_cast<std::size_t>(op.inputs[0])];
        }
        for (int const t : op.inputs) read(t, step);
        if (is_alias) continue;
        for (int const t : op.outputs) make(t, step, step);
    }
    for (int const t : model.outputs) read(t, steps - 1);

    std::vector<placed_block> blocks;
    for (auto const& each : life) {
        if (each.first >= 0) blocks.push_back(each);
    }
    std::ranges::stable_sort(blocks, {}, &placed_block::first);
    return blocks;
}

void add_scratch(graph const& model, memory_layout& layout) {
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        int const step = static_cast<int>(i) + 1;
        int const bytes = scratch_for(model, model.operations[i], layout.order[i]);
        if (bytes > 0) layout.blocks.push_back({.bytes = bytes, .first = step, .last = step, .operation = static_cast<int>(i)});
    }
    std::ranges::stable_sort(layout.blocks, {}, &placed_block::first);
}

/// The plan of tensors that lie apart, as the header finds it.
void plan_apart(memory_layout& layout) {
    std::vector<block> blocks;
    for (auto const& each : layout.blocks) blocks.push_back({each.bytes, each.first, each.last});
    std::vector<int> offsets(blocks.size());
    auto const sizes = planning::measure(blocks, offsets);
    std::vector<int> room(sizes.room());
    layout.arena_bytes = plan_memory(blocks, sizes, room, offsets);
    layout.bound = sizes.live_bound;
    for (std::size_t b = 0; b < offsets.size(); ++b) layout.blocks[b].offset = offsets[b];
}

void count_live_bytes(memory_layout& layout) {
    layout.live_bytes.clear();
    for (int step = 1; step <= static_cast<int>(layout.order.size()); ++step) {
        std::vector<std::pair<int, int>> taken;
        for (auto const& each : layout.blocks) {
            if (each.first <= step && step <= each.last) taken.push_back({each.offset, each.offset + each.bytes});
        }
        std::ranges::sort(taken);
        int live = 0;
        int end = 0;
        for (auto const& [low, high] : taken) {
            live += std::max(high - std::max(low, end), 0);
            end = std::max(end, high);
        }
        layout.live_bytes.push_back(live);
    }
}

}  // namespace

void check_memory(graph const& model, report& problems) {
    std::vector<std::int64_t> change(model.operations.size() + 3);
    for (auto const& each : blocks_of(model, 1)) {
        change[static_cast<std::size_t>(each.first)] += each.bytes;
        change[static_cast<std::size_t>(each.last) + 1] -= each.bytes;
    }
    std::int64_t live = 0;
    for (std::size_t step = 0; step < change.size(); ++step) {
        live += change[step];
        if (live <= most_bytes) continue;
        bool const runs = step >= 1 && step <= model.operations.size();
        problems.add(runs ? model.operations[step - 1].location : "", fmt::format("{} MiB of tensors are alive at once", live >> 20),
                     fmt::format("inlay plans memory of up to {} MiB", most_bytes >> 20), "use smaller tensors: a smaller input, fewer channels");
        return;
    }
}

memory_mode find_memory_mode(std::string_view word) {
    if (word == "min") return memory_mode::min;
    if (word == "balanced") return memory_mode::balanced;
    if (word == "fast") return memory_mode::fast;
    throw tool_error{.where = fmt::format("--memory {}", word), .what = "there is no such plan", .why = "", .mend = "give min, balanced or fast",
                     .status = exit_status::usage};
}

std::string_view name_of(traversal order) {
    constexpr std::string_view names[] = {"forward", "backward", "in_place"};
    return names[static_cast<std::size_t>(order)];
}

ram_region ram_region::parse(std::string const& text) {
    auto const equals = text.find('=');
    ram_region found{text.substr(0, equals), 0};
    auto number = equals == text.npos ? std::string_view{} : std::string_view{text}.substr(equals + 1);
    int unit = 1;
    if (number.ends_with('K')) unit = 1 << 10;
    if (number.ends_with('M')) unit = 1 << 20;
    if (unit != 1) number.remove_suffix(1);
    auto const [end, error] = std::from_chars(number.data(), number.data() + number.size(), found.bytes);
    auto const wrong = [&](std::string what, std::string mend) {
        return tool_error{fmt::format("--region {}", printable(text)), std::move(what), "", std::move(mend), exit_status::usage};
    };
    if (error != std::errc{} || end != number.data() + number.size() || found.bytes < 1 || found.bytes > most_bytes / unit) {
        throw wrong("no region and size", "give NAME=BYTES, as dtcm=64K; at most 256M");
    }
    if (!is_identifier(found.name) || is_inlay_name(found.name)) {
        throw wrong(fmt::format("\"{}\" cannot be the region's name in the header", printable(found.name)), "take letters, digits and underscores, and no word of C++ or inlay");
    }
    found.bytes *= unit;
    return found;
}

void memory_options::add(ram_region region) {
    if (std::ranges::find(regions, region.name, &ram_region::name) != regions.end()) {
        throw tool_error{fmt::format("--region {}={}", region.name, region.bytes), "there is a region of this name already", "", "give each region once",
                         exit_status::usage};
    }
    regions.push_back(std::move(region));
}

used_region const& memory_layout::region_of(placed_block const& block) const {
    auto const behind = std::ranges::find_if(regions, [&](auto const& each) { return each.start > block.offset; });
    // Of regions that begin there, those in front are empty.
    return *std::prev(behind);
}

placed_block const* memory_layout::of_tensor(int tensor) const {
    auto const found = std::ranges::find(blocks, tensor, &placed_block::tensor);
    return found == blocks.end() ? nullptr : &*found;
}

placed_block const* memory_layout::scratch_of(int operation) const {
    auto const found = std::ranges::find(blocks, operation, &placed_block::operation);
    return found == blocks.end() ? nullptr : &*found;
}

int memory_layout::peak_operation() const { return static_cast<int>(std::ranges::max_element(live_bytes) - live_bytes.begin()); }

std::vector<std::int64_t> least_bytes_of_operations(graph const& model) {
    place_rules const rules{model, blocks_of(model, 1), 1};
    std::vector<std::int64_t> least;
    for (std::size_t i = 0; i < model.operations.size(); ++i) least.push_back(rules.least_for(i));
    return least;
}

memory_layout plan_layout(graph const& model, memory_options const& options) {
    int const unit = strictest(model);
    memory_layout apart{.blocks = blocks_of(model, unit), .order = std::vector(model.operations.size(), traversal::forward), .live_bytes = {}};
    auto over = apart;
    over.blocks = blocks_of(model, 1);
    add_scratch(model, apart);
    plan_apart(apart);
    count_live_bytes(apart);
    bool const overlaps = options.mode != memory_mode::fast;
    // Portable kernels read single elements; others may load words.
    bool const by_bytes = options.mode == memory_mode::min && model.isa == instruction_set::portable;
    int const step = by_bytes ? unit : std::max(planning::alignment, unit);
    if (!options.regions.empty()) {
        search_regions(model, over, step, options.regions, overlaps, apart.arena_bytes);
    } else {
        if (!overlaps || apart.blocks.empty()) return apart;
        bool const has_groups = std::ranges::any_of(model.operations, [](auto const& op) { return !op.layers.empty(); });
        // The header finds no places for groups by itself.
        int const most = has_groups ? 2 * apart.arena_bytes : apart.arena_bytes;
        if (!search_places(model, over, step, most)) return apart;
    }
    count_live_bytes(over);
    over.has_places = true;
    return over;
}

}  // namespace inlay::tool
