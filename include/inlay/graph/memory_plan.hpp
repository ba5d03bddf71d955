// SPDX-License-Identifier: MIT
//
// Where the tensors of a network lie in its arena, found in constant evaluation.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>

namespace inlay {

/// Bytes that are needed from step `first` to step `last`, both included.
struct block {
    int bytes = 0;
    int first = 0;
    int last = 0;
};

/// An offset for each block, and the bytes of the whole.
template <std::size_t Count>
struct memory_plan {
    std::array<int, Count> offset{};
    int bytes = 0;
};

namespace planning {

/// Every block starts at a multiple of this, so that kernels may load words.
inline constexpr int alignment = 4;

constexpr int aligned(int bytes, int unit = alignment) { return (bytes + unit - 1) / unit * unit; }

/// The blocks that are alive at a step, found step by step. Blocks of no bytes are left out.
template <std::size_t Count>
struct living {
    std::array<std::size_t, Count + 1> block{};
    std::size_t count = 0;

    constexpr void drop_before(std::array<inlay::block, Count> const& blocks, int step) {
        std::size_t kept = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (blocks[block[i]].last >= step) block[kept++] = block[i];
        }
        count = kept;
    }

    constexpr void add(std::array<inlay::block, Count> const& blocks, std::size_t b) {
        if (blocks[b].bytes > 0) block[count++] = b;
    }
};

/// The most blocks alive in one step, for blocks that are listed by their first step.
template <std::size_t Count>
constexpr std::size_t most_alive(std::array<block, Count> const& blocks) {
    living<Count> alive;
    std::size_t most = 0;
    for (std::size_t b = 0; b < Count; ++b) {
        alive.drop_before(blocks, blocks[b].first);
        alive.add(blocks, b);
        most = std::max(most, alive.count);
    }
    return most;
}

/// The most bytes alive in one step: no plan that keeps tensors apart is smaller.
template <std::size_t Count>
constexpr int live_bound(std::array<block, Count> const& blocks) {
    living<Count> alive;
    int most = 0;
    for (std::size_t b = 0; b < Count; ++b) {
        alive.drop_before(blocks, blocks[b].first);
        alive.add(blocks, b);
        int bytes = 0;
        for (std::size_t i = 0; i < alive.count; ++i) bytes += aligned(blocks[alive.block[i]].bytes);
        most = std::max(most, bytes);
    }
    return most;
}

/// The places that are taken while a block lives, sorted.
template <std::size_t Most>
struct taken {
    std::array<int, Most + 1> low{};
    std::array<int, Most + 1> high{};
    std::size_t count = 0;

    constexpr void add(int offset, int bytes) {
        std::size_t i = count++;
        for (; i > 0 && low[i - 1] > offset; --i) {
            low[i] = low[i - 1];
            high[i] = high[i - 1];
        }
        low[i] = offset;
        high[i] = offset + bytes;
    }

    /// The lowest free offset.
    constexpr int lowest_gap(int bytes) const {
        int offset = 0;
        for (std::size_t i = 0; i < count && low[i] - offset < bytes; ++i) offset = std::max(offset, high[i]);
        return offset;
    }

