// SPDX-License-Identifier: MIT
/// What the tests of the float kernels share. Most cases are of whole numbers, of which every sum is exact in any order, so that
/// all results must be equal; the others are of fractions, whose results may differ by the roundings of the sums.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace float_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most_weights = 4000;
inline constexpr int most_channels = 48;
inline constexpr int most_elements = 2400;

inline float filter[most_weights];
inline float packed[most_weights];
inline float bias[most_channels];
inline float image[most_elements];
inline float wanted[most_elements];
inline float plain_made[most_elements];
inline float made[most_elements + 2];
inline float apart[most_elements];
inline std::uint32_t scratch[5000];

inline float number(bool whole) { return whole ? static_cast<float>(random(-16, 16)) : static_cast<float>(random(-10000, 10000)) / 10000; }

inline void fill(bool whole) {
    for (auto& each : filter) each = number(whole);
    for (auto& each : bias) each = number(whole);
    for (auto& each : image) each = number(whole);
}

inline void clear() {
    for (auto& each : made) each = 1e30F;
    for (auto& each : scratch) each = 0x7fc00000;  // not a number
}

/// Calls `run` with the range of an activation as a template argument.
template <class Run>
void with_range(int i, Run run) {
    switch (i % 4) {
        case 0: return run.template operator()<float32::output_of({}, activation_function::none)>();
        case 1: return run.template operator()<float32::output_of({}, activation_function::relu)>();
        case 2: return run.template operator()<float32::output_of({}, activation_function::relu6)>();
        default: return run.template operator()<float32::output_of({}, activation_function::relu_n1_to_1)>();
    }
}

/// Compares what was made with what is wanted, for sums of so many terms.
template <class... Number>
void check(char const* what, float const* got, int size, int terms, bool whole, Number... numbers) {
    float const bound = whole ? 0 : 1e-6F * static_cast<float>(terms);
    for (int i = 0; i < size; ++i) {
        float const difference = got[i] - wanted[i];
        plain_made[i] = difference <= bound && difference >= -bound ? wanted[i] : got[i];
    }
    kernel_test::equal(what, plain_made, wanted, size, numbers...);
}

}  // namespace float_test
