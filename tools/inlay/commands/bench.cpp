// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "write/model_header.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace inlay::tool {
namespace {

struct bench_options : execution_options {
    bool json = false;
};

nlohmann::ordered_json measure(bench_options const& options) {
    auto const model = load_model(options.model, options.target);
    auto const built = build_image(find_target(options.target), options.request(model, driver::bench));
    auto const found = bench_image(built);
    nlohmann::ordered_json figures{{"model", model.source}, {"target", options.target}};
    if (found.instructions) figures["instructions"] = *found.instructions;
    if (found.nanoseconds) figures["nanoseconds"] = *found.nanoseconds;
    figures["macs"] = count_macs(model);
    figures["flash_bytes"] = found.flash_bytes;
    figures["weight_bytes"] = count_weight_bytes(model);
    figures["ram_bytes"] = found.ram_bytes;
    figures["arena_bytes"] = found.arena_bytes;
    if (found.stack_bytes) figures["stack_bytes"] = *found.stack_bytes;
    figures["compile_seconds"] = built.compile_seconds;
    figures["compile_peak_mb"] = built.compile_peak_mb;
    figures["output_fnv1a64"] = fmt::format("{:016x}", found.output_fnv1a64);
    return figures;
}

void bench(bench_options const& options) {
    auto const figures = measure(options);
    if (options.json) {
        fmt::print("{}\n", figures.dump());
        return;
    }
    for (auto const& [name, value] : figures.items()) fmt::print("{:<16} {}\n", name, value.is_string() ? value.get<std::string>() : value.dump());
}

}  // namespace

void add_bench(CLI::App& app) {
    auto options = std::make_shared<bench_options>();
    auto& command = *app.add_subcommand("bench", "Measure a model: instructions or time, flash, RAM, stack, compile time");
    options->add_to(command, false);
    command.add_flag("--json", options->json, "Print the figures as JSON");
    command.footer("On Cortex-M the instructions are exact, counted in QEMU, and RAM is the engine, the rest of .data and .bss, and the stack's\n"
                   "high water; on the host the time is the median of many runs. Flash is code, constants and weights, less an empty program's.\n\n"
                   "Example:\n  inlay bench keyword.tflite --target cortex-m4 --json");
    command.callback([options] { bench(*options); });
}

}  // namespace inlay::tool
