// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/depthwise_choice.hpp>
#include <inlay/layers/weights.hpp>

#include <concepts>

namespace inlay::twin {

/// The constant tables of a depthwise convolution in the layout of the kernels of `Isa`, with two rows in a word.
///   filter    [Out, W, H], see depthwise_choice.hpp
///   channels  start and requantisation of each channel
///   extras    what of the weights was split off, channel by channel; at least one, so that the table is an object
template <quantisation_scheme Scheme, int H, int W, int Out, class Isa, int Extras>
struct depthwise_conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{1, H, W, Out};

    alignas(4) table<std::int8_t, Out * H * W> filter;
    channel<Isa> channels[Out];
    extra_column extras[Extras];
};

template <quantisation_scheme Scheme, int H, int W, int Out, class Isa, int Extras, auto Kept>
constexpr auto bank_of(depthwise_conv2d_weights<Scheme, H, W, Out, Isa, Extras> const& weights, affine in, constant<Kept>) {
    return plane_bank<Scheme, Isa, finishing_of<Kept>>{weights.filter, weights.channels, weights.extras, Out, in.zero_point, int8_range_kept{Kept}};
}

template <class Asked, quantisation_scheme Scheme, int H, int W, int Out, class Isa, int Extras>
    requires(std::derived_from<Asked, Isa>)
constexpr kernel_choice kernel_of(Asked, depthwise_conv2d_geometry const& geometry, std::type_identity<depthwise_conv2d_weights<Scheme, H, W, Out, Isa, Extras>>) {
    return plane_convolution<Isa>(geometry);
}

}  // namespace inlay::twin
