// SPDX-License-Identifier: MIT
#include "one_operation.hpp"

#include <cstring>

namespace {

using namespace inlay;
using namespace inlay::tool;
using namespace inlay::tool::tests;

one_operation good() {
    return one_operation{"TRANSPOSE", transpose_options{}}
        .input(element_type::int8, {2, 3, 4}, {0.5F, 3})
        .constant<std::int32_t>(element_type::int32, {3}, {2, 0, 1})
        .output(element_type::int8, {4, 2, 3}, {0.5F, 3});
}

TEST_CASE("TRANSPOSE: a good one") {
    auto model = good();
    CHECK(model.problems() == "");
    CHECK(model.options<transpose_options>() == transpose_options{{2, 0, 1}});
}

TEST_CASE("TRANSPOSE: refused") {
    auto const permute = [](auto& m, std::int32_t first) { std::memcpy(m.in(1).data.data(), &first, sizeof first); };
    check_refused(good(), "wrong number of operands", [](auto& m) { m.op().inputs.pop_back(); });
    check_refused(good(), "element type not supported", [](auto& m) { m.in(0).type = element_type::int16; });
    check_refused(good(), "empty tensor", [](auto& m) { m.in(0).shape = {2, 0, 4}; });
    check_refused(good(), "the permutation is not a constant", [](auto& m) { m.in(1).is_constant = false; });
    check_refused(good(), "wrong number of elements in the permutation", [](auto& m) { m.in(0).shape = {2, 12}; });
    check_refused(good(), "not a permutation", [&](auto& m) { permute(m, 1); });
    check_refused(good(), "not a permutation", [&](auto& m) { permute(m, -1); });
    check_refused(good(), "not a permutation", [&](auto& m) { permute(m, 2147483647); });
    check_refused(good(), "would change their meaning", [](auto& m) { m.in(0).quantisation = {}; });
    check_refused(good(), "does not follow", [](auto& m) { m.out().shape = {4, 3, 2}; });
}

}  // namespace
