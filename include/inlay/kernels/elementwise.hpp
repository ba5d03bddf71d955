// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/core/constant.hpp>
#include <inlay/kernels/overlap.hpp>
#include <inlay/kernels/strided.hpp>

namespace inlay {

/// Of add, sub and mul.
struct elementwise_options {
    activation_function activation = activation_function::none;
    affine output = {};  ///< quantisation of the result

    friend constexpr bool operator==(elementwise_options const&, elementwise_options const&) = default;
};

/// Whether two shapes agree on each axis, counted from the last, or one of them has a single element there.
constexpr bool can_broadcast(shape const& a, shape const& b) {
    for (int back = 1; back <= a.rank && back <= b.rank; ++back) {
        int const extent_a = a[a.rank - back];
        int const extent_b = b[b.rank - back];
        if (extent_a != extent_b && extent_a != 1 && extent_b != 1) return false;
    }
    return true;
}

/// The shape of the result of two operands; they can broadcast.
constexpr shape broadcast_shape(shape const& a, shape const& b) {
    int const rank = a.rank > b.rank ? a.rank : b.rank;
    shape out = with_rank(a, rank);
    shape const other = with_rank(b, rank);
    for (int axis = 0; axis < rank; ++axis) {
        if (out[axis] == 1) out[axis] = other[axis];
    }
    return out;
}

/// How two operands meet, element by element.
using elementwise_geometry = strided<2>;

/// The geometry for operands that can broadcast.
constexpr elementwise_geometry make_elementwise_geometry(shape const& a, shape const& b) {
    shape const out = broadcast_shape(a, b);
    shape const operands[2] = {with_rank(a, out.rank), with_rank(b, out.rank)};
    elementwise_geometry wide{out, {}};
    for (int o = 0; o < 2; ++o) {
        shape const steps = steps_of(operands[o]);
        for (int axis = 0; axis < out.rank; ++axis) wide.step[o][axis] = operands[o][axis] == 1 ? 0 : steps[axis];
    }
    return with_fewest_axes(wide);
}

/// How the result may lie over an operand of this shape; one that is repeated is read again.
///   element   bytes
constexpr overlap_rule elementwise_operand_overlap(shape const& operand, shape const& out, int element, traversal order) {
    if (order == traversal::forward && operand.size() != out.size()) return disjoint(operand.size() * element, out.size() * element);
    return elementwise_overlap(out.size(), element, element, order);
}

}  // namespace inlay

#include <inlay/kernels/portable/elementwise.hpp>  // IWYU pragma: export
