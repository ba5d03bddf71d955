// SPDX-License-Identifier: MIT
// A file of its own, so that the compiler cannot fit the measuring code to the work it measures.
#include "meter.hpp"

#include "board.hpp"

extern "C" std::uint32_t board_stack_end[];

namespace board {
namespace {

constexpr unsigned nanoseconds_per_instruction = 128;  // what -icount shift=7 says
static_assert(clock::megahertz * nanoseconds_per_instruction > 2 * 1000, "an instruction must be more than two ticks");

// noinline, and called with pointers the compiler cannot see through: the empty work must run the very same code.
[[gnu::noinline]] std::uint64_t instructions_around(void (*work)()) {
    auto const first = clock::now();
    work();
    auto const last = clock::now();
    std::uint64_t const nanoseconds = clock::ticks(first, last) * 1000 / clock::megahertz;
    return (nanoseconds + nanoseconds_per_instruction / 2) / nanoseconds_per_instruction;
}

constexpr std::uint32_t paint = 0xA5A5A5A5;

}  // namespace

void start_clock() { clock::start(); }

std::uint64_t count_instructions(void (*work)()) {
    void (*volatile nothing)() = [] {};
    std::uint64_t const overhead = instructions_around(nothing);
    return instructions_around(work) - overhead;
}

std::uint32_t measure_stack(void (*work)()) {
    std::uint32_t volatile* here = nullptr;
    asm volatile("mov %0, sp" : "=r"(here));
    for (std::uint32_t volatile* word = board_stack_end; word != here; word = word + 1) *word = paint;
    work();
    std::uint32_t volatile const* deepest = board_stack_end;
    while (deepest != here && *deepest == paint) deepest = deepest + 1;
    return static_cast<std::uint32_t>((here - deepest) * sizeof(std::uint32_t));
}

}  // namespace board
