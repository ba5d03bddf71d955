// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/activation.hpp>
#include <inlay/core/isa.hpp>
#include <inlay/core/shape.hpp>

namespace inlay {

struct concatenation_options {
    int axis = 0;  ///< from the last axis back if negative
    activation_function activation = activation_function::none;
    affine output = {};  ///< quantisation of the result; it is that of the inputs

    friend constexpr bool operator==(concatenation_options const&, concatenation_options const&) = default;
};

/// The axis by its number from the first one; -1 if the tensors have no such axis.
constexpr int concatenation_axis(int rank, concatenation_options const& options) {
    int const axis = options.axis < 0 ? options.axis + rank : options.axis;
    return axis >= 0 && axis < rank ? axis : -1;
}

/// Whether two shapes agree but for their extents on the axis.
constexpr bool can_concatenate(shape a, shape const& b, int axis) {
    if (a.rank != b.rank) return false;
    a[axis] = b[axis];
    return a == b;
}

/// Where one input goes: `count` runs of `length` elements, to places `pitch` elements apart.
struct concatenation_geometry {
    int count;
    int length;
    int pitch;
};

constexpr concatenation_geometry make_concatenation_geometry(shape const& in, shape const& out, int axis) {
    concatenation_geometry geometry{1, 1, 1};
    for (int a = 0; a < axis; ++a) geometry.count *= in[a];
    for (int a = axis; a < in.rank; ++a) {
        geometry.length *= in[a];
        geometry.pitch *= out[a];
    }
    return geometry;
}

}  // namespace inlay

#include <inlay/kernels/portable/concatenation.hpp>  // IWYU pragma: export
