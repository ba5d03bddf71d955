// SPDX-License-Identifier: MIT
#include "pack/packing.hpp"

#include <inlay/kernels/arm_mve/conv2d_choice.hpp>
#include <inlay/kernels/arm_mve/depthwise_choice.hpp>
#include <inlay/kernels/arm_mve/fully_connected_choice.hpp>
#include <inlay/kernels/depthwise_channels.hpp>

#include <fmt/format.h>

namespace inlay::tool {
namespace {

template <int Block>
std::string line(mve::lane_channels<Block> const& channels) {
    auto const list = [](std::int32_t const (&numbers)[Block]) { return list_text(std::span<std::int32_t const>{numbers}); };
    return fmt::format("{}, {}, {}", list(channels.start), list(channels.multiplier), list(channels.shift));
}

template <int Block>
std::vector<table_field> fields(std::vector<std::int8_t> const& bytes, std::vector<mve::lane_channels<Block>> const& constants) {
    return {{"filter", literal_text(bytes)}, {"channels", array_text(constants, [](auto const& channels) { return line(channels); })}};
}

bool fits_lanes(int channels, int taps, filter_layer const& filter, activation_function activation) {
    return with_int8_bank(filter, activation, [&](auto const& bank) { return mve::lane_filter_fits(channels, taps, bank); });
}

template <int Block>
std::vector<table_field> lane_fields(int channels, int taps, filter_layer const& filter, activation_function activation) {
    mve::lane_layout const layout{taps, Block};
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(layout.filter_bytes(channels)));
    std::vector<mve::lane_channels<Block>> constants(static_cast<std::size_t>(layout.blocks(channels)));
    with_int8_bank(filter, activation, [&](auto const& bank) {
        mve::pack_lanes(channels, taps, bank, bytes.data(), constants.data());
        return true;
    });
    return fields(bytes, constants);
}

}  // namespace

packed_weights pack(isa::arm_mve, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    auto const layout = mve::layout_of(g);
    if (!mve::makes_quads(g) || !fits_lanes(g.out.c(), layout.count(), filter, activation)) return pack(isa::arm_dsp{}, g, filter, activation);
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(layout.filter_bytes()));
    std::vector<mve::lane_channels<1>> constants(static_cast<std::size_t>(layout.groups()) * 4);
    with_int8_bank(filter, activation, [&](auto const& bank) {
        mve::pack_quads(layout, bank, bytes.data(), constants.data());
        return true;
    });
    return {mve::quad_convolution(g), "mve::", fields(bytes, constants)};
}

packed_weights pack(isa::arm_mve, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(mve::windows_bytes(g.out.c())));
    std::vector<mve::lane_channels<1>> constants(static_cast<std::size_t>(mve::window_channels(g.out.c())));
    bool const fits = mve::makes_windows(g) && with_int8_bank(filter, activation, [&](auto const& bank) {
                          if (!dsp::depthwise_filter_fits(9, g.out.c(), bank)) return false;
                          mve::pack_windows(g.out.c(), bank, bytes.data(), constants.data());
                          return true;
                      });
    if (!fits && with_int8_bank(filter, activation, [](auto const&) { return true; })) {
        return {channels::lane_convolution<isa::arm_mve>(g), "channels::", filter.fields(), ", isa::arm_mve", ""};
    }
    if (!fits) return pack(isa::arm_dsp{}, g, filter, activation);
    return {mve::window_convolution(g), "mve::", fields(bytes, constants)};
}

packed_weights pack(isa::arm_mve, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (!mve::makes_units(g) || !fits_lanes(g.out, g.in, filter, activation)) return pack(isa::arm_dsp{}, g, filter, activation);
    return {mve::unit_connection(g), "mve::", lane_fields<mve::block_units>(g.out, g.in, filter, activation)};
}

}  // namespace inlay::tool
