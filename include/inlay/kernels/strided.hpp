// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/shape.hpp>

namespace inlay {

/// How a row-major result is made from operands that are read with steps of their own: from a position to the next on
/// `axis`, operand o moves by step[o][axis] elements; a step of 0 repeats the operand along the axis.
template <int Operands>
struct strided {
    shape extent;  ///< rank at least 1
    int step[Operands][max_rank];

    /// Runs along the innermost axis.
    constexpr int rows() const { return extent.size() / extent.last(); }

    /// Step along the innermost axis.
    constexpr int inner_step(int operand) const { return step[operand][extent.rank - 1]; }

    /// Where operand `operand` starts for run number `row`.
    constexpr int offset(int operand, int row) const {
        int sum = 0;
        for (int axis = extent.rank - 2; axis >= 0; --axis) {
            sum += row % extent[axis] * step[operand][axis];
            row /= extent[axis];
        }
        return sum;
    }
};

/// The elements from a position to the next on each axis of a row-major tensor.
constexpr shape steps_of(shape const& extents) {
    shape steps = extents;
    int step = 1;
    for (int axis = extents.rank - 1; axis >= 0; --axis) {
        steps[axis] = step;
        step *= extents[axis];
    }
    return steps;
}

/// The same elements in the same order with the fewest axes: axes of one position go, and neighbours that every operand
/// walks through in one sweep become one.
template <int Operands>
constexpr strided<Operands> with_fewest_axes(strided<Operands> const& wide) {
    strided<Operands> narrow{shape{1}, {}};
    int last = -1;
    for (int axis = 0; axis < wide.extent.rank; ++axis) {
        if (wide.extent[axis] == 1) continue;
        bool one_sweep = last >= 0;
        for (int o = 0; one_sweep && o < Operands; ++o) {
            one_sweep = narrow.step[o][last] == wide.step[o][axis] * wide.extent[axis];
        }
        if (one_sweep) {
            narrow.extent[last] *= wide.extent[axis];
        } else {
            ++last;
            narrow.extent[last] = wide.extent[axis];
        }
        for (int o = 0; o < Operands; ++o) narrow.step[o][last] = wide.step[o][axis];
    }
    narrow.extent.rank = last < 0 ? 1 : last + 1;
    return narrow;
}

}  // namespace inlay
