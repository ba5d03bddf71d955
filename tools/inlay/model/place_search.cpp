// SPDX-License-Identifier: MIT
#include "model/place_search.hpp"

#include "operators/operator.hpp"

#include <inlay/graph/memory_plan.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <numeric>
#include <optional>
#include <random>

namespace inlay::tool {
namespace {

constexpr std::array all_orders{traversal::forward, traversal::backward, traversal::in_place};

std::size_t number_of(traversal order) { return static_cast<std::size_t>(order); }

/// Two blocks that live together. If one is a result over an input that dies, the rule depends on the operation's order.
struct neighbour {
    std::size_t other;
    int operation = -1;      ///< -1: no byte in common
    bool is_result = false;  ///< this block is the result, the other one the input
};

struct candidate {
    std::vector<std::size_t> sequence;  ///< in which blocks are placed
    std::vector<traversal> order;       ///< by operation
};

struct score {
    std::int64_t bytes = std::numeric_limits<std::int64_t>::max();
    int in_place = 0;  ///< operations that run in place, which costs a little time

    friend auto operator<=>(score const&, score const&) = default;
};

/// The pairs of blocks and rules of a model, and first fit under them.
class puzzle {
public:
    puzzle(graph const& model, std::vector<placed_block> blocks, int unit) : blocks_{std::move(blocks)}, unit_{unit}, operations_{model.operations.size()} {
        tensors_ = blocks_.size();
        scratch_.resize(model.operations.size());
        for (std::size_t i = 0; i < model.operations.size(); ++i) add_operation(model, static_cast<int>(i));
        makers_.assign(blocks_.size(), -1);
        for (int i = 0; i < count_operations(); ++i) {
            if (auto const result = operations_[static_cast<std::size_t>(i)].result) makers_[*result] = i;
        }
        near_.resize(blocks_.size());
        for (std::size_t a = 0; a < blocks_.size(); ++a) {
            for (std::size_t b = 0; b < a; ++b) {
                if (blocks_[a].first <= blocks_[b].last && blocks_[b].first <= blocks_[a].last) connect(a, b);
            }
        }
    }

    std::vector<placed_block> const& blocks() const { return blocks_; }
    bool allows(int op, traversal order) const { return operations_[static_cast<std::size_t>(op)].allowed[number_of(order)]; }
    int count_operations() const { return static_cast<int>(operations_.size()); }

    /// The bytes that a block needs under these orders; scratch only where the order needs it.
    int bytes(std::size_t b, std::vector<traversal> const& order) const {
        if (b < tensors_) return blocks_[b].bytes;
        auto const op = static_cast<std::size_t>(blocks_[b].operation);
        return scratch_[op][number_of(order[op])];
    }

    /// Puts every block of the sequence at the lowest offset that its neighbours allow. The most bytes if one has none.
    score fit(candidate const& from, std::vector<std::int64_t>& offsets) const {
        score result{0, static_cast<int>(std::ranges::count(from.order, traversal::in_place))};
        offsets.assign(blocks_.size(), -1);
        for (std::size_t const b : from.sequence) {
            int const size = bytes(b, from.order);
            if (size == 0) continue;
            auto const offset = lowest(b, size, from.order, offsets);
            if (!offset) return {};
            offsets[b] = *offset;
            result.bytes = std::max(result.bytes, *offset + size);
        }
        return result;
    }

    /// About how much work one fit is.
    std::int64_t work() const {
        std::int64_t sum = 1;
        for (auto const& near : near_) sum += static_cast<std::int64_t>(near.size() * near.size());
        return sum;
    }

