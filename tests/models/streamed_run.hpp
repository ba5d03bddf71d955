// SPDX-License-Identifier: MIT
//
// Runs a group of layers within the bytes that its plan gives it. What a step reads is taken from where the plan keeps it, and
// what the plan does not keep is noise; so a step that needs more than that gives another result.
#pragma once

#include "model/streaming.hpp"
#include "operators/operator.hpp"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <random>
#include <vector>

namespace inlay::test {

class streamed_run {
public:
    /// Where in the arena lie the image, the result and what is kept. An image that is fed lies elsewhere.
    streamed_run(tool::graph const& model, tool::operation const& group, std::byte const* image, std::byte* result, std::byte* kept)
        : model_{model}, layers_{group.layers}, is_fed_{tool::reads_fed(model, group)}, plan_{tool::plan_stream(model, group.layers, is_fed_)},
          image_{image}, result_{result}, kept_{kept}, whole_(model.tensors.size()), memory_(model.tensors.size()), input_of_sums_(plan_.stages.size()) {
        for (std::size_t t = 0; t < model.tensors.size(); ++t) {
            if (model.tensors[t].is_constant) memory_[t] = const_cast<std::byte*>(model.tensors[t].data.data());
        }
    }

    void run() {
        auto const count = plan_.stages.size();
        std::vector<streaming::position> made(count);
        auto const& image = stage(0).result;
        if (!is_fed_) made[0] = streaming::at(image.rows, 0);
        std::vector<std::int16_t> wanted_by(count);
        streaming::walker walk{plan_.stages, made};
        auto const make_step = [&](int s, streaming::position first, int pixels) {
            stage(s).is_sum() ? add(s, first, pixels, made) : make(s, first, pixels, made);
            return true;
        };
        while (!walk.walk(wanted_by, make_step)) {
            int const row = made[0].row;
            std::copy_n(image_ + row * image.columns * image.pixel, image.columns * image.pixel, address(0, made[0]));
            walk.step(0, image.columns);
        }
    }

private:
    using positions = std::vector<streaming::position>;

    streaming::stage const& stage(int s) const { return plan_.stages[static_cast<std::size_t>(s)]; }
    tool::operation const& layer(int s) const { return layers_[static_cast<std::size_t>(s) - 1]; }
    int last() const { return static_cast<int>(layers_.size()); }
    int tensor_of(int s) const { return s == 0 ? image_tensor() : layer(s).outputs[0]; }
    int image_tensor() const { return layers_[0].inputs[0]; }

    /// Where a pixel of a stage's result is kept.
    std::byte* address(int s, streaming::position at) {
        auto const& of = stage(s);
        if (of.lies_in != streaming::stage::none) return address(of.lies_in, at);
        if (s == last()) return result_ + (at.row * of.result.columns + at.column) * of.result.pixel;
        auto* const begin = kept_ + plan_.kept[number_of_kept(s)].offset;
        if (of.is_sum() || of.keeps_pixels) return begin;
        return begin + (at.row % of.kept_rows * of.result.columns + at.column) * of.result.pixel;
    }

    std::size_t number_of_kept(int s) const {
        std::size_t number = 0;
        for (int each = is_fed_ ? 0 : 1; each < s; ++each) number += stage(each).lies_in == streaming::stage::none;
        return number;
    }

    void noise(std::byte* begin, std::size_t bytes) {
        for (std::size_t b = 0; b < bytes; ++b) begin[b] = static_cast<std::byte>(random_());
    }

    /// A tensor of noise but for what is kept of it while a step begins at pixel `first`.
    std::byte* gather(int s, streaming::position first, int pixels, positions const& made) {
        auto& whole = whole_[static_cast<std::size_t>(tensor_of(s))];
        auto const& grid = stage(s).result;
        whole.resize(static_cast<std::size_t>(grid.bytes()));
        if (s == 0 && !is_fed_) {
            std::copy_n(image_, whole.size(), whole.data());
            return whole.data();
        }
        noise(whole.data(), whole.size());
        if (stage(s).is_sum()) {
            std::copy_n(address(s, {}), whole.size(), whole.data());
        } else if (stage(s).keeps_pixels) {
            std::copy_n(address(s, first), pixels * grid.pixel, whole.data() + (first.row * grid.columns + first.column) * grid.pixel);
        } else {
            auto const next = made[static_cast<std::size_t>(s)];
            int const newest = next.column > 0 ? next.row : next.row - 1;
            for (int row = std::max(newest - stage(s).kept_rows + 1, 0); row <= newest; ++row) {
                std::copy_n(address(s, streaming::at(row, 0)), grid.columns * grid.pixel, whole.data() + row * grid.columns * grid.pixel);
            }
        }
        return whole.data();
    }

    void make(int s, streaming::position first, int pixels, positions const& made) {
        auto const& op = layer(s);
        auto const& from = stage(s).inputs;
        for (int const input : from) {
            if (input != streaming::stage::none) memory_[static_cast<std::size_t>(tensor_of(input))] = gather(input, first, pixels, made);
        }
        auto const& grid = stage(s).result;
        std::vector<std::byte> result(static_cast<std::size_t>(grid.bytes()));
        memory_[static_cast<std::size_t>(op.outputs[0])] = result.data();
        tool::operands operands{op, memory_};
        // Operators that work element by element make all of it.
        int const begin = stage(s).reads.is_elementwise ? (first.row * grid.columns + first.column) * grid.pixel : 0;
        tool::find_operator(op.kind)->evaluate(model_, op, operands.only({first.row, first.column, pixels}));
        std::copy_n(result.data() + begin, pixels * grid.pixel, address(s, first));
    }

    /// Collects what a sum adds up, and spoils the sums, which are nobody else's.
    void add(int s, streaming::position first, int pixels, positions const& made) {
        int const input = stage(s).inputs[0];
        auto const& grid = stage(input).result;
        auto& seen = input_of_sums_[static_cast<std::size_t>(s)];
        seen.resize(static_cast<std::size_t>(grid.bytes()));
        auto const* const whole = gather(input, first, pixels, made);
        int const offset = (first.row * grid.columns + first.column) * grid.pixel;
        std::copy_n(whole + offset, pixels * grid.pixel, seen.data() + offset);
        spoil_sums(s);
        if (first.row + 1 < grid.rows || first.column + pixels < grid.columns) return;
        auto const& op = layer(s);
        memory_[static_cast<std::size_t>(tensor_of(input))] = seen.data();
        memory_[static_cast<std::size_t>(op.outputs[0])] = address(s, {});
        tool::find_operator(op.kind)->evaluate(model_, op, tool::operands{op, memory_});
    }

    void spoil_sums(int s) {
        auto number = number_of_kept(last());
        for (int each = 1; each < s; ++each) number += stage(each).is_sum();
        noise(kept_ + plan_.kept[number].offset, static_cast<std::size_t>(plan_.kept[number].bytes));
    }

    tool::graph const& model_;
    std::vector<tool::operation> const& layers_;
    bool is_fed_;
    tool::stream_plan plan_;
    std::byte const* image_;
    std::byte* result_;
    std::byte* kept_;
    std::vector<std::vector<std::byte>> whole_;
    std::vector<std::byte*> memory_;
    std::vector<std::vector<std::byte>> input_of_sums_;
    std::mt19937 random_{11};
};

}  // namespace inlay::test
