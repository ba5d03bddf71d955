// SPDX-License-Identifier: MIT
#include "passes/edit.hpp"
#include "passes/passes.hpp"
#include "passes/window.hpp"

#include <fmt/format.h>

namespace inlay::tool {
namespace {

/// Whether a PAD puts zeros of the tensor's real numbers around the two axes of an image, and changes nothing else.
bool pads_image_with_zeros(graph const& model, operation const& op) {
    if (op.kind != "PAD" && op.kind != "PADV2") return false;
    auto const& in = model.in(op, 0);
    auto const& out = model.out(op);
    auto const& options = std::get<pad_options>(op.options);
    if (in.shape.rank != 4 || in.quantisation.scale != out.quantisation.scale || in.quantisation.zero_point != out.quantisation.zero_point) return false;
    if (options.before[0] != 0 || options.after[0] != 0 || options.before[3] != 0 || options.after[3] != 0) return false;
    return op.kind == "PAD" || options.value == static_cast<float>(out.activation_quantisation().zero_point);
}

/// The convolution's padding when it reads the PAD's input.
std::optional<inlay::padding> widened(graph const& model, operation const& pad, operation const& op, pad_options const& options) {
    auto const window = window_of(model, op);
    if (!window || op.inputs[0] != pad.outputs[0]) return {};
    image_window wide = *window;
    wide.in_h = model.in(pad, 0).shape.h();
    wide.in_w = model.in(pad, 0).shape.w();
    wide.pad_top += options.before[1];
    wide.pad_left += options.before[2];
    return padding_for(wide);
}

}  // namespace

void absorb_padding(graph& model, change_log& log) {
    for (auto const& pad : model.operations) {
        if (!pads_image_with_zeros(model, pad) || is_output(model, pad.outputs[0])) continue;
        auto const& options = std::get<pad_options>(pad.options);
        auto const readers = readers_of(model, pad.outputs[0]);
        std::vector<inlay::padding> paddings;
        for (auto const reader : readers) {
            if (auto const padding = widened(model, pad, model.operations[reader], options)) paddings.push_back(*padding);
        }
        if (paddings.size() != readers.size()) continue;  // it stays for the others anyway
        for (std::size_t i = 0; i < readers.size(); ++i) {
            auto& by = model.operations[readers[i]];
            set_padding(by, paddings[i]);
            by.inputs[0] = pad.inputs[0];
        }
        if (!readers.empty()) log.push_back({pad.location, fmt::format("is the padding of {}", model.operations[readers[0]].location)});
    }
    remove_unused(model);
}

}  // namespace inlay::tool