    /// What operation `op` takes if only its own tensors may overlap, and all others that are alive lie beside them.
    std::int64_t least_for(int op) const {
        int const step = op + 1;
        candidate local{{}, std::vector(operations_.size(), traversal::forward)};
        std::int64_t beside = 0;
        for (std::size_t b = 0; b < blocks_.size(); ++b) {
            if (blocks_[b].first > step || blocks_[b].last < step) continue;
            bool const own = blocks_[b].operation == op || std::ranges::any_of(near_[b], [&](auto const& each) { return each.operation == op; });
            if (own) {
                local.sequence.push_back(b);
            } else if (b < tensors_) {
                beside += planning::aligned(blocks_[b].bytes, unit_);
            }
        }
        std::int64_t least = std::numeric_limits<std::int64_t>::max();
        std::vector<std::int64_t> offsets;
        for (traversal const order : all_orders) {
            if (!allows(op, order) || local.sequence.size() > 5) continue;
            local.order[static_cast<std::size_t>(op)] = order;
            std::ranges::sort(local.sequence);
            do {
                least = std::min(least, fit(local, offsets).bytes);
            } while (std::ranges::next_permutation(local.sequence).found);
        }
        return least == std::numeric_limits<std::int64_t>::max() ? 0 : least + beside;
    }

private:
    struct rule_of_pair {
        std::size_t in;
        std::array<overlap_rule, all_orders.size()> by_order;
    };
    struct operation_rules {
        std::optional<std::size_t> result;
        std::vector<rule_of_pair> pairs;
        std::array<bool, all_orders.size()> allowed{true, false, false};
    };

    std::optional<std::size_t> block_of(int tensor) const {
        auto const found = std::find_if(blocks_.begin(), blocks_.begin() + static_cast<std::ptrdiff_t>(tensors_),
                                        [&](auto const& each) { return each.tensor == tensor; });
        if (found == blocks_.begin() + static_cast<std::ptrdiff_t>(tensors_)) return {};
        return static_cast<std::size_t>(found - blocks_.begin());
    }

    void add_operation(graph const& model, int i) {
        auto const& op = model.operations[static_cast<std::size_t>(i)];
        auto& rules = operations_[static_cast<std::size_t>(i)];
        if (find_operator(op.kind)->is_alias) {
            // What lends its bytes is found by the alias's name, too.
            aliases_.push_back({op.outputs[0], op.inputs[0]});
            return;
        }
        rules.result = block_of(op.outputs[0]);
        for (std::size_t k = 0; rules.result && k < op.inputs.size(); ++k) {
            if (op.inputs[k] == operation::absent || model.in(op, k).is_constant) continue;
            auto const in = block_of(owner_of(op.inputs[k]));
            if (!in || blocks_[*in].last != i + 1) continue;
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
            auto& room = scratch_[static_cast<std::size_t>(i)][number_of(order)];
            room = allows(i, order) ? scratch_for(model, op, order) : 0;
            needs_room = needs_room || room > 0;
        }
        if (needs_room) blocks_.push_back({.first = i + 1, .last = i + 1, .operation = i});
    }

    int owner_of(int tensor) const {
        for (auto each = aliases_.rbegin(); each != aliases_.rend(); ++each) {
            if (each->first == tensor) tensor = each->second;
        }
        return tensor;
    }

    void connect(std::size_t a, std::size_t b) {
        int operation = -1;
        bool a_is_result = false;
        for (int const i : {makers_[a], makers_[b]}) {
            if (i < 0) continue;
            auto const& rules = operations_[static_cast<std::size_t>(i)];
            std::size_t const in = *rules.result == a ? b : a;
            if (std::ranges::find(rules.pairs, in, &rule_of_pair::in) == rules.pairs.end()) continue;
            operation = i;
            a_is_result = *rules.result == a;
        }
        near_[a].push_back({b, operation, a_is_result});
        near_[b].push_back({a, operation, operation >= 0 && !a_is_result});
    }

    struct interval {
        std::int64_t low;  // both excluded
        std::int64_t high;
        std::optional<std::int64_t> but;

        bool forbids(std::int64_t offset) const { return low < offset && offset < high && offset != but; }
    };

