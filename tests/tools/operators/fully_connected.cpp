// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good() {
    return one_operation{"FULLY_CONNECTED", fully_connected_options{}}
        .input(element_type::int8, {2, 1, 3}, {0.5F, 3})
        .constant<std::int8_t>(element_type::int8, {2, 3}, {1, 2, 3, 4, 5, 6}, {0.25F, 0})
        .constant<std::int32_t>(element_type::int32, {2}, {1, 2})
        .output(element_type::int8, {2, 2}, {1, 0});
}

one_operation good_dynamic() {
    return one_operation{"FULLY_CONNECTED", fully_connected_options{}}
        .input(element_type::int8, {1, 3}, {0.5F, 3})
        .input(element_type::int8, {2, 3}, {0.25F, 1})
        .input(element_type::int32, {2})
        .output(element_type::int8, {1, 2}, {1, 0});
}

TEST_CASE("FULLY_CONNECTED: good ones") {
    CHECK(good().problems() == "");
    CHECK(good_dynamic().problems() == "");

    SUBCASE("without bias") {
        auto model = good();
        model.op().inputs[2] = operation::absent;
        CHECK(model.problems() == "");
    }
    SUBCASE("a scale for each unit") {
        auto model = good();
        model.in(1).quantisation = {{1, 2}, {0, 0}, 0};
        CHECK(model.problems() == "");
    }
    SUBCASE("axes kept") {
        auto model = good();
        model.options<fully_connected_options>().keep_num_dims = true;
        model.out().shape = {2, 1, 2};
        CHECK(model.problems() == "");
        CHECK(model.options<fully_connected_options>().keep_num_dims);
    }
    SUBCASE("the flag to keep axes says nothing where the filter spans several") {
        auto model = good();
        model.options<fully_connected_options>().keep_num_dims = true;
        model.in(0).shape = {1, 2, 3, 1};
        CHECK(model.problems() == "");
        CHECK(!model.options<fully_connected_options>().keep_num_dims);
    }
    SUBCASE("a constant filter beside a bias that is computed") {
        auto model = good();
        model.in(2).is_constant = false;
        CHECK(model.problems() == "");
    }
}

TEST_CASE("FULLY_CONNECTED: refused") {
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().outputs.clear(); });
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs.push_back(0); });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(0).type = element_type::float32; });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(2).type = element_type::int64; });
    check_refused(good(), "rank not supported", [](auto& m) { m.in(1).shape = {6}; });
    check_refused(good(), "empty tensor", [](auto& m) { m.in(1).shape = {2, 0}; });
    check_refused(good(), "the filter does not fit the input", [](auto& m) { m.in(0).shape = {2, 2}; });
    check_refused(good(), "does not follow", [](auto& m) { m.out().shape = {2, 3}; });
    check_refused(good(), "lacks its quantisation", [](auto& m) { m.out().quantisation = {}; });
    check_refused(good(), "the filter's quantisation does not fit its channels", [](auto& m) { m.in(1).quantisation = {}; });
    check_refused(good(), "the bias does not fit the filter", [](auto& m) { m.in(2).shape = {1}; });
}

TEST_CASE("FULLY_CONNECTED: refused with a filter that is computed") {
    check_refused(good_dynamic(), "element type not supported", [](auto& m) { m.in(1).type = element_type::float32; });
    check_refused(good_dynamic(), "element type not supported", [](auto& m) { m.in(2).type = element_type::float32; });
    check_refused(good_dynamic(), "the bias does not fit the filter", [](auto& m) { m.in(2).shape = {3}; });
    check_refused(good_dynamic(), "quantisation per channel", [](auto& m) { m.in(1).quantisation = {{1, 2}, {0, 0}, 0}; });
    check_refused(good_dynamic(), "quantisation per channel", [](auto& m) { m.in(1).quantisation = {}; });
    check_refused(good_dynamic(), "out of range", [](auto& m) { m.in(1).quantisation.zero_point = {200}; });
    check_refused(good_dynamic(), "scales out of range", [](auto& m) {
        m.in(0).quantisation.scale = {3e38F};
        m.in(1).quantisation.scale = {3e38F};
    });
    check_refused(good_dynamic(), "a sum can overflow", [](auto& m) {
        m.in(0).shape = {1, 40000};
        m.in(1).shape = {2, 40000};
    });
}

}  // namespace
