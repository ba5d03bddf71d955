// SPDX-License-Identifier: MIT
//
// Networks made by chance, planned, run in their arena and compared with the run of every tensor by itself.
#include "error.hpp"
#include "model/core.hpp"
#include "model/streaming.hpp"
#include "planned_run.hpp"
#include "random_network.hpp"
#include "target/files.hpp"
#include "target/image.hpp"
#include "target/target.hpp"
#include "target/temporary_directory.hpp"
#include "write/model_header.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <random>
#include <string>
#include <string_view>
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

namespace {

/// Runs each network on the inputs of its seed, and prints those whose results have another FNV-1a than wanted.
constexpr char const* program_text = R"(
#include "semihosting.hpp"
#include <cstdint>
namespace {
template <class Node, class Engine>
void fill(Engine& nn, std::uint32_t& state) {
    for (auto& each : nn.template get<Node>()) {
        state = state * 1664525U + 1013904223U;
        each = static_cast<std::int8_t>(state >> 24);
    }
}
template <class Node, class Engine>
void add(Engine& nn, std::uint64_t& hash) {
    auto const elements = nn.template get<Node>();
    auto const* const bytes = reinterpret_cast<unsigned char const*>(elements.data());
    for (std::size_t i = 0; i < elements.size_bytes(); ++i) hash = (hash ^ bytes[i]) * 1099511628211U;
}
template <class Model, class... In, class... Out>
int run_one(char const* name, std::uint32_t seed, std::uint64_t wanted, inlay::list<In...>, inlay::list<Out...>) {
    static inlay::engine<Model> nn;
    (fill<In>(nn, seed), ...);
    nn.run();
    std::uint64_t hash = 14695981039346656037U;
    (add<Out>(nn, hash), ...);
    if (hash == wanted) return 0;
    semihosting::print(name);
    semihosting::print(" differs\n");
    return 1;
}
template <class Model>
int run(char const* name, std::uint32_t seed, std::uint64_t wanted) {
    return run_one<Model>(name, seed, wanted, inlay::inputs_of<Model>{}, inlay::outputs_of<Model>{});
}
}  // namespace
)";

/// What the executor makes of the inputs of a seed.
std::uint64_t hash_of_results(tool::graph const& model, std::uint32_t state) {
    tool::executor apart{model};
    for (int const t : model.inputs) {
        for (auto& each : apart.bytes(t)) {
            state = state * 1664525U + 1013904223U;
            each = static_cast<std::byte>(state >> 24);
        }
    }
    apart.run();
    std::uint64_t hash = 14695981039346656037U;
    for (int const t : model.outputs) {
        for (auto const each : apart.bytes(t)) hash = (hash ^ static_cast<std::uint64_t>(each)) * 1099511628211U;
    }
    return hash;
}

}  // namespace

TEST_CASE("random networks: what the tool plans, the header proves, and each core's own kernels keep to") {
    constexpr unsigned networks = 24;
    for (std::string const core : {"cortex-m0", "cortex-m3", "cortex-m4", "cortex-m55"}) {
        tool::temporary_directory const directory;
        std::string includes;
        std::string calls;
        int placed = 0;
        int packed = 0;
        int fallen_back = 0;
        for (unsigned seed = 100; seed < 100 + networks; ++seed) {
            // A few small ones, whose results lie as close to their inputs as the rules allow.
            random_network network{seed, 1 + static_cast<int>(seed % 4)};
            REQUIRE(network.check().empty());
            auto model = network.model();
            model.name = "chance_" + std::to_string(seed);
            model.isa = tool::isa_of_core(core);
            auto const layout = tool::plan_layout(model, tool::memory_mode::balanced);
            placed += layout.has_places;
            for (auto const& op : model.operations) {
                auto const kernel = tool::kernel_for(model, op);
                packed += !kernel.is_portable();
                fallen_back += !kernel.is_portable() && std::string_view{kernel.name}.starts_with("m3");
            }
            auto const header = directory.path() / (model.name + ".hpp");
            tool::write_file(header, tool::write_model_header(model, {}, layout));
            includes += fmt::format("#include \"{}\"\n", header.string());
            calls += fmt::format("    failures += run<{0}::model>(\"{0}\", {1}, {2}U);\n", model.name, seed, hash_of_results(model, seed));
        }
        CHECK_MESSAGE(placed > static_cast<int>(networks) / 2, core);
        CHECK_MESSAGE(packed > static_cast<int>(networks) / 4, core);
        // What the DSP kernels do not take falls to those of the M3.
        if (core == "cortex-m4") CHECK(fallen_back > 0);
        auto const source = directory.path() / "networks.cpp";
        tool::write_file(source, includes + program_text + "int main() {\n    int failures = 0;\n" + calls + "    return failures;\n}\n");
        try {
            tool::run_program(tool::build_program(tool::find_target(core), source));
        } catch (tool::tool_error const& problem) {
            FAIL_CHECK(core << ": " << problem.text());
        }
    }
}

}  // namespace inlay::test
