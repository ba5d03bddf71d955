// SPDX-License-Identifier: MIT
//
// Every layer of the integer models against the trace of the reference.
#include "commands/golden.hpp"
#include "error.hpp"
#include "operators/executor.hpp"
#include "passes/prepare.hpp"
#include "read/tflite.hpp"
#include "shared.hpp"
#include "target/files.hpp"

#include <cstring>
#include <fmt/format.h>

namespace inlay::test {
namespace {

int check_traces(std::filesystem::path const& directory) {
    auto const path = (directory / "model.tflite").string();
    tool::report problems{path};
    auto model = tool::read_tflite(tool::read_file(path), path, problems);
    tool::check_operations(model, problems);
    REQUIRE_MESSAGE(problems.empty(), problems.text());

    int layers = 0;
    for (auto const& each : tool::find_golden_cases(directory / "golden", model)) {
        auto const trace = tool::read_trace(each);
        REQUIRE(!trace.empty());
        tool::executor portable{model};
        for (std::size_t k = 0; k < each.inputs.size(); ++k) {
            auto const to = portable.bytes(model.inputs[k]);
            std::memcpy(to.data(), each.inputs[k].data(), to.size());
        }
        portable.run([&](tool::operation const& op) {
            auto const bytes = portable.bytes(op.outputs[0]);
            auto const found = trace.at(op.outputs[0]).differs_from(model.out(op), {bytes.begin(), bytes.end()}, 0);
            CHECK_MESSAGE(!found, directory.filename().string(), " ", each.name, " ", op.location, ": ", found.value_or(""));
            ++layers;
        });
    }
    return layers;
}

}  // namespace

TEST_CASE("traces: every layer of the int8 models, every recorded input") {
    auto const models = shared_directory("models");
    if (!models) return;
    for (char const* const name : {"kws_ref_model", "vww_96_int8", "pretrainedResnet_quant", "ad01_int8", "str_ww_ref_model", "person_detect",
                                   "hello_world_int8", "micro_speech_quantized"}) {
        CHECK(check_traces(*models / name) > 0);
    }
}

}  // namespace inlay::test
