// SPDX-License-Identifier: MIT
#include "passes/proof.hpp"

#include "commands/compare.hpp"
#include "operators/executor.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace inlay::tool {
namespace {

/// Calls visit(run, outputs), until it says no.
template <class Visit>
void run_all(graph const& model, std::vector<input_set> const& inputs, Visit visit) {
    executor host{model};
    for (std::size_t run = 0; run < inputs.size(); ++run) {
        for (std::size_t k = 0; k < inputs[run].size(); ++k) std::ranges::copy(inputs[run][k], host.bytes(model.inputs[k]).begin());
        host.run();
        input_set outputs;
        for (int const t : model.outputs) {
            auto const bytes = host.bytes(t);
            outputs.emplace_back(bytes.begin(), bytes.end());
        }
        if (!visit(run, outputs)) return;
    }
}

}  // namespace

proof::proof(graph const& model, std::vector<input_set> inputs) : inputs_{std::move(inputs)} {
    run_all(model, inputs_, [&](std::size_t, input_set const& outputs) {
        outputs_.push_back(outputs);
        return true;
    });
    for (int const t : model.outputs) {
        auto const& tensor = model.tensors[static_cast<std::size_t>(t)];
        auto& described = described_.emplace_back();
        described.type = tensor.type;
        described.shape = tensor.shape;
    }
}

std::optional<std::string> proof::first_difference_of(graph const& changed, double tolerance) const {
    std::optional<std::string> found;
    run_all(changed, inputs_, [&](std::size_t run, input_set const& outputs) {
        for (std::size_t k = 0; k < described_.size() && !found; ++k) {
            if (auto const difference = first_difference(described_[k], outputs[k], outputs_[run][k], tolerance)) {
                found = fmt::format("generated input {}, output {}, {}", run, k, difference->text());
            }
        }
        return !found;
    });
    return found;
}

}  // namespace inlay::tool
