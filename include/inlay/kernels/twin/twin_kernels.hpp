// SPDX-License-Identifier: MIT
#pragma once

namespace inlay::twin {

/// The instructions of an instruction set for sums in twos: each has
///   add_taps       adds all chunks of a channel to the sums of a block
///   add_window     adds the chunks of a depthwise filter to the sums of a pair
///   requantiser    a result from a sum
template <class Isa>
struct kernels;

}  // namespace inlay::twin
