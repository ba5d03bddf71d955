// SPDX-License-Identifier: MIT
//
// Where the tensors of a network lie in its arena: found in constant evaluation by the header, and by the same
// functions in the tool. They take their working memory as spans, whose sizes `measure` tells.
#pragma once

#include <inlay/kernels/overlap.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace inlay {

/// Bytes that are needed from step `first` to step `last`, both included. Lists of blocks are sorted by `first`.
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

using blocks = std::span<block const>;

/// Every block starts at a multiple of this, so that kernels may load words.
inline constexpr int alignment = 4;

constexpr int aligned(int bytes, int unit = alignment) { return (bytes + unit - 1) / unit * unit; }

constexpr int bytes_of(blocks list, int b) { return aligned(list[static_cast<std::size_t>(b)].bytes); }

/// A list of numbers in borrowed memory.
struct numbers {
    int* room;
    std::size_t count = 0;

    constexpr int operator[](std::size_t i) const { return room[i]; }
    constexpr void add(int number) { room[count++] = number; }
};

/// Keeps of the blocks in `alive` those that live in `step`.
constexpr void drop_before(blocks list, numbers& alive, int step) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < alive.count; ++i) {
        if (list[static_cast<std::size_t>(alive[i])].last >= step) alive.room[kept++] = alive[i];
    }
    alive.count = kept;
}

/// Calls `visit(b, alive)` for each block that has bytes; `alive` are the earlier blocks that live with it.
///   room   a number for each block
template <class Visit>
constexpr void for_each_block(blocks list, std::span<int> room, Visit visit) {
    numbers alive{room.data()};
    for (std::size_t b = 0; b < list.size(); ++b) {
        if (list[b].bytes == 0) continue;
        drop_before(list, alive, list[b].first);
        visit(static_cast<int>(b), alive);
        alive.add(static_cast<int>(b));
    }
}

/// What a list of blocks is like.
struct measures {
    int live_bound = 0;   ///< the most bytes alive in one step: no plan that keeps tensors apart is smaller
    int most_alive = 0;   ///< the most blocks alive in one step
    int pairs = 0;        ///< pairs of an earlier and a later block, of which the earlier lives when the later begins
    int placed = 0;       ///< blocks that have bytes

    /// Working memory of a search, in numbers.
    constexpr std::size_t room() const { return static_cast<std::size_t>(pairs + 3 * placed + 2 * most_alive + 1); }
};

///   room   a number for each block
constexpr measures measure(blocks list, std::span<int> room) {
    measures result;
    for_each_block(list, room, [&](int b, numbers const& alive) {
        int bytes = bytes_of(list, b);
        for (std::size_t i = 0; i < alive.count; ++i) bytes += bytes_of(list, alive[i]);
        result.live_bound = std::max(result.live_bound, bytes);
        result.most_alive = std::max(result.most_alive, static_cast<int>(alive.count) + 1);
        result.pairs += static_cast<int>(alive.count);
        ++result.placed;
    });
    return result;
}

/// The places that are taken while a block lives, sorted.
struct taken {
    numbers low;
    numbers high;

    constexpr void add(int offset, int bytes) {
        std::size_t i = low.count;
        low.add(offset);
        high.add(offset + bytes);
        for (; i > 0 && low[i - 1] > offset; --i) {
            low.room[i] = low[i - 1];
            high.room[i] = high[i - 1];
        }
        low.room[i] = offset;
        high.room[i] = offset + bytes;
    }

    /// The lowest free offset.
    constexpr int lowest_gap(int bytes) const {
        int offset = 0;
        for (std::size_t i = 0; i < low.count && low[i] - offset < bytes; ++i) offset = std::max(offset, high[i]);
        return offset;
    }

    /// Number `choice` of the places below `top` that touch a neighbour or an end, from below; -1 if there are fewer.
    constexpr int place(int bytes, int top, int choice) const {
        int offset = 0;
        for (std::size_t i = 0; i <= low.count; ++i) {
            int const end = i < low.count ? low[i] : top;
            if (end - offset >= bytes && choice-- == 0) return offset;
            if (end - offset > bytes && choice-- == 0) return end - bytes;
            if (i < low.count) offset = std::max(offset, high[i]);
        }
        return -1;
    }
};

