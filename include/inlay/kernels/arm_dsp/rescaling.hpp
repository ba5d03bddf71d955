// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/arm_dsp/intrinsics.hpp>
#include <inlay/kernels/int8_rescaling.hpp>

#include <cstdint>

namespace inlay::dsp {

template <bool FullRange = false>
struct rescaling : int8_rescaling {
    using int8_rescaling::int8_rescaling;

    [[gnu::always_inline]] std::int8_t operator()(std::int32_t x) const {
        auto const result = smmlar(x * 2, multiplier, offset + (x >> 31)) >> shift;
        if constexpr (FullRange) return static_cast<std::int8_t>(ssat8(result));
        return keep(result);
    }
};

}  // namespace inlay::dsp
