// SPDX-License-Identifier: MIT
#include "operators/pool2d.hpp"

#include "operators/checks.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace inlay::tool {
namespace {

/// The output keeps the input's numbers, so both must mean the same.
bool same_quantisation(operation_checker const& ask) {
    auto const in = ask.in(0).activation_quantisation();
    auto const out = ask.out().activation_quantisation();
    // The reference's own tolerance.
    return ask.require(in.zero_point == out.zero_point && std::abs(in.scale - out.scale) <= 1e-6F, "a pooling that rescales",
                       fmt::format("the input has scale {} and zero point {}, the output {} and {}; both must be alike", in.scale, in.zero_point,
                                   out.scale, out.zero_point),
                       "convert the model again, or put a QUANTIZE behind the pooling");
}

}  // namespace

pool2d_geometry pool2d_geometry_of(graph const& model, operation const& op) {
    return make_pool2d_geometry(model.in(op, 0).shape, std::get<pool2d_options>(op.options));
}

void check_pool2d(graph& model, operation& op, report& problems) {
    operation_checker const ask{model, op, problems};
    if (!ask.counts(1, 1) || !ask.type(ask.in(0), {element_type::float32, element_type::int8}, "input") ||
        !ask.type(ask.out(), {ask.in(0).type}, "output") || !ask.rank(ask.in(0), 4, 4, "input") || !ask.not_empty(ask.in(0), "input")) {
        return;
    }
    auto& options = std::get<pool2d_options>(op.options);
    if (!ask.window(options.stride_h, options.stride_w) || !ask.reach(options.filter_h, options.filter_w)) return;
    if (ask.in(0).type == element_type::int8) {
        if (!ask.quantised(ask.in(0), "input") || !ask.quantised(ask.out(), "output") || !same_quantisation(ask)) return;
        auto const& image = ask.in(0).shape;
        auto const pixels = std::int64_t{std::min(options.filter_h, image.h())} * std::min(options.filter_w, image.w());
        constexpr std::int64_t most = 1 << 23;
        if (!ask.require(pixels <= most, "a sum can overflow",
                         fmt::format("a window covers {} pixels; a 32-bit accumulator is sure to hold the sum of {}", pixels, most),
                         "pool in two steps")) {
            return;
        }
    }
    if (!ask.require(windows_touch_image(options), "a window without pixels", "the padding is as wide as the window, or wider", "use less padding")) return;
    options.output = ask.out().activation_quantisation();
    ask.makes(pool2d_geometry_of(model, op).out);
}

overlap_rule overlap_pool2d(graph const& model, operation const& op, traversal order, std::size_t) {
    return overlap_of(pool2d_geometry_of(model, op), bytes_of(model.in(op, 0).type), order);
}

layer_text write_pool2d(operation const& op, std::string_view operation) {
    auto const& options = std::get<pool2d_options>(op.options);
    auto const text = options_text{"pool2d_options"}
                          .field("filter_h", options.filter_h, 1)
                          .field("filter_w", options.filter_w, 1)
                          .field("stride_h", options.stride_h, 1)
                          .field("stride_w", options.stride_w, 1)
                          .field("padding", options.padding)
                          .field("activation", options.activation)
                          .field("output", options.output)
                          .text();
    return {template_text(operation, {text}), {op.inputs[0]}};
}

}  // namespace inlay::tool
