// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good(std::string const& kind) {
    return one_operation{kind, elementwise_options{}}
        .input(element_type::int8, {2, 1, 3}, {0.5F, 3})
        .input(element_type::int8, {4, 1}, {0.25F, -1})
        .output(element_type::int8, {2, 4, 3}, {0.5F, 2});
}

TEST_CASE("ADD, SUB, MUL: good ones") {
    for (auto const* kind : {"ADD", "SUB", "MUL"}) {
        auto model = good(kind);
        CHECK(model.problems() == "");
        CHECK(model.options<elementwise_options>().output == affine{0.5F, 2});
        auto square = good(kind);
        square.op().inputs[1] = square.op().inputs[0];
        square.out().shape = {2, 1, 3};
        CHECK(square.problems() == "");
    }
    auto real = one_operation{"ADD", elementwise_options{}}.input(element_type::float32, {}).input(element_type::float32, {1}).output(element_type::float32, {1});
    CHECK(real.problems() == "");
    CHECK(real.options<elementwise_options>().output == affine{});
}

TEST_CASE("ADD, SUB, MUL: refused") {
    for (auto const* kind : {"ADD", "SUB", "MUL"}) {
        check_refused(good(kind), "wrong number of operands", [](auto& m) { m.op().inputs.pop_back(); });
        check_refused(good(kind), "wrong number of operands", [](auto& m) { m.op().inputs[0] = operation::absent; });
        check_refused(good(kind), "wrong number of operands", [](auto& m) { m.op().outputs.clear(); });
        check_refused(good(kind), "element type not supported", [](auto& m) { m.in(0).type = element_type::int32; });
        check_refused(good(kind), "element type not supported", [](auto& m) { m.in(1).type = element_type::float32; });
        check_refused(good(kind), "element type not supported", [](auto& m) { m.out().type = element_type::float32; });
        check_refused(good(kind), "empty tensor", [](auto& m) { m.in(0).shape = {2, 0, 3}; });
        check_refused(good(kind), "lacks its quantisation", [](auto& m) { m.in(1).quantisation = {}; });
        check_refused(good(kind), "lacks its quantisation", [](auto& m) { m.out().quantisation = {{1, 2, 3}, {0, 0, 0}, 2}; });
        check_refused(good(kind), "zero point of the first operand out of range", [](auto& m) { m.in(0).quantisation.zero_point = {200}; });
        check_refused(good(kind), "the operands' shapes do not fit", [](auto& m) { m.in(1).shape = {4, 2}; });
        check_refused(good(kind), "does not follow", [](auto& m) { m.out().shape = {2, 3, 4}; });
        check_refused(good(kind), "the output's scale is too small", [](auto& m) { m.out().quantisation.scale = {1e-30F}; });
    }
}

}  // namespace
