// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "error.hpp"
#include "model/names.hpp"
#include "model/plan.hpp"
#include "read/file.hpp"
#include "write/model_header.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace inlay::tool {
namespace {

struct compile_options {
    std::string model;
    std::string header;
    std::string name;
    header_options text;
    bool json = false;
};

void compile(compile_options const& options) {
    auto model = load_model(options.model);
    if (!options.name.empty()) {
        if (!is_identifier(options.name)) {
            throw tool_error{"--name", fmt::format("\"{}\" is no C++ name", options.name), "it becomes the namespace of the header",
                             "take letters, digits and underscores, a letter first, no keyword", exit_status::usage};
        }
        model.name = options.name;
    }
    auto const layout = plan_layout(model, options.text.memory);
    write_file_atomically(options.header, write_model_header(model, options.text, layout));
    auto const arena = layout.arena_bytes;
    if (options.json) {
        nlohmann::ordered_json const summary{{"model", model.source}, {"header", options.header}, {"namespace", model.name},
                                             {"layers", model.operations.size()}, {"weight_bytes", count_weight_bytes(model)},
                                             {"arena_bytes", arena}, {"macs", count_macs(model)}};
        fmt::print("{}\n", summary.dump());
    } else {
        fmt::print("{}: {} layers, {} bytes of weights, {} bytes of arena\n", options.header, model.operations.size(), count_weight_bytes(model), arena);
    }
}

}  // namespace

void add_compile(CLI::App& app) {
    auto options = std::make_shared<compile_options>();
    auto& command = *app.add_subcommand("compile", "Write a model as a C++ header");
    command.add_option("MODEL", options->model, "A .tflite file")->required();
    command.add_option("-o,--output", options->header, "The header to write; replaced only when all is well")->required();
    command.add_option("--name", options->name, "The header's namespace; otherwise made from the file's name");
    command.add_option("--optimize", options->text.optimize, "The policy of the model's engine")
        ->check(CLI::IsMember({"size", "balanced", "speed"}))->capture_default_str();
    add_memory_option(command, options->text.memory);
    auto const positive = CLI::Range(std::int64_t{1}, std::int64_t{1} << 48);
    command.add_option("--flash", options->text.flash, "Most bytes of tables; more is a compile error where the header is used")->check(positive);
    command.add_option("--ram", options->text.ram, "Most bytes of an engine, likewise")->check(positive);
    command.add_option("--macs", options->text.macs, "Most multiply-accumulates of a run, likewise")->check(positive);
    command.add_flag("--json", options->json, "Say what was written as JSON");
    command.footer("Example:\n  inlay compile keyword.tflite -o keyword.hpp --ram 32768\n\n"
                   "then in the application:\n  #include \"keyword.hpp\"\n  static inlay::engine<keyword::model> nn;");
    command.callback([options] { compile(*options); });
}

}  // namespace inlay::tool
