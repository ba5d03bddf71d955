// SPDX-License-Identifier: MIT
//
// Which sums of int8 tensors the kernels of the Cortex-M make: of the two factors to the common scale one is a half, that of the
// larger scale, so that its operand takes a shift.
#pragma once

#include <inlay/kernels/elementwise.hpp>

namespace inlay {

constexpr bool is_half(fixed_point factor) { return factor == fixed_point{1 << 30, 0}; }

/// Whether one factor is a half, and the numbers lie where one product and one shift round as the reference does.
constexpr bool is_shift_and_product(int8_sum const& by) {
    return !by.subtract && (is_half(by.factor_a) || is_half(by.factor_b)) && by.factor_a.shift <= 0 && by.factor_b.shift <= 0 &&
           by.rescale.shift <= -1 && by.rescale.shift >= -22;
}

/// Both operands in a row, element by element.
constexpr bool is_flat(elementwise_geometry const& g) { return g.extent.rank == 1 && g.step[0][0] == 1 && g.step[1][0] == 1; }

}  // namespace inlay
