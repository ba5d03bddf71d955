// SPDX-License-Identifier: MIT
#include "target/image.hpp"

#include <algorithm>
#include <array>
#include <cstdio>
#include <fmt/format.h>
#include <iterator>
#include <sstream>

#include "error.hpp"
#include "target/files.hpp"
#include "target/installation.hpp"
#include "target/process.hpp"

namespace inlay::tool {
namespace {

namespace fs = std::filesystem;
using arguments = std::vector<std::string>;

struct optimisation_row {
    optimisation key;
    std::string_view word;  // the policy's name in the library too
    char const* flag;
};

constexpr std::array optimisations{optimisation_row{optimisation::size, "size", "-Os"},
                                   optimisation_row{optimisation::balanced, "balanced", "-O2"},
                                   optimisation_row{optimisation::speed, "speed", "-O2"}};

optimisation_row const& row_of(optimisation key) { return optimisations[static_cast<std::size_t>(key)]; }

/// What stands between spaces: $CXX may say "ccache g++".
arguments words(std::string const& line) {
    std::istringstream from{line};
    return {std::istream_iterator<std::string>{from}, {}};
}

void append(arguments& to, arguments const& more) { to.insert(to.end(), more.begin(), more.end()); }

/// Compiles the files of one image in its directory.
class builder {
public:
    builder(target const& on, image_request const& request, fs::path directory)
        : on_{on}, request_{request}, directory_{std::move(directory)}, files_{find_installation()} {}

    fs::path driver(char const* name) const { return files_.drivers / name; }

    process_result compile(fs::path const& source, fs::path const& object) const {
        auto command = compiler(request_.compiler);
        append(command, {"-c", source.string(), "-o", object.string()});
        return call(std::move(command), "does not compile");
    }

    /// The GNU toolchain links what clang compiled, too: it has the libraries.
    void link(arguments inputs, fs::path const& program) const {
        auto command = compiler(is_foreign_clang() ? "" : request_.compiler);
        append(command, inputs);
        append(command, {"-o", program.string(), "-Wl,--gc-sections"});
        if (!on_.is_host()) {
            append(command, {files_.boards / "start_up.cpp", files_.boards / "meter.cpp", "-nostdlib",
                             "-L" + files_.boards.string(), "-L" + (files_.boards / on_.board).string(), "-T", "board.ld",
                             "-Wl,--start-group", "-lc", "-lm", "-lgcc", "-Wl,--end-group"});
        }
        call(std::move(command), "does not link");
    }

private:
    bool is_foreign_clang() const { return !on_.is_host() && request_.compiler.find("clang") != std::string::npos; }

    /// What makes any clang a compiler for the target: the headers are those of the target's own toolchain, which it does not find.
    arguments clang_flags() const {
        arguments asked = words(on_.compiler);
        append(asked, on_.flags);
        append(asked, {"-x", "c++", "-E", "-v", "/dev/null"});
        std::istringstream printed{call(std::move(asked), "does not say where its headers are").console};
        arguments flags{"--target=arm-none-eabi", "-fshort-enums", "-nostdinc++"};
        bool is_listed = false;
        for (std::string line; std::getline(printed, line);) {
            if (line.starts_with("End of search list")) is_listed = false;
            auto const found = fs::path{line.substr(std::min(line.find_first_not_of(' '), line.size()))}.lexically_normal();
            bool const is_of_compiler = found.string().find("/lib/gcc/") != std::string::npos;  // clang has its own
            if (is_listed && !is_of_compiler) append(flags, {"-isystem", found.string()});
            if (line.starts_with("#include <...>")) is_listed = true;
        }
        return flags;
    }

    arguments compiler(std::string const& chosen) const {
        auto command = words(chosen.empty() ? on_.compiler : chosen);
        if (!chosen.empty() && is_foreign_clang()) append(command, clang_flags());
        append(command, on_.flags);
        append(command, {"-std=c++20", row_of(request_.optimize).flag, "-fno-exceptions", "-fno-rtti",
                         "-fno-threadsafe-statics", "-fno-unwind-tables", "-fno-asynchronous-unwind-tables",
                         "-ffunction-sections", "-fdata-sections", "-Wall", "-Wextra", "-Wpedantic", "-Werror"});
        append(command, {"-I" + directory_.string(), "-I" + files_.include.string(), "-I" + files_.drivers.string(),
                         "-I" + (files_.drivers / (on_.is_host() ? "host" : "board")).string()});
        if (!on_.is_host()) {
            append(command, {"-I" + files_.boards.string(), "-I" + (files_.boards / on_.board).string()});
        }
        append(command, request_.flags);
        return command;
    }

