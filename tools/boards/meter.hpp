// SPDX-License-Identifier: MIT
/// What a piece of work costs on the board: instructions and stack.
#pragma once
#include <cstdint>

namespace board {

/// Starts the board's clock; call it once, before the first count.
void start_clock();

/// Instructions that `work` executes, exactly: an empty function counts 0.
///
/// QEMU's virtual clock advances by 2^shift nanoseconds with every instruction (`-icount shift=7`: 128 ns), and the
/// board's counters run on it. An instruction is then worth more than two ticks of every board's counter, so a
/// difference of two readings, which is off by less than one tick, belongs to one number of instructions.
std::uint64_t count_instructions(void (*work)());

/// Bytes of stack that `work` needs below its caller's.
std::uint32_t measure_stack(void (*work)());

}  // namespace board
