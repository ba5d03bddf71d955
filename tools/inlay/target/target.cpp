// SPDX-License-Identifier: MIT
#include "target/target.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "error.hpp"

namespace inlay::tool {
namespace {

target host() {
    char const* const chosen = std::getenv("CXX");
    return {.name = "host",
            .compiler = chosen != nullptr && *chosen != 0 ? chosen : "g++",
            .package = "g++",
            .flags = {"-march=native"},
            .note = "this machine, natively"};
}

target arm(std::string name, std::vector<std::string> flags, std::string board, std::string machine, std::string note,
           std::string timing = {}) {
    flags.insert(flags.begin(), "-mthumb");
    return {.name = std::move(name),
            .compiler = "arm-none-eabi-g++",
            .package = "g++-arm-none-eabi",
            .flags = std::move(flags),
            .board = std::move(board),
            .machine = std::move(machine),
            .timing = std::move(timing),
            .note = std::move(note)};
}

}  // namespace

std::span<target const> all_targets() {
    static std::vector<target> const targets{
        host(),
        arm("cortex-m0", {"-mcpu=cortex-m0"}, "mps2", "mps2-an385",
            "Cortex-M0 code on the M3 of an MPS2 board: the M0's counts, with room for large models", "cortex-m0"),
        arm("microbit", {"-mcpu=cortex-m0"}, "microbit", "microbit", "the Cortex-M0 of the BBC micro:bit, 16 KiB of RAM", "cortex-m0"),
        arm("cortex-m3", {"-mcpu=cortex-m3"}, "mps2", "mps2-an385", "MPS2, AN385", "cortex-m3"),
        arm("cortex-m4", {"-mcpu=cortex-m4", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"}, "mps2", "mps2-an386",
            "Cortex-M4F: MPS2, AN386", "cortex-m4"),
        arm("cortex-m7", {"-mcpu=cortex-m7", "-mfloat-abi=hard", "-mfpu=fpv5-d16"}, "mps2", "mps2-an500",
            "Cortex-M7F: MPS2, AN500"),
        arm("cortex-m33", {"-mcpu=cortex-m33", "-mfloat-abi=hard", "-mfpu=fpv5-sp-d16"}, "an505", "mps2-an505",
            "Cortex-M33F: MPS2, AN505"),
        arm("cortex-m55", {"-mcpu=cortex-m55", "-mfloat-abi=hard"}, "an547", "mps3-an547",
            "Cortex-M55 with Helium: MPS3, AN547")};
    return targets;
}

target const& find_target(std::string_view name) {
    auto const targets = all_targets();
    auto const found = std::ranges::find(targets, name, &target::name);
    if (found != targets.end()) return *found;
    std::vector<std::string_view> names;
    for (auto const& each : targets) names.push_back(each.name);
    throw tool_error{.where = fmt::format("--target {}", name),
                     .what = "there is no such target",
                     .mend = fmt::format("give one of {}", fmt::join(names, ", ")),
                     .status = exit_status::usage};
}

}  // namespace inlay::tool