    process_result call(arguments command, char const* problem) const {
        process_request const started{
            .arguments = std::move(command),
            .directory = directory_,
            .mend_if_missing = fmt::format("apt-get install {}, or give --compiler", on_.package)};
        auto result = run_process(started);
        if (result.succeeded()) return result;
        bool const too_large = result.console.find("overflowed by") != std::string::npos;
        throw tool_error{
            .where = fmt::format("{} for {}", request_.model_namespace.empty() ? "program" : "model.hpp", on_.name),
            .what = too_large ? "does not fit the board's memory" : problem,
            .why = result.timed_out ? fmt::format("{} took more than {} seconds", started.arguments.front(),
                                                  started.timeout.count())
                                    : first_lines(result.console, 20),
            .mend = fmt::format("{}the command was: {}", too_large ? "choose a target with more memory; " : "",
                                command_line(started))};
    }

    target const& on_;
    image_request const& request_;
    fs::path directory_;
    installation files_;
};

/// image.hpp, which the drivers include: the network's type under names that do not depend on the model.
std::string image_header(image_request const& request) {
    return fmt::format(
        "#pragma once\n"
        "#include \"model.hpp\"\n"
        "\n"
        "namespace inlay_driver {{\n"
        "using model = ::{}::model;\n"
        "using engine = inlay::engine<model, inlay::isa::{}, inlay::policy::{}>;\n"
        "inline constexpr bool record_layers = {};\n"
        "extern engine nn;\n"
        "void infer();\n"
        "}}  // namespace inlay_driver\n",
        request.model_namespace, request.isa, row_of(request.optimize).word, request.program == driver::trace || request.program == driver::bench_layers);
}

temporary_directory::afterwards afterwards(bool keep) {
    return keep ? temporary_directory::afterwards::keep : temporary_directory::afterwards::remove;
}

}  // namespace

optimisation find_optimisation(std::string_view word) {
    for (auto const& row : optimisations) {
        if (row.word == word) return row.key;
    }
    throw tool_error{.where = fmt::format("--optimize {}", word),
                     .what = "there is no such optimisation",
                     .mend = "give size, balanced or speed",
                     .status = exit_status::usage};
}

image build_image(target const& on, image_request const& request) {
    image built{.runs_on = &on, .directory = temporary_directory{afterwards(request.keep)}};
    auto const& directory = built.directory.path();
    if (request.keep) fmt::print(stderr, "kept in {}\n", directory.string());
    write_file(directory / "model.hpp", request.header);
    write_file(directory / "image.hpp", image_header(request));

    builder const build{on, request, directory};
    auto const object = directory / "model.o";
    auto const compiled = build.compile(build.driver("model.cpp"), object);
    built.compile_seconds = compiled.seconds;
    built.compile_peak_mb = compiled.peak_mb;

    bool const is_bench = request.program == driver::bench || request.program == driver::bench_layers;
    built.program = directory / "program.elf";
    build.link({build.driver(is_bench ? "bench.cpp" : "run.cpp"), object}, built.program);
    if (is_bench) {
        built.application = directory / "application.elf";
        build.link({build.driver("application.cpp"), object}, built.application);
        build.link({build.driver("empty.cpp")}, directory / "empty.elf");
        built.network = read_elf_size(built.application) - read_elf_size(directory / "empty.elf");
    }
    return built;
}

image build_program(target const& on, fs::path const& source, std::vector<std::string> flags) {
    image_request const request{.flags = std::move(flags)};
    image built{.runs_on = &on, .directory = temporary_directory{}};
    built.program = built.directory.path() / "program.elf";
    builder{on, request, built.directory.path()}.link({fs::absolute(source)}, built.program);
    return built;
}

}  // namespace inlay::tool
