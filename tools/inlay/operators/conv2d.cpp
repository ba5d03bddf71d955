// SPDX-License-Identifier: MIT
#include "operators/filter_layer.hpp"
#include "operators/operator.hpp"
#include "operators/supports.hpp"

#include <fmt/format.h>

namespace inlay::tool {
namespace {

filter_layer filter_of(graph const& model, operation const& op) {
    return {model, op, 0, convolution_rescale};  // filter [O, H, W, I]
}

conv2d_geometry geometry_of(graph const& model, operation const& op) {
    return make_conv2d_geometry(model.in(op, 0).shape, model.in(op, 1).shape, std::get<conv2d_options>(op.options));
}

void check(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(2, 3) || !ask.rank(ask.in(0), 4, 4, "input") || !ask.rank(ask.in(1), 4, 4, "filter") || !filter_of(model, op).check(ask)) {
        return;
    }
    auto& options = std::get<conv2d_options>(op.options);
    int const channels = ask.in(0).shape.c();
    int const depth = ask.in(1).shape.c();
    if (!ask.require(channels % depth == 0 && ask.in(1).shape.n() % (channels / depth) == 0, "the channels do not fall into whole groups",
                     fmt::format("the input {} has {} channels, the filter {} reads {} of them", text_of(ask.in(0).shape), channels,
                                 text_of(ask.in(1).shape), depth),
                     "make the input channels a multiple of the filter's, and the output channels a multiple of the groups") ||
        !ask.window(options.stride_h, options.stride_w, options.dilation_h, options.dilation_w) ||
        !ask.reach(ask.in(1).shape.h(), ask.in(1).shape.w(), options.dilation_h, options.dilation_w)) {
        return;
    }
    options.groups = channels / depth;
    options.output = ask.out().activation_quantisation();
    ask.makes(geometry_of(model, op).out);
}

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const g = geometry_of(model, op);
    filter_of(model, op).with_bank(std::get<conv2d_options>(op.options).activation, [&]<weight_bank Bank>(Bank const& bank) {
        using activation = activation_of<Bank>;
        convolve(isa::portable{}, g, g.all_rows(memory.order()), {memory.out<activation>(), g.out.w() * g.out.c()},
                         {memory.in<activation>(0), g.in.w() * g.in.c()}, bank);
    });
}

layer_text write(graph const& model, operation const& op, header_writer& header) {
    auto const& options = std::get<conv2d_options>(op.options);
    auto const filter = filter_of(model, op);
    auto const& shape = model.in(op, 1).shape;
    auto const type = fmt::format("conv2d_weights<{}, {}, {}, {}, {}>", filter.scheme(), shape.n(), shape.h(), shape.w(), shape.c());
    auto const weights = header.add_table(header.node(op.outputs[0]) + "_weights", type, filter.fields());
    auto const text = options_text{"conv2d_options"}
                          .field("stride_h", options.stride_h, 1)
                          .field("stride_w", options.stride_w, 1)
                          .field("dilation_h", options.dilation_h, 1)
                          .field("dilation_w", options.dilation_w, 1)
                          .field("padding", options.padding)
                          .field("activation", options.activation)
                          .field("groups", options.groups, 1)
                          .field("output", options.output)
                          .text();
    return {template_text("conv2d", {weights, text}), {op.inputs[0]}};
}

std::int64_t macs(graph const& model, operation const& op) { return geometry_of(model, op).macs(); }

overlap_rule overlap(graph const& model, operation const& op, traversal order, std::size_t) {
    return overlap_of(geometry_of(model, op), bytes_of(model.in(op, 0).type), order);
}

}  // namespace

operator_support const conv2d_support{.kind = "CONV_2D", .check = check, .evaluate = evaluate, .write = write, .macs = macs, .weights = 1, .overlap = overlap};

}  // namespace inlay::tool
