// SPDX-License-Identifier: MIT
#include "model/place_rules.hpp"

#include "operators/operator.hpp"

#include <algorithm>
#include <limits>

namespace inlay::tool {

place_rules::place_rules(graph const& model, std::vector<placed_block> tensors, int unit, bool overlaps)
    : blocks_{std::move(tensors)}, unit_{unit}, overlaps_{overlaps}, tensors_{blocks_.size()}, operations_{model.operations.size()}, scratch_{model.operations.size()} {
    for (std::size_t i = 0; i < operations_.size(); ++i) add_operation(model, i);
    makers_.assign(blocks_.size(), -1);
    for (std::size_t i = 0; i < operations_.size(); ++i) {
        if (operations_[i].result) makers_[*operations_[i].result] = static_cast<int>(i);
    }
    near_.resize(blocks_.size());
    for (std::size_t a = 0; a < blocks_.size(); ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            if (blocks_[a].first > blocks_[b].last || blocks_[b].first > blocks_[a].last) continue;
            near_[a].push_back(b);
            near_[b].push_back(a);
        }
    }
}

std::optional<std::size_t> place_rules::block_of(int tensor) const {
    auto const end = blocks_.begin() + static_cast<std::ptrdiff_t>(tensors_);
    auto const found = std::find_if(blocks_.begin(), end, [&](auto const& each) { return each.tensor == tensor; });
    if (found == end) return {};
    return static_cast<std::size_t>(found - blocks_.begin());
}

int place_rules::owner_of(int tensor) const {
    for (auto each = aliases_.rbegin(); each != aliases_.rend(); ++each) {
        if (each->first == tensor) tensor = each->second;
    }
    return tensor;
}

void place_rules::add_operation(graph const& model, std::size_t i) {
    auto const& op = model.operations[i];
    auto& rules = operations_[i];
    if (find_operator(op.kind)->is_alias) {
        // What lends its bytes is found by the alias's name, too.
        aliases_.push_back({op.outputs[0], op.inputs[0]});
        return;
    }
    int const step = static_cast<int>(i) + 1;
    rules.result = block_of(op.outputs[0]);
    for (std::size_t k = 0; overlaps_ && rules.result && k < op.inputs.size(); ++k) {
        if (op.inputs[k] == operation::absent || model.in(op, k).is_constant) continue;
        auto const in = block_of(owner_of(op.inputs[k]));
        if (!in || blocks_[*in].last != step) continue;
        rule_of_pair pair{*in, {}};
        for (traversal const order : all_orders) pair.by_order[number_of(order)] = overlap_for(model, op, order, k);
        auto const twice = std::ranges::find(rules.pairs, *in, &rule_of_pair::in);
        if (twice == rules.pairs.end()) {
            rules.pairs.push_back(pair);
        } else {
            for (std::size_t o = 0; o < all_orders.size(); ++o) twice->by_order[o] = twice->by_order[o] & pair.by_order[o];
        }
    }
    for (std::size_t o = 1; o < all_orders.size(); ++o) {
        rules.allowed[o] = !rules.pairs.empty() && std::ranges::all_of(rules.pairs, [&](auto const& pair) {
            auto const& rule = pair.by_order[o];
            return rule.same_address || rule.low != nowhere.low || rule.high != nowhere.high;
        });
    }
    bool needs_room = false;
    for (traversal const order : all_orders) {
        auto& room = scratch_[i][number_of(order)];
        room = allows(i, order) ? scratch_for(model, op, order) : 0;
        needs_room = needs_room || room > 0;
    }
    if (needs_room) blocks_.push_back({.first = step, .last = step, .operation = static_cast<int>(i)});
}

place_rules::interval place_rules::forbidden(std::size_t block, int size, traversal order, std::size_t other, int other_size,
                                             std::int64_t offset) const {
    if (int const op = makers_[block]; op >= 0) {
        auto const& pairs = operations_[static_cast<std::size_t>(op)].pairs;
        auto const pair = std::ranges::find(pairs, other, &rule_of_pair::in);
        if (pair != pairs.end()) {
            auto const& rule = pair->by_order[number_of(order)];
            return {offset + rule.low, offset + rule.high, rule.same_address ? std::optional{offset} : std::nullopt};
        }
    }
    return {offset - size, offset + other_size, {}};
}

