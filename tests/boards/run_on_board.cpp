// SPDX-License-Identifier: MIT
// run_on_board TARGET SOURCE [FLAG...]: compiles one file for a board, runs it, shows its console.
#include <cstdio>

#include "error.hpp"
#include "target/image.hpp"

int main(int argc, char** argv) {
    using namespace inlay::tool;
    if (argc < 3) {
        std::fputs("usage: run_on_board TARGET SOURCE [FLAG...]\n", stderr);
        return 2;
    }
    try {
        std::fputs(run_program(build_program(find_target(argv[1]), argv[2], {argv + 3, argv + argc})).c_str(), stdout);
        return 0;
    } catch (tool_error const& error) {
        std::fputs(error.text().c_str(), stderr);
        return static_cast<int>(error.status);
    }
}
