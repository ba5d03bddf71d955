// SPDX-License-Identifier: MIT
// A file of its own, so that the compiler cannot fit the measuring code to the work it measures.
#include "meter.hpp"

#include "board.hpp"

extern "C" std::uint32_t board_stack_end[];

// Every piece of work begins and ends with a call of this function: what watches the program from outside (tools/cycles) knows
// its name.
extern "C" [[gnu::noinline]] board::clock::reading board_reading() { return board::clock::now(); }

namespace board {
namespace {

constexpr unsigned nanoseconds_per_instruction = 128;  // what -icount shift=7 says
static_assert(clock::megahertz * nanoseconds_per_instruction > 2 * 1000, "an instruction must be more than two ticks");

constexpr std::uint32_t paint = 0xA5A5A5A5;

using word = std::uint32_t volatile;

[[gnu::always_inline]] inline word* stack_pointer() {
    word* here = nullptr;
    asm volatile("mov %0, sp" : "=r"(here));
    return here;
}

struct sample {
    clock::reading first, last;
    word* caller;  // the stack pointer that `work` was called with
};

// noinline, and called with pointers the compiler cannot see through: the empty work must run the very same code.
[[gnu::noinline]] sample run_between_readings(void (*work)()) {
    word* const caller = stack_pointer();
    auto const first = board_reading();
    work();
    auto const last = board_reading();
    return {first, last, caller};
}

std::uint64_t instructions(clock::reading first, clock::reading last) {
    std::uint64_t const nanoseconds = clock::ticks(first, last) * 1000 / clock::megahertz;
    return (nanoseconds + nanoseconds_per_instruction / 2) / nanoseconds_per_instruction;
}

std::uint64_t instructions(sample const& taken) { return instructions(taken.first, taken.last); }

clock::reading started;

}  // namespace

cost measure(void (*work)()) {
    clock::start();
    void (*volatile nothing)() = [] {};
    auto const overhead = run_between_readings(nothing);

    word* const here = stack_pointer();
    for (word* at = board_stack_end; at != here; at = at + 1) *at = paint;
    auto const measured = run_between_readings(work);
    word* deepest = board_stack_end;  // looked for before any other call, which would leave its own marks
    while (deepest != measured.caller && *deepest == paint) deepest = deepest + 1;

    return {instructions(measured) - instructions(overhead),
            static_cast<std::uint32_t>((measured.caller - deepest) * sizeof(std::uint32_t))};
}

stopwatch::stopwatch() {
    clock::start();
    stopwatch const* volatile self = this;
    self->start();
    overhead_ = self->stop();
}

[[gnu::noinline]] void stopwatch::start() const { started = board_reading(); }

[[gnu::noinline]] std::uint64_t stopwatch::stop() const {
    auto const last = board_reading();
    return instructions(started, last) - overhead_;
}

}  // namespace board
