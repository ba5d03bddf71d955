// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "commands/compare.hpp"
#include "commands/golden.hpp"
#include "error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace inlay::tool {
namespace {

struct verify_options : execution_options {
    std::string golden;
    double tolerance = 1e-5;
    bool json = false;
};

/// What is wrong with the outputs; nothing if they agree.
std::optional<std::string> compare_outputs(graph const& model, golden_case const& expected, std::vector<raw_tensor> const& outputs, double tolerance) {
    for (std::size_t k = 0; k < outputs.size(); ++k) {
        auto const& tensor = model.tensors[static_cast<std::size_t>(model.outputs[k])];
        if (auto const found = first_difference(tensor, outputs[k], expected.outputs[k], tolerance)) return fmt::format("output {}, {}", k, found->text());
    }
    return {};
}

/// The first layer that differs from the recorded trace, as far as there is one. Traces are of all layers and channels: the model
/// runs once more as it is in its file, without groups.
std::string name_first_layer(verify_options const& options, golden_case const& expected) {
    auto const trace = read_trace(expected);
    if (trace.empty()) return "";
    auto const model = load_model(options.model, options.made_for());
    auto const layers = make_runner(model, options)->run(expected.inputs, expected.steps, true).layers;
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const& op = model.operations[i];
        auto const recorded = trace.find(op.outputs[0]);
        if (recorded == trace.end()) continue;
        if (auto const found = recorded->second.differs_from(model.out(op), layers[0][i], options.tolerance)) {
            return fmt::format("\n      first layer that differs: {}, {}", op.location, *found);
        }
    }
    bool const as_it_is = options.no_shrink && options.memory.mode != memory_mode::min && !options.feed;
    return as_it_is ? "\n      no layer of the first step differs from its trace"
                    : "\n      layer by layer and without shrinking, none of the first step differs from its trace";
}

void verify(verify_options const& options) {
    auto const model = options.load();
    auto const cases = find_golden_cases(options.golden, model);
    auto const engine = make_runner(model, options);
    auto results = nlohmann::ordered_json::array();
    int failed = 0;
    for (auto const& each : cases) {
        auto const made = engine->run(each.inputs, each.steps, false);
        auto difference = compare_outputs(model, each, made.outputs, options.tolerance);
        if (difference) {
            ++failed;
            *difference += name_first_layer(options, each);
        }
        if (options.json) {
            results.push_back({{"case", each.name}, {"steps", each.steps}, {"agrees", !difference}, {"difference", difference.value_or("")}});
        } else {
            fmt::print("{:<8} {}{}\n", each.name, difference ? "DIFFERS  " : "agrees", difference.value_or(""));
        }
    }
    if (options.json) {
        nlohmann::ordered_json const summary{{"model", model.source}, {"target", options.target}, {"engine", options.engine}, {"cases", results}, {"failed", failed}};
        fmt::print("{}\n", summary.dump());
    }
    if (failed > 0) throw CLI::RuntimeError(static_cast<int>(exit_status::failed));
}

}  // namespace

void add_verify(CLI::App& app) {
    auto options = std::make_shared<verify_options>();
    auto& command = *app.add_subcommand("verify", "Compare a model's outputs with recorded ones");
    options->add_to(command, true);
    command.add_option("--golden", options->golden, "A directory with NN.in<k>.bin and NN.out<k>.bin; NN.trace.json and NN.layers.bin help to name a layer")
        ->required();
    command.add_option("--tolerance", options->tolerance, "For floats: the largest difference, relative to the output's largest magnitude")
        ->check(CLI::NonNegativeNumber)->capture_default_str();
    command.add_flag("--json", options->json, "Print the results as JSON");
    command.footer("Integers must be equal. Exit status 0 only if all cases agree.\n\nExample:\n  inlay verify keyword.tflite --golden recorded --target cortex-m4");
    command.callback([options] { verify(*options); });
}

}  // namespace inlay::tool
