// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>
#include <inlay/core/shape.hpp>
#include <inlay/kernels/strided.hpp>

namespace inlay {

struct transpose_options {
    int permutation[max_rank] = {};  ///< axis a of the output is axis permutation[a] of the input

    friend constexpr bool operator==(transpose_options const&, transpose_options const&) = default;
};

/// Whether the first `rank` numbers of the permutation are 0 to rank - 1 in some order.
constexpr bool is_permutation(int rank, transpose_options const& options) {
    bool seen[max_rank] = {};
    for (int axis = 0; axis < rank; ++axis) {
        int const from = options.permutation[axis];
        if (from < 0 || from >= rank || seen[from]) return false;
        seen[from] = true;
    }
    return true;
}

constexpr shape transposed_shape(shape const& in, transpose_options const& options) {
    shape out = in;
    for (int axis = 0; axis < in.rank; ++axis) out[axis] = in[options.permutation[axis]];
    return out;
}

/// How the input is read to make the output in its order.
using transpose_geometry = strided<1>;

constexpr transpose_geometry make_transpose_geometry(shape const& in, transpose_options const& options) {
    shape const steps = steps_of(in);
    transpose_geometry wide{transposed_shape(in, options), {}};
    for (int axis = 0; axis < in.rank; ++axis) wide.step[0][axis] = steps[options.permutation[axis]];
    return with_fewest_axes(wide);
}

}  // namespace inlay

#include <inlay/kernels/portable/transpose.hpp>  // IWYU pragma: export
