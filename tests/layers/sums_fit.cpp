// SPDX-License-Identifier: MIT
#include "run_model.hpp"

#include <algorithm>

namespace {

using namespace inlay;
using sums_fit_parts::first_unproven;

/// Filters of the value `Weight` in every tap, the last output channel apart.
template <class Weights, int Weight, int Last>
constexpr Weights filled() {
    Weights made{};
    int const channels = Weights::filter_shape[0];
    int const taps = Weights::filter_shape.size() / channels;
    if constexpr (requires { made.layout.padded(); }) {  // twins
        bool const biased = requires { made.layout.input_words(); };
        for (auto& byte : made.filter) byte = biased ? -128 : 0;
        for (int o = 0; o < channels; ++o) {
            for (int i = 0; i < taps; ++i) {
                int const weight = o == channels - 1 ? Last : Weight;
                if constexpr (requires { made.layout.offset(o, i); }) {
                    made.filter[made.layout.offset(o, i)] = static_cast<std::int8_t>(weight + 128);
                } else {
                    made.filter[o * made.layout.padded() + i] = static_cast<std::int8_t>(weight);
                }
            }
        }
    } else {
        for (int o = 0; o < channels; ++o) {
            for (int i = 0; i < taps; ++i) {
                int const weight = o == channels - 1 ? Last : Weight;
                int const at = made.layout.offset(o, i);
                if constexpr (requires { made.pairs; }) {
                    if (o % 2 == 0) {
                        made.pairs[at + 1] = static_cast<std::int8_t>(made.pairs[at + 1] + weight);
                    } else {
                        made.pairs[at] = static_cast<std::int8_t>(weight);
                        if (weight < 0) made.pairs[at + 1] = static_cast<std::int8_t>(made.pairs[at + 1] - 1);
                    }
                } else {
                    made.filter[at] = static_cast<std::int8_t>(weight);
                }
            }
        }
    }
    return made;
}

// 128 * 127 * 516 is just below 2^23, 128 * 127 * 517 above it.
template <int Taps, int Last>
constexpr auto pairs = filled<dsp::conv2d_weights<int8_per_channel, 3, 1, 1, Taps>, 100, Last>();
static_assert(sums_fit<pairs<516, 127>>());
static_assert(sums_fit<pairs<516, -127>>());
static_assert(sums_fit<pairs<600, 100>>());
static_assert(first_unproven<pairs<517, 127>> == 2);
static_assert(first_unproven<pairs<517, -127>> == 2);
static_assert(first_unproven<pairs<700, 0>> == 0);

template <int Taps, int Last>
constexpr auto units = filled<dsp::fully_connected_weights<int8_per_channel, 8, Taps>, -60, Last>();
static_assert(sums_fit<units<516, -127>>());
static_assert(first_unproven<units<517, -127>> == 7);

template <int Taps, int Last>
constexpr auto lanes = filled<mve::fully_connected_weights<int8_per_channel, 5, Taps>, 60, Last>();
static_assert(sums_fit<lanes<516, 127>>());
static_assert(first_unproven<lanes<517, 127>> == 4);

// Four times 64 in a chunk: -128 * 256 is in 16 bits, 128 * 256 is not.
template <int Weight, int Last>
constexpr auto blocks = filled<twin::conv2d_weights<int8_per_channel, 3, 1, 1, 9, isa::armv7m, 4, 1>, Weight, Last>();
static_assert(sums_fit<blocks<63, 64>>());
static_assert(first_unproven<blocks<63, -64>> == 2);
static_assert(first_unproven<blocks<-64, 0>> == 0);

template <int Weight, int Last>
constexpr auto unit_pairs = filled<twin::fully_connected_weights<int8_per_channel, 6, 20, isa::thumb1, 8, 1>, Weight, Last>();
static_assert(sums_fit<unit_pairs<31, 32>>());
static_assert(first_unproven<unit_pairs<31, -32>> == 5);

// Many channels are looked at in parts, each of which can be the first that fails.
template <int Channel>
constexpr auto wide = [] {
    auto made = filled<twin::conv2d_weights<int8_per_channel, 100, 1, 1, 400, isa::armv7m, 4, 1>, 1, 1>();
    for (int i = 0; Channel >= 0 && i < 4; ++i) made.filter[Channel * 400 + i] = 127;
    return made;
}();
static_assert(sums_fit<wide<-1>>());
static_assert(first_unproven<wide<0>> == 0);
static_assert(first_unproven<wide<57>> == 57);
static_assert(first_unproven<wide<99>> == 99);

// What was split off counts as a chunk by itself, and to the channel's sums.
constexpr auto split = [] {
    auto made = filled<twin::conv2d_weights<int8_per_channel, 2, 1, 1, 4, isa::armv7m, 4, 1>, 1, 1>();
    made.extras[0] = {0, 300};
    made.channels[1].extras_end = 1;
    return made;
}();
static_assert(first_unproven<split> == 1);

// A start that leaves no room for the taps, in each family of depthwise weights.
template <class Weights>
constexpr auto starting_at(std::int32_t start) {
    Weights made{};
    if constexpr (requires { made.layout.start_at(3); }) {
        for (int i = 0; i < 9 * 5; ++i) made.channels[made.layout.weight_at(i)] = 1;
        dsp::put_number(made.channels + made.layout.start_at(3), start);
    } else {
        for (auto& byte : made.filter) byte = 1;
        if constexpr (requires { made.channels[3].start[0]; }) {
            made.channels[3].start[0] = start;
        } else {
            made.channels[3].start = start;
        }
    }
    return made;
}
template <std::int32_t Start>
constexpr auto columns = starting_at<dsp::depthwise_conv2d_weights<int8_per_channel, 3, 3, 5>>(Start);
template <std::int32_t Start>
constexpr auto windows = starting_at<mve::depthwise_conv2d_weights<int8_per_channel, 3, 3, 5>>(Start);
template <std::int32_t Start>
constexpr auto planes = starting_at<twin::depthwise_conv2d_weights<int8_per_channel, 3, 3, 5, isa::armv7m, 1>>(Start);
constexpr std::int32_t most = (1 << 23) - 1 - 9 * 127;
static_assert(sums_fit<columns<most>>() && sums_fit<windows<most>>() && sums_fit<planes<most>>());
static_assert(first_unproven<columns<most + 1>> == 3 && first_unproven<windows<most + 1>> == 3 && first_unproven<planes<most + 1>> == 3);

}  // namespace
