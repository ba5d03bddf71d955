// SPDX-License-Identifier: MIT
/// The float kernels without weights against the portable ones, on a board: sums of any size, in place and apart.
#pragma once
#include "float_layer.hpp"

namespace float_test {

inline constexpr activation_function activations[] = {activation_function::none, activation_function::relu, activation_function::relu6,
                                                      activation_function::relu_n1_to_1};

template <class Machine>
int run_sums() {
    for (int i = 0; i < 3200; ++i) {
        fill(i % 4 != 0);
        for (auto& each : apart) each = number(i % 4 != 0);
        int const count = random(1, 70);
        auto const by = make_add<float>({}, {}, {activations[random(0, 3)], {}});
        combine(isa::portable{}, make_elementwise_geometry(shape{count}, shape{count}), wanted, image, apart, by);
        clear();
        fp::add_all<Machine>(made + 1, image, apart, count, by);
        kernel_test::equal("sum", made + 1, wanted, count, by.output.lowest < 0, by.output.highest < 10);
        kernel_test::is("nothing written around the sum", made[0] == 1e30F && made[count + 1] == 1e30F);
        fp::add_all<Machine>(apart, image, apart, count, by);
        kernel_test::equal("sum over its second operand", apart, wanted, count, by.output.lowest < 0, by.output.highest < 10);
    }
    return kernel_test::finish(6000);
}

}  // namespace float_test
