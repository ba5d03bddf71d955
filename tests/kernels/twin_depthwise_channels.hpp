// SPDX-License-Identifier: MIT
/// The depthwise convolution of any window with the constants of the kernels with two pixels in a word.
#pragma once
#include "depthwise_channels.hpp"

namespace channels_test {

template <class Isa>
struct kernel {
    template <class Scheme, class Run>
    static void with_kernel(depthwise_conv2d_geometry const& g, filter_bank<Scheme> const& plain, Run run) {
        static std::int8_t packed[sizeof filter];
        static twin::channel<Isa> constants[most_channels];
        channels::weight_order const order{g.filter.h() * g.filter.w(), g.out.c(), true};
        if (!channels::fits<Isa>(plain, order)) return;
        channels::pack<Isa>(plain, order, packed, constants);
        kernel_test::with_finishing(plain.output, [&]<class Finishing>() {
            using bank = channels::bank<Scheme, Isa, Finishing>;
            run(bank{packed, constants, order, g.out.c(), plain.input_zero_point, int8_range_kept{plain.output}}, [](depthwise_conv2d_geometry const& shape, rows part, row_view<std::int8_t> out, row_view<std::int8_t const> in, bank const& from) {
                channels::convolve_rows<channels::scalar_lanes<bank, twin::requantiser<Isa, Finishing>, 4>>(shape, part, out, in, from);
            });
        });
    }
};

}  // namespace channels_test
