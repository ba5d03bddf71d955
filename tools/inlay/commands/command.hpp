// SPDX-License-Identifier: MIT
//
// The subcommands of `inlay`, and what they share.
#pragma once

#include "model/graph.hpp"
#include "model/plan.hpp"
#include "target/image.hpp"

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

namespace inlay::tool {

/// Each adds its subcommand, whose callback does the work. Errors are thrown as tool_error.
void add_compile(CLI::App& app);
void add_inspect(CLI::App& app);
void add_run(CLI::App& app);
void add_verify(CLI::App& app);
void add_bench(CLI::App& app);
void add_convert(CLI::App& app);

/// What a model is compiled for: the core that weights are laid out for, a name of known_cores() or none in particular, and what
/// its code is made small or fast for.
struct purpose {
    std::string_view core = {};
    std::string_view optimize = "balanced";
};

/// A model read from a file, checked, constants folded. If it has problems, prints them all and ends the command.
graph load_model(std::string const& path, purpose const& made_for = {});

/// The same with everything taken out that does not matter, unless `no_shrink`.
graph load_model(std::string const& path, purpose const& made_for, bool no_shrink);

/// The option `--optimize size|balanced|speed`, which has a value.
void add_optimize_option(CLI::App& command, std::string& optimize, std::string const& what);

/// The option `--no-shrink`.
void add_no_shrink(CLI::App& command, bool& no_shrink);

/// `--memory min|balanced|fast` and `--region NAME=BYTES`.
void add_memory_options(CLI::App& command, memory_options& memory);

/// `--feed`: the rows of the first input come one by one.
void add_feed_option(CLI::App& command, bool& feed);

/// How a model is executed: options that `run`, `verify` and `bench` share.
struct execution_options {
    std::string model;
    std::string target = "host";
    std::string engine = "compiled";
    std::string optimize = "balanced";
    memory_options memory;
    std::string compiler;
    std::vector<std::string> flags;
    bool keep = false;
    bool no_shrink = false;
    bool feed = false;

    /// The model, shrunk and in groups as the options say.
    graph load() const;

    /// Weights are laid out for the target's core; where the fewest bytes count, for speed only, as its kernels take scratch.
    purpose made_for() const { return {memory.mode == memory_mode::min && optimize != "speed" ? std::string_view{} : target, optimize}; }

    void add_to(CLI::App& command, bool with_engine);
    image_request request(graph const& model, driver program) const;
};

/// Executes a model any number of times, each time from its initial state.
class runner {
public:
    struct result {
        std::vector<raw_tensor> outputs;             ///< one for each output of the model, all steps one after the other
        std::vector<std::vector<raw_tensor>> layers; ///< by step and operation: its first output; only where asked for
    };

    virtual ~runner() = default;

    /// Inputs hold `steps` steps each.
    virtual result run(std::vector<raw_tensor> const& inputs, int steps, bool layers) = 0;
};

/// With the portable kernels in this process, or compiled for a target and run there.
std::unique_ptr<runner> make_runner(graph const& model, execution_options const& options);
}  // namespace inlay::tool
