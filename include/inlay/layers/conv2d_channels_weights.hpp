// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/conv2d_channels.hpp>
#include <inlay/kernels/twin/twin_filter.hpp>
#include <inlay/layers/weights.hpp>

#include <concepts>

namespace inlay::channels {

/// The constant tables of a convolution for the kernel of `Isa` that makes any window, with groups and dilation.
///   filter    [Out, H, W, In], In counted per group
///   channels  start and requantisation of each output channel
template <quantisation_scheme Scheme, int Out, int H, int W, int In, class Isa>
struct conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, H, W, In};

    alignas(4) table<std::int8_t, Out * H * W * In> filter;
    twin::channel<Isa> channels[Out];
};

template <quantisation_scheme Scheme, int Out, int H, int W, int In, class Isa, auto Kept>
constexpr auto bank_of(conv2d_weights<Scheme, Out, H, W, In, Isa> const& weights, affine in, constant<Kept>) {
    return bank<Scheme, Isa, twin::finishing_of<Kept>>{weights.filter, weights.channels, {H * W * In, Out, false}, Out, in.zero_point, int8_range_kept{Kept}};
}

template <class Asked, quantisation_scheme Scheme, int Out, int H, int W, int In, class Isa>
    requires(std::derived_from<Asked, Isa>)
constexpr kernel_choice kernel_of(Asked, conv2d_geometry const&, std::type_identity<conv2d_weights<Scheme, Out, H, W, In, Isa>>) {
    return filter_convolution<Isa>();
}

}  // namespace inlay::channels
