// SPDX-License-Identifier: MIT
/// What a piece of work costs on the board.
#pragma once
#include <cstdint>

namespace board {

struct cost {
    std::uint64_t instructions;  // an empty function counts 0
    std::uint32_t stack;         // bytes below the caller's frame
};

/// Runs `work` once and counts, exactly. The work may not wait for interrupts.
///
/// QEMU's virtual clock advances by 2^shift nanoseconds with every instruction (`-icount shift=7`: 128 ns), and the
/// board's counters run on it. An instruction is then worth more than two ticks of every board's counter, so a
/// difference of two readings, which is off by less than one tick, belongs to one number of instructions.
cost measure(void (*work)());

/// Counts the instructions from each start() to the next stop(), exactly; two calls one after the other count 0.
class stopwatch {
public:
    stopwatch();
    void start() const;
    std::uint64_t stop() const;

private:
    std::uint64_t overhead_ = 0;
};

}  // namespace board
