// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "error.hpp"
#include "model/names.hpp"
#include "operators/operator.hpp"
#include "target/cycles.hpp"
#include "write/model_header.hpp"

#include <fmt/format.h>
#include <functional>
#include <nlohmann/json.hpp>

namespace inlay::tool {
namespace {

struct bench_options : execution_options {
    bool json = false;
    bool layers = false;
    bool compare_policies = false;
    cycle_rules timing{};
};

/// The estimate, where there are rules for the core; else nothing, or why there is none.
struct estimate {
    std::optional<cycle_result> cycles{};
    std::string problem{};
};

estimate estimate_cycles(image const& built, cycle_rules rules) {
    if (rules.core.empty()) rules.core = built.runs_on->timing;
    if (rules.core.empty() || built.runs_on->is_host()) return {};
    try {
        return {.cycles = count_cycles(built, rules)};
    } catch (tool_error const& error) {
        return {.problem = error.text()};
    }
}

/// The names of operations' results.
std::vector<std::string> names_of_layers(graph const& model) {
    auto const names = node_names(model);
    std::vector<std::string> found;
    for (auto const& op : model.operations) found.push_back(names[static_cast<std::size_t>(op.outputs[0])]);
    return found;
}

/// What each layer costs, in the order of execution.
nlohmann::ordered_json layers_of(graph const& model, image const& built, bench_result const& found, estimate const& estimated) {
    auto const names = names_of_layers(model);
    auto tables = names;
    for (auto& name : tables) name += "_weights";
    auto const own_bytes = read_sizes_of(built.application, tables);
    char const* const unit = found.instructions ? "instructions" : "nanoseconds";
    auto rows = nlohmann::ordered_json::array();
    std::size_t result = 0;
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const& op = model.operations[i];
        std::uint64_t cost = 0;
        std::uint64_t cycles = 0;
        for (std::size_t k = 0; k < op.outputs.size(); ++k, ++result) {
            cost += found.layers.at(result);
            if (estimated.cycles) cycles += estimated.cycles->layers.at(result);
        }
        auto const kernel = kernel_for(model, op);
        rows.push_back({{"name", names[i]}, {"kind", op.kind}, {"kernel", kernel.is_portable() ? "portable" : kernel.name}, {unit, cost},
                        {"macs", macs_of(model, op)}, {"flash_bytes", own_bytes[i]}});
        if (estimated.cycles) rows.back()["cycles_estimate"] = cycles;
    }
    return rows;
}

std::string per_mac(std::uint64_t cost, std::int64_t macs) {
    return macs == 0 ? "" : fmt::format("{:.3f}", static_cast<double>(cost) / static_cast<double>(macs));
}

void print_layers(nlohmann::ordered_json const& rows) {
    if (rows.empty()) return;
    char const* const unit = rows[0].contains("instructions") ? "instructions" : "nanoseconds";
    bool const has_cycles = rows[0].contains("cycles_estimate");
    auto const cycles_columns = [&](std::string const& cycles, std::string const& each) {
        return has_cycles ? fmt::format(" {:>12} {:>7}", cycles, each) : "";
    };
    fmt::print("\n{:>10} {:>12} {:>7}{} {:>8}  {:<14} {:<18} {}\n", "MACs", unit, "per MAC", cycles_columns("cycles", "per MAC"), "flash", "kernel", "kind", "layer");
    for (auto const& row : rows) {
        auto const cost = row[unit].get<std::uint64_t>();
        auto const macs = row["macs"].get<std::int64_t>();
        auto const cycles = row.value("cycles_estimate", std::uint64_t{0});
        fmt::print("{:>10} {:>12} {:>7}{} {:>8}  {:<14} {:<18} {}\n", macs, cost, per_mac(cost, macs), cycles_columns(std::to_string(cycles), per_mac(cycles, macs)),
                   row["flash_bytes"].get<std::uint64_t>(), row["kernel"].get<std::string>(), row["kind"].get<std::string>(), row["name"].get<std::string>());
    }
}

nlohmann::ordered_json measure(bench_options const& options) {
    auto const model = options.load();
    auto const built = build_image(find_target(options.target), options.request(model, options.layers ? driver::bench_layers : driver::bench));
    auto const found = bench_image(built);
    auto const estimated = estimate_cycles(built, options.timing);
    nlohmann::ordered_json figures{{"model", model.source}, {"target", options.target}, {"optimize", options.optimize}};
    if (found.instructions) figures["instructions"] = *found.instructions;
    if (found.nanoseconds) figures["nanoseconds"] = *found.nanoseconds;
    if (estimated.cycles) figures["cycles_estimate"] = estimated.cycles->cycles;
    if (!estimated.problem.empty()) figures["no_cycles_estimate"] = estimated.problem;
    figures["macs"] = count_macs(model);
    figures["flash_bytes"] = found.flash_bytes;
    figures["weight_bytes"] = count_weight_bytes(model);
    figures["ram_bytes"] = found.ram_bytes;
    figures["arena_bytes"] = found.arena_bytes;
    if (found.stack_bytes) figures["stack_bytes"] = *found.stack_bytes;
    figures["compile_seconds"] = built.compile_seconds;
    figures["compile_peak_mb"] = built.compile_peak_mb;
    figures["output_fnv1a64"] = fmt::format("{:016x}", found.output_fnv1a64);
    if (options.layers) {
        figures["layers"] = layers_of(model, built, found, estimated);
        std::uint64_t shared = found.flash_bytes;
        for (auto const& row : figures["layers"]) shared -= row["flash_bytes"].get<std::uint64_t>();
        figures["shared_flash_bytes"] = shared;
    }
    return figures;
}

/// What a plan for the fewest bytes costs and saves against the balanced one.
nlohmann::ordered_json compare_with_balanced(nlohmann::ordered_json const& figures, bench_options options) {
    options.memory.mode = memory_mode::balanced;
    options.feed = false;
    options.layers = false;
    nlohmann::ordered_json balanced;
    try {
        balanced = measure(options);
    } catch (tool_error const& problem) {
        return {{"problem", problem.what}};  // as a rule it does not fit where the fewest bytes do
    }
    nlohmann::ordered_json compared;
    for (char const* const name : {"instructions", "cycles_estimate", "nanoseconds", "flash_bytes", "ram_bytes", "arena_bytes", "stack_bytes"}) {
        if (!figures.contains(name) || !balanced.contains(name)) continue;
        auto const was = balanced[name].get<double>();
        compared[name] = {{"balanced", balanced[name]}, {"ratio", was == 0 ? 1.0 : figures[name].get<double>() / was}};
    }
    return compared;
}

void print_figures(nlohmann::ordered_json const& figures) {
    for (auto const& [name, value] : figures.items()) {
        if (value.is_structured() || name == "no_cycles_estimate") continue;
        auto line = fmt::format("{:<16} {}", name, value.is_string() ? value.get<std::string>() : value.dump());
        if (auto const compared = figures.find("against_balanced"); compared != figures.end() && compared->contains(name)) {
            auto const& by = (*compared)[name];
            line += fmt::format(" ({:+.1f} % against balanced, {})", (by["ratio"].get<double>() - 1) * 100, by["balanced"].dump());
        }
        if (name == "instructions" || name == "cycles_estimate") line += fmt::format("   per MAC {}", per_mac(value.get<std::uint64_t>(), figures["macs"].get<std::int64_t>()));
        fmt::print("{}\n", line);
    }
    if (auto const problem = figures.find("no_cycles_estimate"); problem != figures.end()) {
        fmt::print("no cycles_estimate: {}", problem->get<std::string>());
    }
    if (auto const compared = figures.find("against_balanced"); compared != figures.end() && compared->contains("problem")) {
        fmt::print("the balanced plan to compare with {}\n", (*compared)["problem"].get<std::string>());
    }
}

/// The figures under each policy, with those of the layers.
nlohmann::ordered_json measure_policies(bench_options options) {
    options.layers = true;
    nlohmann::ordered_json policies;
    for (char const* const policy : {"size", "balanced", "speed"}) {
        options.optimize = policy;
        policies[policy] = measure(options);
    }
    return policies;
}

/// A line with a number for each policy.
void print_policies(nlohmann::ordered_json const& policies, std::string const& what, std::function<std::string(nlohmann::ordered_json const&)> const& number) {
    fmt::print("{:<24}", what);
    for (auto const& [policy, figures] : policies.items()) fmt::print(" {:>12}", number(figures));
    fmt::print("\n");
}

void print_comparison(nlohmann::ordered_json const& policies) {
    auto const& first = policies.front();
    char const* const unit = first.contains("instructions") ? "instructions" : "nanoseconds";
    for (std::string const figure : {unit, "flash_bytes"}) {
        print_policies(policies, figure, [&](auto const& figures) { return figures["layers"].empty() ? "" : std::string{figures["optimize"]}; });
        for (std::size_t i = 0; i < first["layers"].size(); ++i) {
            print_policies(policies, "  " + first["layers"][i]["name"].get<std::string>(), [&](auto const& figures) { return figures["layers"][i][figure].dump(); });
        }
        if (figure == "flash_bytes") {
            print_policies(policies, "  shared by layers", [](auto const& figures) { return figures["shared_flash_bytes"].dump(); });
        }
        print_policies(policies, "  whole", [&](auto const& figures) { return figures[figure].dump(); });
        fmt::print("\n");
    }
    for (char const* const figure : {"cycles_estimate", "ram_bytes", "arena_bytes", "stack_bytes"}) {
        if (first.contains(figure)) print_policies(policies, figure, [&](auto const& figures) { return figures[figure].dump(); });
    }
}

void bench(bench_options const& options) {
    if (options.compare_policies) {
        auto const policies = measure_policies(options);
        if (options.json) {
            fmt::print("{}\n", nlohmann::ordered_json{{"policies", policies}}.dump());
        } else {
            print_comparison(policies);
        }
        return;
    }
    auto figures = measure(options);
    if (options.memory.mode == memory_mode::min || options.feed) figures["against_balanced"] = compare_with_balanced(figures, options);
    if (options.json) {
        fmt::print("{}\n", figures.dump());
        return;
    }
    print_figures(figures);
    if (options.layers) print_layers(figures["layers"]);
}

}  // namespace

