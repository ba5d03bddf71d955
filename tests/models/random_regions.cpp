// SPDX-License-Identifier: MIT
//
// Networks made by chance in several regions of RAM.
#include "planned_run.hpp"
#include "random_network.hpp"

#include "error.hpp"
#include "model/accesses.hpp"
#include "target/image.hpp"
#include "write/model_header.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>
#include <string>
#include <vector>

namespace inlay::test {
namespace {

tool::memory_options two_regions(int fast, int slow) { return {tool::memory_mode::balanced, {{"fast_ram", fast}, {"slow_ram", slow}}}; }

/// What lies outside of its region, or takes more of it than there is; nothing if all is well.
std::string outside_of_regions(tool::memory_layout const& layout) {
    for (auto const& block : layout.blocks) {
        if (block.bytes == 0) continue;
        auto const& in = layout.region_of(block);
        if (block.offset < in.start || block.offset + block.bytes > in.start + in.bytes) return "a block crosses the end of " + in.of.name;
    }
    for (auto const& each : layout.regions) {
        if (each.bytes > each.of.bytes) return each.of.name + " is too small";
    }
    return "";
}

std::int64_t accesses_in(tool::graph const& model, tool::memory_layout const& layout, std::string_view region) {
    auto const counts = tool::count_accesses(model, layout.blocks);
    std::int64_t sum = 0;
    for (std::size_t b = 0; b < counts.size(); ++b) {
        if (layout.blocks[b].bytes > 0 && layout.region_of(layout.blocks[b]).of.name == region) sum += counts[b];
    }
    return sum;
}

}  // namespace

TEST_CASE("random networks: in two regions as without a plan") {
    std::int64_t fast_accesses = 0;
    std::int64_t fast_bytes = 0;
    std::int64_t slow_accesses = 0;
    std::int64_t slow_bytes = 0;
    int divided = 0;
    for (unsigned seed = 0; seed < 2'000; ++seed) {
        random_network network{seed};
        REQUIRE(network.check().empty());
        auto const& model = network.model();
        int const whole = tool::plan_layout(model, tool::memory_mode::balanced).arena_bytes;
        int const fast = std::max(whole * (1 + static_cast<int>(seed % 5)) / 8, 4);
        auto const layout = tool::plan_layout(model, two_regions(fast, 2 * whole));
        auto const outside = outside_of_regions(layout);
        REQUIRE_MESSAGE(outside.empty(), "seed ", seed, ": ", outside);
        auto const broken = compare_with_unplanned(model, layout, seed);
        REQUIRE_MESSAGE(broken.empty(), "seed ", seed, ": ", broken);
        REQUIRE(layout.regions.size() == 2);
        divided += layout.regions[0].bytes > 0 && layout.regions[1].bytes > 0;
        fast_accesses += accesses_in(model, layout, "fast_ram");
        slow_accesses += accesses_in(model, layout, "slow_ram");
        fast_bytes += layout.regions[0].bytes;
        slow_bytes += layout.regions[1].bytes;
    }
    CHECK(divided > 1'000);
    // A byte of the fast region is accessed more often than one of the slow region.
    CHECK(fast_accesses * slow_bytes > slow_accesses * fast_bytes);
}

TEST_CASE("random networks: all in the first region where it is large enough, with the bytes of one arena") {
    for (unsigned seed = 0; seed < 200; ++seed) {
        random_network network{seed};
        REQUIRE(network.check().empty());
        auto const& model = network.model();
        int const apart = tool::plan_layout(model, tool::memory_mode::fast).arena_bytes;
        int const whole = tool::plan_layout(model, tool::memory_mode::balanced).arena_bytes;
        auto const layout = tool::plan_layout(model, two_regions(2 * apart, 8));
        CHECK(layout.regions[1].bytes == 0);
        CHECK_MESSAGE(layout.arena_bytes <= whole + whole / 10 + 4, "seed ", seed);
    }
}

TEST_CASE("random networks: refused where they do not fit, and the peak named") {
    for (unsigned seed = 0; seed < 50; ++seed) {
        random_network network{seed};
        REQUIRE(network.check().empty());
        auto const& model = network.model();
        int const least = tool::plan_layout(model, tool::memory_mode::balanced).bound;
        std::string said;
        try {
            tool::plan_layout(model, {tool::memory_mode::balanced, {{"only", least - 1}}});
        } catch (tool::tool_error const& problem) {
            said = problem.text();
        }
        CHECK(said.find("bytes are missing in only") != said.npos);
        CHECK(said.find("the peak is operator ") != said.npos);
    }
}

TEST_CASE("random networks: what the tool puts in regions, the header proves, and the engine makes") {
    for (unsigned seed = 200; seed < 204; ++seed) {
        random_network network{seed, 24};
        REQUIRE(network.check().empty());
        auto const& model = network.model();
        int const whole = tool::plan_layout(model, tool::memory_mode::balanced).arena_bytes;
        auto const layout = tool::plan_layout(model, two_regions(whole / 3, 2 * whole));
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
