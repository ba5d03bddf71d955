// SPDX-License-Identifier: MIT
#include "operators/convolution.hpp"
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
        convolve(isa::portable{}, g, memory.made(g.all_rows(memory.order())), memory.out_rows<activation>(g.out.w() * g.out.c()),
                         {memory.in<activation>(0), g.in.w() * g.in.c()}, bank);
    });
}

using shared = convolution<conv2d_options, filter_of, geometry_of>;

layer_text write(graph const& model, operation const& op, header_writer& header) {
    auto const& filter = model.in(op, 1).shape;
    int const extents[]{filter.n(), filter.h(), filter.w(), filter.c()};
    return shared::write(model, op, header, "conv2d", extents);
}

std::optional<window_reading> reading(graph const& model, operation const& op) {
    if (model.in(op, 0).shape.n() != 1) return {};
    return reading_of(geometry_of(model, op));
}

}  // namespace

operator_support const conv2d_support{
    .kind = "CONV_2D", .check = check, .evaluate = evaluate, .write = write, .macs = shared::macs, .kernel = shared::kernel, .weights = 1,
    .channels = &filter_rules<shared::channels>, .overlap = shared::overlap, .reading = reading};

}  // namespace inlay::tool
