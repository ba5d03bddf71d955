// SPDX-License-Identifier: MIT
#include "opsuite.hpp"
#include "operators/executor.hpp"
#include "shared.hpp"

#include <cstring>
#include <map>

namespace inlay::test {
namespace {

void check_case(suite_case const& each) {
    auto const model = load(each);
    tool::executor portable{model};
    for (std::string const set : {"00", "01"}) {
        for (std::size_t k = 0; k < model.inputs.size(); ++k) {
            auto const from = tensor(each, set, "in", k);
            auto const to = portable.bytes(model.inputs[k]);
            REQUIRE(from.size() == to.size());
            std::memcpy(to.data(), from.data(), from.size());
        }
        portable.run();
        for (std::size_t k = 0; k < model.outputs.size(); ++k) {
            auto const& description = model.tensors[static_cast<std::size_t>(model.outputs[k])];
            auto const wanted = tensor(each, set, "out", k);
            auto const found = tool::first_difference(description, portable.bytes(model.outputs[k]), wanted, each.tolerance);
            CHECK_MESSAGE(!found, each.name, " set ", set, " output ", k, ": ", found ? found->text() : "");
        }
    }
}

}  // namespace

TEST_CASE("operator suite: every case of inlay's operators and types, portable kernels") {
    auto const suite = shared_directory("opsuite");
    if (!suite) return;
    auto const cases = suite_cases(*suite);
    std::map<std::string, int> by_operator;
    for (auto const& each : cases) {
        ++by_operator[each.name.substr(0, each.name.find('/'))];
        try {
            check_case(each);
        } catch (tool::tool_error const& problem) {
            FAIL_CHECK(problem.text());
        }
    }
    CHECK(cases.size() >= 363);
    CHECK(by_operator.at("GRAPH") >= 28);
}

}  // namespace inlay::test
