// SPDX-License-Identifier: MIT
#include "passes/edit.hpp"
#include "passes/passes.hpp"

#include <cstring>
#include <vector>

namespace inlay::tool {
namespace {

/// [1, H, W, O] to [O, H, W, 1].
void move_channels_to_front(tensor_description& filter) {
    auto const channels = static_cast<std::size_t>(filter.shape.c());
    auto const taps = static_cast<std::size_t>(filter.shape.h()) * static_cast<std::size_t>(filter.shape.w());
    auto const bytes = static_cast<std::size_t>(bytes_of(filter.type));
    std::vector<std::byte> moved(filter.data.size());
    for (std::size_t tap = 0; tap < taps; ++tap) {
        for (std::size_t o = 0; o < channels; ++o) {
            std::memcpy(moved.data() + (o * taps + tap) * bytes, filter.data.data() + (tap * channels + o) * bytes, bytes);
        }
    }
    filter.data = std::move(moved);
    filter.shape = {filter.shape.c(), filter.shape.h(), filter.shape.w(), 1};
    filter.quantisation.axis = 0;
}

}  // namespace

void convolve_one_channel(graph& model, change_log& log) {
    for (auto& op : model.operations) {
        if (op.kind != "DEPTHWISE_CONV_2D" || model.in(op, 0).shape.c() != 1 || !model.in(op, 1).is_constant) continue;
        move_channels_to_front(own_constant(model, op, 1));
        auto const& from = std::get<depthwise_conv2d_options>(op.options);
        op.options = conv2d_options{.stride_h = from.stride_h, .stride_w = from.stride_w, .dilation_h = from.dilation_h, .dilation_w = from.dilation_w,
                                    .padding = from.padding, .activation = from.activation, .output = from.output};
        op.kind = "CONV_2D";
        log.push_back({op.location, "is a convolution, as its image has one channel"});
    }
    remove_unused(model);
}

}  // namespace inlay::tool
