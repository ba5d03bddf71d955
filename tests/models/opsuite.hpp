// SPDX-License-Identifier: MIT
//
// The operator suite: one small model a case, with what the reference answered.
#pragma once

#include "commands/compare.hpp"
#include "error.hpp"
#include "model/graph.hpp"
#include "operators/operator.hpp"
#include "passes/prepare.hpp"
#include "read/tflite.hpp"
#include "target/files.hpp"

#include <algorithm>
#include <filesystem>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace inlay::test {

struct suite_case {
    std::string name;  ///< "CONV_2D/int8_03"
    std::filesystem::path directory;
    double tolerance;  ///< 0: exact
};

/// Cases whose operators inlay has, and whose inputs, outputs and everything between are int8 or float32.
inline std::vector<suite_case> suite_cases(std::filesystem::path const& suite) {
    auto const text = tool::read_file(suite / "index.json");
    auto const* const begin = reinterpret_cast<char const*>(text.data());
    std::vector<suite_case> cases;
    for (auto const& each : nlohmann::json::parse(begin, begin + text.size())) {
        auto const is_ours = [](auto const& type) { return type == "int8" || type == "float32"; };
        auto const all_ours = [&](auto const& ends) { return std::ranges::all_of(ends, [&](auto const& end) { return is_ours(end["type"]); }); };
        bool const known = std::ranges::all_of(each["operators"], [](auto const& op) { return tool::find_operator(op.template get<std::string>()) != nullptr; });
        bool const types = std::ranges::all_of(each["types"], [&](auto const& type) { return is_ours(type) || type == "int32"; });
        if (!known || !types || !all_ours(each["inputs"]) || !all_ours(each["outputs"])) continue;
        auto const name = each["case"].get<std::string>();
        cases.push_back({name, suite / name, each["comparison"] == "bit-exact" ? 0 : 1e-5});
    }
    return cases;
}

/// The case's model, checked and folded. Throws a tool_error with the problems of one that inlay refuses.
inline tool::graph load(suite_case const& each) {
    auto const path = (each.directory / "model.tflite").string();
    tool::report problems{path};
    auto model = tool::read_tflite(tool::read_file(path), path, problems);
    if (problems.empty()) tool::check_operations(model, problems);
    if (!problems.empty()) throw tool::tool_error{each.name, "is refused", problems.text(), ""};
    tool::fold_constants(model);
    return model;
}

/// A recorded tensor of set 00 or 01: `tensor("01", "in", 0)`.
inline std::vector<std::byte> tensor(suite_case const& each, std::string const& set, std::string const& role, std::size_t k) {
    return tool::read_file(each.directory / "golden" / fmt::format("{}.{}{}.bin", set, role, k));
}

}  // namespace inlay::test
