// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/arm_mve/depthwise_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::mve {

/// The constant tables of a depthwise convolution for the Helium kernel.
///   filter    [Out][columns][rows and a zero]
///   channels  start and requantisation of each output channel
template <quantisation_scheme Scheme, int H, int W, int Out>
struct depthwise_conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{1, H, W, Out};

    alignas(4) table<std::int8_t, window_bytes * Out> filter;
    lane_channels<1> channels[Out];
};

template <quantisation_scheme Scheme, int H, int W, int Out>
constexpr auto bank_of(depthwise_conv2d_weights<Scheme, H, W, Out> const& weights, affine in, typename Scheme::output const& to) {
    return window_bank<Scheme>{weights.filter, weights.channels, Out, in.zero_point, to.zero_point, int8_range_kept{to}};
}

template <quantisation_scheme Scheme, int H, int W, int Out>
constexpr kernel_choice kernel_of(isa::arm_mve, depthwise_conv2d_geometry const& geometry, std::type_identity<depthwise_conv2d_weights<Scheme, H, W, Out>>) {
    return window_convolution(geometry);
}

}  // namespace inlay::mve
