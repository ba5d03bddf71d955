// SPDX-License-Identifier: MIT
/// Sums of int8 tensors of any two scales against the portable kernel, on a board with the instructions of `Isa`.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace twin_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most = 70;
inline std::int8_t left[most];
inline std::int8_t right[most];
inline std::int8_t wanted[most];
inline std::int8_t made[most + 2];

inline void fill(std::int8_t (&to)[most]) {
    for (auto& each : to) each = static_cast<std::int8_t>(random(0, 5) == 0 ? (random(0, 1) ? 127 : -128) : random(-128, 127));
}

inline affine any_scale() { return {static_cast<float>(random(1, 4000)) / static_cast<float>(random(1, 4000)), random(-128, 127)}; }

template <class Isa>
int sums(int cases, int promised) {
    for (int i = 0; i < cases; ++i) {
        fill(left);
        fill(right);
        affine const a = any_scale();
        affine const b = i % 4 == 0 ? affine{a.scale, random(-128, 127)} : any_scale();
        elementwise_options const options{i % 3 == 0 ? activation_function::relu : activation_function::none,
                                          {(a.scale + b.scale) / static_cast<float>(random(1, 4)), random(-128, 127)}};
        auto const by = make_add<std::int8_t>(a, b, options);
        if (!by.is_exact() || !is_shift_and_product(by)) continue;
        int const count = random(1, most);
        combine(isa::portable{}, make_elementwise_geometry(shape{count}, shape{count}), wanted, left, right, by);
        for (auto& each : made) each = 99;
        twin::add<Isa>(made + 1, left, right, count, by);
        kernel_test::equal("sum", made + 1, wanted, count, a.zero_point, b.zero_point, by.factor_a.shift, by.factor_b.shift, by.rescale.shift);
        kernel_test::is("nothing written around the sum", made[0] == 99 && made[count + 1] == 99);
    }
    return kernel_test::finish(promised);
}

}  // namespace twin_test
