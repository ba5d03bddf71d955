// SPDX-License-Identifier: MIT
#include "pack/arm_dsp.hpp"

#include <fmt/format.h>

namespace inlay::tool::arm_dsp {
namespace {

template <class Bank>
constexpr bool is_int8 = std::is_same_v<activation_of<Bank>, std::int8_t>;

std::string number_text(std::int32_t value) {
    return list_text(std::span<std::int32_t const>{&value, 1}).substr(1, std::string::npos);
}

/// A number as a literal; the lowest has none of its own type.
std::string text(std::int32_t value) {
    auto number = number_text(value);
    number.pop_back();
    return number;
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

}  // namespace

bool fits_pairs(conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    bool fits = false;
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (is_int8<Bank>) {
            fits = dsp::makes_pairs(g) && dsp::pair_filter_fits(g.out.c(), g.filter.h() * g.filter.w() * g.filter.c(), bank);
        }
    });
    return fits;
}

std::vector<table_field> pair_fields(conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    auto const layout = dsp::layout_of(g);
    auto const channels = static_cast<std::size_t>(g.out.c());
    std::vector<std::int8_t> bytes(static_cast<std::size_t>(layout.filter_bytes(g.out.c())));
    std::vector<dsp::channel_pair> pairs((channels + 1) / 2);
    filter.with_bank(activation, [&]<weight_bank Bank>(Bank const& bank) {
        if constexpr (is_int8<Bank>) dsp::pack_pairs(g.out.c(), layout, bank, bytes.data(), pairs.data());
    });
    return {{"filter", literal_text(bytes)}, {"pairs", pairs_text(pairs)}};
}

}  // namespace inlay::tool::arm_dsp
