// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good(char const* kind) {
    return one_operation{kind, pool2d_options{.filter_h = 2, .filter_w = 2}}
        .input(element_type::int8, {1, 3, 3, 2}, {0.5F, 3})
        .output(element_type::int8, {1, 2, 2, 2}, {0.5F, 3});
}

TEST_CASE("AVERAGE_POOL_2D, MAX_POOL_2D: refused") {
    for (auto const* kind : {"AVERAGE_POOL_2D", "MAX_POOL_2D"}) {
        CAPTURE(kind);
        auto const refused = [&](char const* words, auto damage) { check_refused(good(kind), words, damage); };
        refused("wrong number of operands", [](one_operation& m) { m.op().inputs.clear(); });
        refused("element type not supported", [](one_operation& m) { m.in(0).type = element_type::int32; });
        refused("element type not supported", [](one_operation& m) { m.out().type = element_type::float32; });
        refused("rank not supported", [](one_operation& m) { m.in(0).shape = {3, 3, 2}; });
        refused("empty tensor", [](one_operation& m) { m.in(0).shape = {1, 3, 3, 0}; });
        refused("stride or dilation out of range", [](one_operation& m) { m.options<pool2d_options>().stride_h = -1; });
        refused("filter out of range", [](one_operation& m) { m.options<pool2d_options>().filter_h = 0; });
        refused("filter out of range", [](one_operation& m) { m.options<pool2d_options>().filter_w = 2147483647; });
        refused("does not follow", [](one_operation& m) { m.options<pool2d_options>().padding = padding::same; });
        refused("a pooling that rescales", [](one_operation& m) { m.out().quantisation.scale = {0.6F}; });
        refused("a pooling that rescales", [](one_operation& m) { m.out().quantisation.zero_point = {4}; });
        refused("lacks its quantisation", [](one_operation& m) { m.in(0).quantisation = {}; });
        refused("a window without pixels", [](one_operation& m) {
            m.options<pool2d_options>().padding = {padding::kind::given, 2, 0, 0, 0};
        });
        refused("a sum can overflow", [](one_operation& m) {
            m.in(0).shape = {1, 4096, 4096, 1};
            m.options<pool2d_options>() = {.filter_h = 4096, .filter_w = 4096};
        });
        refused("empty tensor", [](one_operation& m) {
            m.options<pool2d_options>().filter_h = 4;
            m.out().shape = {1, 0, 2, 2};
        });
    }
}

}  // namespace
