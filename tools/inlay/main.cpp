// SPDX-License-Identifier: MIT
#include "commands/command.hpp"
#include "error.hpp"
#include "version.hpp"

#include <cstdio>
#include <exception>
#include <fmt/format.h>

namespace {

int run(int argc, char** argv) {
    using namespace inlay::tool;
    CLI::App app{"inlay lays a neural network into an application at compile time: it writes a .tflite model as a C++ header.", "inlay"};
    app.set_version_flag("--version", version);
    app.require_subcommand(1);
    app.footer("Exit status: 0 done, 1 the model cannot be expressed or a check failed, 2 wrong usage, 3 a file cannot be read or written.");
    add_compile(app);
    add_inspect(app);
    add_run(app);
    add_verify(app);
    add_bench(app);
    add_convert(app);
    try {
        app.parse(argc, argv);
        return static_cast<int>(exit_status::done);
    } catch (CLI::RuntimeError const& ended) {
        return ended.get_exit_code();
    } catch (CLI::ParseError const& wrong) {
        return app.exit(wrong) == 0 ? static_cast<int>(exit_status::done) : static_cast<int>(exit_status::usage);
    } catch (tool_error const& problem) {
        std::fflush(stdout);
        fmt::print(stderr, "{}", problem.text());
        return static_cast<int>(problem.status);
    }
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (std::exception const& unforeseen) {
        fmt::print(stderr, "inlay: {}\n  why   this is a fault of inlay itself\n  mend  please report it with the command line\n", unforeseen.what());
        return 1;
    }
}
