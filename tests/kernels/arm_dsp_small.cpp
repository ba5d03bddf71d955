// SPDX-License-Identifier: MIT
#include "small_operators.hpp"

namespace {

using namespace inlay;

/// Channels that are no words take the kernels of Armv7-M, as they do in a network.
struct dsp_kernels {
    static constexpr auto multiply = dsp::multiply;
    static constexpr auto reduce = dsp::reduce;

    static void average(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, int8_output const& kept) {
        pooling::is_in_words(g) ? dsp::average_rows(g, made, out, in, kept) : twin::average_rows<isa::armv7m>(g, made, out, in, kept);
    }
    static void largest(pool2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, int8_output const& kept) {
        pooling::is_in_words(g) ? dsp::largest_rows(g, made, out, in, kept) : twin::largest_rows(g, made, out, in, kept);
    }
    static void add(std::int8_t* out, std::int8_t const* a, std::int8_t const* b, int count, int8_sum const& by) {
        twin::add<isa::arm_dsp>(out, a, b, count, by, quick_sum::of(by));
    }
    static bool adds(int8_sum const& by) { return quick_sum::of(by).is_possible(); }
    static bool reduces(reduce_geometry const& g) { return reducing::is_in_words(g); }
};

}  // namespace

int main() { return small_test::small_operators<isa::arm_dsp, dsp_kernels>(); }
