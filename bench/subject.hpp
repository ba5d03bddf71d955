// SPDX-License-Identifier: MIT
/// A layer to be measured, by its name: `conv2d/25x5x64-1x1-64`.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "model/graph.hpp"

namespace inlay::bench {

/// A network of one layer. `name` is one of these:
///   conv2d/HxWxC-HxW[sN][v]-C             rows, columns and channels; the filter's, stride, v: not padded; channels of the result
///   depthwise_conv2d/HxWxC-HxW[sN][v]
///   fully_connected/N-N
///   average_pool2d/HxWxC-HxW[sN][v]       and max_pool2d
///   add/HxWxC                             and mul
///   softmax/N
/// Numbers are made up, weights as training leaves them: bell-shaped, with ReLU after what has weights. Throws a tool_error
/// for another name.
tool::graph make_layer(std::string_view name, std::string_view scheme);

/// int8_per_channel, float32
std::vector<std::string> all_schemes();

/// Layers of the models of MLPerf Tiny, and person_detect.
std::vector<std::string> usual_layers();

}  // namespace inlay::bench
