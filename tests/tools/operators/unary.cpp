// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good(std::string const& kind, affine out) {
    return one_operation{kind, unary_options{}}.input(element_type::int8, {2, 3}, {0.05F, 3}).output(element_type::int8, {2, 3}, out);
}

one_operation good_leaky_relu() {
    return one_operation{"LEAKY_RELU", leaky_relu_options{.alpha = 0.25F}}
        .input(element_type::int8, {2, 3}, {0.05F, 3})
        .output(element_type::int8, {2, 3}, {0.05F, 0});
}

std::vector<one_operation> good_ones() {
    return {good("LOGISTIC", {1.0F / 256, -128}), good("TANH", {1.0F / 128, 0}), good("RELU", {0.1F, -3}),     good("RELU6", {0.1F, -3}),
            good("RELU_N1_TO_1", {0.1F, -3}),     good("HARD_SWISH", {0.1F, -3}), good("QUANTIZE", {0.1F, -3}), good_leaky_relu()};
}

TEST_CASE("unary operators: good ones") {
    for (auto& model : good_ones()) {
        CAPTURE(model.op().kind);
        CHECK(model.problems() == "");
        model.in(0).type = element_type::float32;
        if (model.op().kind != "QUANTIZE") model.out().type = element_type::float32;
        CHECK(model.problems() == "");
    }
    auto to_float = one_operation{"DEQUANTIZE", unary_options{}}.input(element_type::int8, {4}, {0.5F, 3}).output(element_type::float32, {4});
    CHECK(to_float.problems() == "");
}

TEST_CASE("unary operators: refused") {
    for (auto const& model : good_ones()) {
        check_refused(model, "wrong number of operands", [](auto& m) { m.op().inputs.clear(); });
        check_refused(model, "wrong number of operands", [](auto& m) { m.op().inputs.push_back(0); });
        check_refused(model, "element type not supported", [](auto& m) { m.in(0).type = element_type::int16; });
        check_refused(model, "element type not supported", [](auto& m) { m.out().type = element_type::uint8; });
        check_refused(model, "empty tensor", [](auto& m) { m.in(0).shape = {0}; });
        check_refused(model, "lacks its quantisation", [](auto& m) { m.in(0).quantisation = {}; });
        check_refused(model, "lacks its quantisation", [](auto& m) { m.out().quantisation = {}; });
        check_refused(model, "does not follow", [](auto& m) { m.out().shape = {6}; });
    }
}

TEST_CASE("unary operators: refused for their scales") {
    for (auto const& model : good_ones()) {
        if (auto kind = one_operation{model}.op().kind; kind == "RELU6") continue;  // only compares numbers
        check_refused(model, "the scales do not fit", [](auto& m) { m.in(0).quantisation.scale = {1e30F}; });
    }
    check_refused(good("HARD_SWISH", {0.1F, 0}), "the scales do not fit", [](auto& m) { m.in(0).quantisation.scale = {1e-9F}; });
    check_refused(good("HARD_SWISH", {0.1F, 0}), "the scales do not fit", [](auto& m) { m.out().quantisation.scale = {1e-9F}; });
    check_refused(good("LOGISTIC", {1.0F / 256, -128}), "the scales do not fit", [](auto& m) { m.in(0).quantisation.scale = {1e-12F}; });
    check_refused(good("LOGISTIC", {1.0F / 256, -128}), "is not the operator's", [](auto& m) { m.out().quantisation.zero_point = {0}; });
    check_refused(good("TANH", {1.0F / 128, 0}), "is not the operator's", [](auto& m) { m.out().quantisation.scale = {0.01F}; });
    check_refused(good_leaky_relu(), "the scales do not fit", [](auto& m) { m.template options<leaky_relu_options>().alpha = -3e38F; });
}

TEST_CASE("DEQUANTIZE: refused") {
    auto const model = one_operation{"DEQUANTIZE", unary_options{}}.input(element_type::int8, {4}, {0.5F, 3}).output(element_type::float32, {4});
    check_refused(model, "element type not supported", [](auto& m) { m.in(0).type = element_type::float16; });
    check_refused(model, "element type not supported", [](auto& m) { m.out().type = element_type::int8; });
    check_refused(model, "lacks its quantisation", [](auto& m) { m.in(0).quantisation = {}; });
    check_refused(model, "does not follow", [](auto& m) { m.out().shape = {5}; });
}

}  // namespace
