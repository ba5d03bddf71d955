// SPDX-License-Identifier: MIT
/// The counters that QEMU's boards drive from virtual time. A clock has `megahertz`, `start()`, `now()`, and
/// `ticks(first, last)`, the ticks between two readings.
#pragma once
#include <cstdint>

namespace board {

inline std::uint32_t volatile& device_register(std::uintptr_t address) {
    return *reinterpret_cast<std::uint32_t volatile*>(address);
}

/// The CMSDK timer of the MPS2 boards, 32 bits, and beside it their dual timer behind a divider by 256. The slow one
/// tells how often the fast one went round, which at 128 ns an instruction happens every 1.3e9 instructions: soft-float
/// models run longer than that.
template <std::uintptr_t Timer, std::uintptr_t DualTimer, unsigned Megahertz>
struct cmsdk_clock {
    static constexpr unsigned megahertz = Megahertz;

    struct reading {
        std::uint32_t fast;
        std::uint32_t slow;
    };

    static void start() {
        device_register(Timer + 0x00) = 0;            // CTRL: stop
        device_register(Timer + 0x08) = 0xFFFFFFFFU;  // RELOAD
        device_register(Timer + 0x04) = 0xFFFFFFFFU;  // VALUE
        device_register(DualTimer + 0x00) = 0xFFFFFFFFU;  // LOAD
        device_register(DualTimer + 0x08) = 1U << 7 | 2U << 2 | 1U << 1;  // CONTROL: enable, divide by 256, 32 bits
        device_register(Timer + 0x00) = 1;            // CTRL: enable
    }

    static reading now() { return {device_register(Timer + 0x04), device_register(DualTimer + 0x04)}; }

    static constexpr std::uint64_t ticks(reading first, reading last) {  // both count down
        std::uint32_t const exact = first.fast - last.fast;
        std::uint64_t const rough = std::uint64_t{first.slow - last.slow} * 256;
        // `rough` is off by a few hundred ticks, `exact` by a multiple of 2^32: their difference says which.
        auto const correction = static_cast<std::int32_t>(exact - static_cast<std::uint32_t>(rough));
        return rough + static_cast<std::uint64_t>(std::int64_t{correction});
    }
};

/// The system counter of the SSE-300 subsystem: 64 bits, counts up.
template <std::uintptr_t ControlFrame, unsigned Megahertz>
struct sse_clock {
    static constexpr unsigned megahertz = Megahertz;

    using reading = std::uint64_t;

    static void start() { device_register(ControlFrame + 0x00) = 1; }  // CNTCR: enable

    static reading now() {
        for (;;) {
            std::uint32_t const high = device_register(ControlFrame + 0x0C);
            std::uint32_t const low = device_register(ControlFrame + 0x08);
            if (device_register(ControlFrame + 0x0C) == high) return std::uint64_t{high} << 32 | low;
        }
    }

    static constexpr std::uint64_t ticks(reading first, reading last) { return last - first; }
};

/// TIMER0 of the nRF51, the only one with 32 bits: counts up, goes round after 2.1e9 instructions at 128 ns each.
template <std::uintptr_t Timer, unsigned Megahertz>
struct nrf51_clock {
    static constexpr unsigned megahertz = Megahertz;

    using reading = std::uint32_t;

    static void start() {
        device_register(Timer + 0x504) = 0;  // MODE: timer
        device_register(Timer + 0x508) = 3;  // BITMODE: 32 bits
        device_register(Timer + 0x510) = 0;  // PRESCALER: none
        device_register(Timer + 0x00C) = 1;  // TASKS_CLEAR
        device_register(Timer + 0x000) = 1;  // TASKS_START
    }

    static reading now() {
        device_register(Timer + 0x040) = 1;      // TASKS_CAPTURE[0]
        return device_register(Timer + 0x540);   // CC[0]
    }

    static constexpr std::uint64_t ticks(reading first, reading last) { return static_cast<std::uint32_t>(last - first); }
};

}  // namespace board
