// SPDX-License-Identifier: MIT
#include "operators/filter_layer.hpp"
#include "operators/operator.hpp"
#include "operators/supports.hpp"
#include "pack/arm_dsp.hpp"
#include "pack/arm_mve.hpp"
#include "passes/filter_channels.hpp"

#include <fmt/format.h>

namespace inlay::tool {
namespace {

filter_layer filter_of(graph const& model, operation const& op) {
    return {model, op, 3, convolution_rescale};  // filter [1, H, W, O]
}

depthwise_conv2d_geometry geometry_of(graph const& model, operation const& op) {
    return make_depthwise_conv2d_geometry(model.in(op, 0).shape, model.in(op, 1).shape, std::get<depthwise_conv2d_options>(op.options));
}

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(2, 3) || !ask.rank(ask.in(0), 4, 4, "input") || !ask.rank(ask.in(1), 4, 4, "filter") || !filter_of(model, op).check(ask)) {
        return;
    }
    auto& options = std::get<depthwise_conv2d_options>(op.options);
    auto const& filter = ask.in(1).shape;
    if (!ask.require(filter.n() == 1, "the filter is not that of a depthwise convolution",
                     fmt::format("\"{}\" has shape {}; the first extent of a depthwise filter is 1", ask.in(1).name, text_of(filter)),
                     "export the model again; the file is damaged or was made by a faulty converter") ||
        !ask.require(filter.c() % ask.in(0).shape.c() == 0, "the output channels are no multiple of the input's",
                     fmt::format("the input {} has {} channels, the filter {} has {}", text_of(ask.in(0).shape), ask.in(0).shape.c(), text_of(filter),
                                 filter.c()),
                     "give each input channel the same number of filters") ||
        !ask.window(options.stride_h, options.stride_w, options.dilation_h, options.dilation_w) ||
        !ask.reach(filter.h(), filter.w(), options.dilation_h, options.dilation_w)) {
        return;
    }
    options.output = ask.out().activation_quantisation();
    ask.makes(geometry_of(model, op).out);
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const g = geometry_of(model, op);
    filter_of(model, op).with_bank(std::get<depthwise_conv2d_options>(op.options).activation, [&]<weight_bank Bank>(Bank const& bank) {
        using activation = activation_of<Bank>;
        if (memory.order() == traversal::in_place) {
            convolve_depthwise_in_place(isa::portable{}, g, memory.out<activation>(), bank, memory.scratch<activation>());
            return;
        }
        convolve_depthwise(isa::portable{}, g, g.all_rows(memory.order()), {memory.out<activation>(), g.out.w() * g.out.c()},
                           {memory.in<activation>(0), g.in.w() * g.in.c()}, bank);
    });
}

activation_function fused_activation(operation const& op) { return std::get<depthwise_conv2d_options>(op.options).activation; }

/// The name and the members of the weights' type, and the kernel for which they are packed.
struct packing {
    kernel_choice kernel;
    std::string type;
    std::vector<table_field> fields;
};

packing pack(isa::portable, graph const& model, operation const& op) { return {{}, "depthwise_conv2d_weights", filter_of(model, op).fields()}; }

packing pack(isa::arm_dsp, graph const& model, operation const& op) {
    auto const g = geometry_of(model, op);
    auto const filter = filter_of(model, op);
    if (!arm_dsp::fits_columns(g, filter, fused_activation(op))) return pack(isa::portable{}, model, op);
    return {dsp::column_convolution(g), "dsp::depthwise_conv2d_weights", arm_dsp::column_fields(g, filter, fused_activation(op))};
}

packing pack(isa::arm_mve, graph const& model, operation const& op) {
    auto const g = geometry_of(model, op);
    auto const filter = filter_of(model, op);
    if (!arm_mve::fits_windows(g, filter, fused_activation(op))) return pack(isa::arm_dsp{}, model, op);
    return {mve::window_convolution(g), "mve::depthwise_conv2d_weights", arm_mve::window_fields(g, filter, fused_activation(op))};
}

packing packed(graph const& model, operation const& op) {
    return with_tag(model.isa, [&](auto isa) { return pack(isa, model, op); });
}

kernel_choice kernel(graph const& model, operation const& op) { return packed(model, op).kernel; }

layer_text write(graph const& model, operation const& op, header_writer& header) {
    auto const& options = std::get<depthwise_conv2d_options>(op.options);
    auto const& shape = model.in(op, 1).shape;
    auto const [kernel, layout, fields] = packed(model, op);
    auto const type = fmt::format("{}<{}, {}, {}, {}>", layout, filter_of(model, op).scheme(), shape.h(), shape.w(), shape.c());
    auto const weights = header.add_table(header.node(op.outputs[0]) + "_weights", type, fields);
    auto const text = options_text{"depthwise_conv2d_options"}
                          .field("stride_h", options.stride_h, 1)
                          .field("stride_w", options.stride_w, 1)
                          .field("dilation_h", options.dilation_h, 1)
                          .field("dilation_w", options.dilation_w, 1)
                          .field("padding", options.padding)
                          .field("activation", options.activation)
                          .field("output", options.output)
                          .text();
    return {template_text("depthwise_conv2d", {weights, text}), {op.inputs[0]}};
}

std::int64_t macs(graph const& model, operation const& op) { return geometry_of(model, op).macs(); }

std::optional<filter_channels> channels(graph const& model, operation const& op) {
    return channels_of(filter_of(model, op), std::get<depthwise_conv2d_options>(op.options).activation, geometry_of(model, op));
}

overlap_rule overlap(graph const& model, operation const& op, traversal order, std::size_t) {
    return overlap_of(geometry_of(model, op), bytes_of(model.in(op, 0).type), order);
}

int scratch(graph const& model, operation const& op, traversal order) {
    return order == traversal::in_place ? in_place_scratch(geometry_of(model, op)) * bytes_of(model.in(op, 0).type) : 0;
}

}  // namespace

operator_support const depthwise_conv2d_support{
    .kind = "DEPTHWISE_CONV_2D", .check = check, .evaluate = evaluate, .write = write, .macs = macs, .kernel = kernel, .weights = 1,
    .channels = &filter_rules<channels>, .overlap = overlap, .scratch = scratch};

}  // namespace inlay::tool
