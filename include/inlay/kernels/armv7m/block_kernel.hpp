// SPDX-License-Identifier: MIT
//
// The convolutions on Armv7-M: all channels of four pixels.
//
//   tile       4 pixels x 1 channel: 4 sums, 2 sums of a chunk, which take the registers of its first inputs, 3 words of inputs,
//              1 weight, the constant 32768, 2 pointers: 13 registers, and none left for the end of the inputs
//   per chunk  of 4 taps, 16 multiply-accumulates: 2 LDM, 4 LDRSB, 8 MLA, 4 ADD, 18 instructions: 1.13 each; of 8 taps 1.03
//   results    four of a channel: 54 instructions, 8 more where negative numbers round away from zero
#pragma once

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/armv7m/window_kernel.hpp>
#include <inlay/kernels/twin/blocks.hpp>

#include <cstddef>
#include <cstdint>

namespace inlay::twin {

template <>
struct block_kernel<isa::armv7m> {
    static constexpr int taps_at_speed = 32;
    static constexpr int most_unrolled = 8;

    /// One statement, because no compiler keeps to a plan that takes every register.
    ///   taps     r0 inputs, r1 weights, r4 r5 sums of the chunk, r6 r8 r9 inputs, r12 weight, lr 32768
    ///   always   r2 r3 sums of both pixels of a pair, r10 r11 those of its second
    ///   results  r0 out, r5 multiplier, r6 half offset, r8 shift, r9 r12 result
    template <class Finishing, class Unrolling>
    [[gnu::noinline]] static void make_block(block_plan<isa::armv7m> const& plan, std::int8_t* out, block_offsets const& to) {
        struct frame {
            twin::channel<isa::armv7m> const* channel;
            std::uint32_t extras_made;
            std::int8_t* out;
            std::int8_t const* weights;
            twin::channel<isa::armv7m> const* channels_end;
            extra_tap const* extras;
            std::uint32_t const* inputs;
            std::uint32_t const* inputs_end;
            std::uint32_t all_chunks;
            int second;
            int third;
            int fourth;
            int lowest;
            int highest;
        } now{plan.channels, 0,         out,       plan.filter, plan.channels_end, plan.extras, plan.inputs, plan.inputs_end, plan.all_chunks,
              to.second,     to.third,  to.fourth, plan.lowest, plan.highest};
        register frame* at asm("r0") = &now;
        asm volatile(
            ".syntax unified\n\t"
            "push {r7}\n\t"
            "mov r7, r0\n\t"
            "ldr r1, [r7, #%c[weights]]\n\t"
            "mov lr, #32768\n"
            "1:\n\t"
            "ldr r4, [r7, #%c[channel]]\n\t"
            "ldr r5, [r7, #%c[all_chunks]]\n\t"
            "ldr r0, [r7, #%c[inputs]]\n\t"
            "ldr r10, [r4]\n\t"
            "rsb r2, r5, r10, lsl #16\n\t"
            "add r2, r2, r10\n\t"
            "mov r3, r2\n\t"
            "mov r11, r10\n\t"
            ".if %c[first]\n\t"
            "b 3f\n\t"
            ".endif\n"
            "2:\n\t"
            ".set inlay_chunk, 0\n\t"
            ".rept %c[step]\n\t"
            ".if %c[first] && inlay_chunk == %c[step] - %c[first]\n"
            "3:\n\t"
            ".endif\n\t"
            ".set inlay_chunk, inlay_chunk + 1\n\t"
            ".if %c[chunk] == 2\n\t"
            "ldmia.w r0!, {r4, r5, r6, r8}\n\t"
            ".else\n\t"
            "ldmia.w r0!, {r4, r5, r6, r8, r9}\n\t"
            ".endif\n\t"
            "ldrsb r12, [r1], #1\n\t"
            "mla r4, r4, r12, lr\n\t"
            "mla r5, r5, r12, lr\n\t"
            "ldrsb r12, [r1], #1\n\t"
            "mla r4, r6, r12, r4\n\t"
            "mla r5, r8, r12, r5\n\t"
            ".if %c[chunk] > 2\n\t"
            "ldrsb r12, [r1], #1\n\t"
            "mla r4, r9, r12, r4\n\t"
            "ldmia.w r0!, {r6, r8, r9}\n\t"
            "mla r5, r6, r12, r5\n\t"
            "ldrsb r12, [r1], #1\n\t"
            "mla r4, r8, r12, r4\n\t"
            "mla r5, r9, r12, r5\n\t"
            ".endif\n\t"
            ".if %c[chunk] > 4\n\t"
            "ldmia.w r0!, {r6, r8, r9}\n\t"
            "ldrsb r12, [r1], #1\n\t"
            "mla r4, r6, r12, r4\n\t"
            "mla r5, r8, r12, r5\n\t"
            "ldrsb r12, [r1], #1\n\t"
            "mla r4, r9, r12, r4\n\t"
            "ldmia.w r0!, {r6, r8, r9}\n\t"
            "mla r5, r6, r12, r5\n\t"
            "ldrsb r12, [r1], #1\n\t"
            "mla r4, r8, r12, r4\n\t"
            "mla r5, r9, r12, r5\n\t"
            "ldmia.w r0!, {r6, r8}\n\t"
            "ldrsb r12, [r1], #1\n\t"
            "mla r4, r6, r12, r4\n\t"
            "mla r5, r8, r12, r5\n\t"
            ".endif\n\t"
            "add r2, r2, r4\n\t"
            "add r10, r10, r4, asr #16\n\t"
            "add r3, r3, r5\n\t"
            "add r11, r11, r5, asr #16\n\t"
            ".endr\n\t"
            ".if %c[looped]\n\t"
            "ldr r12, [r7, #%c[inputs_end]]\n\t"
            "cmp r0, r12\n\t"
            "bne 2b\n\t"
            ".endif\n\t"
            // Taps that were split off their chunks.
            "ldr r4, [r7, #%c[channel]]\n\t"
            "ldr r5, [r7, #%c[extras_made]]\n\t"
            "ldrh r6, [r4, #14]\n\t"
            "cmp r5, r6\n\t"
            "beq 5f\n\t"
            "str r6, [r7, #%c[extras_made]]\n\t"
            "ldr r8, [r7, #%c[extras]]\n\t"
            "ldr r0, [r7, #%c[inputs]]\n\t"
            "add r5, r8, r5, lsl #2\n\t"
            "add r6, r8, r6, lsl #2\n"
            "4:\n\t"
            "ldrh r9, [r5], #4\n\t"
            "ldrsh r8, [r5, #-2]\n\t"
            "add r9, r0, r9, lsl #2\n\t"
            "ldrd r9, r12, [r9]\n\t"
            "mul r9, r8, r9\n\t"
            "mul r12, r8, r12\n\t"
            "add r2, r2, r9\n\t"
            "add r3, r3, r12\n\t"
            "add r9, r9, lr\n\t"
            "add r12, r12, lr\n\t"
            "add r10, r10, r9, asr #16\n\t"
            "add r11, r11, r12, asr #16\n\t"
            "cmp r5, r6\n\t"
            "bne 4b\n"
            "5:\n\t"
            "ldrd r5, r6, [r4, #4]\n\t"
            "ldrsh r8, [r4, #12]\n\t"
            "ldr r0, [r7, #%c[out]]\n\t"
            ".set inlay_pixel, 4\n\t"
            ".rept 4\n\t"
            ".set inlay_pixel, inlay_pixel - 1\n\t"
            ".if inlay_pixel == 3\n\t"
            "mov r4, r11\n\t"
            ".elseif inlay_pixel == 2\n\t"
            "sub r4, r3, r11, lsl #16\n\t"
            ".elseif inlay_pixel == 1\n\t"
            "mov r4, r10\n\t"
            ".else\n\t"
            "sub r4, r2, r10, lsl #16\n\t"
            ".endif\n\t"
            ".if %c[away]\n\t"
            "and r9, r4, #0x80000000\n\t"  // a number less than 0 takes off 2^31
            "add r9, r9, #0x40000000\n\t"
            "add r12, r6, r4, asr #31\n\t"
            ".else\n\t"
            "mov r9, #0x40000000\n\t"
            "mov r12, r6\n\t"
            ".endif\n\t"
            "smlal r9, r12, r4, r5\n\t"
            "asr r12, r12, r8\n\t"
            ".if %c[full_range]\n\t"
            "ssat r12, #8, r12\n\t"
            ".else\n\t"
            "ldr r4, [r7, #%c[lowest]]\n\t"
            "ldr r9, [r7, #%c[highest]]\n\t"
            "cmp r12, r4\n\t"
            "it lt\n\t"
            "movlt r12, r4\n\t"
            "cmp r12, r9\n\t"
            "it gt\n\t"
            "movgt r12, r9\n\t"
            ".endif\n\t"
            ".if inlay_pixel == 3\n\t"
            "ldr r4, [r7, #%c[fourth]]\n\t"
            "strb r12, [r0, r4]\n\t"
            ".elseif inlay_pixel == 2\n\t"
            "ldr r4, [r7, #%c[third]]\n\t"
            "strb r12, [r0, r4]\n\t"
            ".elseif inlay_pixel == 1\n\t"
            "ldr r4, [r7, #%c[second]]\n\t"
            "strb r12, [r0, r4]\n\t"
            ".else\n\t"
            "strb r12, [r0], #1\n\t"
            ".endif\n\t"
            ".endr\n\t"
            "str r0, [r7, #%c[out]]\n\t"
            "ldr r4, [r7, #%c[channel]]\n\t"
            "ldr r5, [r7, #%c[channels_end]]\n\t"
            "add r4, r4, #16\n\t"
            "str r4, [r7, #%c[channel]]\n\t"
            "cmp r4, r5\n\t"
            "bne 1b\n\t"
            "pop {r7}"
            : "+r"(at)
            : [channel] "i"(offsetof(frame, channel)), [extras_made] "i"(offsetof(frame, extras_made)), [out] "i"(offsetof(frame, out)),
              [weights] "i"(offsetof(frame, weights)), [channels_end] "i"(offsetof(frame, channels_end)),
              [extras] "i"(offsetof(frame, extras)), [inputs] "i"(offsetof(frame, inputs)),
              [inputs_end] "i"(offsetof(frame, inputs_end)), [all_chunks] "i"(offsetof(frame, all_chunks)),
              [second] "i"(offsetof(frame, second)), [third] "i"(offsetof(frame, third)), [fourth] "i"(offsetof(frame, fourth)),
              [lowest] "i"(offsetof(frame, lowest)), [highest] "i"(offsetof(frame, highest)), [chunk] "i"(Unrolling::chunk),
              [step] "i"(Unrolling::step), [first] "i"(Unrolling::first), [looped] "i"(Unrolling::looped),
              [full_range] "i"(Finishing::full_range), [away] "i"(Finishing::away_from_zero)
            : "r1", "r2", "r3", "r4", "r5", "r6", "r8", "r9", "r10", "r11", "r12", "lr", "cc", "memory");
    }
};

}  // namespace inlay::twin
