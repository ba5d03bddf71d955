// SPDX-License-Identifier: MIT
// From reset to main(): the vector table, the floating-point and vector unit, .data and .bss.
#include <cstdint>

#include "semihosting.hpp"

extern "C" {
extern std::uint32_t const board_data_image[];
extern std::uint32_t board_data_begin[], board_data_end[], board_bss_begin[], board_bss_end[];
extern std::uint32_t board_stack_begin[];

void reset_handler();
void fault_handler();
}

int application() asm("main");  // by another name, because C++ forbids to call main

namespace {

#if defined(__ARM_ARCH_6M__)
constexpr bool has_fault_status = false;
#else
constexpr bool has_fault_status = true;
#endif

std::uint32_t volatile& system_register(std::uintptr_t address) {
    return *reinterpret_cast<std::uint32_t volatile*>(address);
}

void print_hex(char const* name, std::uint32_t value) {
    char text[9] = {};
    for (int digit = 0; digit < 8; ++digit) text[digit] = "0123456789abcdef"[value >> (28 - 4 * digit) & 15];
    semihosting::print(name);
    semihosting::print(text);
}

}  // namespace

extern "C" [[noreturn, gnu::used]] void board_start() {
#if defined(__ARM_FEATURE_MVE)
    // Armv8.1-M, CCR.LOB: low-overhead loops keep their branch in a cache. A real M55 is slow without it.
    auto& ccr = system_register(0xE000ED14);
    ccr = ccr | 1U << 19;
#endif
    // volatile: these loops must not become calls of memcpy and memset, whose code may use what is not yet set up.
    std::uint32_t const* from = board_data_image;
    for (std::uint32_t volatile* to = board_data_begin; to != board_data_end; to = to + 1) *to = *from++;
    for (std::uint32_t volatile* to = board_bss_begin; to != board_bss_end; to = to + 1) *to = 0;
    semihosting::exit(application());
}

// naked, in assembly: compiled code may save vector registers first thing, and faults until CPACR allows CP10 and CP11.
extern "C" [[gnu::naked]] void reset_handler() {
#if defined(__ARM_FP) || defined(__ARM_FEATURE_MVE)
    asm volatile(
        "ldr r0, =0xE000ED88 \n"
        "ldr r1, [r0]        \n"
        "ldr r2, =0x00F00000 \n"
        "orr r1, r1, r2      \n"
        "str r1, [r0]        \n"
        "dsb                 \n"
        "isb                 \n");
#endif
    asm volatile(
        "bl board_start      \n"
        ".ltorg              \n");
}

extern "C" [[noreturn, gnu::used]] void board_fault() {
    semihosting::print("fault: the core stopped the program");
    if constexpr (has_fault_status) {
        print_hex(", CFSR ", system_register(0xE000ED28));
        print_hex(", HFSR ", system_register(0xE000ED2C));
        print_hex(", BFAR ", system_register(0xE000ED38));
    }
    semihosting::print("\n");
    semihosting::exit(99);
}

// naked: the stack may be what failed, so the report starts again at its top.
extern "C" [[gnu::naked]] void fault_handler() {
    asm volatile(
        "ldr r0, =board_stack_begin \n"
        "mov sp, r0                 \n"
        "bl board_fault             \n"
        ".ltorg                     \n");
}

namespace {

using vector = void (*)();

// Initial stack pointer, reset, and the 14 exceptions of the architecture; no device interrupt is ever enabled.
struct vector_table {
    std::uint32_t* stack;
    vector reset;
    vector exceptions[14];
};

[[gnu::section(".vectors"), gnu::used]] constexpr vector_table vectors{
    board_stack_begin, reset_handler,
    {fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler,
     fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler, fault_handler}};

}  // namespace
