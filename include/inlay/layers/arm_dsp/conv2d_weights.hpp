// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay::dsp {

/// The constant table of a convolution in the layout of the DSP kernel, see pair_filter.hpp.
template <quantisation_scheme Scheme, int Out, int H, int W, int In>
struct conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, H, W, In};
    static constexpr pair_layout layout{H, W * In, Out};

    alignas(4) table<std::int8_t, layout.bytes()> pairs;
};

template <quantisation_scheme Scheme, int Out, int H, int W, int In, auto Kept>
constexpr auto bank_of(conv2d_weights<Scheme, Out, H, W, In> const& weights, affine in, constant<Kept>) {
    using layout = constant<conv2d_weights<Scheme, Out, H, W, In>::layout>;
    return pair_bank<Scheme, range_kind{Kept}, layout>{{weights.pairs, in.zero_point, Kept}, {}};
}

template <quantisation_scheme Scheme, int Out, int H, int W, int In>
constexpr kernel_choice kernel_of(isa::arm_dsp, conv2d_geometry const& geometry, std::type_identity<conv2d_weights<Scheme, Out, H, W, In>>) {
    return pair_convolution(geometry);
}

}  // namespace inlay::dsp
