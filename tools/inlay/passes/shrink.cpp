// SPDX-License-Identifier: MIT
#include "passes/shrink.hpp"

#include "error.hpp"
#include "passes/passes.hpp"
#include "passes/prepare.hpp"
#include "passes/proof.hpp"
#include "report.hpp"
#include "write/model_header.hpp"

#include <algorithm>
#include <array>
#include <fmt/format.h>

namespace inlay::tool {
namespace {

struct pass {
    std::string_view name;
    void (*run)(graph&, change_log&);
    bool is_exact;  ///< for floats as well
};

constexpr std::array<pass, 7> passes{{
    {"renaming of copies", rename_copies, true},
    {"padding in front of convolutions", absorb_padding, true},
    {"fused activations", fuse_activations, true},
    {"scales of float layers", fold_scales, false},
    {"trimmed filters", trim_filters, true},
    {"convolutions of one channel", convolve_one_channel, true},
    {"channels", shrink_channels, false},
}};

constexpr double float_tolerance = 1e-5;

model_size size_of(graph const& model) { return {model.operations.size(), count_weight_bytes(model), count_macs(model)}; }

[[noreturn]] void refuse(graph const& model, std::string_view pass, std::string_view why) {
    throw tool_error{model.source, fmt::format("the shrinker's pass \"{}\" would change the model", pass), std::string{why},
                     "give --no-shrink, and report this as a fault of inlay"};
}

/// Runs a pass on a copy, and keeps the copy if it is smaller or has fewer layers, and proven to be the same.
bool apply(graph& model, pass const& pass, proof const& same, change_log& log) {
    graph changed = model;
    change_log done;
    pass.run(changed, done);
    if (done.empty()) return false;
    auto const before = size_of(model);
    auto const after = size_of(changed);
    if (after.weight_bytes > before.weight_bytes || after.macs > before.macs) return false;

    report problems{model.source};
    check_operations(changed, problems);
    if (!problems.empty()) refuse(model, pass.name, problems.text());
    if (auto const difference = same.first_difference_of(changed, float_tolerance)) {
        bool const is_float = std::ranges::any_of(model.tensors, [](auto const& tensor) { return tensor.type == element_type::float32 && !tensor.is_constant; });
        if (is_float && !pass.is_exact) return false;
        refuse(model, pass.name, *difference);
    }
    model = std::move(changed);
    log.insert(log.end(), done.begin(), done.end());
    return true;
}

}  // namespace

change_log shrink(graph& model, std::span<input_set const> given) {
    auto const before = size_of(model);
    auto inputs = sample_inputs(model);
    inputs.insert(inputs.end(), given.begin(), given.end());
    proof const same{model, std::move(inputs)};
    change_log log;
    // One pass may open the way for another. Each time something goes, so there is an end to it.
    for (bool changed = true; changed;) {
        changed = false;
        for (auto const& each : passes) changed = apply(model, each, same, log) || changed;
    }
    if (!log.empty()) model.before_shrinking = before;
    return log;
}

}  // namespace inlay::tool
