// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/layers/reshape.hpp>

namespace inlay {

/// The same elements without axes of extent 1; neither code nor memory.
///   input   any element type and shape
///   output  the shape in the options; the input's quantisation
///   error   exact
///   source  TFLite SQUEEZE; ONNX Squeeze
template <reshape_options Options>
struct squeeze : reshape<Options> {};

}  // namespace inlay
