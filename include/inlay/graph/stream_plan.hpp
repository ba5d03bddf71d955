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
#include <utility>

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

    image_grid result;             ///< rows, columns and bytes of a pixel of what it makes
    window_reading reads;          ///< how it reads its inputs
    int inputs[2] = {none, none};  ///< the stages that it reads

    // What follows from the neighbours. A reader is a number: twice its stage, and one more for its second input.
    int first_reader = none;
    int next_reader[2] = {none, none};  ///< behind this one's first and second input, in the list of their readers
    bool keeps_pixels = false;          ///< its readers take the pixels of one step at a time; otherwise a ring of rows is kept
    int tile = 0;                       ///< pixels that a step makes; 0: a row
    int kept_rows = 0;                  ///< of its result, if it keeps rows
    int lies_in = none;                 ///< the stage in whose result its pixels are made, which that stage then overwrites

    constexpr bool is_source() const { return inputs[0] == none; }
    constexpr bool is_sum() const { return reads.kind == window_reading::everything; }

    /// Pixels of its result that are kept, if not the whole result is there.
    constexpr int kept_pixels() const {
        if (lies_in != none) return 0;
        if (is_sum()) return 1;
        return keeps_pixels ? std::min(tile, result.columns) : kept_rows * result.columns;
    }
};

/// The walk of a chain. The image is stage 0, the last stage's result is the chain's. It is evaluated at compile time as well,
/// step by step, and so does without helpers that cost a call.
class walker {
public:
    /// The stages, and the pixel that each makes next.
    constexpr walker(std::span<stage const> list, std::span<position> made) : list_{list.data()}, made_{made.data()}, last_{static_cast<int>(list.size()) - 1} {}

    constexpr int last() const { return last_; }
    constexpr stage const& of(int s) const { return list_[s]; }
    constexpr position made(int s) const { return made_[s]; }

    /// Rows and columns of a stage's steps: those of its result, or of its input if it adds it up.
    constexpr image_grid const& grid(int s) const { return list_[s].is_sum() ? list_[list_[s].inputs[0]].result : list_[s].result; }

    constexpr bool is_complete(int s) const { return made_[s].row >= grid(s).rows; }

    /// Pixels of a stage's next step.
    constexpr int next_pixels(int s) const {
        int const left = grid(s).columns - made_[s].column;
        int const tile = list_[s].tile;
        return tile == 0 || tile > left ? left : tile;
    }

    /// The first pixel of its input k that a stage still reads.
    constexpr position first_needed(int s, int k) const {
        auto const& from = list_[list_[s].inputs[k]];
        if (is_complete(s)) return at(from.result.rows, 0);
        if (from.is_sum()) return at(0, 0);
        auto const& reads = list_[s].reads;
        auto const first = [&](int row, int column) {
            return at(std::clamp(reads.vertical.first(row), 0, from.result.rows), std::clamp(reads.horizontal.first(column), 0, from.result.columns - 1));
        };
        auto const here = first(made_[s].row, made_[s].column);
        return made_[s].row + 1 < grid(s).rows ? std::min(here, first(made_[s].row + 1, 0)) : here;
    }

    /// The first pixel of a stage's result that any reader still reads.
    constexpr position first_needed(int s) const {
        position first = at(list_[s].result.rows, 0);
        for (int reader = list_[s].first_reader; reader != stage::none; reader = list_[reader / 2].next_reader[reader % 2]) {
            first = std::min(first, first_needed(reader / 2, reader % 2));
        }
        return first;
    }

    /// Makes as much as the image allows; `make(stage, first pixel, pixels)` is called for each step, as long as it returns
    /// true. Whether all is made.
    ///   wanted_by   room for a number for each stage
    template <class Make>
    constexpr bool walk(std::span<std::int16_t> wanted_by, Make&& make) {
        std::int16_t* const wanted = wanted_by.data();
        int current = last_;
        while (!is_complete(last_)) {
            int const pixels = next_pixels(current);
            int const before = missing(current, pixels);
            if (before == stage::none) {
                bool const goes_on = make(current, made_[current], pixels);
                step(current, pixels);
                if (!goes_on) return is_complete(last_);
                if (current != last_) current = wanted[current];
            } else if (list_[before].is_source()) {
                return false;
            } else {
                wanted[before] = static_cast<std::int16_t>(current);
                current = before;
            }
        }
        return true;
    }

