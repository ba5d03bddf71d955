// SPDX-License-Identifier: MIT
//
// Convolution in blocks of four pixels, two in a word (twin_filter.hpp): the windows of a block are brought into scratch, then
// all channels are made from there. That costs two to four instructions per tap and pixel, shared by all output channels; it
// deals with borders, strides and odd widths, so that the rest is one loop for every geometry. A block goes on in the next row
// where the rows of the result lie one after the other. Missing pixels of the last block repeat one that is there, and their
// results are stored first, under the block's first one.
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

/// Bytes from the result of a block's first pixel to those of the others. One that is missing lies under the first, which is
/// stored last.
struct block_offsets {
    int second;
    int third;
    int fourth;
};

/// What stays the same from block to block.
template <class Isa>
struct block_plan {
    std::int8_t const* filter;
    channel<Isa> const* channels;
    channel<Isa> const* channels_end;
    extra_tap const* extras;
    std::uint32_t const* inputs;
    std::uint32_t const* inputs_end;
    std::uint32_t all_chunks;  ///< 32768 for each
    int lowest;
    int highest;
};

/// Makes all channels of a block.
template <class Isa>
using make_block_function = void (*)(block_plan<Isa> const& plan, std::int8_t* out, block_offsets const& to);

/// How the chunks of a channel are unrolled: the loop makes `Step` in a round, the last `First` of them in the first round, or
/// all if `First` is 0. Without `Looped` there is one round.
template <int Chunk, int Step, int First, bool Looped>
struct unrolling {
    static constexpr int chunk = Chunk;
    static constexpr int step = Step;
    static constexpr int first = First;
    static constexpr bool looped = Looped;
};

/// Makes a run of rows, block by block, with a function for all channels of a block.
template <class Isa, int Chunk, bool Pointwise>
[[gnu::noinline]] void convolve_blocks(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, int zero,
                                       block_plan<Isa>& plan, std::uint32_t* scratch, make_block_function<Isa> make_block) {
    tap_layout const layout{taps_of(g), Chunk};
    int const channels = g.out.c();
    int const depth = g.in.c();
    auto* const end = scratch + block_words<Isa>(layout);
    auto* const edge = reinterpret_cast<std::int8_t*>(end);
    plan.channels_end = plan.channels + channels;
    plan.inputs = scratch;
    plan.inputs_end = end;
    plan.all_chunks = static_cast<std::uint32_t>(layout.chunks()) * 32768U;
    // Taps behind the last one have no weight; what they multiply shall be numbers nevertheless.
    std::fill(end - 2 * Chunk, end, 0U);
    auto const make = [&](std::int8_t* to, int pixels) {
        if constexpr (channel<Isa>::chunk_starts != 0) window_kernel<Isa>::template write_starts<Chunk>(scratch, end);
        make_block(plan, to, {pixels > 1 ? channels : 0, pixels > 2 ? 2 * channels : 0, pixels > 3 ? 3 * channels : 0});
    };
    bool const one_run = out.ring == 0 && out.pitch == g.out.w() * channels && (!Pointwise || (in.ring == 0 && in.pitch == g.in.w() * depth));
    int const run_pixels = one_run ? made.count * g.out.w() : g.out.w();
    for (int row = made.first; row < made.first + made.count; row += one_run ? made.count : 1) {
        auto* to = out[row];
        if constexpr (Pointwise) {
            auto const* from = in[row];
            for (int rest = run_pixels; rest > 0; rest -= block_pixels, to += block_pixels * channels, from += block_pixels * depth) {
                write_pixels<Isa, Chunk>(from, rest > 1 ? from + depth : from, depth, scratch, 0);
                if (rest > 2) write_pixels<Isa, Chunk>(from + 2 * depth, rest > 3 ? from + 3 * depth : from, depth, scratch, 1);
                make(to, rest);
            }
        } else {
            pixel_walk pixel{g, in, row};
            window_rows const windows{g, in, zero};
            for (int rest = run_pixels; rest > 0; rest -= block_pixels, to += block_pixels * channels) {
                for (int pair = 0; pair < 2 && 2 * pair < rest; ++pair) {
                    auto const first = pixel.place();
                    pixel.next();
                    write_windows<Isa, Chunk>(windows, first, 2 * pair + 1 < rest ? pixel.place() : first, scratch, pair, edge);
                    if (2 * pair + 1 < rest) pixel.next();
                }
                make(to, rest);
            }
        }
    }
}

/// Chunks that the loop over them makes in one round, by policy.
template <class Isa>
constexpr int chunks_unrolled(policy optimise, int chunk) {
    int const taps = optimise == policy::speed ? block_kernel<Isa>::taps_at_speed : optimise == policy::balanced ? 8 : 4;
    return std::clamp(taps / chunk, 1, block_kernel<Isa>::most_unrolled);
}

/// Makes a run of rows with the code for what is known of the geometry.
template <class Isa, policy Policy, int Chunk, int Chunks, bool Pointwise, class Bank>
inline void convolve(conv2d_geometry const& g, rows made, row_view<std::int8_t> out, row_view<std::int8_t const> in, Bank const& bank,
                     std::uint32_t* scratch) {
    constexpr int step = std::min(chunks_unrolled<Isa>(Policy, Chunk), Chunks);
    using unrolled = unrolling<Chunk, step, Chunks % step, (Chunks > step)>;
    block_plan<Isa> plan{bank.filter, bank.channels, nullptr, bank.extras, nullptr, nullptr, 0, bank.kept.lowest, bank.kept.highest};
    convolve_blocks<Isa, Chunk, Pointwise>(g, made, out, in, bank.input_zero_point, plan, scratch,
                                           block_kernel<Isa>::template make_block<typename Bank::finishing, unrolled>);
}

}  // namespace inlay::twin
