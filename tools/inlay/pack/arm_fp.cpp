// SPDX-License-Identifier: MIT
//
// Weights for the float kernels, which the cores with a floating-point unit share; int8 layers are those of the core without.
#include "pack/packing.hpp"

#include <inlay/kernels/arm_fp/conv2d_choice.hpp>
#include <inlay/kernels/arm_fp/depthwise_choice.hpp>
#include <inlay/kernels/arm_fp/fully_connected_choice.hpp>

#include <span>

namespace inlay::tool {
namespace {

/// The tables of a float layer in a layout; nothing for any other layer.
template <class Layout>
std::optional<packed_weights> pack_floats(kernel_choice kernel, Layout const& layout, int weights, int channels, filter_layer const& filter,
                                          activation_function activation) {
    std::optional<packed_weights> packed;
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (std::is_same_v<activation_of<Bank>, float>) {
            std::vector<float> ordered(static_cast<std::size_t>(weights));
            for (int i = 0; i < weights; ++i) ordered[static_cast<std::size_t>(layout.offset(i))] = bank.filter[i];
            packed = packed_weights{
                .kernel = kernel,
                .family = "fp::",
                .fields = {{"filter", list_text(std::span<float const>{ordered})}, {"bias", list_text(std::span{bank.bias, static_cast<std::size_t>(channels)})}},
                .proof = ""};
        }
    });
    return packed;
}

std::optional<packed_weights> pack_floats(conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (!fp::makes_blocks(g)) return {};
    return pack_floats(fp::block_convolution(g), fp::layout_of(g), g.filter.size(), g.out.c(), filter, activation);
}

std::optional<packed_weights> pack_floats(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (!fp::makes_groups(g)) return {};
    return pack_floats(fp::group_convolution(g), fp::plain_layout{}, g.filter.size(), g.out.c(), filter, activation);
}

std::optional<packed_weights> pack_floats(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_floats(fp::unit_connection(), fp::layout_of(g), g.in * g.out, g.out, filter, activation);
}

/// `Integers`: the instruction set without floats.
template <class Integers, class Geometry>
packed_weights pack_either(Geometry const& g, filter_layer const& filter, activation_function activation) {
    auto const floats = pack_floats(g, filter, activation);
    return floats ? *floats : pack(Integers{}, g, filter, activation);
}

}  // namespace

packed_weights pack(isa::arm_dsp_fp, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_either<isa::arm_dsp>(g, filter, activation);
}

packed_weights pack(isa::arm_dsp_fp, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_either<isa::arm_dsp>(g, filter, activation);
}

packed_weights pack(execution<isa::arm_dsp_fp, policy::speed>, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_either<execution<isa::arm_dsp, policy::speed>>(g, filter, activation);
}

packed_weights pack(isa::arm_dsp_fp, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_either<isa::arm_dsp>(g, filter, activation);
}

packed_weights pack(isa::arm_mve_fp, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_either<isa::arm_mve>(g, filter, activation);
}

packed_weights pack(isa::arm_mve_fp, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_either<isa::arm_mve>(g, filter, activation);
}

packed_weights pack(isa::arm_mve_fp, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_either<isa::arm_mve>(g, filter, activation);
}

}  // namespace inlay::tool