    interval forbidden(std::size_t b, int size, neighbour const& near, std::vector<traversal> const& order, std::int64_t other) const {
        if (near.operation < 0) return {other - size, other + bytes(near.other, order), {}};
        auto const op = static_cast<std::size_t>(near.operation);
        auto const& pairs = operations_[op].pairs;
        auto const& pair = *std::ranges::find(pairs, near.is_result ? near.other : b, &rule_of_pair::in);
        auto const& rule = pair.by_order[number_of(order[op])];
        auto const but = rule.same_address ? std::optional{other} : std::nullopt;
        if (near.is_result) return {other + rule.low, other + rule.high, but};
        return {other - rule.high, other - rule.low, but};
    }

    std::optional<std::int64_t> lowest(std::size_t b, int size, std::vector<traversal> const& order, std::vector<std::int64_t> const& offsets) const {
        std::vector<interval> intervals;
        std::vector<std::int64_t> places{0};
        for (auto const& near : near_[b]) {
            if (offsets[near.other] < 0) continue;
            intervals.push_back(forbidden(b, size, near, order, offsets[near.other]));
            places.push_back((std::max<std::int64_t>(intervals.back().high, 0) + unit_ - 1) / unit_ * unit_);
            if (intervals.back().but) places.push_back(*intervals.back().but);
        }
        std::ranges::sort(places);
        for (std::int64_t const place : places) {
            if (place > std::numeric_limits<int>::max() / 2) break;
            if (std::ranges::none_of(intervals, [&](auto const& each) { return each.forbids(place); })) return place;
        }
        return {};
    }

    std::vector<placed_block> blocks_;
    int unit_;
    std::size_t tensors_ = 0;
    std::vector<operation_rules> operations_;
    std::vector<std::array<int, all_orders.size()>> scratch_;
    std::vector<std::pair<int, int>> aliases_;
    std::vector<int> makers_;  ///< the operation whose first result a block is; -1: none
    std::vector<std::vector<neighbour>> near_;
};

/// Sequences to start from: the largest first, the longest-lived first, the earliest first.
std::vector<std::vector<std::size_t>> first_sequences(std::vector<placed_block> const& blocks) {
    std::vector<std::size_t> by_step(blocks.size());
    std::iota(by_step.begin(), by_step.end(), std::size_t{0});
    std::ranges::stable_sort(by_step, {}, [&](std::size_t b) { return blocks[b].first; });
    auto by_size = by_step;
    std::ranges::stable_sort(by_size, std::greater{}, [&](std::size_t b) { return blocks[b].bytes; });
    auto by_life = by_step;
    std::ranges::stable_sort(by_life, std::greater{}, [&](std::size_t b) { return std::int64_t{blocks[b].last - blocks[b].first + 1} * blocks[b].bytes; });
    return {by_size, by_step, by_life};
}

/// Orders to start from: all forward; forward and backward in turn, as each moves the tensors to the other end.
std::vector<std::vector<traversal>> first_orders(puzzle const& of) {
    std::vector<traversal> forward(static_cast<std::size_t>(of.count_operations()), traversal::forward);
    auto in_turn = forward;
    auto in_place = forward;
    bool back = true;
    for (int i = 0; i < of.count_operations(); ++i) {
        if (of.allows(i, traversal::in_place)) in_place[static_cast<std::size_t>(i)] = traversal::in_place;
        if (!of.allows(i, traversal::backward)) continue;
        if (back) in_turn[static_cast<std::size_t>(i)] = traversal::backward;
        back = !back;
    }
    return {forward, in_turn, in_place};
}

class climber {
public:
    explicit climber(puzzle const& of) : of_{of} {}

    void climb(candidate from, int moves, std::int64_t goal) {
        auto reached = of_.fit(from, offsets_);
        keep(from, reached);
        for (int move = 0; move < moves && best_.bytes > goal; ++move) {
            auto next = from;
            change(next, reached.bytes);
            auto const score = of_.fit(next, offsets_);
            if (score <= reached) {
                from = std::move(next);
                reached = score;
                keep(from, reached);
            } else {
                of_.fit(from, offsets_);
            }
        }
    }

