// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "error.hpp"
#include "passes/prepare.hpp"
#include "passes/proof.hpp"
#include "read/file.hpp"
#include "read/tflite.hpp"
#include "report.hpp"
#include "write/model_header.hpp"
#include "write/tflite.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace inlay::tool {
namespace {

struct convert_options {
    std::string model;
    std::string output;
    bool no_shrink = false;
    bool json = false;
};

[[noreturn]] void refuse(std::string const& file, std::string_view why) {
    throw tool_error{file, "not written: what would be read back is not the model", std::string{why}, "report this as a fault of inlay"};
}

/// Reads the written bytes as any other model, and runs both.
void check_written(graph const& model, std::vector<std::byte> const& bytes, std::string const& file) {
    report problems{file};
    auto written = read_tflite(bytes, file, problems);
    if (problems.empty()) check_operations(written, problems);
    if (!problems.empty()) refuse(file, problems.text());
    fold_constants(written);
    if (auto const difference = proof{model, sample_inputs(model)}.first_difference_of(written, 0)) refuse(file, *difference);
}

void convert(convert_options const& options) {
    auto const model = load_model(options.model, {}, options.no_shrink);
    auto const bytes = write_tflite(model);
    check_written(model, bytes, options.output);
    write_file_atomically(options.output, bytes);
    if (options.json) {
        nlohmann::ordered_json const summary{{"model", model.source}, {"output", options.output}, {"layers", model.operations.size()},
                                             {"weight_bytes", count_weight_bytes(model)}, {"macs", count_macs(model)}, {"bytes", bytes.size()}};
        fmt::print("{}\n", summary.dump());
    } else {
        fmt::print("{}: {} layers, {} bytes of weights, {} bytes\n", options.output, model.operations.size(), count_weight_bytes(model), bytes.size());
    }
}

}  // namespace

void add_convert(CLI::App& app) {
    auto options = std::make_shared<convert_options>();
    auto& command = *app.add_subcommand("convert", "Write what the passes made of a model as a .tflite file, for other runtimes");
    command.add_option("MODEL", options->model, "A .tflite file")->required();
    command.add_option("-o,--output", options->output, "The .tflite file to write; replaced only when all is well")->required();
    add_no_shrink(command, options->no_shrink);
    command.add_flag("--json", options->json, "Say what was written as JSON");
    command.footer("The file is read back and run beside the model before it is written.\n\nExample:\n  inlay convert keyword.tflite -o smaller.tflite");
    command.callback([options] { convert(*options); });
}

}  // namespace inlay::tool
