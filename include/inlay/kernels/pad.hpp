// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/core/shape.hpp>
#include <inlay/kernels/strided.hpp>

namespace inlay {

struct pad_options {
    int before[max_rank] = {};  ///< elements in front of each axis
    int after[max_rank] = {};   ///< elements behind each axis
    float value = 0;            ///< what they are, as stored: for int8 the quantised number

    friend constexpr bool operator==(pad_options const&, pad_options const&) = default;
};

/// Where the input lies within the padded output.
struct pad_geometry {
    int out_size;
    int first;           ///< where the input's first element lies in the output
    strided<1> inside;   ///< how the input's elements, in their order, lie in the output from there on
};

constexpr shape padded_shape(shape const& in, pad_options const& options) {
    shape out = in;
    for (int axis = 0; axis < in.rank; ++axis) out[axis] += options.before[axis] + options.after[axis];
    return out;
}

constexpr pad_geometry make_pad_geometry(shape const& in, pad_options const& options) {
    shape const out = padded_shape(in, options);
    shape const steps = steps_of(out);
    strided<1> inside{in, {}};
    int first = 0;
    for (int axis = 0; axis < in.rank; ++axis) {
        inside.step[0][axis] = steps[axis];
        first += options.before[axis] * steps[axis];
    }
    return {out.size(), first, with_fewest_axes(inside)};
}

}  // namespace inlay

#include <inlay/kernels/portable/pad.hpp>  // IWYU pragma: export