    /// Takes back every order that has brought nothing.
    void simplify() {
        for (traversal const order : {traversal::in_place, traversal::backward}) {
            for (std::size_t i = 0; i < best_candidate_.order.size(); ++i) {
                if (best_candidate_.order[i] != order) continue;
                auto next = best_candidate_;
                next.order[i] = traversal::forward;
                if (auto const score = of_.fit(next, offsets_); score.bytes <= best_.bytes) keep(next, {score.bytes, -1});
            }
        }
    }

    std::int64_t bytes() const { return best_.bytes; }
    candidate const& best() const { return best_candidate_; }

private:
    void keep(candidate const& from, score const& reached) {
        if (reached > best_) return;
        best_ = reached;
        best_candidate_ = from;
    }

    /// The library's distributions differ between implementations; headers must not.
    std::size_t below(std::size_t limit) { return limit == 0 ? 0 : random_() % limit; }

    void change(candidate& of, std::int64_t top) {
        std::size_t const count = of.sequence.size();
        switch (below(3)) {
            case 0: {  // a block at the top is placed earlier
                std::vector<std::size_t> highest;
                for (std::size_t i = 0; i < count; ++i) {
                    auto const b = of.sequence[i];
                    if (offsets_[b] >= 0 && offsets_[b] + of_.bytes(b, of.order) == top) highest.push_back(i);
                }
                if (highest.empty()) return;
                auto const from = static_cast<std::ptrdiff_t>(highest[below(highest.size())]);
                auto const to = static_cast<std::ptrdiff_t>(below(static_cast<std::size_t>(from) + 1));
                std::rotate(of.sequence.begin() + to, of.sequence.begin() + from, of.sequence.begin() + from + 1);
                return;
            }
            case 1: std::swap(of.sequence[below(count)], of.sequence[below(count)]); return;
            default: {
                auto const op = below(of.order.size());
                auto const order = all_orders[below(all_orders.size())];
                if (!of.order.empty() && of_.allows(static_cast<int>(op), order)) of.order[op] = order;
            }
        }
    }

    puzzle const& of_;
    std::vector<std::int64_t> offsets_;
    candidate best_candidate_;
    score best_;
    std::mt19937 random_{1};
};

}  // namespace

void search_places(graph const& model, memory_layout& layout, int unit) {
    puzzle const all{model, layout.blocks, unit};
    std::int64_t bound = 0;
    for (int i = 0; i < all.count_operations(); ++i) bound = std::max(bound, all.least_for(i));

    climber search{all};
    // A small model is searched thoroughly, a large one for some seconds at most.
    int const moves = static_cast<int>(std::clamp<std::int64_t>(30'000'000 / all.work(), 10, 1200));
    for (auto const& order : first_orders(all)) {
        for (auto const& sequence : first_sequences(all.blocks())) {
            if (search.bytes() > bound) search.climb({sequence, order}, moves, bound);
        }
    }
    search.simplify();

    std::vector<std::int64_t> offsets;
    layout.arena_bytes = static_cast<int>(all.fit(search.best(), offsets).bytes);
    layout.bound = static_cast<int>(bound);
    layout.order = search.best().order;
    layout.blocks.clear();
    for (std::size_t b = 0; b < all.blocks().size(); ++b) {
        auto block = all.blocks()[b];
        block.bytes = all.bytes(b, layout.order);
        block.offset = static_cast<int>(std::max<std::int64_t>(offsets[b], 0));
        if (block.bytes > 0 || block.tensor >= 0) layout.blocks.push_back(block);
    }
    std::ranges::stable_sort(layout.blocks, {}, &placed_block::first);
}

}  // namespace inlay::tool
