// SPDX-License-Identifier: MIT
#include "pack/arm_dsp.hpp"

#include <fmt/format.h>

namespace inlay::tool::arm_dsp {
namespace {

template <class Bank>
constexpr bool is_int8 = std::is_same_v<activation_of<Bank>, std::int8_t>;

/// A number as a literal; the lowest has none of its own type.
std::string text(std::int32_t value) {
    auto const braced = list_text(std::span<std::int32_t const>{&value, 1});
    return braced.substr(1, braced.size() - 2);
}

std::string pairs_text(std::vector<dsp::channel_pair> const& pairs) {
    std::string all = "{";
    for (auto const& each : pairs) {
        all += fmt::format("\n        {{{}, {}, {{{}, {}}}, {{{}, {}}}, {}, {}}},", text(each.both_start), text(each.odd_start), text(each.even.multiplier),
                           text(each.even.offset), text(each.odd.multiplier), text(each.odd.offset), each.even_shift, each.odd_shift);
    }
    all.back() = '}';
    return all;
}

std::string channels_text(std::vector<dsp::depthwise_channel> const& channels) {
    std::string all = "{";
    for (auto const& each : channels) {
        all += fmt::format("\n        {{{}, {{{}, {}}}, {}}},", text(each.start), text(each.factor.multiplier), text(each.factor.offset), each.shift);
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

template <class Layout>
std::vector<table_field> packed_pairs(int channels, Layout const& layout, std::size_t pair_count, filter_layer const& filter, activation_function activation) {
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(layout.filter_bytes(channels)));
    std::vector<dsp::channel_pair> pairs(pair_count);
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (is_int8<Bank>) dsp::pack_pairs(channels, layout, bank, bytes.data(), pairs.data());
    });
    return {{"filter", literal_text(bytes)}, {"pairs", pairs_text(pairs)}};
}

}  // namespace

bool fits_pairs(conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return dsp::makes_pairs(g) && ask(filter, activation, [&](auto const& bank) {
               return dsp::pair_filter_fits(g.out.c(), dsp::layout_of(g).count(), bank);
           });
}

std::vector<table_field> pair_fields(conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return packed_pairs(g.out.c(), dsp::layout_of(g), static_cast<std::size_t>((g.out.c() + 1) / 2), filter, activation);
}

bool fits_columns(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return dsp::makes_columns(g) && ask(filter, activation, [&](auto const& bank) {
               return dsp::depthwise_filter_fits(g.filter.h() * g.filter.w(), g.out.c(), bank);
           });
}

std::vector<table_field> column_fields(depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(g.filter.size()));
    std::vector<dsp::depthwise_channel> channels(static_cast<std::size_t>(g.out.c()));
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (is_int8<Bank>) dsp::pack_depthwise(g.filter.h() * g.filter.w(), g.out.c(), bank, bytes.data(), channels.data());
    });
    return {{"filter", literal_text(bytes)}, {"channels", channels_text(channels)}};
}

bool fits_units(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    return dsp::makes_units(g) && ask(filter, activation, [&](auto const& bank) { return dsp::pair_filter_fits(g.out, g.in, bank); });
}

std::vector<table_field> unit_fields(fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    dsp::unit_layout const layout{g.in};
    return packed_pairs(g.out, layout, static_cast<std::size_t>(layout.pairs(g.out)), filter, activation);
}

}  // namespace inlay::tool::arm_dsp
