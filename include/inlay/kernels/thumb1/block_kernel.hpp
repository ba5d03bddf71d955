// SPDX-License-Identifier: MIT
//
// The convolutions on Armv6-M: all channels of four pixels.
//
//   tile       4 pixels x 1 channel: 4 sums in high registers, where ADD reaches them; 2 sums of a chunk, 2 words of inputs,
//              1 weight, 2 pointers in low ones
//   weights    plus 128, as LDRB takes an immediate offset and LDRSB takes none. A chunk starts at 32768 less 128 times the sum of
//              its inputs, which is computed once for all channels
//   per chunk  of 4 taps, 16 multiply-accumulates: 5 LDM, 4 LDRB, 8 MULS, 8 ADDS, and 6: 31 instructions, 1.94 each; of 8 taps 1.72
//   results    four of a channel: 91 instructions, 16 more where negative numbers round away from zero
#pragma once

#include <inlay/kernels/thumb1/requantise.hpp>
#include <inlay/kernels/thumb1/window_kernel.hpp>
#include <inlay/kernels/twin/blocks.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::twin {

template <>
struct block_kernel<isa::thumb1> {
    static constexpr int taps_at_speed = 16;
    /// A conditional branch reaches 256 bytes back.
    static constexpr int most_unrolled = 6;