traversal place_rules::order_of(std::size_t block, std::vector<traversal> const& order) const {
    int const op = makers_[block] >= 0 ? makers_[block] : blocks_[block].operation;
    return op < 0 ? traversal::forward : order[static_cast<std::size_t>(op)];
}

int place_rules::bytes(std::size_t block, std::vector<traversal> const& order) const { return bytes(block, order_of(block, order)); }

int place_rules::largest(std::size_t block) const {
    int most = 0;
    for (traversal const order : all_orders) most = std::max(most, bytes(block, order));
    return most;
}

place_rules::interval place_rules::forbidden(std::size_t block, std::size_t other, std::vector<traversal> const& order, std::int64_t offset) const {
    int const size = bytes(block, order);
    int const other_size = bytes(other, order);
    bool const is_result = makers_[block] >= 0 && is_pair(operations_[static_cast<std::size_t>(makers_[block])], other);
    if (is_result) return forbidden(block, size, order_of(block, order), other, other_size, offset);
    auto const mirrored = forbidden(other, other_size, order_of(other, order), block, size, 0);
    return {offset - mirrored.high, offset - mirrored.low, mirrored.but ? std::optional{offset} : std::nullopt};
}

std::vector<std::int64_t> place_rules::places(int size, std::vector<interval> const& around, room const& in) const {
    if (size > in.end - in.start) return {};
    auto const highest = in.start + (in.end - in.start - size) / unit_ * unit_;
    std::vector<std::int64_t> found{in.start, highest};
    for (auto const& each : around) {
        if (each.high < in.end) found.push_back((each.high + unit_ - 1) / unit_ * unit_);
        if (each.low > in.start) found.push_back(each.low / unit_ * unit_);
        if (each.but) found.push_back(*each.but);
    }
    std::erase_if(found, [&](std::int64_t place) {
        return place < in.start || place > highest || std::ranges::any_of(around, [&](auto const& each) { return each.forbids(place); });
    });
    std::ranges::sort(found);
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

std::int64_t place_rules::least_for(std::size_t operation) const {
    auto const& rules = operations_[operation];
    int const step = static_cast<int>(operation) + 1;
    std::int64_t least = std::numeric_limits<std::int64_t>::max();
    for (traversal const order : all_orders) {
        if (!allows(operation, order)) continue;
        // Everything begins at a multiple of the unit; what lies topmost need not fill its last one.
        std::int64_t sum = 0;
        std::int64_t unfilled = 0;
        auto const add = [&](std::int64_t bytes) {
            sum += in_units(bytes);
            unfilled = std::max(unfilled, in_units(bytes) - bytes);
        };
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            if (blocks_[b].first > step || blocks_[b].last < step || (rules.result && (b == *rules.result || is_pair(rules, b)))) continue;
            add(bytes(b, order));
        }
        if (rules.result) add(least_together(rules, order));
        least = std::min(least, sum - unfilled);
    }
    return least;
}

bool place_rules::is_pair(operation_rules const& rules, std::size_t block) const {
    return std::ranges::find(rules.pairs, block, &rule_of_pair::in) != rules.pairs.end();
}

std::int64_t place_rules::least_together(operation_rules const& rules, traversal order) const {
    std::int64_t const out = blocks_[*rules.result].bytes;
    std::int64_t most = out;
    std::int64_t all_inputs = 0;
    for (auto const& pair : rules.pairs) {
        std::int64_t const in = blocks_[pair.in].bytes;
        auto const& rule = pair.by_order[number_of(order)];
        std::int64_t const above = std::max(in, in_units(std::max(rule.high, 0)) + out);
        std::int64_t const below = std::max(out, in_units(std::max(-std::int64_t{rule.low}, std::int64_t{0})) + in);
        most = std::max(most, rule.same_address ? std::max(in, out) : std::min(above, below));
        all_inputs += &pair == &rules.pairs.back() ? in : in_units(in);
    }
    return std::max(most, all_inputs);
}

}  // namespace inlay::tool
