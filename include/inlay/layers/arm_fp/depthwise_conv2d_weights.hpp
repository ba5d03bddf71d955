// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_fp/depthwise_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::fp {

/// The constant tables of a depthwise convolution for the float kernels.
///   filter   [H, W, Out]
template <quantisation_scheme Scheme, int H, int W, int Out>
struct depthwise_conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{1, H, W, Out};
    static constexpr plain_layout layout{};

    table<float, H * W * Out> filter;
    float bias[Out];
};

template <quantisation_scheme Scheme, int H, int W, int Out, auto Kept>
constexpr auto bank_of(depthwise_conv2d_weights<Scheme, H, W, Out> const& weights, affine, constant<Kept>) {
    return float_bank<Kept, plain_layout>{weights.filter, weights.bias, weights.layout};
}

template <quantisation_scheme Scheme, int H, int W, int Out>
constexpr kernel_choice kernel_of(isa::arm_dsp_fp, depthwise_conv2d_geometry const& geometry, std::type_identity<depthwise_conv2d_weights<Scheme, H, W, Out>>) {
    return group_convolution(geometry);
}

template <quantisation_scheme Scheme, int H, int W, int Out>
constexpr kernel_choice kernel_of(isa::arm_mve_fp, depthwise_conv2d_geometry const& geometry, std::type_identity<depthwise_conv2d_weights<Scheme, H, W, Out>>) {
    return group_convolution(geometry);
}

}  // namespace inlay::fp