    /// The statement makes channels up to the last one, or up to one whose sums are to be finished exactly. It is one, because no
    /// compiler gives sums to the high registers, or loads two words at once.
    ///   taps     r0 inputs, r1 weights, r2 r3 inputs of two pairs, r4 weight, r5 r6 sums of the chunk, r12 end of the inputs
    ///   always   r8 r9 sums of both pixels of a pair, r10 r11 those of its second
    ///   results  r0 out, r1 weights or the split, r2 r4 slope, r5 result, r12 range, lr offset
    template <class Finishing, class Unrolling>
    [[gnu::noinline]] static void make_block(block_plan<isa::thumb1> const& plan, std::int8_t* out, block_offsets const& to) {
        struct frame {
            std::int8_t const* weights;
            twin::channel<isa::thumb1> const* channel;
            std::uint32_t extras_made;
            std::int8_t* out;
            twin::channel<isa::thumb1> const* channels_end;
            extra_tap const* extras;
            std::uint32_t const* inputs;
            std::uint32_t const* inputs_end;
            std::uint32_t all_chunks;
            int second;
            int third;
            int fourth;
            std::int32_t both0;
            std::int32_t both1;
            std::int32_t upper0;
            std::int32_t upper1;
            std::uint32_t nudge;
        } now;  // assigned one by one, as g++ would call memset for a list
        now.weights = plan.filter;
        now.channel = plan.channels;
        now.extras_made = 0;
        now.out = out;
        now.channels_end = plan.channels_end;
        now.extras = plan.extras;
        now.inputs = plan.inputs;
        now.inputs_end = plan.inputs_end;
        now.all_chunks = plan.all_chunks;
        now.second = to.second;
        now.third = to.third;
        now.fourth = to.fourth;
        for (;;) {
            register frame* at asm("r0") = &now;
            asm volatile(
                ".syntax unified\n\t"
                "push {r7}\n\t"
                "mov r7, r0\n\t"
                "ldr r1, [r7, #%c[weights]]\n"
                "1:\n\t"
                "ldr r4, [r7, #%c[channel]]\n\t"
                "ldr r3, [r7, #%c[all_chunks]]\n\t"
                "ldr r0, [r7, #%c[inputs]]\n\t"
                "ldr r2, [r4]\n\t"
                ".if %c[looped]\n\t"
                "ldr r6, [r7, #%c[inputs_end]]\n\t"
                "mov r12, r6\n\t"
                ".endif\n\t"
                "lsls r5, r2, #16\n\t"
                "subs r5, r5, r3\n\t"
                "adds r5, r5, r2\n\t"
                "mov r8, r5\n\t"
                "mov r9, r5\n\t"
                "mov r10, r2\n\t"
                "mov r11, r2\n\t"
                ".if %c[first]\n\t"
                "subs r1, r1, #(%c[step] - %c[first]) * %c[chunk]\n\t"
                "b 3f\n\t"
                ".endif\n"
                "2:\n\t"
                ".set inlay_tap, 0\n\t"
                ".rept %c[step]\n\t"
                ".if %c[first] && inlay_tap == (%c[step] - %c[first]) * %c[chunk]\n"
                "3:\n\t"
                ".endif\n\t"
                "ldmia r0!, {r5, r6}\n\t"
                ".rept %c[chunk]\n\t"
                "ldmia r0!, {r2, r3}\n\t"
                "ldrb r4, [r1, #inlay_tap]\n\t"
                ".set inlay_tap, inlay_tap + 1\n\t"
                "muls r2, r4, r2\n\t"
                "muls r3, r4, r3\n\t"
                "adds r5, r5, r2\n\t"
                "adds r6, r6, r3\n\t"
                ".endr\n\t"
                "add r8, r5\n\t"
                "add r9, r6\n\t"
                "asrs r5, r5, #16\n\t"
                "asrs r6, r6, #16\n\t"
                "add r10, r5\n\t"
                "add r11, r6\n\t"
                ".endr\n\t"
                "adds r1, r1, #%c[step] * %c[chunk]\n\t"
                ".if %c[looped]\n\t"
                "cmp r0, r12\n\t"
                "bne 2b\n\t"
                ".endif\n\t"
                // Taps that were split off their chunks.
                "ldr r4, [r7, #%c[channel]]\n\t"
                "ldr r2, [r7, #%c[extras_made]]\n\t"
                "ldrh r3, [r4, #22]\n\t"
                "cmp r2, r3\n\t"
                "beq 5f\n\t"
                "str r3, [r7, #%c[extras_made]]\n\t"
                "ldr r5, [r7, #%c[extras]]\n\t"
                "ldr r0, [r7, #%c[inputs]]\n\t"
                "lsls r2, r2, #2\n\t"
                "lsls r3, r3, #2\n\t"
                "adds r2, r2, r5\n\t"
                "adds r3, r3, r5\n\t"
                "mov r12, r3\n\t"
                "movs r6, #128\n\t"
                "lsls r6, r6, #8\n"
                "4:\n\t"
                "ldmia r2!, {r5}\n\t"
                "uxth r4, r5\n\t"
                "lsls r4, r4, #2\n\t"
                "adds r4, r4, r0\n\t"
                "ldmia r4!, {r3}\n\t"
                "ldr r4, [r4]\n\t"
                "asrs r5, r5, #16\n\t"
                "muls r3, r5, r3\n\t"
                "muls r4, r5, r4\n\t"
                "add r8, r3\n\t"
                "add r9, r4\n\t"
                "adds r3, r3, r6\n\t"
                "adds r4, r4, r6\n\t"
                "asrs r3, r3, #16\n\t"
                "asrs r4, r4, #16\n\t"
                "add r10, r3\n\t"
                "add r11, r4\n\t"
                "cmp r2, r12\n\t"
                "bne 4b\n\t"
                "ldr r4, [r7, #%c[channel]]\n"
                "5:\n\t"
                ".if %c[full_range]\n\t"
                "adds r4, r4, #4\n\t"
                "ldmia r4!, {r3, r5, r6}\n\t"
                "cmp r3, #0\n\t"
                "bne 6f\n\t"
                ".endif\n\t"
                "mov r2, r8\n\t"
                "mov r3, r9\n\t"
                "mov r4, r10\n\t"
                "mov r5, r11\n\t"
                "str r2, [r7, #%c[both0]]\n\t"
                "str r3, [r7, #%c[both1]]\n\t"
                "str r4, [r7, #%c[upper0]]\n\t"
                "str r5, [r7, #%c[upper1]]\n\t"
                "str r1, [r7, #%c[weights]]\n\t"
                ".if %c[full_range]\n\t"
                "b 9f\n"
                "6:\n\t"
                "mov r12, r3\n\t"
                "mov lr, r6\n\t"
                ".if %c[away]\n\t"
                "str r1, [r7, #%c[weights]]\n\t"
                "ldrh r2, [r4, #4]\n\t"
                "movs r3, #128\n\t"
                "lsls r3, r3, #16\n\t"
                "lsrs r3, r3, r2\n\t"
                "str r3, [r7, #%c[nudge]]\n\t"
                "ldr r1, [r4]\n\t"
                ".endif\n\t"
                "ldr r0, [r7, #%c[out]]\n\t"
                "lsls r2, r5, #20\n\t"
                "lsrs r2, r2, #20\n\t"
                "lsrs r4, r5, #12\n\t"
                ".set inlay_pixel, 4\n\t"
                ".rept 4\n\t"
                ".set inlay_pixel, inlay_pixel - 1\n\t"
                ".if inlay_pixel == 3\n\t"
                "mov r5, r11\n\t"
                "lsls r3, r5, #16\n\t"
                ".elseif inlay_pixel == 2\n\t"
                ".if %c[away]\n\t"
                "mov r3, r11\n\t"
                "lsls r3, r3, #16\n\t"
                ".endif\n\t"
                "mov r5, r9\n\t"
                "subs r5, r5, r3\n\t"
                ".elseif inlay_pixel == 1\n\t"
                "mov r5, r10\n\t"
                "lsls r3, r5, #16\n\t"
                ".else\n\t"
                ".if %c[away]\n\t"
                "mov r3, r10\n\t"
                "lsls r3, r3, #16\n\t"
                ".endif\n\t"
                "mov r5, r8\n\t"
                "subs r5, r5, r3\n\t"
                ".endif\n\t"
                "cmp r5, r12\n\t"
                "bhs 7f\n\t"
                "movs r6, r5\n\t"
                "muls r6, r4, r6\n\t"
                ".if %c[away]\n\t"
                "cmp r5, r1\n\t"
                "bge 6f\n\t"
                "ldr r3, [r7, #%c[nudge]]\n\t"
                "subs r6, r6, r3\n"
                "6:\n\t"
                ".endif\n\t"
                "muls r5, r2, r5\n\t"
                "lsrs r5, r5, #12\n\t"
                "adds r5, r5, r6\n\t"
                "add r5, lr\n\t"
                "lsrs r5, r5, #24\n\t"
                "b 8f\n"
                "7:\n\t"
                "lsrs r5, r5, #31\n\t"  // 127, or 128, which is -128
                "adds r5, r5, #127\n"
                "8:\n\t"
                ".if inlay_pixel == 3\n\t"
                "ldr r6, [r7, #%c[fourth]]\n\t"
                "strb r5, [r0, r6]\n\t"
                ".elseif inlay_pixel == 2\n\t"
                "ldr r6, [r7, #%c[third]]\n\t"
                "strb r5, [r0, r6]\n\t"
                ".elseif inlay_pixel == 1\n\t"
                "ldr r6, [r7, #%c[second]]\n\t"
                "strb r5, [r0, r6]\n\t"
                ".else\n\t"
                "strb r5, [r0]\n\t"
                ".endif\n\t"
                ".endr\n\t"
                "adds r0, r0, #1\n\t"
                "str r0, [r7, #%c[out]]\n\t"
                ".if %c[away]\n\t"
                "ldr r1, [r7, #%c[weights]]\n\t"
                ".endif\n\t"
                "ldr r4, [r7, #%c[channel]]\n\t"
                "ldr r2, [r7, #%c[channels_end]]\n\t"
                "adds r4, r4, #24\n\t"
                "str r4, [r7, #%c[channel]]\n\t"
                "cmp r4, r2\n\t"
                "beq 9f\n\t"
                "b 1b\n\t"
                ".endif\n"
                "9:\n\t"
                "pop {r7}"
                // g++ takes each line for one instruction, and must not think that its own branches reach over all this.
                "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
                "\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n\n"
                : "+r"(at)
                : [weights] "i"(offsetof(frame, weights)), [channel] "i"(offsetof(frame, channel)),
                  [extras_made] "i"(offsetof(frame, extras_made)), [out] "i"(offsetof(frame, out)), [both0] "i"(offsetof(frame, both0)),
                  [both1] "i"(offsetof(frame, both1)), [upper0] "i"(offsetof(frame, upper0)), [upper1] "i"(offsetof(frame, upper1)),
                  [nudge] "i"(offsetof(frame, nudge)), [channels_end] "i"(offsetof(frame, channels_end)),
                  [extras] "i"(offsetof(frame, extras)), [inputs] "i"(offsetof(frame, inputs)),
                  [inputs_end] "i"(offsetof(frame, inputs_end)), [all_chunks] "i"(offsetof(frame, all_chunks)),
                  [second] "i"(offsetof(frame, second)), [third] "i"(offsetof(frame, third)), [fourth] "i"(offsetof(frame, fourth)),
                  [chunk] "i"(Unrolling::chunk), [step] "i"(Unrolling::step), [first] "i"(Unrolling::first),
                  [looped] "i"(Unrolling::looped), [full_range] "i"(Finishing::full_range), [away] "i"(Finishing::away_from_zero)
                : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
            if (now.channel == now.channels_end) return;
            store_exactly(requantiser<isa::thumb1, Finishing>{*now.channel, plan.lowest, plan.highest}, {{now.both0, now.both1}, {now.upper0, now.upper1}}, now.out,
                          to);
            ++now.out;
            if (++now.channel == now.channels_end) return;
        }
    }

private:
    /// The results of a channel without a step function.
    template <class Requantiser>
    [[gnu::noinline]] static void store_exactly(Requantiser const& finish, block_sums const& sums, std::int8_t* out, block_offsets const& to) {
        int const offsets[4] = {to.fourth, to.third, to.second, 0};
        for (int pixel = 0; pixel < 4; ++pixel) {
            auto const upper = sums.upper[pixel < 2];
            auto const lower = static_cast<std::uint32_t>(sums.both[pixel < 2]) - (static_cast<std::uint32_t>(upper) << 16);
            out[offsets[pixel]] = finish(pixel % 2 == 0 ? upper : static_cast<std::int32_t>(lower));
        }
    }
};

}  // namespace inlay::twin
