// SPDX-License-Identifier: MIT
//
// How a chain of layers is computed a few pixels at a time, so that the tensors between them never exist whole: each stage
// makes what the next one asks for and no more, every pixel once. The header, the tool and the running engine walk the same
// way; in between, it is measured how much of each tensor is needed at a time.
#pragma once

#include <inlay/kernels/window_reading.hpp>

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>

namespace inlay::streaming {

/// A pixel of an image, in the order of rows and columns: the one that a stage makes next.
struct position {
    std::int16_t row = 0;
    std::int16_t column = 0;

    friend constexpr auto operator<=>(position const&, position const&) = default;
};

constexpr position at(int row, int column) { return {static_cast<std::int16_t>(row), static_cast<std::int16_t>(column)}; }

/// One layer of a chain, or the image that the chain reads.
struct stage {
    static constexpr int none = -1;

    image_grid result;         ///< rows, columns and bytes of a pixel of what it makes
    window_reading reads;      ///< how it reads its inputs
    int inputs[2] = {none, none};  ///< the stages that it reads
    int sum_bytes = 0;         ///< of the sums it keeps, if it reads everything

    // What follows from the neighbours.
    bool keeps_pixels = false;  ///< its readers take the pixels of one step at a time; otherwise a ring of rows is kept
    int tile = 0;               ///< pixels that a step makes; 0: a row
    int kept_rows = 0;          ///< of its result, if it keeps rows

    constexpr bool is_source() const { return inputs[0] == none; }
    constexpr bool is_sum() const { return reads.kind == window_reading::everything; }

    /// Pixels of its result that are kept, if not the whole result is there.
    constexpr int kept_pixels() const {
        if (is_sum()) return 1;
        return keeps_pixels ? std::min(tile, result.columns) : kept_rows * result.columns;
    }
};

/// The image is stage 0, the last stage's result is the chain's.
template <std::size_t Count>
using stages = std::array<stage, Count>;
template <std::size_t Count>
using positions = std::array<position, Count>;

/// The walk of a chain, seen by its readers and writers.
template <std::size_t Count>
class walker {
public:
    constexpr walker(stages<Count> const& list, positions<Count>& made) : list_{list}, made_{made} {}

    /// Rows and columns of a stage's steps: those of its result, or of its input if it adds it up.
    constexpr image_grid const& grid(int s) const { return of(s).is_sum() ? of(of(s).inputs[0]).result : of(s).result; }

    constexpr bool is_complete(int s) const { return made(s).row >= grid(s).rows; }

    /// Pixels of a stage's next step.
    constexpr int next_pixels(int s) const {
        int const left = grid(s).columns - made(s).column;
        return of(s).tile == 0 ? left : std::min(of(s).tile, left);
    }

    /// The first pixel of its input k that a stage still reads.
    constexpr position first_needed(int s, int k) const {
        auto const& from = of(of(s).inputs[k]);
        if (is_complete(s)) return at(from.result.rows, 0);
        if (from.is_sum()) return at(0, 0);
        auto const& reads = of(s).reads;
        auto const first = [&](int row, int column) {
            return at(std::clamp(reads.vertical.first(row), 0, from.result.rows), std::clamp(reads.horizontal.first(column), 0, from.result.columns - 1));
        };
        auto const here = first(made(s).row, made(s).column);
        return made(s).row + 1 < grid(s).rows ? std::min(here, first(made(s).row + 1, 0)) : here;
    }

    /// The first input that lacks pixels for a stage's next step; `none` if all are there.
    constexpr int missing(int s) const {
        for (int const from : of(s).inputs) {
            if (from == stage::none) break;
            if (of(from).is_sum()) {
                if (!is_complete(from)) return from;
                continue;
            }
            auto const& reads = of(s).reads;
            auto const& image = of(from).result;
            int const row = std::min(reads.vertical.last(made(s).row), image.rows - 1);
            int const column = std::min(reads.horizontal.last(made(s).column + next_pixels(s) - 1), image.columns - 1);
            if (row >= 0 && made(from) <= at(row, std::max(column, 0))) return from;
        }
        return stage::none;
    }

    /// Makes as much as the image allows; `make(stage, first pixel, pixels)` is called for each step, as long as it returns
    /// true. Whether all is made.
    template <class Make>
    constexpr bool walk(Make&& make) {
        constexpr int last = static_cast<int>(Count) - 1;
        std::array<std::int16_t, Count> wanted_by{};
        int current = last;
        while (!is_complete(last)) {
            int const before = missing(current);
            if (before == stage::none) {
                int const pixels = next_pixels(current);
                bool const goes_on = make(current, made(current), pixels);
                step(current, pixels);
                if (!goes_on) return is_complete(last);
                current = current == last ? last : wanted_by[static_cast<std::size_t>(current)];
            } else if (of(before).is_source()) {
                return false;
            } else {
                wanted_by[static_cast<std::size_t>(before)] = static_cast<std::int16_t>(current);
                current = before;
            }
        }
        return true;
    }