void add_bench(CLI::App& app) {
    auto options = std::make_shared<bench_options>();
    auto& command = *app.add_subcommand("bench", "Measure a model: instructions or time, flash, RAM, stack, compile time");
    options->add_to(command, false);
    command.add_flag("--json", options->json, "Print the figures as JSON");
    command.add_flag("--layers", options->layers, "Show what each layer costs");
    command.add_flag("--compare-policies", options->compare_policies, "Measure size, balanced and speed, and show them side by side, layer by layer")
        ->excludes(command.get_option("--optimize"));
    command.add_option("--timing", options->timing.core, "The core whose cycles are estimated (default: the target's, of Cortex-M0, M3 and M4)")
        ->check(CLI::IsMember(timing_names()));
    command.add_option("--flash-wait-states", options->timing.flash.wait_states, "Cycles that the core waits for the flash, for the estimate")
        ->check(CLI::Range(0, 32))->capture_default_str();
    command.add_option("--flash-width", options->timing.flash.width, "Bits that the flash delivers at once, for the estimate")
        ->check(CLI::IsMember(std::vector<unsigned>{16, 32, 64, 128, 256}))->capture_default_str();
    command.add_option("--flash-code-cache", options->timing.flash.code_cache, "Bytes of code that are kept where they are fast, for the estimate")
        ->check(CLI::Range(0, 65536))->capture_default_str();
    command.add_option("--flash-data-cache", options->timing.flash.data_cache, "Bytes of constants that are kept where they are fast, for the estimate")
        ->check(CLI::Range(0, 65536))->capture_default_str();
    command.footer("On Cortex-M the instructions are exact, counted in QEMU, and RAM is the engine, the rest of .data and .bss, and the stack's\n"
                   "high water. cycles_estimate adds up what the core's manual says of each instruction that ran, with a memory that never makes it\n"
                   "wait, or with --flash-wait-states. On the host the time is the median of many runs. Flash is code, constants and weights, less an empty program's.\n"
                   "Of a layer, flash is what is its own: tables, and code for them alone; kernels are shared by layers.\n"
                   "With --memory min or --feed the balanced plan is measured, too, and what the fewest bytes cost is said beside each figure.\n\n"
                   "Example:\n  inlay bench keyword.tflite --target cortex-m4 --json");
    command.callback([options] { bench(*options); });
}

}  // namespace inlay::tool
