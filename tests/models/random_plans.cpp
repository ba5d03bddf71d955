// SPDX-License-Identifier: MIT
//
// Networks made by chance, planned, run in their arena and compared with the run of every tensor by itself.
#include "planned_run.hpp"
#include "random_network.hpp"

#include <doctest/doctest.h>

namespace inlay::test {

TEST_CASE("random networks: in the planned arena as without a plan") {
    int planned = 0;
    std::int64_t bytes = 0;
    std::int64_t bytes_apart = 0;
    int in_order[3] = {};
    for (unsigned seed = 0; seed < 10'000; ++seed) {
        random_network network{seed};
        auto const problems = network.check();
        REQUIRE_MESSAGE(problems.empty(), "seed ", seed, ": ", problems);
        auto const& model = network.model();
        auto const layout = tool::plan_layout(model, tool::memory_mode::balanced);
        auto const apart = tool::plan_layout(model, tool::memory_mode::fast);
        auto const broken = compare_with_unplanned(model, layout, seed);
        REQUIRE_MESSAGE(broken.empty(), "seed ", seed, ": ", broken);
        REQUIRE(layout.arena_bytes <= apart.arena_bytes);
        planned += layout.has_places;
        bytes += layout.arena_bytes;
        bytes_apart += apart.arena_bytes;
        for (auto const order : layout.order) ++in_order[static_cast<int>(order)];
    }
    // The networks are such that overlap is found, and in every order.
    CHECK(planned > 5'000);
    CHECK(bytes * 10 < bytes_apart * 9);
    CHECK(in_order[static_cast<int>(traversal::backward)] > 500);
    CHECK(in_order[static_cast<int>(traversal::in_place)] > 100);
}

}  // namespace inlay::test
