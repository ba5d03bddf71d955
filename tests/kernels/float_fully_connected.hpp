// SPDX-License-Identifier: MIT
/// The float fully connected kernel against the portable one, on a board: units and batches at and around blocks of four, inputs
/// at and around the unrolled loops.
#pragma once
#include "float_layer.hpp"

namespace float_test {

template <class Machine, auto Kept>
void compare_units(fully_connected_geometry const& g, bool whole) {
    auto const layout = fp::layout_of(g);
    filter_bank<float32> const plain{filter, bias, nullptr, 0, Kept};
    for (int i = 0; i < g.in * g.out; ++i) packed[layout.offset(i)] = filter[i];
    fp::float_bank<Kept, fp::block_layout> const bank{packed, bias, layout};
    int const size = g.batches * g.out;
    connect(isa::portable{}, g, wanted, image, plain);
    clear();
    connect(isa::portable{}, g, made + 1, image, bank);
    check("portable kernel, packed weights", made + 1, size, g.in + 1, whole, g.batches, g.in, g.out);
    clear();
    fp::connect_units<Machine, true>(g, made + 1, image, bank);
    check("float kernel", made + 1, size, g.in + 1, whole, g.batches, g.in, g.out, Kept.highest < 10);
    clear();
    fp::connect_units<Machine, false>(g, made + 1, image, bank);
    check("float kernel, batch by batch", made + 1, size, g.in + 1, whole, g.batches, g.in, g.out);
    kernel_test::is("nothing written around the result", made[0] == 1e30F && made[size + 1] == 1e30F);
}

template <class Machine>
int run_units() {
    for (int i = 0; i < 3200; ++i) {
        fully_connected_geometry const g{random(1, 9), random(1, i % 8 == 0 ? 120 : 40), random(1, 25)};
        bool const whole = random(0, 3) != 0;
        fill(whole);
        with_range(random(0, 3), [&]<float_output Kept>() { compare_units<Machine, Kept>(g, whole); });
    }
    return kernel_test::finish(9000);
}

}  // namespace float_test
