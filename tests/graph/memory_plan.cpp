// SPDX-License-Identifier: MIT
#include <inlay/graph/memory_plan.hpp>

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <random>
#include <span>

namespace {

using namespace inlay;

template <std::size_t Count>
using blocks = std::array<block, Count>;

template <std::size_t Count>
constexpr planning::measures measure(blocks<Count> const& list) {
    std::array<int, Count> room{};
    return planning::measure(list, room);
}

/// A plan by `make`, which is called as `plan_memory` is.
template <std::size_t Count, class Make = decltype(&plan_memory)>
constexpr memory_plan<Count> plan(blocks<Count> const& list, Make make = plan_memory) {
    std::array<int, Count * (Count + 6) + 1> room{};
    memory_plan<Count> result;
    auto const sizes = measure(list);
    result.bytes = make(list, sizes, std::span{room}.first(sizes.room()), result.offset);
    return result;
}

template <std::size_t Count>
constexpr std::size_t first_collision(blocks<Count> const& list, memory_plan<Count> const& plan) {
    std::array<int, Count> room{};
    return planning::first_collision(list, plan.offset, plan.bytes, room);
}

/// The bytes of a plan that has no collision; -1 if it has one.
template <std::size_t Count>
constexpr int proven(blocks<Count> const& list) {
    auto const made = plan(list);
    return first_collision(list, made) == Count ? made.bytes : -1;
}

// A chain: each block meets the one before and the one after.
static_assert(proven(blocks<4>{{{100, 0, 1}, {40, 1, 2}, {60, 2, 3}, {80, 3, 4}}}) == 140);
// Bytes are counted in words.
static_assert(proven(blocks<2>{{{5, 0, 1}, {3, 1, 2}}}) == 12);
static_assert(proven(blocks<0>{}) == 0);
// ResNet-8: an image, then three stages of a convolution, two in a row, a skip and an addition.
static_assert(proven(blocks<12>{{{3072, 0, 1}, {16384, 1, 4}, {16384, 2, 3}, {16384, 3, 4}, {16384, 4, 7}, {8192, 5, 6}, {8192, 6, 8},
                                 {8192, 7, 8}, {8192, 8, 11}, {4096, 9, 10}, {4096, 10, 12}, {4096, 11, 12}}}) == 49152);
// Branches: three blocks are alive in steps 3 and 4.
static_assert(proven(blocks<5>{{{16, 0, 1}, {16, 1, 3}, {8, 2, 4}, {24, 3, 5}, {16, 4, 6}}}) == 48);

using generator = std::mt19937;

int between(generator& random, int lowest, int highest) {
    return lowest + static_cast<int>(random() % static_cast<unsigned>(highest - lowest + 1));
}

constexpr std::size_t layers = 30;

/// Blocks of any bytes; one in `one_in` lives up to `longest` steps, the others until the next step.
blocks<layers> random_blocks(generator& random, int one_in, int longest) {
    blocks<layers> list;
    for (std::size_t b = 0; b < layers; ++b) {
        auto const first = static_cast<int>(b);
        int const steps = between(random, 1, one_in) == 1 ? between(random, 0, longest) : 1;
        list[b] = {between(random, 0, 9) == 0 ? 0 : between(random, 1, 5000), first, first + steps};
    }
    return list;
}

/// A residual network: images that shrink, blocks of one to three layers with a skip around them, some with a layer in it.
blocks<layers> residual_network(generator& random) {
    blocks<layers> list;
    std::size_t count = 0;
    int extent = between(random, 16, 48);
    int channels = between(random, 4, 16);
    auto const add = [&](int depth) {
        auto const step = static_cast<int>(count);
        if (count < layers) list[count++] = {extent * extent * depth, step, step};
        return static_cast<std::size_t>(std::min(step, static_cast<int>(layers) - 1));
    };
    auto const read = [&](std::size_t b) { list[b].last = static_cast<int>(count); };
    std::size_t current = add(3);
    while (count < layers) {
        std::size_t const skip = current;
        bool const halves = between(random, 0, 3) == 0 && extent > 2;
        int const deep = channels * between(random, 1, 4);
        if (halves) {
            extent = (extent + 1) / 2;
            channels *= between(random, 1, 2);
        }
        int const inner = between(random, 1, 3);
        for (int i = 0; i < inner; ++i) {
            read(current);
            current = add(i + 1 < inner ? deep : channels);
        }
        std::size_t side = skip;
        if (halves) {
            read(skip);
            side = add(channels);
        }
        read(side);
        read(current);
        current = add(channels);
    }
    return list;
}

TEST_CASE("memory_plan: chains are at the live bound") {
    generator random{1};
    for (int i = 0; i < 2000; ++i) {
        auto const list = random_blocks(random, 1, 1);
        CAPTURE(i);
        REQUIRE(proven(list) == measure(list).live_bound);
    }
}

TEST_CASE("memory_plan: residual networks are at the live bound") {
    generator random{2};
    for (int i = 0; i < 2000; ++i) {
        auto const list = residual_network(random);
        CAPTURE(i);
        REQUIRE(proven(list) == measure(list).live_bound);
    }
}

TEST_CASE("memory_plan: any lifetimes, no collision, at most half above the live bound") {
    generator random{3};
    int at_the_bound = 0;
    for (int i = 0; i < 2000; ++i) {
        auto const list = random_blocks(random, between(random, 2, 4), between(random, 2, 10));
        int const bytes = proven(list);
        int const bound = measure(list).live_bound;
        CAPTURE(i);
        REQUIRE(bytes >= bound);
        REQUIRE(bytes * 2 <= bound * 3);
        at_the_bound += bytes == bound;
    }
    CHECK(at_the_bound >= 1800);
}

TEST_CASE("memory_plan: a plan in order never collides") {
    generator random{4};
    for (int i = 0; i < 2000; ++i) {
        auto const list = random_blocks(random, 2, 10);
        CAPTURE(i);
        REQUIRE(first_collision(list, plan(list, planning::plan_in_order)) == layers);
    }
}

/// Whether two blocks share a byte in a step, by looking at every pair: what first_collision must find.
bool collides(blocks<layers> const& list, memory_plan<layers> const& plan) {
    for (std::size_t a = 0; a < layers; ++a) {
        for (std::size_t b = 0; b < a; ++b) {
            bool const in_time = list[a].first <= list[b].last && list[b].first <= list[a].last;
            bool const in_space = plan.offset[a] < plan.offset[b] + list[b].bytes && plan.offset[b] < plan.offset[a] + list[a].bytes;
            if (in_time && in_space && list[a].bytes > 0 && list[b].bytes > 0) return true;
        }
    }
    return false;
}

TEST_CASE("memory_plan: a corrupted offset is found") {
    generator random{5};
    int corrupted = 0;
    for (int i = 0; i < 2000; ++i) {
        auto const list = random_blocks(random, 2, 6);
        auto made = plan(list);
        auto victim = static_cast<std::size_t>(between(random, 0, layers - 1));
        while (list[victim].bytes == 0) victim = (victim + 1) % layers;
        int const most = made.bytes - planning::aligned(list[victim].bytes);
        made.offset[victim] = planning::aligned(between(random, 0, most));
        bool const found = first_collision(list, made) != layers;
        CAPTURE(i);
        REQUIRE(found == collides(list, made));
        corrupted += found;

        made.offset[victim] = made.bytes - list[victim].bytes + 4;  // over the end
        REQUIRE(first_collision(list, made) != layers);
        made.offset[victim] = -4;
        REQUIRE(first_collision(list, made) != layers);
        made.offset[victim] = 2;
        REQUIRE(first_collision(list, made) != layers);
    }
    CHECK(corrupted > 1000);
}

}  // namespace
