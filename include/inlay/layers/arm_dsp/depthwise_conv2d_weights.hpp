// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/depthwise_choice.hpp>
#include <inlay/kernels/depthwise_channels.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::dsp {

/// The constant table of a depthwise convolution for the DSP kernel, see depthwise_choice.hpp. `Down`: images are made
/// column by column.
template <quantisation_scheme Scheme, int H, int W, int Out, bool Down = false>
struct depthwise_conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{1, H, W, Out};
    static constexpr channel_layout layout{H * W, Out, Down};

    alignas(4) table<std::int8_t, layout.bytes()> channels;
};

template <quantisation_scheme Scheme, int H, int W, int Out, bool Down, auto Kept>
constexpr auto bank_of(depthwise_conv2d_weights<Scheme, H, W, Out, Down> const& weights, affine in, constant<Kept>) {
    using layout = constant<depthwise_conv2d_weights<Scheme, H, W, Out, Down>::layout>;
    return depthwise_bank<Scheme, range_kind{Kept}, layout>{{weights.channels, in.zero_point, Kept}, {}};
}

template <quantisation_scheme Scheme, int H, int W, int Out, bool Down>
constexpr kernel_choice kernel_of(isa::arm_dsp, depthwise_conv2d_geometry const& geometry, std::type_identity<depthwise_conv2d_weights<Scheme, H, W, Out, Down>>) {
    return makes_columns(geometry) ? column_convolution(geometry, Down) : channels::lane_convolution<isa::arm_dsp>(geometry);
}

}  // namespace inlay::dsp
