// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/transpose.hpp>

namespace inlay {

/// A tensor with its axes in another order.
///   input   any element type, rank 0 to 6
///   output  axis a has the extent of the input's axis permutation[a]; the input's quantisation
///   error   exact
///   source  TFLite TRANSPOSE; ONNX Transpose
template <transpose_options Options = transpose_options{}>
struct transpose {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(expect<Layer, got<is_permutation(In::shape.rank, Options), Options>, wanted<true, Options>>(
            "transpose: the permutation does not name each axis of the input once"));
        return tensor<typename In::value_type, transposed_shape(In::shape, Options), In::quantisation>{};
    }

    template <tensor_type In>
    static constexpr transpose_geometry geometry = make_transpose_geometry(In::shape, Options);

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in) {
        permute(isa, geometry<In>, out.data(), in.data());
    }
};

}  // namespace inlay
