// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/requantise.hpp>
#include <inlay/kernels/conv2d_channels.hpp>

namespace inlay {

/// 2-D convolution with groups or dilated columns, four output channels at a time: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, class Finishing>
inline void convolve(isa::armv7m, constant<Geometry, Policy> g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                     channels::bank<Scheme, isa::armv7m, Finishing> const& bank) {
    channels::convolve_filter_rows<twin::requantiser<isa::armv7m, Finishing>>(g, made, out, in, bank);
}

}  // namespace inlay
