// SPDX-License-Identifier: MIT
#pragma once
#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>

namespace inlay_driver {

using nanoseconds = std::chrono::duration<std::uint64_t, std::nano>;

inline nanoseconds time_of(void (*infer)(), std::uint64_t times) {
    auto const begin = std::chrono::steady_clock::now();
    for (std::uint64_t k = 0; k < times; ++k) infer();
    return std::chrono::duration_cast<nanoseconds>(std::chrono::steady_clock::now() - begin);
}

inline nanoseconds measure_first(void (*infer)()) { return time_of(infer, 1); }

/// The nanoseconds from start() to stop().
class stopwatch {
public:
    void start() { begin_ = std::chrono::steady_clock::now(); }
    std::uint64_t stop() const { return std::chrono::duration_cast<nanoseconds>(std::chrono::steady_clock::now() - begin_).count(); }

private:
    std::chrono::steady_clock::time_point begin_{};
};

/// Of a layer, of which the least counts: nothing else ran meanwhile.
inline constexpr int measurements = 50;

/// The median of a second's samples; networks shorter than the clock is good for are run several times a sample.
void write_figures(nanoseconds, void (*prepare)(), void (*infer)(), auto const& write) {
    constexpr nanoseconds sample{50'000};
    prepare();
    std::uint64_t times = 1;
    while (time_of(infer, times) < sample) times *= 2;

    std::array<std::uint64_t, 1001> samples{};
    std::size_t taken = 0;
    nanoseconds spent{0};
    while (taken < samples.size() && (taken < 11 || spent < std::chrono::seconds{1})) {
        prepare();
        auto const took = time_of(infer, times);
        samples[taken++] = took.count() / times;
        spent += took;
    }
    auto const middle = samples.begin() + static_cast<std::ptrdiff_t>(taken / 2);
    std::nth_element(samples.begin(), middle, samples.begin() + static_cast<std::ptrdiff_t>(taken));
    write("nanoseconds", *middle);
    write("samples", taken);
}

}  // namespace inlay_driver
