// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good() {
    return one_operation{"CONCATENATION", concatenation_options{.axis = -1}}
        .input(element_type::int8, {2, 1, 3}, {0.5F, 3})
        .input(element_type::int8, {2, 1, 4}, {0.5F, 3})
        .output(element_type::int8, {2, 1, 7}, {0.5F, 3});
}

TEST_CASE("CONCATENATION: good ones") {
    CHECK(good().problems() == "");
    auto alone = good();
    alone.op().inputs.pop_back();
    alone.out().shape = {2, 1, 3};
    CHECK(alone.problems() == "");
}

TEST_CASE("CONCATENATION: refused") {
    using options = concatenation_options;
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs.clear(); });
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs[1] = operation::absent; });
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().outputs.push_back(0); });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(1).type = element_type::float32; });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(0).type = element_type::int32; });
    check_refused(good(), "empty tensor", [](auto& m) { m.in(1).shape = {2, 1, 0}; });
    check_refused(good(), "would change their meaning", [](auto& m) { m.in(1).quantisation.scale = {0.25F}; });
    check_refused(good(), "a fused activation", [](auto& m) { m.template options<options>().activation = activation_function::relu; });
    check_refused(good(), "an axis that is not there", [](auto& m) { m.template options<options>().axis = 3; });
    check_refused(good(), "an axis that is not there", [](auto& m) { m.template options<options>().axis = -2147483647 - 1; });
    check_refused(good(), "the inputs' shapes do not fit", [](auto& m) { m.in(1).shape = {2, 2, 4}; });
    check_refused(good(), "the inputs' shapes do not fit", [](auto& m) { m.in(1).shape = {2, 4}; });
    check_refused(good(), "does not follow", [](auto& m) { m.out().shape = {2, 1, 8}; });
    check_refused(good(), "does not follow", [](auto& m) {
        m.in(1).shape = {2, 1, 1 << 26};
        for (int i = 0; i < 100; ++i) m.op().inputs.push_back(m.op().inputs[1]);
    });
}

}  // namespace
