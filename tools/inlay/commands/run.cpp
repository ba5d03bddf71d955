// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "error.hpp"
#include "read/file.hpp"

#include <filesystem>
#include <fmt/format.h>

namespace inlay::tool {
namespace {

struct run_options : execution_options {
    std::vector<std::string> inputs;
    std::string output_dir;
    int steps = 1;
};

void run(run_options const& options) {
    auto const model = options.load();
    if (options.inputs.size() != model.inputs.size()) {
        throw tool_error{options.model, fmt::format("{} inputs are needed", model.inputs.size()), fmt::format("{} were given", options.inputs.size()),
                         "give --input once for each, in the model's order; `inlay inspect` lists them", exit_status::usage};
    }
    auto const engine = make_runner(model, options);
    std::vector<raw_tensor> inputs;
    for (std::size_t k = 0; k < options.inputs.size(); ++k) {
        inputs.push_back(read_tensor(options.inputs[k], model.tensors[static_cast<std::size_t>(model.inputs[k])], options.steps));
    }
    auto const made = engine->run(inputs, options.steps, false);
    make_directory(options.output_dir);
    for (std::size_t k = 0; k < made.outputs.size(); ++k) {
        auto const path = std::filesystem::path{options.output_dir} / fmt::format("out{}.bin", k);
        write_file_atomically(path, made.outputs[k]);
        fmt::print("{}: {} bytes\n", path.string(), made.outputs[k].size());
    }
}

}  // namespace

void add_run(CLI::App& app) {
    auto options = std::make_shared<run_options>();
    auto& command = *app.add_subcommand("run", "Run a model on inputs from files");
    options->add_to(command, true);
    command.add_option("--input", options->inputs, "An input tensor: raw, in the model's type and order, or .npy; once for each input")
        ->allow_extra_args(false);
    command.add_option("--output-dir", options->output_dir, "Where out0.bin, out1.bin, ... go")->required();
    command.add_option("--steps", options->steps, "Runs in a row on one engine; inputs hold, and outputs get, that many steps")
        ->check(CLI::Range(1, 1'000'000))->capture_default_str();
    command.footer("Example:\n  inlay run keyword.tflite --input yes.bin --output-dir results --target cortex-m4");
    command.callback([options] { run(*options); });
}

}  // namespace inlay::tool
