// SPDX-License-Identifier: MIT
//
// A third of the operator suite through the generated header, the compiler and the engine. Cases are compiled together,
// a dozen a program, as each alone costs seconds.
#include "opsuite.hpp"
#include "shared.hpp"
#include "target/installation.hpp"
#include "target/process.hpp"
#include "target/temporary_directory.hpp"
#include "write/model_header.hpp"

#include <cstdlib>

namespace inlay::test {
namespace {

constexpr std::size_t cases_per_program = 12;

/// Reads DIR/NN.in<k>.bin of each case from the file system and writes NN.got<k>.bin into the current directory.
constexpr char const* program_text = R"(
#include <cstdio>
#include <cstdlib>
#include <string>
namespace {
template <class Node, class Engine>
void transfer(Engine& nn, std::string const& file, bool read) {
    auto const elements = nn.template get<Node>();
    std::FILE* const stream = std::fopen(file.c_str(), read ? "rb" : "wb");
    if (stream == nullptr) std::abort();
    auto* const data = const_cast<std::remove_const_t<std::remove_reference_t<decltype(*elements.data())>>*>(elements.data());
    std::size_t const count = read ? std::fread(data, sizeof *data, elements.size(), stream) : std::fwrite(data, sizeof *data, elements.size(), stream);
    if (count != elements.size()) std::abort();
    std::fclose(stream);
}
template <class Model, class... In, class... Out>
void run_sets(std::string const& golden, std::string const& name, inlay::list<In...>, inlay::list<Out...>) {
    static inlay::engine<Model> nn;
    for (std::string const set : {"00", "01"}) {
        int k = 0;
        ((transfer<In>(nn, golden + "/" + set + ".in" + std::to_string(k++) + ".bin", true)), ...);
        nn.run();
        k = 0;
        ((transfer<Out>(nn, name + "." + set + ".got" + std::to_string(k++) + ".bin", false)), ...);
    }
}
template <class Model>
void run_case(char const* golden, char const* name) {
    run_sets<Model>(golden, name, inlay::inputs_of<Model>{}, inlay::outputs_of<Model>{});
}
}  // namespace
)";

struct compiled_case {
    suite_case each;
    tool::graph model;
};

void check_together(std::vector<compiled_case> const& cases) {
    tool::temporary_directory const directory;
    std::string source;
    std::string calls;
    for (auto const& [each, model] : cases) {
        tool::write_file(directory.path() / (model.name + ".hpp"), tool::write_model_header(model));
        source += fmt::format("#include \"{}.hpp\"\n", model.name);
        calls += fmt::format("    run_case<{0}::model>(\"{1}/golden\", \"{0}\");\n", model.name, each.directory.string());
    }
    tool::write_file(directory.path() / "cases.cpp", source + program_text + "int main() {\n" + calls + "}\n");

    char const* const compiler = std::getenv("INLAY_TEST_CXX");
    auto const include = "-I" + tool::find_installation().include.string();
    auto const built = tool::run_process({.arguments = {compiler ? compiler : "g++", "-std=c++20", "-O1", "-Wall", "-Wextra", "-Wpedantic", "-Werror",
                                                        "-fno-exceptions", "-fno-rtti", "-fsanitize=undefined", "-fno-sanitize-recover=all", include,
                                                        "cases.cpp", "-o", "cases"},
                                          .directory = directory.path(), .mend_if_missing = ""});
    REQUIRE_MESSAGE(built.succeeded(), built.console);
    auto const ran = tool::run_process({.arguments = {(directory.path() / "cases").string()}, .directory = directory.path(), .mend_if_missing = ""});
    REQUIRE_MESSAGE(ran.succeeded(), ran.console);

    for (auto const& checked : cases) {
        auto const& each = checked.each;
        auto const& model = checked.model;
        for (std::string const set : {"00", "01"}) {
            for (std::size_t k = 0; k < model.outputs.size(); ++k) {
                auto const& description = model.tensors[static_cast<std::size_t>(model.outputs[k])];
                auto const got = tool::read_file(directory.path() / fmt::format("{}.{}.got{}.bin", model.name, set, k));
                auto const found = tool::first_difference(description, got, tensor(each, set, "out", k), each.tolerance);
                CHECK_MESSAGE(!found, each.name, " set ", set, " output ", k, ": ", found ? found->text() : "");
            }
        }
    }
}

}  // namespace

TEST_CASE("operator suite: every third case, compiled") {
    auto const suite = shared_directory("opsuite");
    if (!suite) return;
    auto const all = suite_cases(*suite);
    std::vector<compiled_case> together;
    std::size_t compiled = 0;
    for (std::size_t i = 0; i < all.size(); i += 3) {
        auto model = load(all[i]);
        model.name = fmt::format("case_{}", i);
        together.push_back({all[i], std::move(model)});
        ++compiled;
        if (together.size() == cases_per_program || i + 3 >= all.size()) {
            check_together(together);
            together.clear();
        }
    }
    CHECK(compiled >= 121);
}

}  // namespace inlay::test
