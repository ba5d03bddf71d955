// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/tensor.hpp>

#include <cstdint>

namespace inlay {

/// The real number that an int8 one stands for. One rounding, as the difference has 9 bits.
struct int8_to_float {
    affine quantisation;

    constexpr float operator()(std::int8_t q) const {
        return quantisation.scale * static_cast<float>(q - quantisation.zero_point);
    }
};

constexpr int8_to_float make_dequantize(affine in) { return {in}; }

}  // namespace inlay
