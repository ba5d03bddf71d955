// SPDX-License-Identifier: MIT
/// Where a network can run: the host, and the cores that QEMU's boards have.
#pragma once
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

struct target {
    std::string name{};                // what --target takes
    std::string compiler{};            // unless --compiler says another
    std::string package{};             // Debian's, that has the compiler
    std::vector<std::string> flags{};  // the core's
    std::string board{};               // the directory under boards/; empty: the host
    std::string machine{};             // QEMU's name of the board
    std::string timing{};              // the rules of tools/cycles for the core; empty: there are none
    std::string note{};                // what the figures are, in a line

    bool is_host() const { return board.empty(); }
};

std::span<target const> all_targets();

/// The target of that name. Throws a tool_error that lists the names there are.
target const& find_target(std::string_view name);

/// The nanoseconds of virtual time that QEMU gives an instruction, as a power of two; tools/boards/meter.hpp says why.
inline constexpr int icount_shift = 7;

}  // namespace inlay::tool
