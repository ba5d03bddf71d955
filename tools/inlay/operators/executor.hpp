// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"

#include <cstddef>
#include <functional>
#include <span>
#include <vector>

namespace inlay::tool {

/// Runs one operation of a checked model with its portable kernel.
///   memory   by tensor; those that the operation names are there
void run_operation(graph const& model, operation const& op, std::vector<std::byte*> const& memory);

/// Runs a checked model on the host with the portable kernels, each tensor in memory of its own.
class executor {
public:
    /// Called after each operation.
    using observer = std::function<void(operation const&)>;

    /// The model must outlive the executor.
    explicit executor(graph const& model);

    /// The bytes of a tensor: an input to be written, an output or anything else to be read.
    std::span<std::byte> bytes(int tensor);

    void run(observer const& observe = {});

    /// Runs one operation on what its inputs hold.
    void run_one(operation const& op) { run_operation(model_, op, memory_); }

    /// Sets variable tensors to their initial values: the zero point, for int8.
    void reset();

private:
    graph const& model_;
    std::vector<std::vector<std::byte>> storage_;
    std::vector<std::byte*> memory_;
};

}  // namespace inlay::tool
