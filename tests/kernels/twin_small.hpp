// SPDX-License-Identifier: MIT
/// The kernels without weights of Cortex-M0 and M3.
#pragma once
#include "small_operators.hpp"

namespace twin_test {

using namespace inlay;

template <class Isa>
struct small_kernels {
    static constexpr auto multiply = twin::multiply<Isa>;
    static constexpr auto average = twin::average_rows<Isa>;
    static constexpr auto largest = twin::largest_rows;
    static constexpr auto reduce = twin::reduce<Isa>;

    static void add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int count, int8_sum const& by) {
        twin::add<Isa>(out, a, b, count, by, quick_sum::of(by));
    }
    static bool adds(int8_sum const& by) { return quick_sum::of(by).is_possible(); }
    static bool reduces(reduce_geometry const& g) { return reducing::sums_channels(g) || reducing::sums_runs(g); }
};

}  // namespace twin_test
