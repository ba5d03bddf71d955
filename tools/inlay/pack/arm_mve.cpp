// SPDX-License-Identifier: MIT
#include "pack/arm_mve.hpp"

#include <fmt/format.h>

namespace inlay::tool::arm_mve {
namespace {

template <class Bank>
constexpr bool is_int8 = std::is_same_v<activation_of<Bank>, std::int8_t>;

template <int Block>
std::string channels_text(std::vector<mve::lane_channels<Block>> const& channels) {
    std::string all = "{";
    for (auto const& each : channels) {
        auto const list = [](std::int32_t const (&numbers)[Block]) { return list_text(std::span<std::int32_t const>{numbers}); };
        all += fmt::format("\n        {{{}, {}, {}}},", list(each.start), list(each.multiplier), list(each.shift));
    }
    all.back() = '}';
    return all;
}

/// Asks of the bank of an int8 layer; a float layer fits nothing.
template <class Question>
bool ask(filter_layer const& filter, activation_function activation, Question question) {
    bool fits = false;
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (is_int8<Bank>) fits = question(bank);
    });
    return fits;
}

template <int Block>
std::vector<table_field> packed(int channels, int taps, filter_layer const& filter, activation_function activation) {
    mve::lane_layout const layout{taps, Block};
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(layout.filter_bytes(channels)));
    std::vector<mve::lane_channels<Block>> constants(static_cast<std::size_t>(layout.blocks(channels)));
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (is_int8<Bank>) mve::pack_lanes(channels, taps, bank, bytes.data(), constants.data());
    });
    return {{"filter", literal_text(bytes)}, {"channels", channels_text(constants)}};
}

}  // namespace

bool fits_lanes(conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return mve::makes_lanes(g) && ask(filter, activation, [&](auto const& bank) {
               return mve::lane_filter_fits(g.out.c(), mve::taps_of(g), bank);
           });
}

std::vector<table_field> lane_fields(conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return packed<mve::block_channels>(g.out.c(), mve::taps_of(g), filter, activation);
}

bool fits_windows(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return mve::makes_windows(g) && ask(filter, activation, [&](auto const& bank) { return dsp::depthwise_filter_fits(9, g.out.c(), bank); });
}

std::vector<table_field> window_fields(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(g.out.c() * mve::window_bytes));
    std::vector<mve::lane_channels<1>> constants(static_cast<std::size_t>(g.out.c()));
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (is_int8<Bank>) mve::pack_windows(g.out.c(), bank, bytes.data(), constants.data());
    });
    return {{"filter", literal_text(bytes)}, {"channels", channels_text(constants)}};
}

bool fits_units(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    return mve::makes_units(g) && ask(filter, activation, [&](auto const& bank) { return mve::lane_filter_fits(g.out, g.in, bank); });
}

std::vector<table_field> unit_fields(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    return packed<mve::block_units>(g.out, g.in, filter, activation);
}

}  // namespace inlay::tool::arm_mve
