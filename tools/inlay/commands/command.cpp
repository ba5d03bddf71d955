// SPDX-License-Identifier: MIT
#include "commands/command.hpp"

#include "error.hpp"
#include "model/streaming.hpp"
#include "operators/executor.hpp"
#include "passes/prepare.hpp"
#include "passes/shrink.hpp"
#include "read/file.hpp"
#include "read/tflite.hpp"
#include "report.hpp"
#include "write/model_header.hpp"

#include <cstring>
#include <fmt/format.h>
#include <optional>

namespace inlay::tool {

namespace {

void stop_at(report const& problems) {
    if (problems.empty()) return;
    fmt::print(stderr, "{}", problems.text());
    throw CLI::RuntimeError(static_cast<int>(exit_status::failed));
}

}  // namespace

graph load_model(std::string const& path, purpose const& made_for) {
    report problems{path};
    auto const file = read_file(path);
    auto model = read_tflite(file, path, problems);
    check_operations(model, problems);
    stop_at(problems);
    fold_constants(model);
    model.isa = isa_of_core(made_for.core);
    model.optimise = policy_named(made_for.optimize);
    return model;
}

graph load_model(std::string const& path, purpose const& made_for, bool no_shrink) {
    auto model = load_model(path, made_for);
    if (!no_shrink) shrink(model);
    return model;
}

void add_no_shrink(CLI::App& command, bool& no_shrink) {
    command.add_flag("--no-shrink", no_shrink, "Take the model as it is: leave in what provably does not matter");
}

void add_memory_options(CLI::App& command, memory_options& memory) {
    command.add_option_function<std::string>("--memory", [&memory](std::string const& word) { memory.mode = find_memory_mode(word); },
                                             "What the arena is planned for: few bytes, few bytes at no cost in time, or every tensor by itself")
        ->check(CLI::IsMember({"min", "balanced", "fast"}))->default_str("balanced");
    command.add_option_function<std::vector<std::string>>(
               "--region",
               [&memory](std::vector<std::string> const& texts) {
                   for (auto const& text : texts) memory.add(ram_region::parse(text));
               },
               "NAME=BYTES: a part of the RAM, as dtcm=64K, the fastest first; may be repeated. Tensors lie by how often they are accessed")
        ->allow_extra_args(false);
}

void add_optimize_option(CLI::App& command, std::string& optimize, std::string const& what) {
    command.add_option("--optimize", optimize, what)->check(CLI::IsMember({"size", "balanced", "speed"}))->capture_default_str();
}

void add_feed_option(CLI::App& command, bool& feed) {
    command.add_flag("--feed", feed, "The application hands over the rows of the first input one by one, with `feed`: it never exists whole");
}

void execution_options::add_to(CLI::App& command, bool with_engine) {
    std::vector<std::string> names;
    for (auto const& each : all_targets()) names.push_back(each.name);
    command.add_option("MODEL", model, "A .tflite file")->required();
    command.add_option("--target", target, "Where the model runs: the host, or a core emulated by QEMU")
        ->check(CLI::IsMember(names))->capture_default_str();
    if (with_engine) {
        command.add_option("--engine", engine, "compiled: the generated header, compiled for the target; portable: the tool's own executor")
            ->check(CLI::IsMember({"compiled", "portable"}))->capture_default_str();
    }
    add_optimize_option(command, optimize, "What the code is made for");
    add_memory_options(command, memory);
    command.add_option("--compiler", compiler, "The C++ compiler, in place of the target's");
    command.add_option("--flag", flags, "One more flag for the compiler; may be repeated")->allow_extra_args(false);
    add_feed_option(command, feed);
    add_no_shrink(command, no_shrink);
    command.add_flag("--keep", keep, "Leave the directory with the header and the program, and say where it is");
}

graph execution_options::load() const {
    auto loaded = load_model(model, made_for(), no_shrink);
    stream_layers(loaded, memory.mode, feed);
    return loaded;
}

image_request execution_options::request(graph const& model, driver program) const {
    return {.header = write_model_header(model, {.optimize = optimize, .memory = memory}),
            .model_namespace = model.name,
            .program = program,
            .optimize = find_optimisation(optimize),
            .compiler = compiler,
            .flags = flags,
            .keep = keep};
}

namespace {

class portable_runner : public runner {
public:
    explicit portable_runner(graph const& model) : model_{model}, executor_{model} {}

    result run(std::vector<raw_tensor> const& inputs, int steps, bool layers) override {
        result made;
        made.outputs.resize(model_.outputs.size());
        executor_.reset();
        for (int step = 0; step < steps; ++step) {
            for (std::size_t k = 0; k < inputs.size(); ++k) {
                auto const bytes = executor_.bytes(model_.inputs[k]);
                std::memcpy(bytes.data(), inputs[k].data() + static_cast<std::size_t>(step) * bytes.size(), bytes.size());
            }
            auto& seen = made.layers.emplace_back();
            executor_.run([&](operation const& op) {
                auto const bytes = executor_.bytes(op.outputs[0]);
                if (layers) seen.emplace_back(bytes.begin(), bytes.end());
            });
            for (std::size_t k = 0; k < made.outputs.size(); ++k) {
                auto const bytes = executor_.bytes(model_.outputs[k]);
                made.outputs[k].insert(made.outputs[k].end(), bytes.begin(), bytes.end());
            }
        }
        return made;
    }

private:
    graph const& model_;
    executor executor_;
};

class compiled_runner : public runner {
public:
    compiled_runner(graph const& model, execution_options const& options) : model_{model}, options_{options} {}

    result run(std::vector<raw_tensor> const& inputs, int steps, bool layers) override {
        auto& built = layers ? tracing_ : plain_;
        if (!built) built.emplace(build_image(find_target(options_.target), options_.request(model_, layers ? driver::trace : driver::run)));
        auto ran = run_image(*built, inputs);
        result made{std::move(ran.outputs), {}};
        std::size_t at = 0;
        for (int step = 0; layers && step < steps; ++step) {
            auto& seen = made.layers.emplace_back();
            for (auto const& op : model_.operations) {
                for (std::size_t k = 0; k < op.outputs.size(); ++k) {
                    auto const size = model_.out(op, k).bytes();
                    if (at + size > ran.layers.size()) throw tool_error{model_.source, "the program wrote fewer layers than the model has", "", ""};
                    auto const begin = ran.layers.begin() + static_cast<std::ptrdiff_t>(at);
                    if (k == 0) seen.emplace_back(begin, begin + static_cast<std::ptrdiff_t>(size));
                    at += size;
                }
            }
        }
        return made;
    }

private:
    graph const& model_;
    execution_options const& options_;
    std::optional<image> plain_;
    std::optional<image> tracing_;
};

}  // namespace

std::unique_ptr<runner> make_runner(graph const& model, execution_options const& options) {
    if (options.engine == "compiled") return std::make_unique<compiled_runner>(model, options);
    if (options.target != "host") {
        throw tool_error{"--engine portable", "the portable engine is the tool's own and runs on the host",
                         fmt::format("--target {} was given", options.target), "leave --target out, or take --engine compiled", exit_status::usage};
    }
    return std::make_unique<portable_runner>(model);
}

}  // namespace inlay::tool
