// SPDX-License-Identifier: MIT
#pragma once

namespace inlay::twin {

/// The instructions of an instruction set for sums in twos: each has
///   add_taps       adds all chunks of a channel to the sums of a block
///   start_chunks   completes the inputs of a block
///   requantiser    a result from a sum
template <class Isa>
struct kernels;

}  // namespace inlay::twin
