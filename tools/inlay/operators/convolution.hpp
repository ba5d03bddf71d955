// SPDX-License-Identifier: MIT
//
// What CONV_2D and DEPTHWISE_CONV_2D have in common once their geometry is known.
#pragma once

#include "operators/operator.hpp"
#include "pack/packing.hpp"
#include "passes/filter_channels.hpp"

#include <fmt/format.h>

#include <optional>
#include <span>
#include <string>

namespace inlay::tool {

/// `FilterOf` and `GeometryOf` are functions of the model and the operation.
template <class Options, auto FilterOf, auto GeometryOf>
struct convolution {
    static Options const& options(operation const& op) { return std::get<Options>(op.options); }

    static packed_weights packed(graph const& model, operation const& op) {
        return packed_for(model, GeometryOf(model, op), FilterOf(model, op), options(op).activation);
    }

    static kernel_choice kernel(graph const& model, operation const& op) { return packed(model, op).kernel; }

    /// The layer `name<weights, name_options{...}>`; `extents` are those of the filter in the weights' type.
    static layer_text write(graph const& model, operation const& op, header_writer& header, std::string const& name, std::span<int const> extents) {
        auto const weights = packed(model, op);
        auto const type = fmt::format("{}{}_weights<{}, {}{}>", weights.family, name, FilterOf(model, op).scheme(), fmt::join(extents, ", "), weights.arguments);
        auto const table = header.add_table(header.node(op.outputs[0]) + "_weights", type, weights.fields, weights.proof);
        auto text = options_text{name + "_options"}
                        .field("stride_h", options(op).stride_h, 1)
                        .field("stride_w", options(op).stride_w, 1)
                        .field("dilation_h", options(op).dilation_h, 1)
                        .field("dilation_w", options(op).dilation_w, 1)
                        .field("padding", options(op).padding)
                        .field("activation", options(op).activation);
        if constexpr (requires { options(op).groups; }) text.field("groups", options(op).groups, 1);
        return {template_text(name, {table, text.field("output", options(op).output).text()}), {op.inputs[0]}};
    }

    static std::int64_t macs(graph const& model, operation const& op) { return GeometryOf(model, op).macs(); }

    static std::optional<filter_channels> channels(graph const& model, operation const& op) {
        return channels_of(FilterOf(model, op), options(op).activation, GeometryOf(model, op));
    }

    static overlap_rule overlap(graph const& model, operation const& op, traversal order, std::size_t) {
        return overlap_of(GeometryOf(model, op), bytes_of(model.in(op, 0).type), order, kernel(model, op));
    }
};

}  // namespace inlay::tool
