// SPDX-License-Identifier: MIT
#include "operators.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace {

using namespace test;

namespace small {
struct image : input<row<std::int32_t, 2>> {};
struct last : layer<scaled<3>, image> {};
struct model : network<image, last> {};
}  // namespace small

namespace large {
struct image : input<row<std::int16_t, 10>> {};
struct wide : layer<scaled<2, 1, std::int32_t>, image> {};
struct last : layer<added, wide, image> {};
struct model : network<image, wide, last> {};
}  // namespace large

static_assert(sizeof(shared_arena<small::model, large::model>) == sizeof(engine<large::model>));
static_assert(sizeof(shared_arena<small::model, large::model>) < sizeof(engine<large::model>) + sizeof(engine<small::model>));
static_assert(sizeof(borrowing_engine<large::model>) == sizeof(void*));

/// Both models, one after the other and again, in one memory.
template <class Isa>
constexpr bool take_turns() {
    basic_shared_arena<Isa, small::model, large::model> memory;
    borrowing_engine<small::model, Isa> one{memory};
    borrowing_engine<large::model, Isa> other{memory};
    for (int turn = 1; turn < 4; ++turn) {
        for (auto& each : one.template get<small::image>()) each = turn;
        one.run();
        if (one.template get<small::last>()[1] != 3 * turn) return false;
        for (auto& each : other.template get<large::image>()) each = static_cast<std::int16_t>(turn);
        other.run();
        for (auto const each : other.template get<large::last>()) {
            if (each != 3 * turn + 1) return false;
        }
    }
    return true;
}
static_assert(take_turns<isa::portable>());

TEST_CASE("shared arena: models that take turns") {
    CHECK(take_turns<isa::native>());
}

TEST_CASE("shared arena: engines lie over each other") {
    shared_arena<small::model, large::model> memory;
    borrowing_engine<small::model> one{memory};
    borrowing_engine<large::model> other{memory};
    auto const* const begin = reinterpret_cast<std::byte const*>(&memory);
    auto const* const end = begin + sizeof(memory);
    auto const* const image = reinterpret_cast<std::byte const*>(one.get<small::image>().data());
    auto const* const wide = reinterpret_cast<std::byte const*>(other.get<large::image>().data());
    CHECK((begin <= image && image < end));
    CHECK((begin <= wide && wide < end));
}

// Two engines in one memory are not made by chance: a copy would not be a copy of the stream.
static_assert(!std::is_copy_constructible_v<borrowing_engine<small::model>>);
static_assert(!std::is_default_constructible_v<borrowing_engine<small::model>>);

namespace split {
// Image and result take turns in the slow region; the state, what is made of it, and the scratch lie in the fast one.
inline constexpr region fast{0, 120}, slow{1, 64};
struct image : input<row<std::int32_t, 10>> {
    using at = place<traversal::forward, slow[0]>;
};
struct total : state<row<std::int32_t, 10>> {
    using at = place<traversal::forward, fast[40]>;
};
struct sums : layer<accumulate, image, total> {
    using at = place<traversal::forward, fast[0]>;
};
struct back : layer<reversed, sums> {
    using at = place<traversal::forward, slow[0], fast[80]>;
};
struct model : network<image, total, sums, back> {
    static constexpr std::array regions{fast, slow};
};
}  // namespace split

static_assert(region_size<split::model, split::fast> == 120);
static_assert(region_size<split::model, split::slow> == 40);
static_assert(arena_size<split::model> == 120 + 40);

[[gnu::section("fast_ram")]] constinit region_memory<split::fast, split::model> fast_memory;
constinit region_memory<split::slow, split::model> slow_memory;
borrowing_engine<split::model> nn{slow_memory, fast_memory};  // in any order

template <class Memory>
bool holds(Memory const& memory, void const* elements) {
    auto const* const begin = reinterpret_cast<std::byte const*>(&memory);
    return begin <= elements && elements < begin + sizeof(memory);
}

TEST_CASE("regions: each tensor in its own") {
    CHECK(holds(slow_memory, nn.get<split::image>().data()));
    CHECK(holds(fast_memory, nn.get<split::total>().data()));
    CHECK(holds(slow_memory, nn.get<split::back>().data()));
    nn.run([]<class Node>(auto const& elements) {
        if constexpr (std::is_same_v<Node, split::sums>) CHECK(holds(fast_memory, elements.data()));
    });
    nn.reset();
}

/// The first element of the result of each of three runs.
template <class Engine>
std::array<std::int32_t, 3> run_three_times(Engine& engine) {
    std::array<std::int32_t, 3> results{};
    for (auto& result : results) {
        auto image = engine.template get<split::image>();
        for (std::size_t i = 0; i < image.size(); ++i) image[i] = static_cast<std::int32_t>(i + 1);
        engine.run();
        result = engine.template get<split::back>()[0];
    }
    return results;
}

TEST_CASE("regions: the same results inside of an engine, in borrowed memory and without places") {
    engine<split::model> whole;
    engine<split::model, isa::portable> apart;
    constexpr std::array wanted{10, 20, 30};
    CHECK(run_three_times(nn) == wanted);
    CHECK(run_three_times(whole) == wanted);
    CHECK(run_three_times(apart) == wanted);
    nn.reset();
    CHECK(run_three_times(nn) == wanted);
}

TEST_CASE("regions: one arena for models with and without them") {
    shared_arena<split::model> memory;
    borrowing_engine<split::model> inside{memory};
    CHECK(sizeof(memory) == sizeof(engine<split::model>));
    CHECK(run_three_times(inside) == std::array{10, 20, 30});
}

namespace other_split {
// For no state, in the same fast region.
using split::fast;
struct image : input<row<std::int32_t, 4>> {
    using at = place<traversal::forward, fast[0]>;
};
struct back : layer<reversed, image> {
    using at = place<traversal::forward, fast[32], fast[16]>;
};
struct again : layer<reversed, back> {
    using at = place<traversal::forward, fast[0], fast[16]>;
};
struct model : network<image, back, again> {
    static constexpr std::array regions{fast};
};
}  // namespace other_split

constinit region_memory<split::fast, other_split::model, other_split::model> both;
constinit borrowing_engine<other_split::model> one{both};
constinit borrowing_engine<other_split::model> other{both};

TEST_CASE("regions: models that take turns in one") {
    CHECK(sizeof(both) == 48);
    one.get<other_split::image>()[0] = 5;
    one.run();
    CHECK(one.get<other_split::again>()[0] == 5);
    other.get<other_split::image>()[0] = 6;
    other.run();
    CHECK(other.get<other_split::again>()[0] == 6);
}

}  // namespace
