// SPDX-License-Identifier: MIT
#include "pack/packing.hpp"

#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>
#include <inlay/kernels/arm_dsp/depthwise_choice.hpp>
#include <inlay/kernels/arm_dsp/fully_connected_choice.hpp>
#include <inlay/kernels/depthwise_channels.hpp>

namespace inlay::tool {
namespace {

/// The table of a filter in a layout, as `pack` writes it; nothing if the filter does not fit.
template <class Layout, class Fits, class Pack>
std::string table_text(Layout const& layout, filter_layer const& filter, activation_function activation, Fits fits, Pack pack) {
    std::vector<std::int8_t> table(static_cast<std::size_t>(layout.bytes()));
    bool const packed = with_int8_bank(filter, activation, [&](auto const& bank) {
        if (!fits(bank)) return false;
        pack(bank, table.data());
        return true;
    });
    return packed ? literal_text(table) : "";
}

template <class Layout>
std::string pairs_text(Layout const& layout, filter_layer const& filter, activation_function activation) {
    return table_text(
        layout, filter, activation, [&](auto const& bank) { return dsp::pair_filter_fits(layout, bank); },
        [&](auto const& bank, std::int8_t* table) { dsp::pack_pairs(layout, bank, table); });
}

}  // namespace

packed_weights pack(isa::arm_dsp, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    auto const pairs = dsp::makes_pairs(g) ? pairs_text(dsp::layout_of(g), filter, activation) : "";
    if (pairs.empty()) return pack(isa::armv7m{}, g, filter, activation);
    return {dsp::pair_convolution(g), "dsp::", {{"pairs", pairs}}};
}

namespace {

packed_weights pack_depthwise(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation, bool down) {
    dsp::channel_layout const layout{g.filter.h() * g.filter.w(), g.out.c(), down};
    auto const fits = [&](auto const& bank) { return dsp::depthwise_filter_fits(layout.taps, layout.channels, bank); };
    auto const table = table_text(layout, filter, activation, fits, [&](auto const& bank, std::int8_t* table) { dsp::pack_depthwise(layout, bank, table); });
    if (table.empty()) return pack(isa::armv7m{}, g, filter, activation);
    auto const kernel = dsp::makes_columns(g) ? dsp::column_convolution(g, down) : channels::lane_convolution<isa::arm_dsp>(g);
    return {kernel, "dsp::", {{"channels", table}}, down ? ", true" : ""};
}

}  // namespace

packed_weights pack(isa::arm_dsp, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_depthwise(g, filter, activation, false);
}

packed_weights pack(execution<isa::arm_dsp, policy::speed>, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_depthwise(g, filter, activation, dsp::makes_columns(g) && dsp::walks_down(g));
}

packed_weights pack(isa::arm_dsp, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    std::string pairs;
    with_int8_bank(filter, activation, [&]<class Scheme>(filter_bank<Scheme> const&) {
        if (dsp::makes_units(g)) pairs = pairs_text(dsp::layout_of<Scheme>(g), filter, activation);
        return true;
    });
    if (pairs.empty()) return pack(isa::armv7m{}, g, filter, activation);
    return {dsp::unit_connection(g), "dsp::", {{"pairs", pairs}}};
}

}  // namespace inlay::tool
