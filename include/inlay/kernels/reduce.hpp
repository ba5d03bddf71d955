// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/core/scheme.hpp>
#include <inlay/core/shape.hpp>
#include <inlay/core/tensor.hpp>

#include <algorithm>
#include <bit>
#include <cstdint>

namespace inlay {

/// Of mean and sum.
struct reduce_options {
    bool axis[max_rank] = {};  ///< whether the axis is reduced
    bool keep_dims = false;    ///< reduced axes stay, with extent 1
    affine output = {};        ///< quantisation of the result

    friend constexpr bool operator==(reduce_options const&, reduce_options const&) = default;
};

/// A nest of loops over some axes of a tensor, outermost first, and how far apart their elements lie.
struct strided_axes {
    int rank = 0;
    int extent[max_rank] = {};
    int stride[max_rank] = {};

    constexpr int size() const {
        int product = 1;
        for (int axis = 0; axis < rank; ++axis) product *= extent[axis];
        return product;
    }

    /// The distance from the first element to element `index` of the nest.
    constexpr int offset(int index) const {
        int sum = 0;
        for (int axis = rank - 1; axis >= 0; --axis) {
            sum += index % extent[axis] * stride[axis];
            index /= extent[axis];
        }
        return sum;
    }
};

/// Which elements make a result: those of the nest `reduced`, from where the nest `kept` points to.
struct reduce_geometry {
    strided_axes kept;
    strided_axes reduced;
};

/// The geometry of a reduction. Neighbouring axes that are both kept, or both reduced, become one.
constexpr reduce_geometry make_reduce_geometry(shape const& in, reduce_options const& options) {
    reduce_geometry g;
    for (int axis = 0; axis < in.rank; ++axis) {
        bool const joins = axis > 0 && options.axis[axis] == options.axis[axis - 1];
        auto& nest = options.axis[axis] ? g.reduced : g.kept;
        if (!joins) nest.extent[nest.rank++] = 1;
        nest.extent[nest.rank - 1] *= in[axis];
        for (auto* each : {&g.kept, &g.reduced}) {
            for (int outer = 0; outer < each->rank; ++outer) {
                bool const innermost = each == &nest && outer == each->rank - 1;
                each->stride[outer] = innermost ? 1 : each->stride[outer] * in[axis];
            }
        }
    }
    return g;
}

/// Whether rows and columns of one image are reduced, and nothing else.
constexpr bool covers_pixels(shape const& in, reduce_options const& options) {
    return in.rank == 4 && in.n() == 1 && in.h() * in.w() > 1 && !options.axis[0] && options.axis[1] && options.axis[2] && !options.axis[3];
}

/// The output's axes.
constexpr shape reduced_shape(shape const& in, reduce_options const& options) {
    shape out;
    for (int axis = 0; axis < in.rank; ++axis) {
        if (!options.axis[axis]) {
            out[out.rank++] = in[axis];
        } else if (options.keep_dims) {
            out[out.rank++] = 1;
        }
    }
    return out;
}

/// How a sum of int8 numbers becomes a result.
struct int8_reduction {
    fixed_point rescale;
    int input_zero_point;
    int8_output output;

    friend constexpr bool operator==(int8_reduction const&, int8_reduction const&) = default;
};

/// How a sum of float numbers becomes a result.
struct float_reduction {
    float divisor;

    friend constexpr bool operator==(float_reduction const&, float_reduction const&) = default;
};

/// factor / count. The division truncates, after as many further bits as the shift leaves room for.
///   source  TFLite QuantizedMeanOrSum
constexpr fixed_point divide(fixed_point factor, int count) {
    int const bits = std::min(static_cast<int>(std::bit_width(static_cast<unsigned>(count))) - 1, 31 + static_cast<int>(factor.shift));
    return {static_cast<std::int32_t>((std::int64_t{factor.multiplier} << bits) / count), factor.shift - bits};
}

/// The step from a sum of `divisor` numbers to their mean, or of any count with divisor 1 to their sum.
template <computed_element T>
constexpr auto make_reduction(affine in, affine out, int divisor) {
    if constexpr (std::is_same_v<T, float>) {
        return float_reduction{static_cast<float>(divisor)};
    } else {
        auto const factor = to_fixed_point(static_cast<double>(in.scale) / static_cast<double>(out.scale));
        return int8_reduction{divide(factor, divisor), in.zero_point, {out.zero_point}};
    }
}

}  // namespace inlay

#include <inlay/kernels/portable/reduce.hpp>  // IWYU pragma: export
