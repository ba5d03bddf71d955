// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/depthwise_channels.hpp>

#include <arm_mve.h>

namespace inlay::mve {

/// The sums of up to eight channels, the even ones and the odd ones. Per tap: two VLDRB, two VMULL, two VADD.
template <class Bank>
class channel_lanes {
public:
    static constexpr int width = 8;
    using rest = channel_lanes;

    channel_lanes(Bank const& bank, int o, int count)
        : bank_{bank}, o_{o}, present_{vctp16q(static_cast<std::uint32_t>(count))}, even_{(count + 1) / 2, 0}, odd_{count / 2, 1} {
        even_.sums = even_.template load<sizeof(std::int32_t)>(bank.bias + o);
        odd_.sums = odd_.template load<sizeof(std::int32_t)>(bank.bias + o);
    }

    void add(std::int8_t const* pixel, std::int8_t const* weights) { add_halfwords(vldrbq_z_s16(pixel, present_), weights); }
    void add_same(int x, std::int8_t const* weights) { add_halfwords(vdupq_n_s16(static_cast<std::int16_t>(x)), weights); }
    void store(std::int8_t* to) const {
        auto const results = vmovntq_s32(vreinterpretq_s16_s32(even_.finish(bank_, o_)), odd_.finish(bank_, o_));
        vstrbq_p_s16(to, results, present_);
    }

private:
    /// Every other channel.
    struct half {
        mve_pred16_t present;
        int first;
        int32x4_t sums;

        half(int count, int first) : present{vctp32q(static_cast<std::uint32_t>(count))}, first{first} {}

        /// Numbers of the lanes from a table with entries of `Size` bytes.
        template <int Size>
        int32x4_t load(std::int32_t const* table) const {
            auto const offsets = vmulq_n_u32(vidupq_n_u32(0, 2), Size);
            return vldrwq_gather_offset_z_s32(table + first * Size / 4, offsets, present);
        }

        /// Both roundings of the reference; a shift to the left comes first, and one by 0 rounds nothing.
        int32x4_t finish(Bank const& bank, int o) const {
            int32x4_t multiplier, shift;
            if constexpr (Bank::scheme::rescales(2) == 1) {
                multiplier = vdupq_n_s32(bank.rescale->multiplier);
                shift = vdupq_n_s32(bank.rescale->shift);
            } else {
                multiplier = load<sizeof(fixed_point)>(&bank.rescale[o].multiplier);
                shift = load<sizeof(fixed_point)>(&bank.rescale[o].shift);
            }
            auto const right = vminq_s32(shift, vdupq_n_s32(0));
            auto x = vqrdmulhq_s32(vshlq_s32(sums, vmaxq_s32(shift, vdupq_n_s32(0))), multiplier);
            x = vqaddq_s32(x, vandq_s32(vshrq_n_s32(x, 31), vshrq_n_s32(right, 31)));
            x = vrshlq_s32(x, right);
            x = vmaxq_s32(x, vdupq_n_s32(bank.output.lowest - bank.output.zero_point));
            x = vminq_s32(x, vdupq_n_s32(bank.output.highest - bank.output.zero_point));
            return vaddq_n_s32(x, bank.output.zero_point);
        }
    };

    void add_halfwords(int16x8_t x, std::int8_t const* weights) {
        auto const w = vldrbq_z_s16(weights, present_);
        even_.sums = vaddq_s32(even_.sums, vmullbq_int_s16(x, w));
        odd_.sums = vaddq_s32(odd_.sums, vmulltq_int_s16(x, w));
    }

    Bank const& bank_;
    int o_;
    mve_pred16_t present_;
    half even_;
    half odd_;
};

}  // namespace inlay::mve

namespace inlay {

/// Depthwise convolution of any window, eight channels at a time: makes a run of output rows.
template <auto Geometry, policy Policy, quantisation_scheme Scheme>
inline void convolve_depthwise(isa::arm_mve, constant<Geometry, Policy> g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in,
                               channels::plain_bank<Scheme> const& bank) {
    channels::convolve_rows<mve::channel_lanes<channels::plain_bank<Scheme>>>(g, made, out, in, bank);
}

}  // namespace inlay
