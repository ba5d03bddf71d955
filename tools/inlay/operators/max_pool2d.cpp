// SPDX-License-Identifier: MIT
#include "operators/elements.hpp"
#include "operators/pool2d.hpp"
#include "operators/supports.hpp"
#include "passes/channelwise.hpp"

#include <inlay/kernels/pool_choice.hpp>

#include <cstdint>
#include <type_traits>

namespace inlay::tool {
namespace {

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const g = pool2d_geometry_of(model, op);
    auto const& options = std::get<pool2d_options>(op.options);
    visit_element(model.in(op, 0).type, [&]<class T>(std::type_identity<T>) {
        pool_max<T>(isa::portable{}, g, memory.made(g.all_rows(memory.order())), memory.out_rows<T>(g.out.w() * g.out.c()), {memory.in<T>(0), g.in.w() * g.in.c()},
                    scheme_of_element<T>::output_of(options.output, options.activation));
    });
}

kernel_choice kernel(graph const& model, operation const& op) {
    if (model.in(op, 0).type != element_type::int8) return {};
    return kernel_without_weights(model, pool2d_geometry_of(model, op), std::type_identity<portable::largest_of_taps<std::int8_t>>{});
}

layer_text write(graph const&, operation const& op, header_writer&) { return write_pool2d(op, "max_pool2d"); }

std::optional<window_reading> reading(graph const& model, operation const& op) {
    if (model.in(op, 0).shape.n() != 1) return {};
    auto const& options = std::get<pool2d_options>(op.options);
    return sliding_reading(pool2d_geometry_of(model, op), options.filter_h, options.filter_w);
}

}  // namespace

operator_support const max_pool2d_support{
    .kind = "MAX_POOL_2D", .check = check_pool2d, .evaluate = evaluate, .write = write, .kernel = kernel,
    .channels = &channelwise<same_channels, channel_function::monotone>, .overlap = overlap_pool2d, .reading = reading};

}  // namespace inlay::tool
