// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good() {
    return one_operation{"SOFTMAX", softmax_options{}}.input(element_type::int8, {1, 10}, {0.5F, 3}).output(element_type::int8, {1, 10}, softmax_quantisation);
}

TEST_CASE("SOFTMAX: refused") {
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs.push_back(0); });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(0).type = element_type::int16; });
    check_refused(good(), "element type not supported", [](auto& m) { m.out().type = element_type::int16; });
    check_refused(good(), "rank not supported", [](auto& m) { m.in(0).shape = shape{}; });
    check_refused(good(), "empty tensor", [](auto& m) { m.in(0).shape = {1, 0}; });
    check_refused(good(), "does not follow", [](auto& m) { m.out().shape = {2, 5}; });
    check_refused(good(), "lacks its quantisation", [](auto& m) { m.in(0).quantisation = {}; });
    check_refused(good(), "not that of a softmax", [](auto& m) { m.out().quantisation.zero_point = {0}; });
    check_refused(good(), "beta out of range", [](auto& m) { m.template options<softmax_options>().beta = -1; });
    check_refused(good(), "beta out of range", [](auto& m) { m.in(0).quantisation.scale = {1e-9F}; });
    check_refused(good(), "too many classes", [](auto& m) {
        m.in(0).shape = {1, 4096};
        m.out().shape = {1, 4096};
    });
}

}  // namespace
