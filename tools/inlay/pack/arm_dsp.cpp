// SPDX-License-Identifier: MIT
#include "pack/packing.hpp"

#include <inlay/kernels/arm_dsp/conv2d_choice.hpp>
#include <inlay/kernels/arm_dsp/depthwise_choice.hpp>
#include <inlay/kernels/arm_dsp/fully_connected_choice.hpp>

#include <fmt/format.h>

namespace inlay::tool {
namespace {

std::string text(dsp::channel_pair::factor const& factor) { return fmt::format("{{{}, {}}}", number_text(factor.multiplier), number_text(factor.offset)); }

std::string line(dsp::channel_pair const& pair) {
    return fmt::format("{}, {}, {}, {}, {}, {}", number_text(pair.both_start), number_text(pair.odd_start), text(pair.odd), pair.odd_shift,
                       pair.even_shift, text(pair.even));
}

std::string line(dsp::depthwise_channel const& channel) {
    return fmt::format("{}, {}, {}", number_text(channel.start), text(channel.factor), channel.shift);
}

template <class Layout>
bool fits_pairs(int channels, Layout const& layout, filter_layer const& filter, activation_function activation) {
    return with_int8_bank(filter, activation, [&](auto const& bank) { return dsp::pair_filter_fits(channels, layout.count(), bank); });
}

template <class Layout>
std::vector<table_field> pair_fields(int channels, Layout const& layout, int pair_count, filter_layer const& filter, activation_function activation) {
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(layout.filter_bytes(channels)));
    std::vector<dsp::channel_pair> pairs(static_cast<std::size_t>(pair_count));
    with_int8_bank(filter, activation, [&](auto const& bank) {
        dsp::pack_pairs(channels, layout, bank, bytes.data(), pairs.data());
        return true;
    });
    return {{"filter", literal_text(bytes)}, {"pairs", array_text(pairs, [](auto const& pair) { return line(pair); })}};
}

}  // namespace

packed_weights pack(isa::arm_dsp, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    auto const layout = dsp::layout_of(g);
    if (!dsp::makes_pairs(g) || !fits_pairs(g.out.c(), layout, filter, activation)) return pack(isa::portable{}, g, filter, activation);
    return {dsp::pair_convolution(g), "dsp::", pair_fields(g.out.c(), layout, (g.out.c() + 1) / 2, filter, activation)};
}

packed_weights pack(isa::arm_dsp, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    int const taps = g.filter.h() * g.filter.w();
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(g.filter.size()));
    std::vector<dsp::depthwise_channel> channels(static_cast<std::size_t>(g.out.c()));
    bool const fits = dsp::makes_columns(g) && with_int8_bank(filter, activation, [&](auto const& bank) {
                          if (!dsp::depthwise_filter_fits(taps, g.out.c(), bank)) return false;
                          dsp::pack_depthwise(taps, g.out.c(), bank, bytes.data(), channels.data());
                          return true;
                      });
    if (!fits) return pack(isa::portable{}, g, filter, activation);
    return {dsp::column_convolution(g), "dsp::",
            {{"filter", literal_text(bytes)}, {"channels", array_text(channels, [](auto const& channel) { return line(channel); })}}};
}

packed_weights pack(isa::arm_dsp, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    dsp::unit_layout const layout{g.in};
    if (!dsp::makes_units(g) || !fits_pairs(g.out, layout, filter, activation)) return pack(isa::portable{}, g, filter, activation);
    return {dsp::unit_connection(g), "dsp::", pair_fields(g.out, layout, layout.pairs(g.out), filter, activation)};
}

}  // namespace inlay::tool
