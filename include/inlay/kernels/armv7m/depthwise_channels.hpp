// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/armv7m/requantise.hpp>
#include <inlay/kernels/depthwise_channels.hpp>

namespace inlay {

/// Depthwise convolution of any window, four channels at a time: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, class Finishing>
inline void convolve_depthwise(isa::armv7m, constant<Geometry, Policy> g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               channels::bank<Scheme, isa::armv7m, Finishing> const& bank) {
    channels::convolve_rows<channels::scalar_lanes<channels::bank<Scheme, isa::armv7m, Finishing>, twin::requantiser<isa::armv7m, Finishing>, 4>>(
        g, made, out, in, bank);
}

}  // namespace inlay
