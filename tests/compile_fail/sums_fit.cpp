// g++: could not convert 'inlay::expect<inlay::sums_of<conv1_weights>, inlay::got<1>, inlay::wanted<2> >(((const char*)"sums_fit: a channel (got) has sums for which its kernel is not exact, of as many (wanted); write the header again with `inlay compile`"))' from 'inlay::expect<inlay::sums_of<conv1_weights>, inlay::got<1>, inlay::wanted<2> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<inlay::sums_of<conv1_weights>, inlay::got<1>, inlay::wanted<2>>("sums_fit: a channel (got) has sums for which its kernel is not exact, of as many (wanted); write the header again with `inlay compile`")'
// names: conv1_weights 1 2
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

// 520 taps of 127 reach above 2^23, up to which the DSP kernel keeps two sums in a register.
inline constexpr auto conv1_weights = [] {
    dsp::conv2d_weights<int8_per_channel, 2, 1, 1, 520> made{};
    for (int i = 0; i < 520; ++i) made.pairs[made.layout.offset(1, i)] = 127;
    return made;
}();
static_assert(sums_fit<conv1_weights>());
