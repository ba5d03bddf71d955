// SPDX-License-Identifier: MIT
#include "operators/convolution.hpp"
#include "operators/supports.hpp"

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
        convolve_depthwise(isa::portable{}, g, memory.made(g.all_rows(memory.order())), memory.out_rows<activation>(g.out.w() * g.out.c()),
                           {memory.in<activation>(0), g.in.w() * g.in.c()}, bank);
    });
}

using shared = convolution<depthwise_conv2d_options, filter_of, geometry_of>;

layer_text write(graph const& model, operation const& op, header_writer& header) {
    auto const& filter = model.in(op, 1).shape;
    int const extents[]{filter.h(), filter.w(), filter.c()};
    return shared::write(model, op, header, "depthwise_conv2d", extents);
}

int scratch(graph const& model, operation const& op, traversal order) {
    return order == traversal::in_place ? in_place_scratch(geometry_of(model, op)) * bytes_of(model.in(op, 0).type) : 0;
}

std::optional<window_reading> reading(graph const& model, operation const& op) {
    if (model.in(op, 0).shape.n() != 1) return {};
    return reading_of(geometry_of(model, op));
}

}  // namespace

operator_support const depthwise_conv2d_support{
    .kind = "DEPTHWISE_CONV_2D", .check = check, .evaluate = evaluate, .write = write, .macs = shared::macs, .kernel = shared::kernel, .weights = 1,
    .channels = &filter_rules<shared::channels>, .overlap = shared::overlap, .scratch = scratch, .reading = reading};

}  // namespace inlay::tool
