// SPDX-License-Identifier: MIT
#include "operators/elements.hpp"
#include "operators/pool2d.hpp"
#include "operators/supports.hpp"
#include "passes/channelwise.hpp"

#include <inlay/kernels/arm_fp/pool_choice.hpp>

#include <cstdint>
#include <type_traits>

namespace inlay::tool {
namespace {

void evaluate(graph const& model, operation const& op, operands const& memory) {
    auto const g = pool2d_geometry_of(model, op);
    auto const& options = std::get<pool2d_options>(op.options);
    visit_element(model.in(op, 0).type, [&]<class T>(std::type_identity<T>) {
        pool_average<T>(isa::portable{}, g, memory.made(g.all_rows(memory.order())), memory.out_rows<T>(g.out.w() * g.out.c()), {memory.in<T>(0), g.in.w() * g.in.c()},
                        scheme_of_element<T>::output_of(options.output, options.activation));
    });
}

kernel_choice kernel(graph const& model, operation const& op) {
    kernel_choice kernel;
    visit_element(model.in(op, 0).type, [&]<class T>(std::type_identity<T>) {
        kernel = kernel_without_weights(model, pool2d_geometry_of(model, op), std::type_identity<portable::average_of_taps<T>>{});
    });
    return kernel;
}

layer_text write(graph const&, operation const& op, header_writer&) { return write_pool2d(op, "average_pool2d"); }

std::optional<window_reading> reading(graph const& model, operation const& op) {
    if (model.in(op, 0).shape.n() != 1) return {};
    return average_reading_of(pool2d_geometry_of(model, op));
}

}  // namespace

operator_support const average_pool2d_support{
    .kind = "AVERAGE_POOL_2D", .check = check_pool2d, .evaluate = evaluate, .write = write, .kernel = kernel,
    .channels = &channelwise<same_channels, channel_function::monotone>, .overlap = overlap_pool2d, .reading = reading};

}  // namespace inlay::tool
