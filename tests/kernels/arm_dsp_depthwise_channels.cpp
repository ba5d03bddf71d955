// SPDX-License-Identifier: MIT
#include "depthwise_channels.hpp"

namespace channels_test {

template <>
struct kernel<isa::arm_dsp> {
    template <class Scheme, class Run>
    static void with_kernel(depthwise_conv2d_geometry const& g, filter_bank<Scheme> const& plain, Run run) {
        alignas(4) static std::int8_t table[sizeof filter + 9 * most_channels];
        dsp::channel_layout const layout{g.filter.h() * g.filter.w(), g.out.c()};
        if (!dsp::depthwise_filter_fits(layout.taps, layout.channels, plain)) return;
        dsp::pack_depthwise(layout, plain, table);
        kernel_test::with_range(plain.output, [&]<dsp::range_kind Range>() {
            using bank = dsp::depthwise_bank<Scheme, Range>;
            run(bank{{table, plain.input_zero_point, plain.output}, layout},
                [](depthwise_conv2d_geometry const& shape, rows part, row_view<std::int8_t> out, row_view<std::int8_t const> in, bank const& from) { channels::convolve_rows<channels::scalar_lanes<bank, dsp::channel_requantiser<bank>, 4>>(shape, part, out, in, from); });
        });
    }
};

}  // namespace channels_test

int main() { return channels_test::depthwise_convolutions<inlay::isa::arm_dsp>(2500, 4000); }