/// Puts every block into `capacity` bytes, in the order of their first step and in turn at the two ends: a chain, where
/// each block meets only the one before and the one after, fits at once. Where a block does not fit, the blocks before
/// it move on to their next place (depth-first search): a residual network fits after few such tries.
///   room    as measured
///   work    neighbours to look at before giving up
///   output  the offsets, and whether all blocks found a place
constexpr bool search_plan(blocks list, measures const& sizes, int capacity, int work, std::span<int> room, std::span<int> offsets) {
    auto const placed = static_cast<std::size_t>(sizes.placed);
    auto const most = static_cast<std::size_t>(sizes.most_alive);
    numbers order{room.data()};                // the blocks that have bytes
    numbers start{order.room + placed};        // where in `near` the neighbours of each begin
    int* const choice = start.room + placed + 1;
    int* const low = choice + placed;
    int* const high = low + most;
    numbers near{high + most};
    for_each_block(list, offsets, [&](int b, numbers const& alive) {
        order.add(b);
        start.add(static_cast<int>(near.count));
        for (std::size_t i = 0; i < alive.count; ++i) near.add(alive[i]);
    });
    start.add(static_cast<int>(near.count));

    std::fill(offsets.begin(), offsets.end(), 0);
    if (placed > 0) choice[0] = 0;
    for (std::size_t i = 0; i < placed;) {
        int const bytes = bytes_of(list, order[i]);
        bool const from_above = i % 2 != 0;
        taken around{{low}, {high}};
        for (int n = start[i]; n < start[i + 1]; ++n) {
            int const other = near.room[n];
            int const size = aligned(list.data()[other].bytes);
            around.add(from_above ? capacity - offsets.data()[other] - size : offsets.data()[other], size);
        }
        work -= 2 + start[i + 1] - start[i];
        if (work < 0) return false;
        int const place = around.place(bytes, capacity, choice[i]++);
        if (place >= 0) {
            offsets[static_cast<std::size_t>(order[i])] = from_above ? capacity - place - bytes : place;
            if (++i < placed) choice[i] = 0;
        } else if (i == 0) {
            return false;
        } else {
            --i;
        }
    }
    return true;
}

/// Puts every block at the lowest free offset, in the order of their first step.
///   output  the offsets, and the bytes of the whole
constexpr int plan_in_order(blocks list, measures const& sizes, std::span<int> room, std::span<int> offsets) {
    auto const most = static_cast<std::size_t>(sizes.most_alive);
    int bytes = 0;
    std::fill(offsets.begin(), offsets.end(), 0);
    for_each_block(list, room.subspan(2 * most), [&](int b, numbers const& alive) {
        taken around{{room.data()}, {room.data() + most}};
        for (std::size_t i = 0; i < alive.count; ++i) around.add(offsets[static_cast<std::size_t>(alive[i])], bytes_of(list, alive[i]));
        int const offset = around.lowest_gap(bytes_of(list, b));
        offsets[static_cast<std::size_t>(b)] = offset;
        bytes = std::max(bytes, offset + bytes_of(list, b));
    });
    return bytes;
}

/// Attempt number 0 to 4: in the live bound, which is enough for chains and for networks with a few branches; in a
/// little more; in what it takes. Each is within the steps that clang allows a constant expression.
///   output  the offsets, and the bytes of the whole; -1 if the attempt failed, which the last one never does
constexpr int attempt(blocks list, measures const& sizes, int number, std::span<int> room, std::span<int> offsets) {
    constexpr int searches = 4;
    constexpr int work = 4'000;
    if (number == searches) return plan_in_order(list, sizes, room, offsets);
    int const capacity = aligned(sizes.live_bound + sizes.live_bound / 16 * number);
    return search_plan(list, sizes, capacity, work, room, offsets) ? capacity : -1;
}

/// An input that a layer reads for the last time, and its result: they may share bytes as the rule says.
struct overlapping {
    int in;   ///< the blocks
    int out;
    overlap_rule rule;
};

struct collision {
    int block = -1;  ///< -1: there is none
    int with = -1;   ///< -1: it lies outside the plan's bytes, or not at a multiple of the alignment
};

/// The first block that shares bytes with an earlier one alive at the same time, lies outside the plan's bytes or not at
/// a multiple of the alignment.
///   room    a number for each block
///   pairs   that may share bytes, sorted by `out`
constexpr collision find_collision(blocks list, std::span<int const> offsets, int bytes, std::span<int> room,
                                   std::span<overlapping const> pairs = {}, int unit = alignment) {
    collision found;
    std::size_t next = 0;
    for_each_block(list, room, [&](int b, numbers const& alive) {
        if (found.block >= 0) return;
        int const low = offsets[static_cast<std::size_t>(b)];
        int const high = low + list[static_cast<std::size_t>(b)].bytes;
        if (low < 0 || low % unit != 0 || high > bytes) found = {b};
        while (next < pairs.size() && pairs[next].out < b) ++next;
        for (std::size_t i = 0; i < alive.count && found.block < 0; ++i) {
            auto const other = static_cast<std::size_t>(alive[i]);
            bool shares = offsets[other] < high && low < offsets[other] + list[other].bytes;
            for (std::size_t p = next; p < pairs.size() && pairs[p].out == b; ++p) {
                if (pairs[p].in == alive[i]) shares = pairs[p].rule.forbids(low, offsets[other]);
            }
            if (shares) found = {b, alive[i]};
        }
    });
    return found;
}

/// As find_collision; the number of blocks if there is none.
constexpr std::size_t first_collision(blocks list, std::span<int const> offsets, int bytes, std::span<int> room) {
    auto const found = find_collision(list, offsets, bytes, room);
    return found.block < 0 ? list.size() : static_cast<std::size_t>(found.block);
}

}  // namespace planning

/// Plans blocks in working memory of the measured size.
///   output  the offsets, and the bytes of the whole
constexpr int plan_memory(planning::blocks list, planning::measures const& sizes, std::span<int> room, std::span<int> offsets) {
    int bytes = -1;
    for (int number = 0; bytes < 0; ++number) bytes = planning::attempt(list, sizes, number, room, offsets);
    return bytes;
}

}  // namespace inlay
