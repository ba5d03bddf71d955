// SPDX-License-Identifier: MIT
// Measures one layer at a time on the cores that QEMU emulates, with the portable kernel and with the core's own.
#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <optional>

#include "error.hpp"
#include "model/core.hpp"
#include "operators/operator.hpp"
#include "subject.hpp"
#include "target/cycles.hpp"
#include "target/image.hpp"
#include "write/model_header.hpp"

namespace inlay::bench {
namespace {

using namespace tool;
using json = nlohmann::ordered_json;

struct options {
    std::vector<std::string> layers;
    std::vector<std::string> targets{"cortex-m0", "cortex-m3", "cortex-m4", "cortex-m55"};
    std::vector<std::string> schemes{"int8_per_channel"};
    std::string tags = "all";
    bool as_json = false;
};

/// Instructions for a multiply-accumulate that no kernel can do without: those that multiply and add, and nothing else.
using bound = std::optional<double>;
constexpr bound int8_bound(isa::portable) { return {}; }
constexpr bound int8_bound(isa::thumb1) { return 2.0 / 2; }    // MULS and ADDS, for two pixels in one word
constexpr bound int8_bound(isa::armv7m) { return 1.0 / 2; }    // MLA, likewise
constexpr bound int8_bound(isa::arm_dsp) { return 1.0 / 2; }   // SMLAD
constexpr bound int8_bound(isa::arm_mve) { return 1.0 / 16; }  // VMLADAVA
constexpr bound float_bound(isa::portable) { return {}; }
constexpr bound float_bound(isa::arm_dsp_fp) { return 1; }         // VFMA
constexpr bound float_bound(isa::arm_mve_fp) { return 1.0 / 4; }   // VFMA of four

bound bound_of(std::string_view target, std::string_view scheme) {
    return with_tag(isa_of_core(target), policy::speed, [&](auto tag) { return scheme == "float32" ? float_bound(tag) : int8_bound(tag); });
}

json measure(std::string const& layer, std::string const& scheme, target const& on, bool portable) {
    auto model = make_layer(layer, scheme);
    if (!portable) model.isa = isa_of_core(on.name);
    model.optimise = policy::speed;
    auto const& op = model.operations.at(0);
    auto const tag = tag_of(model.isa);
    auto const built = build_image(on, {.header = write_model_header(model, {.optimize = "speed"}),
                                        .model_namespace = model.name,
                                        .program = driver::bench,
                                        .optimize = optimisation::speed,
                                        .isa = portable ? "portable" : "native"});
    auto const found = bench_image(built);
    auto const kernel = kernel_for(model, op);
    json row{{"name", fmt::format("{}/{}/{}", layer, scheme, tag.substr(tag.rfind(':') + 1))},
             {"target", on.name},
             {"kernel", kernel.is_portable() ? "portable" : kernel.name},
             {"macs", count_macs(model)},
             {"outputs", model.out(op).shape.size()},
             {"instructions", found.instructions.value()}};
    if (!on.timing.empty()) {
        try {
            row["cycles_estimate"] = count_cycles(built, {.core = on.timing}).cycles;
        } catch (tool_error const& error) {
            row["no_cycles_estimate"] = error.text();
        }
    }
    row["code_bytes"] = built.network.code;
    row["flash_bytes"] = found.flash_bytes;
    row["ram_bytes"] = found.ram_bytes;
    row["output_fnv1a64"] = fmt::format("{:016x}", found.output_fnv1a64);
    auto const macs = count_macs(model);
    if (auto const least = bound_of(on.name, scheme); least && macs > 0) row["bound_per_mac"] = *least;
    return row;
}

constexpr auto row_format = "{:<54} {:<10} {:<20} {:>11} {:>8} {:>6} {:>8} {:>9} {:>8} {:>7} {:>8}\n";

void print_heading() {
    fmt::print(row_format, "layer/scheme/isa", "target", "kernel", "instructions", "per MAC", "bound", "times it", "per output", "cycles/MAC", "code",
               "flash");
}

void print_row(json const& row) {
    auto const instructions = row["instructions"].get<double>();
    auto const macs = row["macs"].get<double>();
    auto const each = [](double cost, double of, int digits) { return of == 0 ? std::string{} : fmt::format("{:.{}f}", cost / of, digits); };
    auto const least = row.value("bound_per_mac", 0.0);
    fmt::print(row_format, row["name"].get<std::string>(), row["target"].get<std::string>(), row["kernel"].get<std::string>(),
               row["instructions"].get<std::uint64_t>(), each(instructions, macs, 3), least == 0 ? "" : fmt::format("{}", least),
               each(instructions, macs * least, 2), each(instructions, row["outputs"].get<double>(), 1),
               row.contains("cycles_estimate") ? each(row["cycles_estimate"].get<double>(), macs, 3) : "", row["code_bytes"].get<std::uint64_t>(),
               row["flash_bytes"].get<std::uint64_t>());
    std::fflush(stdout);
}

void run(options const& chosen) {
    auto rows = json::array();
    if (!chosen.as_json) print_heading();
    for (auto const& layer : chosen.layers.empty() ? usual_layers() : chosen.layers) {
        for (auto const& scheme : chosen.schemes) {
            for (auto const& name : chosen.targets) {
                for (bool const portable : {true, false}) {
                    if (chosen.tags == (portable ? "own" : "portable")) continue;
                    rows.push_back(measure(layer, scheme, find_target(name), portable));
                    if (!chosen.as_json) print_row(rows.back());
                }
            }
        }
    }
    if (chosen.as_json) fmt::print("{}\n", rows.dump());
}

}  // namespace
}  // namespace inlay::bench

int main(int argc, char** argv) {
    using namespace inlay;
    bench::options chosen;
    CLI::App app{"Measures single layers: instructions for a multiply-accumulate and for an output, beside the fewest that the core's instructions allow"};
    app.add_option("LAYER", chosen.layers, "conv2d/25x5x64-1x1-64, depthwise_conv2d/48x48x8-3x3s2, fully_connected/640-128, ... (default: those of well-known models)");
    std::vector<std::string> boards;
    for (auto const& each : tool::all_targets()) {
        if (!each.is_host()) boards.push_back(each.name);
    }
    app.add_option("--targets", chosen.targets, "Cores, separated by commas")->delimiter(',')->check(CLI::IsMember(boards))->capture_default_str();
    app.add_option("--schemes", chosen.schemes, "Separated by commas")->delimiter(',')->check(CLI::IsMember(bench::all_schemes()))->capture_default_str();
    app.add_option("--tags", chosen.tags, "The portable kernels, the core's own, or both")->check(CLI::IsMember({"portable", "own", "all"}))->capture_default_str();
    app.add_flag("--json", chosen.as_json, "Print the figures as JSON");
    try {
        app.parse(argc, argv);
    } catch (CLI::ParseError const& problem) {
        return app.exit(problem) == 0 ? 0 : static_cast<int>(tool::exit_status::usage);
    }
    try {
        bench::run(chosen);
        return 0;
    } catch (tool::tool_error const& error) {
        std::fputs(error.text().c_str(), stderr);
        return static_cast<int>(error.status);
    }
}