    /// Number `choice` of the places below `top` that touch a neighbour or an end, from below; -1 if there are fewer.
    constexpr int place(int bytes, int top, int choice) const {
        int offset = 0;
        for (std::size_t i = 0; i <= count; ++i) {
            int const end = i < count ? low[i] : top;
            if (end - offset >= bytes && choice-- == 0) return offset;
            if (end - offset > bytes && choice-- == 0) return end - bytes;
            if (i < count) offset = std::max(offset, high[i]);
        }
        return -1;
    }
};

/// Puts every block into `capacity` bytes, in the order of their first step and in turn at the two ends: a chain, where
/// each block meets only the one before and the one after, fits at once. Where a block does not fit, the blocks before
/// it move on to their next place (depth-first search): a residual network fits after few such tries.
///   Most    at least most_alive(blocks)
///   work    neighbours to look at before giving up
///   output  a plan with bytes = capacity; with bytes = -1 if none was found
template <std::size_t Most, std::size_t Count>
constexpr memory_plan<Count> search_plan(std::array<block, Count> const& blocks, int capacity, int work) {
    std::array<std::array<std::size_t, Most + 1>, Count> near{};  // the earlier blocks that live with each
    std::array<std::size_t, Count> near_count{};
    std::array<std::size_t, Count + 1> order{};
    std::size_t placed = 0;
    living<Count> alive;
    for (std::size_t b = 0; b < Count; ++b) {
        if (blocks[b].bytes == 0) continue;
        alive.drop_before(blocks, blocks[b].first);
        for (std::size_t i = 0; i < alive.count; ++i) near[b][i] = alive.block[i];
        near_count[b] = alive.count;
        alive.add(blocks, b);
        order[placed++] = b;
    }

    memory_plan<Count> plan{{}, capacity};
    std::array<int, Count + 1> choice{};
    for (std::size_t i = 0; i < placed;) {
        std::size_t const b = order[i];
        int const bytes = aligned(blocks[b].bytes);
        bool const from_above = i % 2 != 0;
        if ((work -= 2 + static_cast<int>(near_count[b])) < 0) return {{}, -1};
        taken<Most> around;
        for (std::size_t n = 0; n < near_count[b]; ++n) {
            int const offset = plan.offset[near[b][n]];
            int const size = aligned(blocks[near[b][n]].bytes);
            around.add(from_above ? capacity - offset - size : offset, size);
        }
        int const place = around.place(bytes, capacity, choice[i]++);
        if (place >= 0) {
            plan.offset[b] = from_above ? capacity - place - bytes : place;
            choice[++i] = 0;
        } else if (i == 0) {
            return {{}, -1};
        } else {
            --i;
        }
    }
    return plan;
}

/// Puts every block at the lowest free offset, in the order of their first step.
///   Most    at least most_alive(blocks)
template <std::size_t Most, std::size_t Count>
constexpr memory_plan<Count> plan_in_order(std::array<block, Count> const& blocks) {
    memory_plan<Count> plan;
    living<Count> alive;
    for (std::size_t b = 0; b < Count; ++b) {
        alive.drop_before(blocks, blocks[b].first);
        taken<Most> around;
        for (std::size_t i = 0; i < alive.count; ++i) around.add(plan.offset[alive.block[i]], aligned(blocks[alive.block[i]].bytes));
        int const bytes = aligned(blocks[b].bytes);
        plan.offset[b] = bytes > 0 ? around.lowest_gap(bytes) : 0;
        plan.bytes = std::max(plan.bytes, plan.offset[b] + bytes);
        alive.add(blocks, b);
    }
    return plan;
}

/// The first block that shares bytes with an earlier one alive at the same time, lies outside the plan's bytes or at an
/// odd address; Count if there is none.
template <std::size_t Count>
constexpr std::size_t first_collision(std::array<block, Count> const& blocks, memory_plan<Count> const& plan) {
    living<Count> alive;
    for (std::size_t b = 0; b < Count; ++b) {
        int const low = plan.offset[b];
        int const high = low + blocks[b].bytes;
        if (low < 0 || low % alignment != 0 || high > plan.bytes) return b;
        if (blocks[b].bytes == 0) continue;
        alive.drop_before(blocks, blocks[b].first);
        for (std::size_t i = 0; i < alive.count; ++i) {
            std::size_t const other = alive.block[i];
            if (plan.offset[other] < high && low < plan.offset[other] + blocks[other].bytes) return b;
        }
        alive.add(blocks, b);
    }
    return Count;
}

/// Attempt number 0 to 4: in the live bound, which is enough for chains and for networks with a few branches; in a
/// little more; in what it takes. Each is within the steps that clang allows a constant expression.
inline constexpr int attempts = 5;
template <std::size_t Most, std::size_t Count>
constexpr memory_plan<Count> attempt(std::array<block, Count> const& blocks, int number) {
    int const bound = live_bound(blocks);
    constexpr int work = 5'000;
    return number < attempts - 1 ? search_plan<Most>(blocks, aligned(bound + bound / 16 * number), work) : plan_in_order<Most>(blocks);
}

}  // namespace planning

/// A plan for blocks that are listed by their first step.
///   Most    at least planning::most_alive(blocks)
template <std::size_t Most, std::size_t Count>
constexpr memory_plan<Count> make_memory_plan(std::array<block, Count> const& blocks) {
    memory_plan<Count> plan{{}, -1};
    for (int number = 0; plan.bytes < 0; ++number) plan = planning::attempt<Most>(blocks, number);
    return plan;
}

}  // namespace inlay
