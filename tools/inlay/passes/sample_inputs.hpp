// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"

#include <cstddef>
#include <vector>

namespace inlay::tool {

/// One set of inputs of a model: the bytes of each, in the model's order.
using input_set = std::vector<std::vector<std::byte>>;

/// Made-up inputs of eight kinds, `rounds` of each: uniform, flat, extremes, narrow band, random walk, gaussian, a slope, and single
/// spikes. The same model and seed always give the same.
std::vector<input_set> sample_inputs(graph const& model, int rounds = 1, unsigned seed = 1001);

}  // namespace inlay::tool
