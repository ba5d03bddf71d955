// SPDX-License-Identifier: MIT
//
// Sums over axes of int8 on Helium: sixteen channels at a time, whose sums of halfwords hold 256 taps, so many of which are added to
// those of words; or a run of elements, which VADDVA adds up.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/arm_dsp/rescaling.hpp>
#include <inlay/kernels/arm_mve/pool2d.hpp>
#include <inlay/kernels/reduce_walk.hpp>

#include <arm_mve.h>

#include <algorithm>
#include <cstdint>

namespace inlay::mve {

inline constexpr int most_taps = 256;

[[gnu::noinline]] inline void reduce_channels(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    int const channels = reducing::channels(g);
    dsp::rescaling<> const rescale{by.rescale, by.output};
    std::int32_t const zeros = by.input_zero_point * g.reduced.size();
    reducing::each_group(g, out, in, [&](std::int8_t* to, pool_window const& window) {
        for (int channel = 0; channel < channels; channel += 16) {
            auto const present = vctp8q(static_cast<std::uint32_t>(channels - channel));
            std::int32_t totals[16] = {};
            auto part = window;
            for (int rest = window.columns; rest > 0; rest -= most_taps, part.first += most_taps * window.step) {
                part.columns = std::min(rest, most_taps);
                auto const sum = sums_of_taps(part, channel, present);
                std::int16_t halves[16];
                vst2q(halves, sum);
                for (int c = 0; c < 16; ++c) totals[c] += halves[c];
            }
            for (int c = 0; c < std::min(16, channels - channel); ++c) to[channel + c] = rescale(totals[c] - zeros);
        }
    });
}

[[gnu::noinline]] inline void reduce_runs(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    reducing::each_run<dsp::rescaling<>>(g, out, in, by, [](std::int8_t const* run, int count) {
        std::int32_t total = 0;
        for (; count > 0; count -= 16, run += 16) total = vaddvaq(total, vldrbq_z_s8(run, vctp8q(static_cast<std::uint32_t>(count))));
        return total;
    });
}

inline void reduce(reduce_geometry const& g, std::int8_t* out, std::int8_t const* in, int8_reduction const& by) {
    reducing::sums_runs(g) ? reduce_runs(g, out, in, by) : reduce_channels(g, out, in, by);
}

}  // namespace inlay::mve

namespace inlay {

/// Sums over axes of int8.
template <computed_element T, auto Geometry, policy Policy>
    requires(reducing::sums_channels(Geometry) || reducing::sums_runs(Geometry))
inline void reduce_sum(isa::arm_mve, constant<Geometry, Policy> geometry, T* out, T const* in, int8_reduction const& by) {
    if (!reducing::takes(by)) return reduce_sum(isa::portable{}, geometry, out, in, by);
    mve::reduce(Geometry, out, in, by);
}

}  // namespace inlay
