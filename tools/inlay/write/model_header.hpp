// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "model/plan.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace inlay::tool {

struct header_options {
    std::string optimize = "balanced";  ///< the policy of the model's engine
    memory_options memory{};
    /// The model's budget; an engine above it does not compile.
    std::optional<std::int64_t> flash{};
    std::optional<std::int64_t> ram{};
    std::optional<std::int64_t> macs{};
    std::map<int, std::string> sections{};  ///< by a layer's result: where its tables go
};

/// The header of a checked model: datasheet, network, tables. One model gives one text, byte for byte.
std::string write_model_header(graph const& model, header_options const& options = {});
/// The same with a plan that is there already.
std::string write_model_header(graph const& model, header_options const& options, memory_layout const& layout);

/// Multiply-accumulates of one run.
std::int64_t count_macs(graph const& model);

/// Of one operation.
std::int64_t macs_of(graph const& model, operation const& op);

/// Bytes of the filters of convolutions and fully connected layers.
std::int64_t count_weight_bytes(graph const& model);

}  // namespace inlay::tool
