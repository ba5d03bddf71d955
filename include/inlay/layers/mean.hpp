// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/layers/reduce.hpp>

namespace inlay {

/// The mean over some axes.
///   input   any axes    float, int8
///   output  the input's axes without the reduced ones, which with keep_dims stay with extent 1
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite MEAN; ONNX ReduceMean
template <reduce_options Options = reduce_options{}>
struct mean : reduce<Options, true> {};

}  // namespace inlay
