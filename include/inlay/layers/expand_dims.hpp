// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/layers/reshape.hpp>

namespace inlay {

/// The same elements with one more axis, of extent 1; neither code nor memory.
///   input   any element type and shape
///   output  the shape in the options; the input's quantisation
///   error   exact
///   source  TFLite EXPAND_DIMS; ONNX Unsqueeze
template <reshape_options Options>
struct expand_dims : reshape<Options> {};

}  // namespace inlay
