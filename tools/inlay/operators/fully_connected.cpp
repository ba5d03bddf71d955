// SPDX-License-Identifier: MIT
#include "operators/elements.hpp"
#include "operators/filter_layer.hpp"
#include "operators/operator.hpp"
#include "operators/supports.hpp"
#include "pack/packing.hpp"
#include "passes/filter_channels.hpp"

#include <cmath>
#include <fmt/format.h>
#include <vector>

namespace inlay::tool {
namespace {

double rescale_of_one_scale(float in, float filter, float out) { return fully_connected_rescale(in, filter, out); }

/// The zero point counts where the filter has one scale; the reference takes filters with many as symmetric.
int filter_zero_point(tensor_description const& filter) {
    return filter.type == element_type::int8 && filter.quantisation.scale.size() == 1 ? filter.quantisation.zero_point[0] : 0;
}

filter_layer filter_of(graph const& model, operation const& op) {
    auto const& filter = model.in(op, 1);
    return {model, op, 0, filter.quantisation.per_channel() ? convolution_rescale : rescale_of_one_scale, filter_zero_point(filter)};
}

fully_connected_geometry geometry_of(graph const& model, operation const& op) {
    return make_fully_connected_geometry(model.in(op, 0).shape, model.in(op, 1).shape, filter_zero_point(model.in(op, 1)));
}

/// Whether the filter or the bias is known only when the model runs.
bool is_dynamic(graph const& model, operation const& op) {
    auto const* bias = model.optional_in(op, 2);
    return !model.in(op, 1).is_constant || (bias != nullptr && !bias->is_constant);
}

bool check_dynamic(operation_checker const& ask, tensor_description const* bias) {
    auto const& in = ask.in(0);
    auto const& filter = ask.in(1);
    if (!ask.type(in, {element_type::float32, element_type::int8}, "input") || !ask.type(filter, {in.type}, "filter") ||
        !ask.type(ask.out(), {in.type}, "output") || !ask.not_empty(in, "input") || !ask.not_empty(filter, "filter")) {
        return false;
    }
    bool const is_float = in.type == element_type::float32;
    if (bias != nullptr && (!ask.type(*bias, {is_float ? element_type::float32 : element_type::int32}, "bias") ||
                            !ask.require(bias->shape.size() == filter.shape[0], "the bias does not fit the filter",
                                         fmt::format("\"{}\" has {} elements, the filter has {} units", bias->name, bias->shape.size(), filter.shape[0]),
                                         "export the model again; the file is damaged or was made by a faulty converter"))) {
        return false;
    }
    if (is_float) return true;
    if (!ask.quantised(in, "input") || !ask.quantised(ask.out(), "output") ||
        !ask.require(filter.quantisation.scale.size() == 1, "quantisation per channel beside a filter or bias that is computed",
                     fmt::format("\"{}\" has {} scales; where the filter or the bias is computed when the model runs, inlay takes one", filter.name,
                                 filter.quantisation.scale.size()),
                     "quantise this layer per tensor") ||
        !ask.quantised(filter, "filter")) {
        return false;
    }
    constexpr int longest = 33'000;  // 255 * 255 * 33,000 is below 2^31
    float const product = in.activation_quantisation().scale * filter.activation_quantisation().scale;
    return ask.require(std::isfinite(product), "scales out of range",
                       fmt::format("the input's scale is {}, the filter's {}; their product is no float", in.activation_quantisation().scale,
                                   filter.activation_quantisation().scale),
                       "convert the model again; the file is damaged or was made by a faulty converter") &&
           ask.require(filter.shape[1] <= longest, "a sum can overflow",
                       fmt::format("\"{}\" has {} inputs to a unit; with computed weights a 32-bit accumulator is sure to hold {}", filter.name,
                                   filter.shape[1], longest),
                       "split the layer, and add the parts");
}

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(2, 3) || !ask.rank(ask.in(1), 2, 2, "filter")) return;
    bool const fine = is_dynamic(model, op) ? check_dynamic(ask, model.optional_in(op, 2)) : filter_of(model, op).check(ask);
    auto const& in = ask.in(0).shape;
    auto const& filter = ask.in(1).shape;
    if (!fine || !ask.require(in.size() % filter[1] == 0, "the filter does not fit the input",
                              fmt::format("the input {} has {} elements, which are no multiple of the {} that a unit of the filter {} reads",
                                          text_of(in), in.size(), filter[1], text_of(filter)),
                              "export the model again; the file is damaged or was made by a faulty converter")) {
        return;
    }
    auto& options = std::get<fully_connected_options>(op.options);
    options.output = ask.out().activation_quantisation();
    // The file's flag says nothing where the filter spans several axes. The numbers are the same with or without.
    options.keep_num_dims = options.keep_num_dims && in.last() == filter[1] && in.rank > 0;
    ask.makes(fully_connected_shape(in, filter, options.keep_num_dims));
}

