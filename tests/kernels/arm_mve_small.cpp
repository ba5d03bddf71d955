// SPDX-License-Identifier: MIT
#include "small_operators.hpp"

namespace {

using namespace inlay;

struct mve_kernels {
    static constexpr auto add = mve::add;
    static constexpr auto multiply = mve::multiply;
    static constexpr auto average = mve::average_rows;
    static constexpr auto largest = mve::largest_rows;
    static constexpr auto reduce = mve::reduce;
    static bool adds(int8_sum const& by) { return is_shift_and_product(by); }
    static bool reduces(reduce_geometry const& g) { return reducing::sums_channels(g) || reducing::sums_runs(g); }
};

}  // namespace

int main() { return small_test::small_operators<isa::arm_mve, mve_kernels>(); }
