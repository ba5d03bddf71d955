// SPDX-License-Identifier: MIT
#include "../../models/shared.hpp"
#include "model/names.hpp"
#include "read/file.hpp"
#include "read/tflite.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

namespace inlay::test {
namespace {

/// Every .tflite file below a directory, sorted.
std::vector<std::filesystem::path> models_below(std::filesystem::path const& directory) {
    std::vector<std::filesystem::path> models;
    for (auto const& entry : std::filesystem::recursive_directory_iterator{directory}) {
        if (entry.path().extension() == ".tflite") models.push_back(entry.path());
    }
    std::ranges::sort(models);
    return models;
}

void check_names(tool::graph const& model) {
    auto const names = tool::node_names(model);
    CHECK(names == tool::node_names(model));
    CHECK(std::set(names.begin(), names.end()).size() == names.size());
    for (auto const& name : names) {
        CAPTURE(name);
        CHECK(tool::is_identifier(name));
        CHECK(name.size() <= 45);
    }
}

}  // namespace

TEST_CASE("tflite: real models have no problems, and their layers get names") {
    auto const directory = shared_directory("models");
    if (!directory) return;
    auto const models = models_below(*directory);
    CHECK(models.size() >= 19);
    for (auto const& path : models) {
        CAPTURE(path.string());
        tool::report problems{path.string()};
        tool::graph const model = tool::read_tflite(tool::read_file(path), path.string(), problems);
        CHECK(problems.text() == "");
        CHECK(!model.operations.empty());
        check_names(model);
    }
}

TEST_CASE("tflite: models of the operator suite have no problems but control flow and written variables") {
    auto const directory = shared_directory("opsuite");
    if (!directory) return;
    for (auto const& path : models_below(*directory)) {
        CAPTURE(path.string());
        tool::report problems{path.string()};
        tool::graph const model = tool::read_tflite(tool::read_file(path), path.string(), problems);
        for (auto const& problem : problems.problems()) {
            bool const is_known = problem.why.find("control flow") != std::string::npos || problem.what.find("writes the variable") != std::string::npos;
            INFO(problem.text());
            CHECK(is_known);
        }
        if (problems.empty()) check_names(model);
    }
}

TEST_CASE("tflite: the reader's words for a model that is well known") {
    auto const directory = shared_directory("models");
    if (!directory) return;
    tool::report problems{"vww"};
    tool::graph const model = tool::read_tflite(tool::read_file(*directory / "vww_96_int8" / "model.tflite"), "vww_96.int8.tflite", problems);
    CHECK(model.name == "vww_96");
    CHECK(model.source == "vww_96.int8.tflite");
    REQUIRE(model.operations.size() == 31);
    auto const names = tool::node_names(model);
    auto const name_of = [&](std::size_t operation) { return names[static_cast<std::size_t>(model.operations[operation].outputs[0])]; };
    CHECK(names[static_cast<std::size_t>(model.inputs[0])] == "image");
    CHECK(name_of(0) == "conv2d_0");
    CHECK(name_of(3) == "depthwise_conv2d_1");
    CHECK(name_of(28) == "flatten");
    CHECK(name_of(30) == "scores");
}

}  // namespace inlay::test
