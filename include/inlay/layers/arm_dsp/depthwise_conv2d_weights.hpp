// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/depthwise_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::dsp {

/// The constant tables of a depthwise convolution for the DSP kernel.
///   filter    [H, W, Out]
///   channels  start and requantisation of each output channel
template <quantisation_scheme Scheme, int H, int W, int Out>
struct depthwise_conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{1, H, W, Out};

    alignas(4) table<std::int8_t, H * W * Out> filter;
    depthwise_channel channels[Out];
};

template <quantisation_scheme Scheme, int H, int W, int Out, auto Kept>
constexpr auto bank_of(depthwise_conv2d_weights<Scheme, H, W, Out> const& weights, affine in, constant<Kept>) {
    return depthwise_bank<Scheme, range_kind{Kept}>{weights.filter, weights.channels, Out, in.zero_point, int8_range_kept{Kept}};
}

template <quantisation_scheme Scheme, int H, int W, int Out>
constexpr kernel_choice kernel_of(isa::arm_dsp, depthwise_conv2d_geometry const& geometry, std::type_identity<depthwise_conv2d_weights<Scheme, H, W, Out>>) {
    return column_convolution(geometry);
}

}  // namespace inlay::dsp
