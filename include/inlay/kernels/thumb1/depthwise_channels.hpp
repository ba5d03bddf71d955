// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/thumb1/requantise.hpp>
#include <inlay/kernels/depthwise_channels.hpp>

namespace inlay {

/// Depthwise convolution of any window, four channels at a time: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme, class Finishing>
inline void convolve_depthwise(isa::thumb1, constant<Geometry, Policy> g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               channels::bank<Scheme, isa::thumb1, Finishing> const& bank) {
    channels::convolve_rows<channels::scalar_lanes<channels::bank<Scheme, isa::thumb1, Finishing>, twin::requantiser<isa::thumb1, Finishing>, 4>>(
        g, made, out, in, bank);
}

}  // namespace inlay
