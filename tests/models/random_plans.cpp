// SPDX-License-Identifier: MIT
//
// Networks made by chance, planned, run in their arena and compared with the run of every tensor by itself.
#include "planned_run.hpp"
#include "error.hpp"
#include "model/streaming.hpp"
#include "random_network.hpp"
#include "target/image.hpp"
#include "write/model_header.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>
#include <vector>

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

TEST_CASE("random networks: layers in groups, computed by the pixel in what the plan keeps") {
    int groups = 0;
    int layers_in_groups = 0;
    for (unsigned seed = 0; seed < 10'000; ++seed) {
        random_network network{seed};
        REQUIRE(network.check().empty());
        auto model = network.model();
        auto const apart = tool::plan_layout(model, tool::memory_mode::min);
        tool::stream_layers(model, tool::memory_mode::min, false);
        auto const layout = tool::plan_layout(model, tool::memory_mode::min);
        auto const broken = compare_with_unplanned(model, layout, seed);
        REQUIRE_MESSAGE(broken.empty(), "seed ", seed, ": ", broken);
        REQUIRE_MESSAGE(layout.arena_bytes <= apart.arena_bytes, "seed ", seed, ": ", layout.arena_bytes, " and ", apart.arena_bytes);
        for (auto const& op : model.operations) {
            groups += !op.layers.empty();
            layers_in_groups += static_cast<int>(op.layers.size());
        }
    }
    CHECK(groups > 800);
    CHECK(layers_in_groups > 1'800);
}

TEST_CASE("random networks: fed row by row") {
    int fed = 0;
    int layers_in_groups = 0;
    for (unsigned seed = 0; seed < 10'000; ++seed) {
        random_network network{seed};
        REQUIRE(network.check().empty());
        auto model = network.model();
        try {
            tool::stream_layers(model, tool::memory_mode::min, true);
        } catch (tool::tool_error const&) {
            continue;  // its first layer needs more than some rows
        }
        auto const broken = compare_with_unplanned(model, tool::plan_layout(model, tool::memory_mode::min), seed);
        REQUIRE_MESSAGE(broken.empty(), "seed ", seed, ": ", broken);
        ++fed;
        for (auto const& op : model.operations) layers_in_groups += static_cast<int>(op.layers.size());
    }
    CHECK(fed > 2'000);
    CHECK(layers_in_groups > 4'000);
}

TEST_CASE("random networks: large ones, in not much more than the worst operation takes") {
    std::int64_t bytes = 0;
    std::int64_t bounds = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        random_network network{seed, 50};
        REQUIRE(network.check().empty());
        auto const layout = tool::plan_layout(network.model(), tool::memory_mode::balanced);
        auto const broken = compare_with_unplanned(network.model(), layout, seed);
        CHECK_MESSAGE(broken.empty(), "seed ", seed, ": ", broken);
        CHECK(layout.arena_bytes >= layout.bound);
        bytes += layout.arena_bytes;
        bounds += layout.bound;
    }
    CHECK(bytes * 10 < bounds * 11);
}

TEST_CASE("random networks: what the tool plans, the header proves, and the engine makes") {
    for (unsigned seed = 100; seed < 106; ++seed) {
        random_network network{seed, 24};
        REQUIRE(network.check().empty());
        auto const& model = network.model();
        auto const layout = tool::plan_layout(model, tool::memory_mode::balanced);
        tool::executor apart{model};
        std::mt19937 random{seed};
        std::vector<tool::raw_tensor> inputs;
        for (int const t : model.inputs) {
            auto const input = apart.bytes(t);
            for (auto& each : input) each = static_cast<std::byte>(random());
            inputs.emplace_back(input.begin(), input.end());
        }
        auto const built = tool::build_image(tool::find_target("host"), {.header = tool::write_model_header(model, {}, layout), .model_namespace = model.name});
        auto const ran = tool::run_image(built, inputs);
        apart.run([](auto const&) {});
        for (std::size_t k = 0; k < model.outputs.size(); ++k) {
            auto const wanted = apart.bytes(model.outputs[k]);
            CHECK_MESSAGE(std::ranges::equal(ran.outputs[k], wanted), "seed ", seed, ", output ", k);
        }
    }
}

}  // namespace inlay::test
