// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "model/names.hpp"
#include "model/plan.hpp"
#include "model/streaming.hpp"
#include "operators/operator.hpp"
#include "read/file.hpp"
#include "write/model_header.hpp"
#include "write/plan_map.hpp"
#include "write/plan_picture.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace inlay::tool {
namespace {

/// One line of the table; the JSON has the same values under the same names.
struct layer_row {
    std::string name;
    std::string kind;
    std::string shape;
    std::string type;
    affine quantisation;
    std::int64_t weight_bytes;
    std::int64_t macs;
    int live_bytes;
    std::string region;  ///< of its first result; empty: there are none
    std::string kernel;
    int scratch_bytes;
    traversal order;
    int offset;
    std::size_t step;  ///< the operation of the plan: layers of one group share it
    std::string kept;  ///< of a layer in a group, but the last: what of its result is kept  ///< of its first result; -1: none of its own
};

std::int64_t weight_bytes_of(graph const& model, operation const& op) {
    int const operand = find_operator(op.kind)->weights;
    return operand < 0 ? 0 : static_cast<std::int64_t>(model.in(op, static_cast<std::size_t>(operand)).data.size());
}

std::string shape_of(tensor_description const& tensor) {
    std::string text;
    for (int axis = 0; axis < tensor.shape.rank; ++axis) text += fmt::format("{}{}", axis == 0 ? "" : "x", tensor.shape[axis]);
    return text.empty() ? "scalar" : text;
}

std::string region_of(memory_layout const& plan, int tensor) {
    auto const* block = plan.regions.empty() ? nullptr : plan.of_tensor(tensor);
    return block == nullptr ? "" : plan.region_of(*block).of.name;
}

std::vector<layer_row> rows_of(graph const& model, memory_layout const& plan) {
    auto const names = node_names(model);
    std::vector<layer_row> rows;
    auto const add = [&](operation const& op, std::size_t i, std::string kept) {
        auto const& out = model.out(op);
        auto const kernel = kernel_for(model, op);
        bool const is_portable = kernel.is_portable() || plan.order[i] != traversal::forward;  // the others know no other order
        auto const* const block = plan.of_tensor(op.outputs[0]);
        rows.push_back({names[static_cast<std::size_t>(op.outputs[0])], op.kind, shape_of(out), std::string{name_of(out.type)},
                        out.activation_quantisation(), weight_bytes_of(model, op), macs_of(model, op), plan.live_bytes[i], region_of(plan, op.outputs[0]),
                        is_portable ? "portable" : kernel.name, scratch_for(model, op, plan.order[i]), plan.order[i], block ? block->offset : -1, i,
                        std::move(kept)});
    };
    for (std::size_t i = 0; i < model.operations.size(); ++i) {
        auto const& op = model.operations[i];
        if (op.layers.empty()) add(op, i, "");
        if (op.layers.empty()) continue;
        auto const stages = plan_stream(model, op.layers, reads_fed(model, op)).stages;
        for (std::size_t k = 0; k < op.layers.size(); ++k) add(op.layers[k], i, k + 1 == op.layers.size() ? "" : kept_text(stages[k + 1]));
    }
    return rows;
}

std::string quantisation_text(affine quantisation) {
    return quantisation.scale == 0 ? "" : fmt::format("{:.6g} * (q {} {})", quantisation.scale, quantisation.zero_point < 0 ? '+' : '-',
                                                      std::abs(quantisation.zero_point));
}

void print_ends(graph const& model, std::vector<std::string> const& names, std::vector<int> const& tensors, std::string_view role) {
    for (int const t : tensors) {
        auto const& tensor = model.tensors[static_cast<std::size_t>(t)];
        auto const meaning = quantisation_text(tensor.activation_quantisation());
        fmt::print("  {:<7} {}  {} {}{}\n", role, names[static_cast<std::size_t>(t)], name_of(tensor.type), shape_of(tensor),
                   meaning.empty() ? "" : "  real = " + meaning);
    }
}

void print_table(graph const& model, std::vector<layer_row> const& rows, memory_layout const& plan) {
    std::size_t name = 4;
    std::size_t kind = 8;
    std::size_t shape = 5;
    for (auto const& row : rows) {
        name = std::max(name, row.name.size());
        kind = std::max(kind, row.kind.size());
        shape = std::max(shape, row.shape.size());
    }
    auto const names = node_names(model);
    fmt::print("{}{}\n", model.source, model.description.empty() ? "" : ": " + model.description);
    print_ends(model, names, model.inputs, "input");
    print_ends(model, names, model.outputs, "output");
    auto const more = fmt::format("{}{}", plan.regions.empty() ? "" : " region  ", model.isa == instruction_set::portable ? "" : " kernel");
    fmt::print("\n{:<{}}  {:<{}}  {:<{}}  {:<8} {:<24} {:>9} {:>11} {:>9}{}\n", "name", name, "operator", kind, "shape", shape, "type", "real value", "weights",
               "MACs", "arena", more.empty() ? "" : fmt::format("  {:<37}{}", "", more));
    auto const map = map_plan(plan, 32);
    auto const peak = static_cast<std::size_t>(plan.peak_operation());
    for (std::size_t i = 0; i < rows.size(); ++i) {
        auto const& row = rows[i];
        auto const where = row.kept.empty() ? fmt::format("{:>9}  {}{}", row.live_bytes, map[row.step], row.step == peak ? " peak" : "     ")
                                            : fmt::format("{:>9}  in a group, {:<25}", "", row.kept);
        fmt::print("{:<{}}  {:<{}}  {:<{}}  {:<8} {:<24} {:>9} {:>11} {}{}{}\n", row.name, name, row.kind, kind, row.shape, shape, row.type,
                   quantisation_text(row.quantisation), row.weight_bytes, row.macs, where, plan.regions.empty() ? "" : fmt::format(" {:<8}", row.region),
                   model.isa == instruction_set::portable ? "" : " " + row.kernel);
    }
    fmt::print("\n{} layers   weights {} bytes   multiply-accumulates {}   arena {} bytes\n", rows.size(), count_weight_bytes(model), count_macs(model),
               plan.arena_bytes);
    for (auto const& each : plan.regions) fmt::print("region {}: {} of {} bytes\n", each.of.name, each.bytes, each.of.bytes);
    if (!rows.empty()) {
        fmt::print("arena, from its first byte to its last: {}\n", plan_map_legend);
        auto const& at_peak = *std::ranges::find(rows, peak, &layer_row::step);
        fmt::print("the peak is at {}, {}; no plan of this kind takes less than {} bytes\n", at_peak.name, at_peak.kind, plan.bound);
    }
}

void print_json(graph const& model, std::vector<layer_row> const& rows, memory_layout const& plan) {
    auto layers = nlohmann::ordered_json::array();
    for (auto const& row : rows) {
        layers.push_back({{"name", row.name}, {"operator", row.kind}, {"shape", row.shape}, {"type", row.type}, {"scale", row.quantisation.scale},
                          {"zero_point", row.quantisation.zero_point}, {"weight_bytes", row.weight_bytes}, {"macs", row.macs}, {"live_bytes", row.live_bytes}, {"kernel", row.kernel},
                          {"scratch_bytes", row.scratch_bytes}, {"order", name_of(row.order)}, {"offset", row.offset}, {"kept", row.kept}});
        if (!plan.regions.empty()) layers.back()["region"] = row.region;
    }
    nlohmann::ordered_json summary{{"model", model.source}, {"layers", layers}, {"weight_bytes", count_weight_bytes(model)},
                                         {"macs", count_macs(model)}, {"arena_bytes", plan.arena_bytes}, {"arena_bound", plan.bound}};
    for (auto const& each : plan.regions) summary["regions"][each.of.name] = {{"bytes", each.bytes}, {"limit", each.of.bytes}};
    fmt::print("{}\n", summary.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
}

struct inspect_options {
    std::string model;
    bool no_shrink = false;
    std::string core;
    std::string optimize = "balanced";
    memory_options memory;
    bool feed = false;
    std::string svg;
    bool json = false;
};

void inspect(inspect_options const& options) {
    auto model = load_model(options.model, {options.core, options.optimize}, options.no_shrink);
    stream_layers(model, options.memory.mode, options.feed);
    auto const plan = plan_layout(model, options.memory);
    auto const rows = rows_of(model, plan);
    if (!options.svg.empty()) write_file_atomically(options.svg, draw_plan(model, plan));
    options.json ? print_json(model, rows, plan) : print_table(model, rows, plan);
}

}  // namespace

void add_inspect(CLI::App& app) {
    auto options = std::make_shared<inspect_options>();
    auto& command = *app.add_subcommand("inspect", "Show a model's layers, weights, multiply-accumulates and memory plan");
    command.add_option("MODEL", options->model, "A .tflite file")->required();
    add_no_shrink(command, options->no_shrink);
    command.add_option("--for", options->core, "Show the kernels and the scratch on this core")->check(CLI::IsMember(known_cores()));
    add_optimize_option(command, options->optimize, "Show them for this policy");
    add_memory_options(command, options->memory);
    add_feed_option(command, options->feed);
    command.add_option("--svg", options->svg, "Draw the memory plan into this file");
    command.add_flag("--json", options->json, "Print the same as JSON");
    command.footer("`arena` is the bytes in use while the layer runs; the line beside it shows where they lie.");
    command.callback([options] { inspect(*options); });
}

}  // namespace inlay::tool
