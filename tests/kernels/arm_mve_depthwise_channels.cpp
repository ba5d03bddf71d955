// SPDX-License-Identifier: MIT
#include "depthwise_channels.hpp"

namespace channels_test {

template <>
inline constexpr bool takes_all<isa::arm_mve> = true;

template <>
struct kernel<isa::arm_mve> {
    template <class Scheme, class Run>
    static void with_kernel(depthwise_conv2d_geometry const&, filter_bank<Scheme> const& plain, Run run) {
        using bank = channels::plain_bank<Scheme>;
        run(bank{plain}, [](depthwise_conv2d_geometry const& shape, rows part, row_view<std::int8_t> out, row_view<std::int8_t const> in, bank const& from) { channels::convolve_rows<mve::channel_lanes<bank>>(shape, part, out, in, from); });
    }
};

}  // namespace channels_test

int main() { return channels_test::depthwise_convolutions<inlay::isa::arm_mve>(2500, 6000); }
