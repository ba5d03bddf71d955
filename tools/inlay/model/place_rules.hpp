// SPDX-License-Identifier: MIT
#pragma once

#include "model/plan.hpp"

#include <inlay/kernels/overlap.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

namespace inlay::tool {

inline constexpr std::array all_orders{traversal::forward, traversal::backward, traversal::in_place};

/// A part of the addresses, the end excluded.
struct room {
    std::int64_t start;
    std::int64_t end;
};

/// Which blocks of a model live together, and where each may lie when its neighbours lie somewhere.
class place_rules {
public:
    /// Blocks of tensors by first step, without scratch, which is added.
    ///   unit       offsets are multiples of it
    ///   overlaps   whether results may lie over inputs that die
    place_rules(graph const& model, std::vector<placed_block> tensors, int unit, bool overlaps = true);

    /// The blocks of the tensors, and then those of scratch.
    std::vector<placed_block> const& blocks() const { return blocks_; }

    std::size_t count_operations() const { return operations_.size(); }
    bool allows(std::size_t operation, traversal order) const { return operations_[operation].allowed[number_of(order)]; }

    /// The operation whose first result a block is; -1: none.
    int maker_of(std::size_t block) const { return makers_[block]; }

    /// Bytes of a block, if its operation has this order: scratch is there only where the order needs it.
    int bytes(std::size_t block, traversal order) const {
        return blocks_[block].tensor >= 0 ? blocks_[block].bytes : scratch_[static_cast<std::size_t>(blocks_[block].operation)][number_of(order)];
    }

    int bytes(std::size_t block, std::vector<traversal> const& order) const;

    /// So many bytes up to a whole number of units, in which offsets are counted.
    std::int64_t in_units(std::int64_t bytes) const { return (bytes + unit_ - 1) / unit_ * unit_; }

    /// The most bytes that it needs under any order.
    int largest(std::size_t block) const;

    /// The blocks that live together with this one.
    std::vector<std::size_t> const& near(std::size_t block) const { return near_[block]; }

    /// An interval of offsets, both ends excluded.
    struct interval {
        std::int64_t low;
        std::int64_t high;
        std::optional<std::int64_t> but;  ///< an offset in it that is allowed

        bool forbids(std::int64_t offset) const { return low < offset && offset < high && offset != but; }
    };

    /// Where a block must not lie beside one that was placed before.
    ///   order    of the operation that makes the block, or whose scratch it is
    ///   offset   where the other block, of so many bytes, lies
    interval forbidden(std::size_t block, int size, traversal order, std::size_t other, int other_size, std::int64_t offset) const;

    /// The same for two blocks of which either may have been placed before, under these orders of all operations.
    interval forbidden(std::size_t block, std::size_t other, std::vector<traversal> const& order, std::int64_t offset) const;

    /// The offsets in a room that touch a neighbour or an end and are allowed, in rising order.
    std::vector<std::int64_t> places(int size, std::vector<interval> const& around, room const& in) const;

    /// What an operation takes if only its own tensors may overlap, and all others that are alive lie beside them.
    std::int64_t least_for(std::size_t operation) const;

private:
    struct rule_of_pair {
        std::size_t in;
        std::array<overlap_rule, all_orders.size()> by_order;
    };
    struct operation_rules {
        std::optional<std::size_t> result;
        std::vector<rule_of_pair> pairs;  ///< of the result and the inputs that die
        std::array<bool, all_orders.size()> allowed{true, false, false};
    };

    static std::size_t number_of(traversal order) { return static_cast<std::size_t>(order); }
    std::optional<std::size_t> block_of(int tensor) const;
    void add_operation(graph const& model, std::size_t i);
    int owner_of(int tensor) const;
    bool is_pair(operation_rules const& rules, std::size_t block) const;
    traversal order_of(std::size_t block, std::vector<traversal> const& order) const;
    std::int64_t least_together(operation_rules const& rules, traversal order) const;

    std::vector<placed_block> blocks_;
    int unit_;
    bool overlaps_;
    std::size_t tensors_;
    std::vector<operation_rules> operations_;
    std::vector<std::array<int, all_orders.size()>> scratch_;
    std::vector<std::pair<int, int>> aliases_;
    std::vector<int> makers_;
    std::vector<std::vector<std::size_t>> near_;
};

}  // namespace inlay::tool
