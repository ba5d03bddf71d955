// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::dsp {

/// The constant tables of a convolution in the layout of the DSP kernel.
///   filter  output channels in pairs, see pair_filter.hpp
///   pairs   start and requantisation of two output channels each
template <quantisation_scheme Scheme, int Out, int H, int W, int In>
struct conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, H, W, In};
    static constexpr pair_layout layout{H, W * In};

    alignas(4) table<std::int8_t, layout.filter_bytes(Out)> filter;
    channel_pair pairs[(Out + 1) / 2];
};

template <quantisation_scheme Scheme, int Out, int H, int W, int In, auto Kept>
constexpr auto bank_of(conv2d_weights<Scheme, Out, H, W, In> const& weights, affine in, constant<Kept>) {
    return pair_bank<Scheme, range_kind{Kept}>{weights.filter, weights.pairs, weights.layout, in.zero_point, int8_range_kept{Kept}};
}

template <quantisation_scheme Scheme, int Out, int H, int W, int In>
constexpr kernel_choice kernel_of(isa::arm_dsp, conv2d_geometry const& geometry, std::type_identity<conv2d_weights<Scheme, Out, H, W, In>>) {
    return pair_convolution(geometry);
}

}  // namespace inlay::dsp
