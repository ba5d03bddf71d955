// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/math.hpp>
#include <inlay/kernels/portable/int8_rescale.hpp>

#include <cstdint>
#include <type_traits>

namespace inlay {

/// A real number as the nearest int8 one, half away from zero; beyond the range its end, not-a-number as 0.
struct float_to_int8 {
    affine quantisation;

    constexpr std::int8_t operator()(float real) const {
        return to_int8(math::round_to_int(real / quantisation.scale), {.zero_point = quantisation.zero_point});
    }
    constexpr bool is_exact() const { return true; }
};

/// A float or int8 number under the quantisation `out`.
template <class T>
constexpr auto make_quantize(affine in, affine out) {
    if constexpr (std::is_same_v<T, float>) {
        return float_to_int8{out};
    } else {
        return int8_rescale{in.zero_point, to_fixed_point(static_cast<double>(in.scale) / static_cast<double>(out.scale)),
                            {.zero_point = out.zero_point}};
    }
}

}  // namespace inlay
