// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "passes/sample_inputs.hpp"

#include <optional>
#include <string>
#include <vector>

namespace inlay::tool {

/// What a model answers to a series of inputs, with the portable kernels: what every changed form of it must answer too. The runs
/// follow one another on one engine, so that a model's state is compared as well.
class proof {
public:
    proof(graph const& model, std::vector<input_set> inputs);

    /// Where a changed model's outputs differ first; nothing if they do not. Integers must be equal; a float may be off by `tolerance`
    /// times the output's largest magnitude.
    std::optional<std::string> first_difference_of(graph const& changed, double tolerance) const;

    std::size_t runs() const { return inputs_.size(); }

private:
    std::vector<input_set> inputs_;
    std::vector<input_set> outputs_;  ///< in the same form
    std::vector<tensor_description> described_;
};

}  // namespace inlay::tool
