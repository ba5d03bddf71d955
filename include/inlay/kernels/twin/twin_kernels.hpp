// SPDX-License-Identifier: MIT
//
// What an instruction set brings to the kernels with two results in a word: its inner loops, each in a header of its own.
#pragma once

namespace inlay::twin {

/// Convolution: all channels of a block.
template <class Isa>
struct block_kernel;

/// Convolution: the words of a block.
template <class Isa>
struct window_kernel;

/// Depthwise convolution: the rows of a channel.
template <class Isa>
struct plane_kernel;

/// Fully connected: the sums of four units.
template <class Isa>
struct unit_kernel;

/// A result from a sum.
template <class Isa, class Finishing>
struct requantiser;

/// A number whose products with others are wanted by their upper words, rounded half up.
template <class Isa>
struct upper_product;

/// Sums of two tensors.
template <class Isa>
struct sum_kernel;

}  // namespace inlay::twin
