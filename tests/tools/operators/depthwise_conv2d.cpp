// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

#include <cstring>

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good() {
    return one_operation{"DEPTHWISE_CONV_2D", depthwise_conv2d_options{}}
        .input(element_type::int8, {1, 3, 3, 2}, {0.5F, 3})
        .constant<std::int8_t>(element_type::int8, {1, 1, 1, 4}, {1, 2, 3, 4}, {0.25F, 0})
        .constant<std::int32_t>(element_type::int32, {4}, {1, 2, 3, 4})
        .output(element_type::int8, {1, 3, 3, 4}, {1, 0});
}

TEST_CASE("DEPTHWISE_CONV_2D: a good one") {
    auto model = good();
    CHECK(model.problems() == "");
    CHECK(model.options<depthwise_conv2d_options>().output == affine{1, 0});
    model.op().inputs[2] = operation::absent;
    CHECK(model.problems() == "");
    model.op().inputs.pop_back();
    CHECK(model.problems() == "");
}

TEST_CASE("DEPTHWISE_CONV_2D: refused") {
    using options = depthwise_conv2d_options;
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs.resize(1); });
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs[1] = operation::absent; });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(0).type = element_type::int16; });
    check_refused(good(), "element type not supported", [](auto& m) { m.out().type = element_type::float32; });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(1).type = element_type::int4; });
    check_refused(good(), "the filter is not a constant", [](auto& m) { m.in(1).is_constant = false; });
    check_refused(good(), "the bias is not a constant", [](auto& m) { m.in(2).is_constant = false; });
    check_refused(good(), "the bias does not fit the filter", [](auto& m) { m.in(2).shape = {3}; });
    check_refused(good(), "rank not supported", [](auto& m) { m.in(0).shape = {3, 3, 2}; });
    check_refused(good(), "rank not supported", [](auto& m) { m.in(1).shape = {1, 1, 4}; });
    check_refused(good(), "empty tensor", [](auto& m) { m.in(0).shape = {1, 0, 3, 2}; });
    check_refused(good(), "the filter is not that of a depthwise convolution", [](auto& m) { m.in(1).shape = {4, 1, 1, 4}; });
    check_refused(good(), "the output channels are no multiple of the input's", [](auto& m) { m.in(0).shape = {1, 3, 3, 3}; });
    check_refused(good(), "stride or dilation out of range", [](auto& m) { m.template options<options>().stride_w = 0; });
    check_refused(good(), "stride or dilation out of range", [](auto& m) { m.template options<options>().dilation_h = 1 << 30; });
    check_refused(good(), "does not follow", [](auto& m) { m.template options<options>().stride_h = 2; });
    check_refused(good(), "lacks its quantisation", [](auto& m) { m.in(0).quantisation = {}; });
    check_refused(good(), "the filter's quantisation does not fit its channels", [](auto& m) {
        m.in(1).quantisation = {{1, 1}, {0, 0}, 3};
    });
    check_refused(good(), "the filter's quantisation does not fit its channels", [](auto& m) {
        m.in(1).quantisation = {{1, 1, 1, 1}, {0, 0, 0, 0}, 0};
    });
    check_refused(good(), "a sum can overflow", [](auto& m) {
        std::int32_t const large = 2147483647;
        std::memcpy(m.in(2).data.data(), &large, sizeof large);
    });
}

TEST_CASE("DEPTHWISE_CONV_2D: a filter larger than the image") {
    auto model = one_operation{"DEPTHWISE_CONV_2D", depthwise_conv2d_options{}}
                     .input(element_type::float32, {1, 1, 1, 1})
                     .constant<float>(element_type::float32, {1, 2, 1, 1}, {1, 2})
                     .output(element_type::float32, {1, 0, 1, 1});
    CHECK(model.problems().find("empty tensor") != std::string::npos);
    model.options<depthwise_conv2d_options>().padding = padding::same;
    model.out().shape = {1, 1, 1, 1};
    CHECK(model.problems() == "");
}

}  // namespace
