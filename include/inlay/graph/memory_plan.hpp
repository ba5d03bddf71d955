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

constexpr int aligned(int bytes) { return (bytes + alignment - 1) / alignment * alignment; }

constexpr bool alive_together(block const& a, block const& b) { return a.first <= b.last && b.first <= a.last; }

/// The most bytes alive in one step: no plan that keeps tensors apart is smaller.
template <std::size_t Count>
constexpr int live_bound(std::array<block, Count> const& blocks, int steps) {
    int most = 0;
    std::array<int, Count + 1> live{};
    std::size_t alive = 0;
    std::size_t next = 0;  // blocks are listed by first step
    for (int step = 0; step < steps; ++step) {
        for (; next < Count && blocks[next].first <= step; ++next) live[alive++] = static_cast<int>(next);
        int bytes = 0;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < alive; ++i) {
            auto const& candidate = blocks[static_cast<std::size_t>(live[i])];
            if (candidate.last < step) continue;
            bytes += aligned(candidate.bytes);
            live[kept++] = live[i];
        }
        alive = kept;
        most = std::max(most, bytes);
    }
    return most;
}

/// Blocks placed so far that share time with the one being placed, by offset.
template <std::size_t Count>
struct neighbours {
    std::array<int, Count> low{};
    std::array<int, Count> high{};
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

    constexpr int lowest_gap(int bytes) const {
        int offset = 0;
        for (std::size_t i = 0; i < count; ++i) {
            if (low[i] - offset >= bytes) break;
            offset = std::max(offset, high[i]);
        }
        return offset;
    }

    /// The highest free place that ends at `top` or below; -1 if there is none.
    constexpr int highest_gap(int bytes, int top) const {
        for (std::size_t i = count; i > 0; --i) {
            if (top - high[i - 1] >= bytes) break;
            top = std::min(top, low[i - 1]);
        }
        return top - bytes;
    }
};

/// Places blocks in the order of their first step, in turn at the two ends of `capacity` bytes. A chain, where each
/// block meets only the one before and the one after, then needs no more than the live bound.
template <std::size_t Count>
constexpr memory_plan<Count> plan_in_order(std::array<block, Count> const& blocks, int capacity) {
    memory_plan<Count> plan;
    std::array<std::size_t, Count + 1> live{};
    std::size_t alive = 0;
    bool upwards = true;
    for (std::size_t b = 0; b < Count; ++b) {
        neighbours<Count + 1> near;
        std::size_t kept = 0;
        for (std::size_t i = 0; i < alive; ++i) {
            if (blocks[live[i]].last < blocks[b].first) continue;
            near.add(plan.offset[live[i]], aligned(blocks[live[i]].bytes));
            live[kept++] = live[i];
        }
        alive = kept;
        int const bytes = aligned(blocks[b].bytes);
        int const high = near.highest_gap(bytes, capacity);
        int const offset = upwards || high < 0 ? near.lowest_gap(bytes) : high;
        upwards = !upwards;
        plan.offset[b] = offset;
        plan.bytes = std::max(plan.bytes, offset + bytes);
        live[alive++] = b;
    }
    return plan;
}

/// Places the largest block first, each at the lowest free offset.
template <std::size_t Count>
constexpr memory_plan<Count> plan_by_size(std::array<block, Count> const& blocks) {
    memory_plan<Count> plan;
    std::array<std::size_t, Count + 1> order{};
    for (std::size_t b = 0; b < Count; ++b) order[b] = b;
    std::sort(order.begin(), order.begin() + Count,
              [&](std::size_t a, std::size_t b) { return blocks[a].bytes != blocks[b].bytes ? blocks[a].bytes > blocks[b].bytes : a < b; });
    for (std::size_t i = 0; i < Count; ++i) {
        std::size_t const b = order[i];
        neighbours<Count + 1> near;
        for (std::size_t j = 0; j < i; ++j) {
            if (alive_together(blocks[b], blocks[order[j]])) near.add(plan.offset[order[j]], aligned(blocks[order[j]].bytes));
        }
        plan.offset[b] = near.lowest_gap(aligned(blocks[b].bytes));
        plan.bytes = std::max(plan.bytes, plan.offset[b] + aligned(blocks[b].bytes));
    }
    return plan;
}

/// The first block that shares bytes with another one alive at the same time; Count if there is none.
template <std::size_t Count>
constexpr std::size_t first_collision(std::array<block, Count> const& blocks, memory_plan<Count> const& plan) {
    std::array<std::size_t, Count + 1> live{};
    std::size_t alive = 0;
    for (std::size_t b = 0; b < Count; ++b) {
        std::size_t kept = 0;
        if (plan.offset[b] < 0 || plan.offset[b] % alignment != 0 || plan.offset[b] + blocks[b].bytes > plan.bytes) return b;
        for (std::size_t i = 0; i < alive; ++i) {
            std::size_t const other = live[i];
            if (blocks[other].last < blocks[b].first) continue;
            if (plan.offset[other] < plan.offset[b] + blocks[b].bytes && plan.offset[b] < plan.offset[other] + blocks[other].bytes) return b;
            live[kept++] = other;
        }
        alive = kept;
        live[alive++] = b;
    }
    return Count;
}

}  // namespace planning

/// A plan for blocks that are listed by their first step.
template <std::size_t Count>
constexpr memory_plan<Count> make_memory_plan(std::array<block, Count> const& blocks, int steps) {
    int const bound = planning::live_bound(blocks, steps);
    auto const in_order = planning::plan_in_order(blocks, bound);
    if (in_order.bytes == bound) return in_order;
    auto const by_size = planning::plan_by_size(blocks);
    return by_size.bytes < in_order.bytes ? by_size : in_order;
}

}  // namespace inlay
