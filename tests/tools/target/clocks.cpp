// SPDX-License-Identifier: MIT
#include <clocks.hpp>

#include <cstdint>
#include <doctest/doctest.h>
#include <initializer_list>

namespace {

using clock = board::cmsdk_clock<0, 0, 25>;

/// What the two down-counters show after so many ticks, with the slow one's divider `phase` ticks ahead.
constexpr clock::reading after(std::uint64_t ticks, std::uint64_t phase) {
    return {static_cast<std::uint32_t>(0xFFFFFFFF - ticks), static_cast<std::uint32_t>(0xFFFFFFFF - (ticks + phase) / 256)};
}

}  // namespace

TEST_CASE("cmsdk_clock: ticks are exact beyond the 32 bits of the fast counter") {
    for (std::uint64_t const phase : {0, 1, 128, 255}) {
        for (std::uint64_t const begin : {0ULL, 1000ULL, (1ULL << 32) - 5}) {
            for (std::uint64_t const length :
                 {0ULL, 3ULL, 255ULL, 256ULL, (1ULL << 31) + 1, (1ULL << 32) - 1, 1ULL << 32, (1ULL << 32) + 77, 123456789012ULL}) {
                CHECK(clock::ticks(after(begin, phase), after(begin + length, phase)) == length);
            }
        }
    }
}

TEST_CASE("nrf51_clock: once around") {
    CHECK(board::nrf51_clock<0, 16>::ticks(0xFFFFFFF0U, 0x10U) == 0x20);
}
