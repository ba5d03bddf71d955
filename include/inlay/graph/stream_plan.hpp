// SPDX-License-Identifier: MIT
//
// How a chain of layers is computed a few pixels at a time, so that the tensors between them never exist whole: each stage
// makes what the next one asks for and no more, every pixel once. The header, the tool and the running engine walk the same
// way; in between, it is measured how much of each tensor is needed at a time.
#pragma once

#include <inlay/kernels/window_reading.hpp>

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <span>

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
    int lies_in = none;         ///< the stage in whose result its pixels are made, which that stage then overwrites

    constexpr bool is_source() const { return inputs[0] == none; }
    constexpr bool is_sum() const { return reads.kind == window_reading::everything; }

    /// Pixels of its result that are kept, if not the whole result is there.
    constexpr int kept_pixels() const {
        if (lies_in != none) return 0;
        if (is_sum()) return 1;
        return keeps_pixels ? std::min(tile, result.columns) : kept_rows * result.columns;
    }
};

/// The walk of a chain. The image is stage 0, the last stage's result is the chain's.
class walker {
public:
    /// The stages, and the pixel that each makes next.
    constexpr walker(std::span<stage const> list, std::span<position> made) : list_{list}, made_{made} {}

    constexpr int last() const { return static_cast<int>(list_.size()) - 1; }

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
    ///   wanted_by   room for a number for each stage
    template <class Make>
    constexpr bool walk(std::span<std::int16_t> wanted_by, Make&& make) {
        int current = last();
        while (!is_complete(last())) {
            int const before = missing(current);
            if (before == stage::none) {
                int const pixels = next_pixels(current);
                bool const goes_on = make(current, made(current), pixels);
                step(current, pixels);
                if (!goes_on) return is_complete(last());
                current = current == last() ? current : wanted_by[static_cast<std::size_t>(current)];
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
    std::span<stage const> list_;
    std::span<position> made_;
};

/// What is needed of a stage's result at a time.
struct need {
    int rows = 0;         ///< rows, from the first that is still read to the last that is made
    bool in_step = true;  ///< whether readers take every pixel before the next step's are made
};

/// What a chain needs, as far as it has been walked. Positions and needs are arrays, or vectors, of one for each stage.
template <class Positions, class Needs>
struct measures {
    Positions made;
    Needs needs;
    int distance;  ///< bytes by which the result runs ahead of the image's reading: see forward_overlap
    bool is_complete = false;
};

/// Before the first step. The image is there, unless its rows are fed one by one.
template <class Positions, class Needs>
constexpr measures<Positions, Needs> start_measures(std::span<stage const> list, Positions made, Needs needs, bool is_fed) {
    if (!is_fed) made[0] = at(list[0].result.rows, 0);
    return {made, needs, -list[0].result.bytes()};
}

/// Walks on, for so many steps: a constant expression has a limit.
template <class Measures>
constexpr Measures measure(std::span<stage const> list, Measures state, std::span<std::int16_t> wanted_by, int steps) {
    walker walk{list, state.made};
    int const last = walk.last();
    auto const first_needed = [&](int s) {
        position first = at(walk.of(s).result.rows, 0);
        for (int reader = s + 1; reader <= last; ++reader) {
            for (int k = 0; k < 2; ++k) {
                if (walk.of(reader).inputs[k] == s) first = std::min(first, walk.first_needed(reader, k));
            }
        }
        return first;
    };
    auto const keep = [&](int s, position made) {
        auto const needed = first_needed(s);
        auto& need = state.needs[static_cast<std::size_t>(s)];
        if (needed <= made) need.rows = std::max(need.rows, made.row - needed.row + 1);
        if (needed < made) need.in_step = false;
    };
    auto const count_step = [&](int s, position made, int pixels) {
        auto const& result = walk.of(s).result;
        if (s == last) {
            int const stored = walk.of(s).is_sum() ? result.bytes() : (made.row * result.columns + made.column + pixels) * result.pixel;
            // What the step itself reads is needed until it has stored.
            auto const needed = first_needed(0);
            state.distance = std::max(state.distance, stored - (needed.row * list[0].result.columns + needed.column) * list[0].result.pixel);
        } else if (!walk.of(s).is_sum()) {
            for (int place = s; place != stage::none; place = walk.of(place).lies_in) keep(place, made);
        }
        return --steps > 0;
    };
    while (!state.is_complete && steps > 0) {
        state.is_complete = walk.walk(wanted_by, count_step);
        if (!state.is_complete && steps > 0) {  // the next row of the image is fed
            keep(0, state.made[0]);
            walk.step(0, list[0].result.columns);
        }
    }
    return state;
}

constexpr int count_readers(std::span<stage const> list, int s) {
    int readers = 0;
    for (auto const& each : list) readers += (each.inputs[0] == s) + (each.inputs[1] == s);
    return readers;
}

/// Decides which results are kept by the pixel: with `tile` pixels to a step, those whose readers all take single pixels,
/// and take them before the next ones are made. All others are kept in rows. A stage that works element by element overwrites one
/// operand that nobody else reads.
///   needs   as measured; nothing known at first
template <class Needs>
constexpr void choose_steps(std::span<stage> list, int tile, Needs const& needs) {
    auto const last = list.size() - 1;
    for (std::size_t s = 1; s < last; ++s) {
        bool by_pixel = tile > 0 && needs[s].in_step && !list[s].is_sum();
        for (std::size_t reader = s + 1; reader <= last; ++reader) {
            for (int const from : list[reader].inputs) {
                if (from == static_cast<int>(s)) by_pixel = by_pixel && (list[reader].is_sum() || list[reader].reads.is_pixelwise());
            }
        }
        list[s].keeps_pixels = by_pixel;
        list[s].lies_in = stage::none;
    }
    for (std::size_t s = 1; s <= last; ++s) {
        bool by_pixel = list[s].keeps_pixels || (s == last && !list[s].is_sum());
        for (int const from : list[s].inputs) {
            if (from != stage::none) by_pixel = by_pixel || list[static_cast<std::size_t>(from)].keeps_pixels;
        }
        list[s].tile = by_pixel ? tile : 0;
    }
    for (std::size_t s = 1; s < last; ++s) {
        if (!list[s].reads.is_elementwise) continue;
        for (int const from : list[s].inputs) {
            if (from < 1) continue;
            auto& operand = list[static_cast<std::size_t>(from)];
            bool const fits = operand.keeps_pixels && operand.result.pixel == list[s].result.pixel && count_readers(list, from) == 1;
            if (!fits) continue;
            operand.lies_in = static_cast<int>(s);
            break;
        }
    }
}

/// Takes what was measured: whether all is well, or some readers were not in step with what was to be kept by the pixel. That is
/// to be kept in rows then, and measured again.
///   needs   what the stages were chosen by
template <class Needs>
constexpr bool accept(std::span<stage> list, Needs const& measured, Needs& needs) {
    bool fine = true;
    for (std::size_t s = 0; s < list.size(); ++s) {
        list[s].kept_rows = std::min(measured[s].rows, list[s].result.rows);
        if (measured[s].in_step || !list[s].keeps_pixels) continue;
        needs[s].in_step = false;
        fine = false;
    }
    return fine;
}

}  // namespace inlay::streaming
