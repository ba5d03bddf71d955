// SPDX-License-Identifier: MIT
//
// Recorded inputs and outputs of a model, in files: NN.in<k>.bin, NN.out<k>.bin, NN.trace.json, NN.layers.bin.
#pragma once

#include "model/graph.hpp"
#include "target/image.hpp"

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace inlay::tool {

struct golden_case {
    std::string name;  ///< "00", "seq00"
    std::filesystem::path directory;
    std::vector<raw_tensor> inputs;   ///< all steps, one after the other
    std::vector<raw_tensor> outputs;
    int steps = 1;
};

/// The cases in a directory, by name. Throws a tool_error if there are none, or if files are missing or do not fit the model.
std::vector<golden_case> find_golden_cases(std::filesystem::path const& directory, graph const& model);

/// What the reference's trace says of one layer's output in the first step: its bytes, or only their hash.
struct recorded_layer {
    std::string fnv1a64;
    std::optional<raw_tensor> bytes;

    /// How a tensor differs from it; nothing if it does not, or if that cannot be told.
    std::optional<std::string> differs_from(tensor_description const& tensor, raw_tensor const& got, double tolerance) const;
};

/// The layers of a case's trace, by the index of the tensor; empty without a trace.
std::map<int, recorded_layer> read_trace(golden_case const& of);

}  // namespace inlay::tool
