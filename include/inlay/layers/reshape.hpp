// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/tensor.hpp>
#include <inlay/kernels/reshape.hpp>

namespace inlay {

/// The same elements under another shape; neither code nor memory.
///   input   any element type and shape
///   output  the shape in the options; the input's quantisation
///   error   exact
///   source  TFLite RESHAPE; ONNX Reshape, Flatten
template <reshape_options Options>
struct reshape {
    static constexpr bool is_alias = true;

    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(expect<Layer, got<Options.to.size()>, wanted<In::size>>(
            "reshape: the new shape's elements (got) are not as many as the input's (wanted)"));
        return tensor<typename In::value_type, Options.to, In::quantisation>{};
    }
};

}  // namespace inlay