    constexpr void step(int s, int pixels) {
        auto& next = made_[static_cast<std::size_t>(s)];
        int const column = next.column + pixels;
        next = column < grid(s).columns ? at(next.row, column) : at(next.row + 1, 0);
    }

    constexpr stage const& of(int s) const { return list_[static_cast<std::size_t>(s)]; }
    constexpr position made(int s) const { return made_[static_cast<std::size_t>(s)]; }

private:
    stages<Count> const& list_;
    positions<Count>& made_;
};

/// What a chain needs, as far as it has been walked.
template <std::size_t Count>
struct measures {
    positions<Count> made{};
    std::array<int, Count> kept_rows{};       ///< rows of each result that are needed at a time
    std::array<bool, Count> in_step{};        ///< whether readers have taken each pixel before the next ones are made
    int distance = 0;                         ///< bytes by which the result runs ahead of the image: see forward_overlap
    bool complete = false;
};

/// Before the first step. The image is there, unless its rows are fed one by one.
template <std::size_t Count>
constexpr measures<Count> start_measures(stages<Count> const& list, bool is_fed) {
    measures<Count> result;
    result.in_step.fill(true);
    result.distance = -list[0].result.bytes();
    if (!is_fed) result.made[0] = at(list[0].result.rows, 0);
    return result;
}

/// Walks on, for about this many steps: a constant expression has a limit.
template <std::size_t Count>
constexpr measures<Count> measure(stages<Count> const& list, measures<Count> state, int steps) {
    walker<Count> walk{list, state.made};
    constexpr int last = static_cast<int>(Count) - 1;
    auto const first_needed = [&](int s) {
        position first = at(list[static_cast<std::size_t>(s)].result.rows, 0);
        for (int reader = s + 1; reader <= last; ++reader) {
            for (int k = 0; k < 2; ++k) {
                if (walk.of(reader).inputs[k] == s) first = std::min(first, walk.first_needed(reader, k));
            }
        }
        return first;
    };
    auto const keep = [&](int s, position made) {
        auto const needed = first_needed(s);
        auto& rows = state.kept_rows[static_cast<std::size_t>(s)];
        if (needed <= made) rows = std::max(rows, made.row - needed.row + 1);
        if (needed < made) state.in_step[static_cast<std::size_t>(s)] = false;
    };
    auto const count_step = [&](int s, position made, int pixels) {
        if (s == last) {
            auto const& result = walk.of(s).result;
            bool const is_last = walk.of(s).is_sum();
            int const stored = is_last ? result.bytes() : (made.row * result.columns + made.column + pixels) * result.pixel;
            auto const& image = list[0].result;
            auto const needed = first_needed(0);
            // What the step itself reads is needed until it has stored.
            state.distance = std::max(state.distance, stored - (needed.row * image.columns + needed.column) * image.pixel);
        } else if (!walk.of(s).is_sum()) {
            keep(s, made);
        }
        return --steps > 0;
    };
    while (!state.complete && steps > 0) {
        state.complete = walk.walk(count_step);
        if (!state.complete && steps > 0) {  // the next row of the image is fed
            keep(0, state.made[0]);
            walk.step(0, list[0].result.columns);
        }
    }
    return state;
}

/// Decides which results are kept by the pixel: with `tile` pixels to a step, those whose readers all take single pixels,
/// and take them before the next ones are made. All others are kept in rows.
///   in_step   as measured; nothing known at first: all true
template <std::size_t Count>
constexpr void choose_steps(stages<Count>& list, int tile, std::array<bool, Count> const& in_step) {
    constexpr auto last = Count - 1;
    for (std::size_t s = 1; s < last; ++s) {
        bool by_pixel = tile > 0 && in_step[s] && !list[s].is_sum();
        for (std::size_t reader = s + 1; reader <= last; ++reader) {
            for (int const from : list[reader].inputs) {
                if (from == static_cast<int>(s)) by_pixel = by_pixel && (list[reader].is_sum() || list[reader].reads.is_pixelwise());
            }
        }
        list[s].keeps_pixels = by_pixel;
    }
    for (std::size_t s = 1; s <= last; ++s) {
        bool by_pixel = list[s].keeps_pixels || (s == last && !list[s].is_sum());
        for (int const from : list[s].inputs) {
            if (from != stage::none) by_pixel = by_pixel || list[static_cast<std::size_t>(from)].keeps_pixels;
        }
        list[s].tile = by_pixel ? tile : 0;
    }
}

/// Which stages' readers are in step, of those that were taken for it.
template <std::size_t Count>
constexpr std::array<bool, Count> still_in_step(stages<Count> const& list, measures<Count> const& found, std::array<bool, Count> in_step) {
    for (std::size_t s = 0; s < Count; ++s) in_step[s] = in_step[s] && (found.in_step[s] || !list[s].keeps_pixels);
    return in_step;
}

template <std::size_t Count>
constexpr stages<Count> with_rows(stages<Count> list, measures<Count> const& found) {
    for (std::size_t s = 0; s < Count; ++s) list[s].kept_rows = std::min(found.kept_rows[s], list[s].result.rows);
    return list;
}

}  // namespace inlay::streaming
