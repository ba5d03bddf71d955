// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/pad.hpp>

namespace inlay {

/// What pad and padv2 have in common.
template <pad_options Options>
struct padding_layer {
    template <class Layer, tensor_type In>
    static consteval auto padded(In) {
        constexpr bool is_positive = [] {
            for (int axis = 0; axis < max_rank; ++axis) {
                if (Options.before[axis] < 0 || Options.after[axis] < 0) return false;
                if (axis >= In::shape.rank && (Options.before[axis] != 0 || Options.after[axis] != 0)) return false;
            }
            return true;
        }();
        static_assert(expect<Layer, got<is_positive, Options>, wanted<true, Options>>(
            "pad: a padding is negative, or belongs to an axis that the input does not have"));
        return tensor<typename In::value_type, padded_shape(In::shape, Options), In::quantisation>{};
    }

    template <tensor_type In>
    static constexpr pad_geometry geometry = make_pad_geometry(In::shape, Options);
};

/// Zeros (for int8: zero points) around a tensor.
///   input   any element type, rank 0 to 6
///   output  on each axis as many elements more as `before` and `after` say; the input's quantisation
///   error   exact
///   source  TFLite PAD; ONNX Pad
template <pad_options Options = pad_options{}>
struct pad : private padding_layer<Options> {
    template <class Layer, tensor_type In>
    static consteval auto output(In in) {
        static_assert(expect<Layer, got<(Options.value == 0), Options>, wanted<true, Options>>(
            "pad: pads with zero; for another value take padv2"));
        return padding_layer<Options>::template padded<Layer>(in);
    }

    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in) {
        pad_tensor(isa, padding_layer<Options>::template geometry<In>, out.data(), in.data(),
                   static_cast<typename In::value_type>(In::quantisation.zero_point));
    }
};

}  // namespace inlay
