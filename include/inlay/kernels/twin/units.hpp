// SPDX-License-Identifier: MIT
//
// Fully connected, four units at a time (fully_connected_choice.hpp). The inputs are brought into words of 32 bits once.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/twin/fully_connected_choice.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>

#include <algorithm>
#include <cstdint>

namespace inlay::twin {

/// Sums of four units: for units 0 and 2, and for 1 and 3, those of both, and those of the second.
struct unit_sums {
    std::int32_t both[2];
    std::int32_t upper[2];
};

/// What a kernel reads and writes of four units; it takes the sums together.
struct unit_frame {
    unit_sums sums;
    std::int8_t const* weights;
    std::uint32_t const* inputs;
    std::uint32_t const* inputs_end;
};

/// Inputs as words, each chunk behind its start.
template <int Chunk>
[[gnu::noinline]] void write_inputs(std::int8_t const* in, int taps, std::uint32_t* to) {
    for (; taps > 0; taps -= Chunk) {
        auto* const start = to++;
        std::uint32_t sum = 0;
        auto const put = [&](std::uint32_t x) {
            *to++ = x;
            sum += x;
        };
        if (taps >= Chunk) {
#pragma GCC unroll 16
            for (int i = 0; i < Chunk; ++i) put(static_cast<std::uint32_t>(in[i]));
            in += Chunk;
        } else {
            for (int i = 0; i < Chunk; ++i) put(i < taps ? static_cast<std::uint32_t>(in[i]) : 0);
        }
        *start = 32768 - (sum << 7) * 0x10001U;
    }
}

/// All units of an input. `Step` is how many chunks the loop makes in one round.
template <class Isa, int Chunk, int Step, int First, class Bank>
[[gnu::noinline]] void make_units(int units, Bank const& bank, std::uint32_t const* inputs, std::uint32_t const* inputs_end, std::int8_t* out) {
    unit_frame now{{}, bank.filter, inputs, inputs_end};
    auto const* extra = bank.extras;
    auto const* channels = bank.channels;
    auto const all_chunks = static_cast<std::uint32_t>(inputs_end - inputs) / (Chunk + 1) * 32768U;
    for (int rest = units; rest > 0; rest -= block_units, channels += block_units) {
        auto const start = [&](int u) { return u < rest ? static_cast<std::uint32_t>(channels[u].start) : 0U; };
        auto const both = [&](int u) { return static_cast<std::int32_t>(start(u) + (start(u + 2) << 16) - all_chunks); };
        now.sums = {{both(0), both(1)}, {static_cast<std::int32_t>(start(2)), static_cast<std::int32_t>(start(3))}};
        unit_kernel<Isa>::template add_inputs<Chunk, Step, First>(now);
        auto const& sums = now.sums;
        auto const lower = [&](int pair) {
            return static_cast<std::int32_t>(static_cast<std::uint32_t>(sums.both[pair]) - (static_cast<std::uint32_t>(sums.upper[pair]) << 16));
        };
        auto const make = [&](int u, std::int32_t sum) {
            auto const& channel = channels[u];
            for (auto const* const end = bank.extras + channel.extras_end; extra != end; ++extra) {
                sum += static_cast<std::int32_t>(inputs[extra->word]) * extra->weight;
            }
            requantiser<Isa, typename Bank::finishing> const finish{channel, bank.kept.lowest, bank.kept.highest};
            *out++ = finish(sum);
        };
        make(0, lower(0));
        if (rest > 1) make(1, lower(1));
        if (rest > 2) make(2, sums.upper[0]);
        if (rest > 3) make(3, sums.upper[1]);
    }
}

template <class Isa, policy Policy, int Chunk, int Chunks, class Bank>
inline void connect(fully_connected_geometry const& g, std::int8_t* out, std::int8_t const* in, Bank const& bank, std::uint32_t* scratch) {
    constexpr int wanted = std::clamp((Policy == policy::size ? Chunk : 16) / Chunk, 1, unit_kernel<Isa>::most_unrolled);
    constexpr int step = std::min(wanted, Chunks);
    auto const* const end = scratch + bank.layout.input_words();
    for (int batch = 0; batch < g.batches; ++batch, in += g.in, out += g.out) {
        write_inputs<Chunk>(in, g.in, scratch);
        make_units<Isa, Chunk, step, Chunks % step>(g.out, bank, scratch, end, out);
    }
}

}  // namespace inlay::twin
