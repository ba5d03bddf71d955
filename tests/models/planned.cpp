// SPDX-License-Identifier: MIT
//
// Every shared model inside its planned arena, and the bytes that it takes.
#include "commands/golden.hpp"
#include "passes/prepare.hpp"
#include "planned_run.hpp"
#include "read/tflite.hpp"
#include "shared.hpp"
#include "target/files.hpp"

#include <cstring>

namespace inlay::test {
namespace {

tool::graph load(std::filesystem::path const& directory) {
    auto const path = (directory / "model.tflite").string();
    tool::report problems{path};
    auto model = tool::read_tflite(tool::read_file(path), path, problems);
    tool::check_operations(model, problems);
    REQUIRE_MESSAGE(problems.empty(), problems.text());
    return model;
}

struct wanted_arena {
    char const* model;
    int most_bytes;
};

}  // namespace

TEST_CASE("planned arena: every layer of the int8 models, noise over dead bytes, guards around") {
    auto const models = shared_directory("models");
    if (!models) return;
    for (auto const& [name, most_bytes] : {wanted_arena{"kws_ref_model", 8064}, wanted_arena{"vww_96_int8", 36880}, wanted_arena{"pretrainedResnet_quant", 33312},
                                           wanted_arena{"ad01_int8", 768}, wanted_arena{"str_ww_ref_model", 3712}, wanted_arena{"person_detect", 36880},
                                           wanted_arena{"micro_speech_quantized", 4164}, wanted_arena{"hello_world_int8", 32}}) {
        CAPTURE(name);
        auto const model = load(*models / name);
        auto const layout = tool::plan_layout(model, tool::memory_mode::balanced);
        CHECK(layout.arena_bytes <= most_bytes);
        int layers = 0;
        for (auto const& each : tool::find_golden_cases(*models / name / "golden", model)) {
            auto const trace = tool::read_trace(each);
            REQUIRE(!trace.empty());
            planned_run run{model, layout};
            for (std::size_t k = 0; k < each.inputs.size(); ++k) {
                std::memcpy(run.bytes(model.inputs[k]), each.inputs[k].data(), model.tensors[static_cast<std::size_t>(model.inputs[k])].bytes());
            }
            for (std::size_t i = 0; i < model.operations.size(); ++i) {
                auto const& op = model.operations[i];
                auto const broken = run.step(static_cast<int>(i));
                CHECK_MESSAGE(broken.empty(), name, " ", each.name, " ", broken);
                auto const* bytes = run.bytes(op.outputs[0]);
                auto const found = trace.at(op.outputs[0]).differs_from(model.out(op), {bytes, bytes + model.out(op).bytes()}, 0);
                CHECK_MESSAGE(!found, name, " ", each.name, " ", op.location, ": ", found.value_or(""));
                ++layers;
            }
        }
        CHECK(layers > 0);
    }
}

TEST_CASE("planned arena: float models give what they give without a plan") {
    auto const models = shared_directory("models");
    if (!models) return;
    for (char const* const name : {"hello_world_float", "pretrainedResnet", "vww_96_float", "ad01_fp32", "kws_ref_model_float32_dequant"}) {
        auto const model = load(*models / name);
        auto const broken = compare_with_unplanned(model, tool::plan_layout(model, tool::memory_mode::balanced), 1);
        CHECK_MESSAGE(broken.empty(), name, " ", broken);
    }
}

}  // namespace inlay::test
