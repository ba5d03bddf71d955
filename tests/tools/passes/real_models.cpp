// SPDX-License-Identifier: MIT
#include "../../models/shared.hpp"

#include "commands/golden.hpp"
#include "operators/executor.hpp"
#include "passes/prepare.hpp"
#include "passes/shrink.hpp"
#include "read/file.hpp"
#include "read/tflite.hpp"
#include "report.hpp"
#include "write/model_header.hpp"

#include <algorithm>
#include <optional>

namespace inlay::tool {
namespace {

/// A shared model as the command takes it; nothing if inlay lacks one of its operators.
std::optional<graph> load(std::filesystem::path const& file) {
    report problems{file.string()};
    auto model = read_tflite(read_file(file), file.string(), problems);
    check_operations(model, problems);
    if (!problems.empty()) return {};
    fold_constants(model);
    return model;
}

/// The recorded outputs of one case, or two, are those of the model.
void check_goldens(graph const& model, std::filesystem::path const& directory) {
    auto const cases = find_golden_cases(directory, model);
    for (std::size_t i = 0; i < std::min<std::size_t>(cases.size(), 2); ++i) {
        if (cases[i].steps != 1) continue;
        executor host{model};
        for (std::size_t k = 0; k < model.inputs.size(); ++k) std::ranges::copy(cases[i].inputs[k], host.bytes(model.inputs[k]).begin());
        host.run();
        for (std::size_t k = 0; k < model.outputs.size(); ++k) CHECK(std::ranges::equal(host.bytes(model.outputs[k]), cases[i].outputs[k]));
    }
}

struct expectation {
    char const* model;
    std::int64_t weight_bytes;
    std::int64_t macs;
};

TEST_CASE("shrink: weights and multiply-accumulates of real models, outputs as recorded") {
    auto const directory = test::shared_directory("models");
    if (!directory) return;
    for (auto const& wanted :
         {expectation{"vww_96_int8", 29'066, 3'727'313}, expectation{"person_detect", 207'676, 7'077'246}, expectation{"hello_world_int8", 220, 220}}) {
        CAPTURE(wanted.model);
        auto model = load(*directory / wanted.model / "model.tflite");
        REQUIRE(model);
        shrink(*model);
        CHECK(count_weight_bytes(*model) <= wanted.weight_bytes);
        CHECK(count_macs(*model) <= wanted.macs);
        check_goldens(*model, *directory / wanted.model / "golden");
    }
}

TEST_CASE("shrink: other real models lose nothing, and stay what they are") {
    auto const directory = test::shared_directory("models");
    if (!directory) return;
    for (auto const* name : {"kws_ref_model", "pretrainedResnet_quant", "str_ww_ref_model", "micro_speech_quantized"}) {
        CAPTURE(name);
        auto model = load(*directory / name / "model.tflite");
        REQUIRE(model);
        auto const weight_bytes = count_weight_bytes(*model);
        shrink(*model);
        CHECK(count_weight_bytes(*model) == weight_bytes);
        check_goldens(*model, *directory / name / "golden");
    }
}

}  // namespace
}  // namespace inlay::tool
