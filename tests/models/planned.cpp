// SPDX-License-Identifier: MIT
//
// Every shared model that inlay reads, inside its planned arena: noise over dead bytes before each layer, guards around, every
// layer compared with the reference's trace.
#include "commands/golden.hpp"
#include "passes/prepare.hpp"
#include "passes/shrink.hpp"
#include "planned_run.hpp"
#include "read/tflite.hpp"
#include "shared.hpp"
#include "target/files.hpp"

#include <cstring>
#include <map>
#include <optional>

namespace inlay::test {
namespace {

constexpr auto modes = {tool::memory_mode::min, tool::memory_mode::balanced, tool::memory_mode::fast};

std::optional<tool::graph> load(std::filesystem::path const& path) {
    tool::report problems{path.string()};
    auto model = tool::read_tflite(tool::read_file(path), path.string(), problems);
    tool::check_operations(model, problems);
    if (!problems.empty()) return {};
    return model;
}

std::map<std::string, tool::graph> load_all(std::filesystem::path const& models) {
    std::map<std::string, tool::graph> all;
    for (auto const& each : std::filesystem::directory_iterator{models}) {
        auto const path = each.path() / "model.tflite";
        if (!std::filesystem::exists(path)) continue;
        if (auto model = load(path)) all.emplace(each.path().filename().string(), std::move(*model));
    }
    REQUIRE(all.size() >= 13);
    return all;
}

/// Runs a recorded case in the arena. Counts the layers that were compared.
int compare_with_trace(std::string const& name, tool::graph const& model, tool::memory_layout const& layout, tool::golden_case const& recorded) {
    auto const trace = tool::read_trace(recorded);
    REQUIRE(!trace.empty());
    planned_run run{model, layout};
    for (std::size_t k = 0; k < recorded.inputs.size(); ++k) {
        std::memcpy(run.bytes(model.inputs[k]), recorded.inputs[k].data(), model.tensors[static_cast<std::size_t>(model.inputs[k])].bytes());
    }
    int compared = 0;
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const& op = model.operations[i];
        auto const broken = run.step(static_cast<int>(i));
        CHECK_MESSAGE(broken.empty(), name, " ", recorded.name, " ", broken);
        auto const* bytes = run.bytes(op.outputs[0]);
        auto const found = trace.at(op.outputs[0]).differs_from(model.out(op), {bytes, bytes + model.out(op).bytes()}, 1e-5);
        CHECK_MESSAGE(!found, name, " ", recorded.name, " ", op.location, ": ", found.value_or(""));
        ++compared;
    }
    return compared;
}

}  // namespace

TEST_CASE("planned arena: every layer of every shared model as in its traces") {
    auto const models = shared_directory("models");
    if (!models) return;
    for (auto const& entry : load_all(*models)) {
        auto const& name = entry.first;
        for (auto const mode : modes) {
            auto model = entry.second;
            tool::stream_layers(model, mode, false);
            auto const layout = tool::plan_layout(model, mode);
            int compared = 0;
            for (auto const& each : tool::find_golden_cases(*models / name / "golden", model)) compared += compare_with_trace(name, model, layout, each);
            CHECK_MESSAGE(compared >= static_cast<int>(model.operations.size()), name);
        }
    }
}

TEST_CASE("planned arena: every layer of every shared model, shrunk or not, bit for bit as without a plan") {
    auto const models = shared_directory("models");
    if (!models) return;
    auto all = load_all(*models);
    for (auto& entry : all) {
        auto const& name = entry.first;
        auto& model = entry.second;
        for (bool const shrunk : {false, true}) {
            if (shrunk) tool::shrink(model);
            for (auto const mode : modes) {
                auto grouped = model;
                tool::stream_layers(grouped, mode, false);
                auto const broken = compare_with_unplanned(grouped, tool::plan_layout(grouped, mode), 1);
                CHECK_MESSAGE(broken.empty(), name, shrunk ? ", shrunk: " : ": ", broken);
            }
        }
    }
}

}  // namespace inlay::test
