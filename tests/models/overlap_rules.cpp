// SPDX-License-Identifier: MIT
//
// The distance from its input that an operator asks for its result: no byte more than it needs, and not one less.
#include "planned_run.hpp"
#include "random_network.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <utility>

namespace inlay::test {
namespace {

/// The layout of a network of one operation whose result begins `apart` bytes behind its input.
tool::memory_layout lay_out(tool::graph const& model, traversal order, int apart) {
    auto const& op = model.operations[0];
    int const in = static_cast<int>(model.in(op, 0).bytes());
    int const out = static_cast<int>(model.out(op).bytes());
    int const in_offset = std::max(-apart, 0);
    int const out_offset = std::max(apart, 0);
    tool::memory_layout layout{.blocks = {}, .order = {order}, .live_bytes = {}};
    layout.blocks.push_back({.bytes = in, .first = 0, .last = 1, .tensor = op.inputs[0], .offset = in_offset});
    layout.blocks.push_back({.bytes = out, .first = 1, .last = 2, .tensor = op.outputs[0], .offset = out_offset});
    int const end = (std::max(in_offset + in, out_offset + out) + 3) / 4 * 4;
    int const scratch = tool::scratch_for(model, op, order);
    if (scratch > 0) layout.blocks.push_back({.bytes = scratch, .first = 1, .last = 1, .operation = 0, .offset = end});
    layout.arena_bytes = end + scratch;
    return layout;
}

struct tally {
    int right = 0;
    int broken_a_byte_closer = 0;
};

/// Runs with the result at the end of what the rule forbids, and a byte inside.
void judge(tally& of, tool::graph const& model, traversal order, int allowed, int closer, unsigned seed) {
    auto const broken = compare_with_unplanned(model, lay_out(model, order, allowed), seed);
    CHECK_MESSAGE(broken.empty(), "seed ", seed, ", ", allowed, " bytes apart: ", broken);
    ++of.right;
    of.broken_a_byte_closer += !compare_with_unplanned(model, lay_out(model, order, closer), seed).empty();
}

}  // namespace

TEST_CASE("overlap rules: right at the distance asked for, wrong a byte closer") {
    tally forward;
    tally backward;
    for (unsigned seed = 0; seed < 6'000; ++seed) {
        random_network network{seed, 1};
        REQUIRE(network.check().empty());
        auto const& model = network.model();
        auto const& op = model.operations[0];
        bool const reads_once = std::ranges::count(op.inputs, op.inputs[0]) == 1;
        if (tool::find_operator(op.kind)->overlap == nullptr || !reads_once) continue;
        int const in = static_cast<int>(model.in(op, 0).bytes());
        int const out = static_cast<int>(model.out(op).bytes());
        for (auto const order : {traversal::forward, traversal::backward, traversal::in_place}) {
            auto const rule = tool::overlap_for(model, op, order, 0);
            if (rule.same_address) {
                auto const broken = compare_with_unplanned(model, lay_out(model, order, 0), seed);
                CHECK_MESSAGE(broken.empty(), "seed ", seed, ", at its input's address: ", broken);
            }
            // Beside each other they may always lie; that is no merit of the rule.
            if (order == traversal::forward && rule.low > -out) judge(forward, model, order, rule.low, rule.low + 1, seed);
            if (order == traversal::backward && rule.low != nowhere.low && rule.high < in) judge(backward, model, order, rule.high, rule.high - 1, seed);
        }
    }
    // Where a byte closer breaks nothing, equal bytes or a tap on the border hide it.
    for (auto const& of : {forward, backward}) {
        CHECK(of.right > 2'000);
        CHECK_MESSAGE(of.broken_a_byte_closer * 10 > of.right * 8, of.broken_a_byte_closer, " of ", of.right);
    }
}

}  // namespace inlay::test
