// SPDX-License-Identifier: MIT
//
// Convolution in blocks of four pixels, two in a word (twin_filter.hpp): the windows of a block are brought into scratch, then
// all channels are made from there. That costs two to four instructions per tap and pixel, shared by all output channels; it
// deals with borders, strides and odd widths, so that the rest is one loop for every geometry. A block goes on in the next row
// where the rows of the result lie one after the other. Missing pixels of the last block repeat its first one, and their results
// are stored first, under it.
#pragma once

#include <inlay/core/constant.hpp>
#include <inlay/kernels/twin/twin_kernels.hpp>
#include <inlay/kernels/twin/window.hpp>

#include <cstdint>

namespace inlay::twin {

/// Sums of a channel for the four pixels of a block: for each pair those of both pixels, and those of the second.
struct block_sums {
    std::int32_t both[2];
    std::int32_t upper[2];
};

/// Taps that were split off their chunks; `inputs` are the words of the first tap.
template <class Isa, int Chunk>
inline void add_extras(block_sums& sums, extra_tap const* extra, extra_tap const* end, std::uint32_t const* inputs) {
    for (; extra != end; ++extra) {
        int const tap = extra->tap;
        auto const* const words = inputs + 2 * (tap + (tap / Chunk + 1) * channel<Isa>::chunk_starts);
        for (int pair = 0; pair < 2; ++pair) {
            auto const sum = static_cast<std::int32_t>(words[pair] * static_cast<std::uint32_t>(extra->weight));
            sums.both[pair] = static_cast<std::int32_t>(static_cast<std::uint32_t>(sums.both[pair]) + static_cast<std::uint32_t>(sum));
            sums.upper[pair] += (sum + 32768) >> 16;
        }
    }
}

/// How results end: whether the rounding of negative numbers shows, and whether the range is all of int8.
template <bool AwayFromZero, bool FullRange>
struct finishing {
    static constexpr bool away_from_zero = AwayFromZero;
    static constexpr bool full_range = FullRange;
};

/// All channels of a block. `Step` is how many chunks the loop makes in one round.
template <class Isa, class Finishing, int Chunk, int Step, int First, class Bank>
[[gnu::noinline]] void make_block(Bank const& bank, int channels, std::uint32_t const* inputs, std::uint32_t const* inputs_end, std::int8_t* out, int pixels) {
    using by = kernels<Isa>;
    auto const* weights = bank.filter;
    auto const* channel = bank.channels;
    auto const* const channels_end = channel + channels;
    auto const* extra = bank.extras;
    auto const all_chunks = static_cast<std::uint32_t>(bank.layout.chunks()) * 32768U;
    int const second = pixels > 1 ? channels : 0;
    int const third = pixels > 2 ? 2 * channels : 0;
    int const fourth = pixels > 3 ? 3 * channels : 0;
    int const lowest = bank.kept.lowest;
    int const highest = bank.kept.highest;
    for (; channel != channels_end; ++channel, ++out) {
        auto const start = static_cast<std::uint32_t>(channel->start);
        auto const both = static_cast<std::int32_t>(start + (start << 16) - all_chunks);
        block_sums sums{{both, both}, {channel->start, channel->start}};
        weights = by::template add_taps<Chunk, Step, First>(sums, weights, inputs, inputs_end);
        auto const* const extras_end = bank.extras + channel->extras_end;
        if (extra != extras_end) {
            add_extras<Isa, Chunk>(sums, extra, extras_end, inputs);
            extra = extras_end;
        }
        auto const lower = [&](int pair) {
            return static_cast<std::int32_t>(static_cast<std::uint32_t>(sums.both[pair]) - (static_cast<std::uint32_t>(sums.upper[pair]) << 16));
        };
        typename by::template requantiser<Finishing> const finish{*channel, lowest, highest};
        auto const a = finish(lower(0));
        auto const b = finish(sums.upper[0]);
        auto const c = finish(lower(1));
        auto const d = finish(sums.upper[1]);
        out[fourth] = d;
        out[third] = c;
        out[second] = b;
        out[0] = a;
    }
}

/// Goes from pixel to pixel of the result, row by row.
struct pixel_walk {
    conv2d_geometry const& g;
    int n;
    int y;
    int x = 0;

    pixel_walk(conv2d_geometry const& g, int row) : g{g}, n{row / g.out.h()}, y{row % g.out.h()} {}

    void next() {
        if (++x < g.out.w()) return;
        x = 0;
        if (++y < g.out.h()) return;
        y = 0;
        ++n;
    }
};

template <class Isa, class Finishing, int Chunk, int Step, int First, class Bank>
[[gnu::noinline]] void convolve_blocks(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank,
                                       std::uint32_t* scratch) {
    tap_layout const layout{bank.layout.taps, Chunk};
    int const channels = g.out.c();
    auto* const end = scratch + block_words<Isa>(layout);
    auto* const edge = reinterpret_cast<std::int8_t*>(end);
    // Taps behind the last one have no weight; what they multiply shall be numbers nevertheless.
    std::fill(end - 2 * (layout.chunk), end, 0U);
    bool const one_run = out.ring == 0 && out.pitch == g.out.w() * channels;
    int const run_pixels = one_run ? made.count * g.out.w() : g.out.w();
    for (int row = made.first; row < made.first + made.count; row += one_run ? made.count : 1) {
        auto* to = out[row];
        pixel_walk pixel{g, row};
        for (int rest = run_pixels; rest > 0; rest -= block_pixels, to += block_pixels * channels) {
            window_pair at{};
            int const first[3] = {pixel.n, pixel.y, pixel.x};
            for (int p = 0; p < block_pixels; ++p) {
                bool const there = p < rest;
                at.n[p % 2] = there ? pixel.n : first[0];
                at.iy[p % 2] = (there ? pixel.y : first[1]) * g.stride_h - g.pad_top;
                at.ix[p % 2] = (there ? pixel.x : first[2]) * g.stride_w - g.pad_left;
                if (there) pixel.next();
                if (p % 2 == 1) write_windows<Isa>(g, bank, in, at, tap_writer<Isa>{scratch, p / 2, Chunk}, edge);
            }
            kernels<Isa>::template start_chunks<Chunk>(scratch, end);
            make_block<Isa, Finishing, Chunk, Step, First>(bank, channels, scratch, end, to, std::min(rest, block_pixels));
        }
    }
}

/// Chunks that the loop over them makes in one round, by policy.
template <class Isa>
constexpr int chunks_unrolled(policy optimise, int chunk) {
    int const taps = optimise == policy::speed ? 16 : optimise == policy::balanced ? 8 : 4;
    return std::clamp(taps / chunk, 1, kernels<Isa>::most_unrolled);
}

/// Chooses the code for what is known at compile time of the geometry, and for what the results' range needs.
template <class Isa, policy Policy, int Chunk, int Chunks, class Bank>
inline void convolve(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank,
                     std::uint32_t* scratch) {
    constexpr int step = std::min(chunks_unrolled<Isa>(Policy, Chunk), Chunks);
    constexpr int first = Chunks % step;
    if (!bank.kept.is_full()) return convolve_blocks<Isa, finishing<true, false>, Chunk, step, first>(g, made, out, in, bank, scratch);
    if (bank.kept.away_from_zero) return convolve_blocks<Isa, finishing<true, true>, Chunk, step, first>(g, made, out, in, bank, scratch);
    convolve_blocks<Isa, finishing<false, true>, Chunk, step, first>(g, made, out, in, bank, scratch);
}

}  // namespace inlay::twin
