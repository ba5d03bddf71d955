// SPDX-License-Identifier: MIT
// Pieces of work whose instructions and stack are known, counted on a board. Exit status: how many came out wrong.
#include <cstdint>

#include "meter.hpp"
#include "semihosting.hpp"

namespace {

void print_number(std::uint64_t value) {
    char text[21] = {};
    char* first = text + 20;
    do *--first = static_cast<char>('0' + value % 10);
    while ((value /= 10) != 0);
    semihosting::print(first);
}

int failures = 0;

void expect(char const* what, std::uint64_t got, std::uint64_t wanted) {
    semihosting::print(what);
    semihosting::print(": got ");
    print_number(got);
    semihosting::print(", wanted ");
    print_number(wanted);
    semihosting::print(got == wanted ? "\n" : "  WRONG\n");
    if (got != wanted) ++failures;
}

// naked: exactly the instructions written, the last of which (the return) is the empty function's too.
[[gnu::naked]] void nothing() { asm volatile("bx lr"); }
[[gnu::naked]] void one() { asm volatile("nop \n bx lr"); }
[[gnu::naked]] void seven() { asm volatile("nop \n nop \n nop \n nop \n nop \n nop \n nop \n bx lr"); }

[[gnu::naked]] void loop_thousand() {
    asm volatile(".syntax unified \n ldr r3, =1000 \n 1: subs r3, r3, #1 \n bne 1b \n bx lr \n .ltorg");
}
[[gnu::naked]] void loop_million() {
    asm volatile(".syntax unified \n ldr r3, =1000000 \n 1: subs r3, r3, #1 \n bne 1b \n bx lr \n .ltorg");
}

[[gnu::naked]] void push_64_bytes() {
    asm volatile(".syntax unified \n push {r0-r7} \n push {r0-r7} \n add sp, #64 \n bx lr");
}

[[gnu::noinline]] std::uint64_t watched(board::stopwatch const& watch, void (*work)()) {
    watch.start();
    work();
    return watch.stop();
}

std::uint32_t in_data = 0x12345678;
std::uint32_t in_bss[100];

}  // namespace

int main() {
    expect("initialised data", in_data, 0x12345678);
    std::uint32_t sum = 0;
    for (auto const& word : in_bss) sum |= *const_cast<std::uint32_t const volatile*>(&word);
    expect("zeroed data", sum, 0);
    expect("no instruction", board::measure(nothing).instructions, 0);
    expect("one", board::measure(one).instructions, 1);
    expect("seven", board::measure(seven).instructions, 7);
    expect("a load, and a loop of two a thousand times", board::measure(loop_thousand).instructions, 2001);
    expect("a million times", board::measure(loop_million).instructions, 2000001);
    expect("stack of a function without a frame", board::measure(nothing).stack, 0);
    expect("stack of a function that pushes 16 registers", board::measure(push_64_bytes).stack, 64);

    board::stopwatch const watch;
    auto const calling = watched(watch, nothing);
    expect("watched: seven", watched(watch, seven) - calling, 7);
    expect("watched: a million times", watched(watch, loop_million) - calling, 2000001);
    watch.start();
    expect("watched: two calls, one after the other", watch.stop(), 0);
    return failures;
}
