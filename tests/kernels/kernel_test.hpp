// SPDX-License-Identifier: MIT
/// What the programs that compare kernels on a board share: random numbers, comparison, report.
#pragma once
#include <inlay/core/rows.hpp>
#include <inlay/kernels/arm_dsp/pair_filter.hpp>
#include <inlay/kernels/overlap.hpp>

#include <cstdint>

#include "semihosting.hpp"

namespace kernel_test {

inline std::uint32_t state = 2463534242U;
inline int compared = 0;
inline int failures = 0;

/// A number from least to most, both included.
inline int random(int least, int most) {
    state ^= state << 13;
    state ^= state >> 17;
    state ^= state << 5;
    auto const range = static_cast<std::uint32_t>(most) - static_cast<std::uint32_t>(least) + 1;
    return static_cast<int>(static_cast<std::uint32_t>(least) + (range == 0 ? state : state % range));
}

inline void print(long long value) {
    char text[24] = {};
    char* first = text + 23;
    bool const negative = value < 0;
    auto rest = negative ? 0 - static_cast<unsigned long long>(value) : static_cast<unsigned long long>(value);
    do *--first = static_cast<char>('0' + rest % 10);
    while ((rest /= 10) != 0);
    if (negative) *--first = '-';
    semihosting::print(first);
}

/// Compares two results, and prints the first difference with the numbers that describe the case.
template <class T, class... Number>
void equal(char const* what, T const* got, T const* wanted, int size, Number... numbers) {
    ++compared;
    for (int i = 0; i < size; ++i) {
        if (got[i] == wanted[i]) continue;
        if (++failures > 10) return;
        semihosting::print(what);
        semihosting::print(": element ");
        print(i);
        semihosting::print(" of ");
        print(size);
        semihosting::print(" is ");
        print(static_cast<long long>(got[i]));
        semihosting::print(", wanted ");
        print(static_cast<long long>(wanted[i]));
        semihosting::print(", case");
        ((semihosting::print(" "), print(static_cast<long long>(numbers))), ...);
        semihosting::print("\n");
        return;
    }
}

/// Calls `run` with a kind of range as a template argument: that of the numbers, or `away`, which is right for all.
template <class Run>
void with_range(inlay::int8_output const& to, Run run) {
    constexpr inlay::dsp::range_kind full{inlay::int8_output{-128, -128, 127}};
    constexpr inlay::dsp::range_kind away{inlay::int8_output{0, -128, 127}};
    constexpr inlay::dsp::range_kind narrow{inlay::int8_output{0, 0, 1}};
    inlay::dsp::range_kind const kind{to};
    if (!kind.is_full) return run.template operator()<narrow>();
    kind.away_from_zero ? run.template operator()<away>() : run.template operator()<full>();
}

/// The same for the kernels with two pixels in a word.
template <class Run>
void with_finishing(inlay::int8_output const& to, Run run) {
    inlay::int8_range_kept const kept{to};
    if (!kept.is_full()) return run.template operator()<inlay::twin::finishing<true, false>>();
    kept.away_from_zero ? run.template operator()<inlay::twin::finishing<true, true>>() : run.template operator()<inlay::twin::finishing<false, true>>();
}

inline constexpr inlay::policy policies[] = {inlay::policy::speed, inlay::policy::size, inlay::policy::balanced};

/// Calls `run` with the policy as a template argument.
template <class Run>
void with_policy(inlay::policy optimise, Run run) {
    switch (optimise) {
        case inlay::policy::size: return run.template operator()<inlay::policy::size>();
        case inlay::policy::balanced: return run.template operator()<inlay::policy::balanced>();
        case inlay::policy::speed: return run.template operator()<inlay::policy::speed>();
    }
}

/// Calls `make` with runs of rows that are all rows together.
template <class Make>
void in_runs(int rows, Make make) {
    for (int first = 0; first < rows;) {
        int const count = random(1, rows - first);
        make(inlay::rows{first, count});
        first += count;
    }
}

/// Copies rows to where they lie `pitch` elements apart, in a ring of `ring` rows.
template <class T>
void scatter_rows(T const* from, int rows, int size, T* to, int pitch, int ring) {
    for (int y = 0; y < rows; ++y) {
        for (int i = 0; i < size; ++i) to[y % ring * pitch + i] = from[y * size + i];
    }
}

/// Makes a result as near to its input as the rule allows, and at its address if the rule allows that, where `memory` holds both.
template <class T, int Size, class Make, class... Number>
void over_input_in(T (&memory)[Size], inlay::overlap_rule const& rule, T const* image, int in_size, T const* wanted, int out_size, Make make,
                   Number... numbers) {
    constexpr int element = sizeof(T);
    auto const run = [&](char const* what, int apart) {
        int const in_at = apart < 0 ? -apart : 0;
        int const out_at = in_at + apart;
        if (in_at + in_size > Size || out_at + out_size > Size) return;
        for (int i = 0; i < in_size; ++i) memory[in_at + i] = image[i];
        make(memory + out_at, memory + in_at);
        equal(what, memory + out_at, wanted, out_size, apart, numbers...);
    };
    if (rule.low > -out_size * element) run("as near to the input as may be", rule.low / element);
    if (rule.same_address) run("over the input", 0);
}

template <class T>
inline T memory[16000 / sizeof(T)];

template <class T, class... Argument>
void over_input(inlay::overlap_rule const& rule, T const* image, Argument... arguments) {
    over_input_in(memory<T>, rule, image, arguments...);
}

inline void is(char const* what, bool condition) {
    if (condition || ++failures > 10) return;
    semihosting::print(what);
    semihosting::print(": not so\n");
}

/// The program's exit status: failures, or a complaint that fewer results were compared than the test promises.
inline int finish(int promised) {
    print(compared);
    semihosting::print(" results compared, ");
    print(failures);
    semihosting::print(" differ\n");
    if (compared < promised) semihosting::print("fewer than promised\n");
    return failures + (compared < promised ? 1 : 0) > 90 ? 90 : failures + (compared < promised ? 1 : 0);
}

}  // namespace kernel_test