    constexpr void step(int s, int pixels) {
        int const column = made_[s].column + pixels;
        bool const ends_row = column >= grid(s).columns;
        made_[s] = ends_row ? at(made_[s].row + 1, 0) : at(made_[s].row, column);
    }

private:
    /// The first input that lacks pixels for a stage's next step; `none` if all are there.
    constexpr int missing(int s, int pixels) const {
        for (int const from : list_[s].inputs) {
            if (from == stage::none) break;
            position const there = made_[from];
            if (list_[from].is_sum()) {
                if (!is_complete(from)) return from;
                continue;
            }
            auto const& reads = list_[s].reads;
            auto const& image = list_[from].result;
            int row = reads.vertical.last(made_[s].row);
            if (row >= image.rows) row = image.rows - 1;
            if (there.row > row) continue;
            if (there.row < row) return from;
            int column = reads.horizontal.last(made_[s].column + pixels - 1);
            if (column >= image.columns) column = image.columns - 1;
            if (there.column <= column) return from;
        }
        return stage::none;
    }

    stage const* list_;
    position* made_;
    int last_;
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
    auto const keep = [&](int s, position made) {
        auto const& of = walk.of(s);
        auto& need = state.needs[static_cast<std::size_t>(s)];
        if (of.keeps_pixels) {
            // Its readers take the pixel at their own place.
            for (int reader = of.first_reader; reader != stage::none; reader = walk.of(reader / 2).next_reader[reader % 2]) {
                if (walk.made(reader / 2) < made) need.in_step = false;
            }
        } else if (made.column == 0) {  // within a row, readers only come nearer
            auto const needed = walk.first_needed(s);
            if (needed <= made && need.rows < made.row - needed.row + 1) need.rows = made.row - needed.row + 1;
        }
    };
    // Stores are farthest ahead when the image is read on, as what is read then was needed until then.
    auto const keep_distance = [&](int s, position made, int pixels) {
        auto const& result = walk.of(last).result;
        auto const& image = list[0].result;
        bool const ends = s == last && made.row + 1 == walk.grid(last).rows && made.column + pixels == walk.grid(last).columns;
        position const stored = s == last ? at(made.row, made.column + pixels) : walk.made(last);
        int bytes = (stored.row * result.columns + stored.column) * result.pixel;
        if (walk.of(last).is_sum()) bytes = ends ? result.pixel : 0;
        auto const needed = walk.first_needed(0);
        int const ahead = bytes - (needed.row * image.columns + needed.column) * image.pixel;
        if (bytes > 0 && state.distance < ahead) state.distance = ahead;
    };
    auto const count_step = [&](int s, position made, int pixels) {
        auto const& of = walk.of(s);
        if (of.inputs[0] == 0 || of.inputs[1] == 0 || s == last) keep_distance(s, made, pixels);
        if (s != last && !of.is_sum()) {
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

/// Enters every stage's readers.
constexpr void list_readers(std::span<stage> list) {
    for (auto s = static_cast<int>(list.size()) - 1; s > 0; --s) {
        auto& reader = list[static_cast<std::size_t>(s)];
        for (int k = 1; k >= 0; --k) {
            if (reader.inputs[k] == stage::none) continue;
            reader.next_reader[k] = std::exchange(list[static_cast<std::size_t>(reader.inputs[k])].first_reader, 2 * s + k);
        }
    }
}

/// Decides which results are kept by the pixel: with `tile` pixels to a step, those whose readers all take single pixels,
/// and take them before the next ones are made. All others are kept in rows. A stage that works element by element overwrites one
/// operand that nobody else reads.
///   needs   as measured; nothing known at first
template <class Needs>
constexpr void choose_steps(std::span<stage> list, int tile, Needs const& needs) {
    auto const last = list.size() - 1;
    auto const of = [&](int s) -> stage& { return list[static_cast<std::size_t>(s)]; };
    for (std::size_t s = 1; s < last; ++s) {
        bool by_pixel = tile > 0 && needs[s].in_step && !list[s].is_sum();
        for (int reader = list[s].first_reader; reader != stage::none; reader = of(reader / 2).next_reader[reader % 2]) {
            by_pixel = by_pixel && (of(reader / 2).is_sum() || of(reader / 2).reads.is_pixelwise());
        }
        list[s].keeps_pixels = by_pixel;
        list[s].lies_in = stage::none;
    }
    for (std::size_t s = 1; s <= last; ++s) {
        bool by_pixel = list[s].keeps_pixels || (s == last && !list[s].is_sum());
        for (int const from : list[s].inputs) {
            if (from != stage::none) by_pixel = by_pixel || of(from).keeps_pixels;
        }
        list[s].tile = by_pixel ? tile : 0;
    }
    for (std::size_t s = 1; s < last; ++s) {
        if (!list[s].reads.is_elementwise) continue;
        for (int const from : list[s].inputs) {
            if (from < 1) continue;
            auto& operand = of(from);
            bool const is_only_reader = of(operand.first_reader / 2).next_reader[operand.first_reader % 2] == stage::none;
            if (!operand.keeps_pixels || operand.result.pixel != list[s].result.pixel || !is_only_reader) continue;
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