void evaluate_dynamic(graph const& model, operation const& op, operands const& memory) {
    auto const& options = std::get<fully_connected_options>(op.options);
    auto const in = model.in(op, 0).activation_quantisation();
    auto const filter = model.in(op, 1).activation_quantisation();
    visit_element(model.in(op, 0).type, [&]<class T>(std::type_identity<T>) {
        using scheme = scheme_of_element<T>;
        typename scheme::rescale rescale{};
        if constexpr (std::is_same_v<T, std::int8_t>) {
            rescale = to_fixed_point(fully_connected_rescale(in.scale, filter.scale, options.output.scale));
        }
        std::vector<typename scheme::bias> const zeros(static_cast<std::size_t>(model.in(op, 1).shape[0]));
        auto const* bias = model.optional_in(op, 2) == nullptr ? zeros.data() : memory.in<typename scheme::bias>(2);
        connect_dynamic(isa::portable{}, geometry_of(model, op), memory.out<T>(), memory.in<T>(0),
                        filter_bank<scheme>{memory.in<T>(1), bias, &rescale, in.zero_point,
                                            scheme::output_of(options.output, options.activation)});
    });
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    if (is_dynamic(model, op)) return evaluate_dynamic(model, op, memory);
    auto const activation = std::get<fully_connected_options>(op.options).activation;
    filter_of(model, op).with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        using element = activation_of<Bank>;
        connect(isa::portable{}, geometry_of(model, op), memory.out<element>(), memory.in<element>(0), bank);
    });
}

packed_weights packed(graph const& model, operation const& op) {
    return packed_for(model, geometry_of(model, op), filter_of(model, op), std::get<fully_connected_options>(op.options).activation);
}

kernel_choice kernel(graph const& model, operation const& op) { return is_dynamic(model, op) ? kernel_choice{} : packed(model, op).kernel; }

layer_text write(graph const& model, operation const& op, header_writer& header) {
    auto const& options = std::get<fully_connected_options>(op.options);
    auto const text = options_text{"fully_connected_options"}
                          .field("activation", options.activation)
                          .field("keep_num_dims", options.keep_num_dims, false)
                          .field("output", options.output)
                          .text();
    if (is_dynamic(model, op)) {
        std::vector<int> inputs{op.inputs[0], op.inputs[1]};
        if (model.optional_in(op, 2) != nullptr) inputs.push_back(op.inputs[2]);
        return {template_text("dynamic_fully_connected", {text}), inputs};
    }
    auto const weights = packed(model, op);
    auto const& filter = model.in(op, 1).shape;
    int const zero_point = filter_zero_point(model.in(op, 1));
    auto const type = fmt::format("{}fully_connected_weights<{}, {}, {}{}{}>", weights.family, filter_of(model, op).scheme(), filter[0], filter[1],
                                  zero_point == 0 ? "" : fmt::format(", {}", zero_point), weights.arguments);
    auto const table = header.add_table(header.node(op.outputs[0]) + "_weights", type, weights.fields, weights.proof);
    return {template_text("fully_connected", {table, text}), {op.inputs[0]}};
}

std::int64_t macs(graph const& model, operation const& op) { return geometry_of(model, op).macs(); }

/// A unit reads the channels of one or several pixels, which are the filter's taps.
std::optional<filter_channels> channels(graph const& model, operation const& op) {
    auto const& filter = model.in(op, 1);
    int const depth = model.in(op, 0).shape.last();
    if (is_dynamic(model, op) || filter_zero_point(filter) != 0 || filter.shape[1] % depth != 0) return {};
    int const taps = filter.shape[1] / depth;
    return filter_channels{.layer = filter_of(model, op),
                           .activation = std::get<fully_connected_options>(op.options).activation,
                           .outs = filter.shape[0],
                           .depth = depth,
                           .outs_per_group = filter.shape[0],
                           .rows = {{0, 1}},
                           .columns = {{0, taps}},
                           .filter_h = 1,
                           .filter_w = taps,
                           .step_out = filter.shape[1],
                           .step_tap = depth,
                           .step_in = 1,
                           .out_axis = 0,
                           .in_axis = 1};
}

std::optional<window_reading> reading(graph const& model, operation const& op) {
    if (is_dynamic(model, op) || geometry_of(model, op).batches != 1) return {};
    return window_reading{window_reading::everything};
}

}  // namespace

operator_support const fully_connected_support{
    .kind = "FULLY_CONNECTED", .check = check, .evaluate = evaluate, .write = write, .macs = macs, .kernel = kernel, .weights = 1,
    .channels = &filter_rules<channels>, .reading = reading};

}  // namespace inlay::tool
