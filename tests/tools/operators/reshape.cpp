// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

#include <cstring>

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good() {
    return one_operation{"RESHAPE", reshape_options{}}
        .input(element_type::int8, {2, 3, 4}, {0.5F, 3})
        .constant<std::int32_t>(element_type::int32, {2}, {6, -1})
        .output(element_type::int8, {6, 4}, {0.5F, 3});
}

one_operation good_without_operand() {
    return one_operation{"RESHAPE", reshape_options{{-1, 2}}}.input(element_type::float32, {2, 3}).output(element_type::float32, {3, 2});
}

TEST_CASE("RESHAPE: good ones") {
    auto model = good();
    CHECK(model.problems() == "");
    CHECK(model.options<reshape_options>().to == shape{6, 4});
    CHECK(good_without_operand().problems() == "");

    auto silent = good_without_operand();
    silent.options<reshape_options>() = {};
    CHECK(silent.problems() == "");
    CHECK(silent.options<reshape_options>().to == shape{3, 2});

    auto scalar = good_without_operand();
    scalar.options<reshape_options>().to = shape{0};
    scalar.in(0).shape = {1, 1};
    scalar.out().shape = {};
    CHECK(scalar.problems() == "");
}

TEST_CASE("RESHAPE: refused") {
    auto const first = [](auto& m, std::int32_t extent) { std::memcpy(m.in(1).data.data(), &extent, sizeof extent); };
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs.clear(); });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(0).type = element_type::string; });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(1).type = element_type::float32; });
    check_refused(good(), "the new shape is not a constant", [](auto& m) { m.in(1).is_constant = false; });
    check_refused(good(), "empty tensor", [](auto& m) { m.in(0).shape = {0}; });
    check_refused(good(), "does not follow", [&](auto& m) { first(m, -1); });
    check_refused(good(), "does not follow", [&](auto& m) { first(m, 0); });
    check_refused(good(), "does not follow", [&](auto& m) { first(m, 7); });
    check_refused(good(), "does not follow", [](auto& m) { m.in(0).shape = {2, 3, 5}; });
    check_refused(good(), "does not follow", [](auto& m) { m.out().shape = {24}; });
    check_refused(good(), "would change their meaning", [](auto& m) { m.out().quantisation.zero_point = {4}; });
    check_refused(good(), "would change their meaning", [](auto& m) {
        m.in(0).quantisation = {{1, 2}, {0, 0}, 0};
        m.out().quantisation = {{1, 2}, {0, 0}, 0};
    });
    check_refused(good_without_operand(), "does not follow", [](auto& m) { m.template options<reshape_options>().to = shape{-1, -1}; });
}

TEST_CASE("SQUEEZE") {
    auto const model = one_operation{"SQUEEZE", reshape_options{{3, 2}}}.input(element_type::float32, {3, 1, 2}).output(element_type::float32, {3, 2});
    CHECK(one_operation{model}.problems() == "");
    check_refused(model, "does not follow", [](auto& m) { m.out().shape = {6}; });
    check_refused(model, "wrong number of operands", [](auto& m) { m.op().inputs.push_back(0); });
}

TEST_CASE("EXPAND_DIMS") {
    auto const model = one_operation{"EXPAND_DIMS", reshape_options{}}
                           .input(element_type::float32, {3, 2})
                           .constant<std::int32_t>(element_type::int32, {}, {-2})
                           .output(element_type::float32, {3, 1, 2});
    auto made = model;
    CHECK(made.problems() == "");
    CHECK(made.options<reshape_options>().to == shape{3, 1, 2});
    auto const axis = [](auto& m, std::int32_t value) { std::memcpy(m.in(1).data.data(), &value, sizeof value); };
    check_refused(model, "an axis that is not there", [&](auto& m) { axis(m, 3); });
    check_refused(model, "an axis that is not there", [&](auto& m) { axis(m, -4); });
    check_refused(model, "an axis that is not there", [&](auto& m) { axis(m, -2147483647 - 1); });
    check_refused(model, "does not follow", [&](auto& m) { axis(m, 0); });
    check_refused(model, "the axis is not a constant", [](auto& m) { m.in(1).is_constant = false; });
    check_refused(model, "wrong number of elements in the axis", [](auto& m) { m.in(1).shape = {2}; });
    check_refused(model, "rank not supported", [](auto& m) { m.in(0).shape = {1, 1, 1, 1, 3, 2}; });
}

}  // namespace
