// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good(char const* kind, std::vector<std::int32_t> const& axes = {1}, shape const& out = {2, 4}) {
    return one_operation{kind, reduce_options{}}
        .input(element_type::int8, {2, 3, 4}, {0.5F, 3})
        .constant<std::int32_t>(element_type::int32, {static_cast<int>(axes.size())}, axes)
        .output(element_type::int8, out, {0.25F, -1});
}

TEST_CASE("MEAN, SUM: axes from behind, twice, none") {
    for (auto const* kind : {"MEAN", "SUM"}) {
        CHECK(good(kind, {-2}).problems() == "");
        CHECK(good(kind, {1, -2, 1}).problems() == "");
        CHECK(good(kind, {2, 0}, {3}).problems() == "");
        CHECK(good(kind, {0, 1, 2}, shape{}).problems() == "");
        CHECK(good(kind, {}, {2, 3, 4}).problems() == "");

        auto model = good(kind, {-1, 0}, {1, 3, 1});
        model.options<reduce_options>().keep_dims = true;
        CHECK(model.problems() == "");
        CHECK(model.options<reduce_options>() == reduce_options{{true, false, true}, true, {0.25F, -1}});
    }
}

TEST_CASE("MEAN, SUM: refused") {
    for (auto const* kind : {"MEAN", "SUM"}) {
        CAPTURE(kind);
        auto const refused = [&](char const* words, auto damage) { check_refused(good(kind), words, damage); };
        refused("wrong number of operands", [](one_operation& m) { m.op().inputs.pop_back(); });
        refused("element type not supported", [](one_operation& m) { m.in(0).type = element_type::int32; });
        refused("element type not supported", [](one_operation& m) { m.in(1).type = element_type::int64; });
        refused("element type not supported", [](one_operation& m) { m.out().type = element_type::float32; });
        refused("the list of axes is not a constant", [](one_operation& m) { m.in(1).is_constant = false; });
        refused("empty tensor", [](one_operation& m) { m.in(0).shape = {2, 0, 4}; });
        refused("lacks its quantisation", [](one_operation& m) { m.out().quantisation = {}; });
        refused("does not follow", [](one_operation& m) { m.options<reduce_options>().keep_dims = true; });
        refused("an axis that is not there", [](one_operation& m) { m.in(0).shape = {24}; });
        refused("an axis that is not there", [](one_operation& m) { m.in(1).data[3] = std::byte{0x80}; });
        refused("a sum can overflow", [](one_operation& m) { m.in(0).shape = {2, 9'000'000, 4}; });
    }
}

}  // namespace
