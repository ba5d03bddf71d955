// SPDX-License-Identifier: MIT
#pragma once

#include <arm_mve.h>

namespace inlay::mve {

/// Results of four sums, lane by lane, by lane_filter.hpp; the numbers are those of one channel, or vectors of channels.
template <bool AwayFromZero, class Number>
inline int32x4_t requantise_lanes(int32x4_t sums, Number start, Number multiplier, Number shift, int zero_point, int32x4_t lowest, int32x4_t highest) {
    auto x = vqrdmulhq(vaddq(sums, start), multiplier);
    if constexpr (AwayFromZero) x = vaddq(x, vshrq_n_s32(x, 31));
    x = vaddq(vrshlq(x, shift), zero_point);
    return vminq(vmaxq(x, lowest), highest);
}

}  // namespace inlay::mve
