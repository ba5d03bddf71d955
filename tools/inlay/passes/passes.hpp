// SPDX-License-Identifier: MIT
//
// The passes that make a model smaller, one file each. All take a checked model whose constants are folded, and leave one.
#pragma once

#include "model/graph.hpp"
#include "passes/changes.hpp"

namespace inlay::tool {

/// RESHAPE in front of what reads numbers in a row, QUANTIZE that changes nothing, TRANSPOSE that moves only axes of extent 1:
/// their results are their inputs under another name.
void rename_copies(graph& model, change_log& log);

/// A PAD of zero points in front of convolutions becomes their padding.
void absorb_padding(graph& model, change_log& log);

/// RELU and its kin become the fused activation of the operator in front.
void fuse_activations(graph& model, change_log& log);

/// A MUL, ADD or SUB of a constant per channel behind a float layer with weights (what is left of a batch normalisation) goes into
/// its filter and bias. Not exact: floats are added in another order.
void fold_scales(graph& model, change_log& log);

/// Filters lose the taps that never touch the image.
void trim_filters(graph& model, change_log& log);

/// A depthwise convolution of an image with one channel becomes a convolution, for which there are better kernels.
void convolve_one_channel(graph& model, change_log& log);

/// Channels that are constant, equal to others, or read by nothing go, and all that only they need.
void shrink_channels(graph& model, change_log& log);

}  // namespace inlay::tool
