// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "commands/golden.hpp"
#include "error.hpp"
#include "model/names.hpp"
#include "model/plan.hpp"
#include "model/streaming.hpp"
#include "passes/shrink.hpp"
#include "read/file.hpp"
#include "write/model_header.hpp"
#include "write/sections.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <string_view>

namespace inlay::tool {
namespace {

struct compile_options {
    std::string model;
    std::string header;
    std::string name;
    std::string core;
    header_options text;
    std::string golden;
    std::vector<std::string> placements;
    bool no_shrink = false;
    bool feed = false;
    bool explain = false;
    bool json = false;
};

/// The inputs of recorded cases, one set for each step.
std::vector<input_set> recorded_inputs(std::string const& directory, graph const& model) {
    std::vector<input_set> sets;
    if (directory.empty()) return sets;
    for (auto const& each : find_golden_cases(directory, model)) {
        for (int step = 0; step < each.steps; ++step) {
            auto& set = sets.emplace_back();
            for (auto const& bytes : each.inputs) {
                auto const size = static_cast<std::ptrdiff_t>(bytes.size()) / each.steps;
                set.emplace_back(bytes.begin() + step * size, bytes.begin() + (step + 1) * size);
            }
        }
    }
    return sets;
}

/// What the passes took out, a paragraph for each layer and step.
void print_changes(change_log const& log) {
    if (log.empty()) fmt::print("nothing can be taken out\n");
    for (auto const& each : log) {
        fmt::print("{}\n", each.where);
        std::istringstream lines{each.what};
        for (std::string line; std::getline(lines, line);) fmt::print("    {}\n", line);
    }
}

void compile(compile_options const& options) {
    auto model = load_model(options.model, {options.core, options.text.optimize});
    auto const log = options.no_shrink ? change_log{} : shrink(model, recorded_inputs(options.golden, model));
    if (!options.name.empty()) {
        if (!is_identifier(options.name)) {
            throw tool_error{"--name", fmt::format("\"{}\" is no C++ name", options.name), "it becomes the namespace of the header",
                             "take letters, digits and underscores, a letter first, no keyword", exit_status::usage};
        }
        model.name = options.name;
    }
    stream_layers(model, options.text.memory.mode, options.feed);
    auto text = options.text;
    text.sections = find_sections(model, options.placements);
    auto const layout = plan_layout(model, options.text.memory);
    write_file_atomically(options.header, write_model_header(model, text, layout));
    auto const arena = layout.arena_bytes;
    if (options.json) {
        nlohmann::ordered_json summary{{"model", model.source}, {"header", options.header}, {"namespace", model.name},
                                             {"layers", count_layers(model)}, {"weight_bytes", count_weight_bytes(model)},
                                             {"arena_bytes", arena}, {"macs", count_macs(model)}};
        for (auto const& each : layout.regions) summary["regions"][each.of.name] = each.bytes;
        fmt::print("{}\n", summary.dump());
    } else {
        if (options.explain) print_changes(log);
        fmt::print("{}: {} layers, {} bytes of weights, {} bytes of arena\n", options.header, count_layers(model), count_weight_bytes(model), arena);
        for (auto const& each : layout.regions) fmt::print("  {} {} of {} bytes\n", each.of.name, each.bytes, each.of.bytes);
    }
}

}  // namespace

void add_compile(CLI::App& app) {
    auto options = std::make_shared<compile_options>();
    auto& command = *app.add_subcommand("compile", "Write a model as a C++ header");
    command.add_option("MODEL", options->model, "A .tflite file")->required();
    command.add_option("-o,--output", options->header, "The header to write; replaced only when all is well")->required();
    command.add_option("--name", options->name, "The header's namespace; otherwise made from the file's name");
    command.add_option("--for", options->core, "The core to lay the weights out for; otherwise the header suits all alike")
        ->check(CLI::IsMember(known_cores()));
    add_optimize_option(command, options->text.optimize, "The policy of the model's engine, and what the weights' layout suits");
    add_memory_options(command, options->text.memory);
    add_feed_option(command, options->feed);
    command.add_option("--place", options->placements, "LAYER=SECTION: put the tables of a layer into a section, as conv_1=.itcm; may be repeated")
        ->allow_extra_args(false);
    auto const positive = CLI::Range(std::int64_t{1}, std::int64_t{1} << 48);
    command.add_option("--flash", options->text.flash, "Most bytes of tables; more is a compile error where the header is used")->check(positive);
    command.add_option("--ram", options->text.ram, "Most bytes of an engine, likewise")->check(positive);
    command.add_option("--macs", options->text.macs, "Most multiply-accumulates of a run, likewise")->check(positive);
    add_no_shrink(command, options->no_shrink);
    command.add_option("--golden", options->golden, "A directory of recorded inputs, NN.in<k>.bin, on which the shrunk model is proven beside generated ones");
    command.add_flag("--explain", options->explain, "Say what was taken out of which layer, and why");
    command.add_flag("--json", options->json, "Say what was written as JSON");
    command.footer("Example:\n  inlay compile keyword.tflite -o keyword.hpp --ram 32768\n\n"
                   "then in the application:\n  #include \"keyword.hpp\"\n  static inlay::engine<keyword::model> nn;");
    command.callback([options] { compile(*options); });
}

}  // namespace inlay::tool
