// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_fp/conv2d_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::fp {

/// The constant tables of a convolution for the float kernels.
///   filter   output channels in blocks of four, see float_filter.hpp
template <quantisation_scheme Scheme, int Out, int H, int W, int In>
struct conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, H, W, In};
    static constexpr block_layout layout{H * W * In, Out};

    table<float, Out * H * W * In> filter;
    float bias[Out];
};

template <quantisation_scheme Scheme, int Out, int H, int W, int In, auto Kept>
constexpr auto bank_of(conv2d_weights<Scheme, Out, H, W, In> const& weights, affine, constant<Kept>) {
    return float_bank<Kept, block_layout>{weights.filter, weights.bias, weights.layout};
}

template <quantisation_scheme Scheme, int Out, int H, int W, int In>
constexpr kernel_choice kernel_of(isa::arm_dsp_fp, conv2d_geometry const& geometry, std::type_identity<conv2d_weights<Scheme, Out, H, W, In>>) {
    return block_convolution(geometry);
}

template <quantisation_scheme Scheme, int Out, int H, int W, int In>
constexpr kernel_choice kernel_of(isa::arm_mve_fp, conv2d_geometry const& geometry, std::type_identity<conv2d_weights<Scheme, Out, H, W, In>>) {
    return block_convolution(geometry);
}

}  // namespace inlay::fp
