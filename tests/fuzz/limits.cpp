// SPDX-License-Identifier: MIT
//
// Replaces the global operators new and delete by ones that count and refuse.
#include "limits.hpp"

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <initializer_list>
#include <malloc.h>
#include <new>
#include <unistd.h>

extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));

namespace inlay::test {
namespace {

constexpr std::size_t most_at_once = std::size_t{256} << 20;
constexpr std::size_t most_together = std::size_t{1} << 30;

std::atomic<std::size_t> taken = 0;
std::uint64_t current_seed = 0;
std::uint64_t current_index = 0;
unsigned seconds_for_each = 0;

/// Only what a signal handler may do.
void tell_mutant() {
    char line[160];
    int const length = std::snprintf(line, sizeof line, "\nthe mutant of --seed %llu --index %llu\n", static_cast<unsigned long long>(current_seed),
                                     static_cast<unsigned long long>(current_index));
    [[maybe_unused]] auto const written = write(STDERR_FILENO, line, static_cast<std::size_t>(length));
}

void die(char const* why) {
    std::fputs(why, stderr);
    std::fflush(stderr);
    std::abort();
}

extern "C" void on_signal(int number) {
    if (number == SIGALRM) {
        constexpr char text[] = "\ntook too long";
        [[maybe_unused]] auto const written = write(STDERR_FILENO, text, sizeof text - 1);
    }
    tell_mutant();
    std::signal(number, SIG_DFL);
    std::raise(number);
}

}  // namespace

void begin_mutant(std::uint64_t seed, std::uint64_t index) {
    current_seed = seed;
    current_index = index;
    alarm(seconds_for_each);
}

void limit_mutants(unsigned seconds) {
    seconds_for_each = seconds;
    for (int const number : {SIGALRM, SIGABRT}) std::signal(number, on_signal);
    if (__sanitizer_set_death_callback != nullptr) {
        __sanitizer_set_death_callback(tell_mutant);
    } else {
        for (int const number : {SIGSEGV, SIGFPE, SIGILL, SIGBUS}) std::signal(number, on_signal);
    }
}

void* allocate(std::size_t size) {
    if (size > most_at_once) die("\nasked for more than 256 MiB at once");
    void* const memory = std::malloc(size == 0 ? 1 : size);
    if (memory == nullptr) die("\nout of memory");
    if ((taken += malloc_usable_size(memory)) > most_together) die("\nasked for more than 1 GiB together");
    return memory;
}

void release(void* memory) {
    if (memory != nullptr) taken -= malloc_usable_size(memory);
    std::free(memory);
}

}  // namespace inlay::test

void* operator new(std::size_t size) { return inlay::test::allocate(size); }
void* operator new[](std::size_t size) { return inlay::test::allocate(size); }
void* operator new(std::size_t size, std::nothrow_t const&) noexcept { return inlay::test::allocate(size); }
void* operator new[](std::size_t size, std::nothrow_t const&) noexcept { return inlay::test::allocate(size); }
void operator delete(void* memory) noexcept { inlay::test::release(memory); }
void operator delete[](void* memory) noexcept { inlay::test::release(memory); }
void operator delete(void* memory, std::size_t) noexcept { inlay::test::release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { inlay::test::release(memory); }
