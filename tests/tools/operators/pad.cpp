// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

#include <cstring>

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good() {
    return one_operation{"PAD", pad_options{}}
        .input(element_type::int8, {2, 3}, {0.5F, 3})
        .constant<std::int32_t>(element_type::int32, {2, 2}, {0, 1, 2, 3})
        .output(element_type::int8, {3, 8}, {0.5F, 3});
}

one_operation good_padv2() {
    return one_operation{"PADV2", pad_options{}}
        .input(element_type::int8, {2, 3}, {0.5F, 3})
        .constant<std::int64_t>(element_type::int64, {2, 2}, {0, 1, 2, 3})
        .constant<std::int8_t>(element_type::int8, {1}, {-9}, {0.5F, 3})
        .output(element_type::int8, {3, 8}, {0.5F, 3});
}

TEST_CASE("PAD, PADV2: good ones") {
    auto model = good();
    CHECK(model.problems() == "");
    CHECK(model.options<pad_options>() == pad_options{.before = {0, 2}, .after = {1, 3}});
    auto with_value = good_padv2();
    CHECK(with_value.problems() == "");
    CHECK(with_value.options<pad_options>() == pad_options{.before = {0, 2}, .after = {1, 3}, .value = -9});
    with_value.in(2).is_constant = false;
    CHECK(with_value.problems() == "");
    auto scalar = one_operation{"PAD", pad_options{}}
                      .input(element_type::float32, {})
                      .constant<std::int32_t>(element_type::int32, {0, 2}, {})
                      .output(element_type::float32, {});
    CHECK(scalar.problems() == "");
}

TEST_CASE("PAD, PADV2: refused") {
    auto const padding = [](auto& m, std::int32_t value) { std::memcpy(m.in(1).data.data(), &value, sizeof value); };
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs.push_back(0); });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(0).type = element_type::int16; });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(1).type = element_type::float32; });
    check_refused(good(), "empty tensor", [](auto& m) { m.in(0).shape = {0, 3}; });
    check_refused(good(), "the list of paddings is not a constant", [](auto& m) { m.in(1).is_constant = false; });
    check_refused(good(), "wrong number of elements in the list of paddings", [](auto& m) { m.in(0).shape = {1, 2, 3}; });
    check_refused(good(), "a padding is out of range", [&](auto& m) { padding(m, -1); });
    check_refused(good(), "a padding is out of range", [&](auto& m) { padding(m, 2147483647); });
    check_refused(good(), "does not follow", [&](auto& m) { padding(m, 1); });
    check_refused(good(), "would change their meaning", [](auto& m) { m.out().quantisation.scale = {0.25F}; });
    check_refused(good(), "would change their meaning", [](auto& m) { m.out().quantisation = {}; });
    check_refused(good_padv2(), "wrong number of operands", [](auto& m) { m.op().inputs.pop_back(); });
    check_refused(good_padv2(), "element type not supported", [](auto& m) { m.in(2).type = element_type::float32; });
    check_refused(good_padv2(), "not one number", [](auto& m) { m.in(2).shape = {2}; });
    check_refused(good_padv2(), "would change their meaning", [](auto& m) { m.in(2).quantisation.zero_point = {4}; });
}

}  // namespace
