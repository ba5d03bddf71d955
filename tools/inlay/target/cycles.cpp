// SPDX-License-Identifier: MIT
#include "target/cycles.hpp"

#include <fmt/format.h>
#include <optional>
#include <sstream>
#include <string_view>

#include "cycles/timing.hpp"
#include "error.hpp"
#include "target/elf_file.hpp"
#include "target/execute.hpp"
#include "target/files.hpp"
#include "target/installation.hpp"

namespace inlay::tool {
namespace {

/// Every reading is a call of this function.
constexpr std::string_view reading_symbol = "board_reading";

std::uint64_t find_function(elf_file const& elf, std::string_view wanted) {
    std::optional<std::uint64_t> found;
    elf.for_each_symbol([&](std::string_view name, GElf_Sym const& symbol) {
        if (name == wanted) found = symbol.st_value & ~std::uint64_t{1};  // bit 0 says Thumb
    });
    if (found) return *found;
    throw tool_error{.where = "the program", .what = fmt::format("has no function {}", wanted),
                     .why = "it never reads the board's clock, or a flag took its symbols away"};
}

/// A comma separates the settings of a plugin; two are one in a value.
std::string quote(std::string const& value) {
    std::string quoted;
    for (char const c : value) quoted += c == ',' ? std::string{",,"} : std::string{c};
    return quoted;
}

cycle_reading operator-(cycle_reading const& last, cycle_reading const& first) {
    return {last.instructions - first.instructions, last.cycles - first.cycles};
}

}  // namespace

std::vector<std::string> timing_names() {
    std::vector<std::string> names;
    for (auto const& core : cycles::all_cores()) names.emplace_back(core.name);
    return names;
}

std::vector<cycle_reading> read_cycles(image const& built, cycle_rules const& rules, std::chrono::seconds timeout) {
    auto const plugin = find_installation().cycles;
    if (!std::filesystem::exists(plugin)) {
        throw tool_error{.where = plugin.string(),
                         .what = "the plugin that estimates cycles is not there",
                         .why = "inlay was built without libcapstone-dev",
                         .mend = "apt-get install libcapstone-dev, and build inlay again"};
    }
    auto const directory = fresh_directory(built);
    execute(directory, built, timeout,
            {"-plugin", fmt::format("{},core={},reading={:#x},out=cycles.txt,wait_states={},width={},code_cache={},data_cache={}", quote(plugin.string()), rules.core,
                                    find_function(elf_file{built.program}, reading_symbol), rules.flash.wait_states, rules.flash.width,
                                    rules.flash.code_cache, rules.flash.data_cache)});
    auto const bytes = read_file(directory / "cycles.txt");
    std::istringstream lines{std::string{reinterpret_cast<char const*>(bytes.data()), bytes.size()}};
    std::vector<cycle_reading> readings;
    for (cycle_reading next{}; lines >> next.instructions >> next.cycles;) readings.push_back(next);
    return readings;
}

cycle_result count_cycles(image const& built, cycle_rules const& rules, std::chrono::seconds timeout) {
    auto const readings = read_cycles(built, rules, timeout);
    // In pairs: no work and all of it, then no work and every layer, as tools/boards/meter.cpp and the driver measure them.
    auto const piece = [&](std::size_t k) { return readings.at(2 * k + 1) - readings.at(2 * k); };
    auto const whole = piece(1) - piece(0);
    cycle_result result{whole.instructions, whole.cycles};
    for (std::size_t k = 3; 2 * k + 1 < readings.size(); ++k) result.layers.push_back(piece(k).cycles - piece(2).cycles);
    return result;
}

}  // namespace inlay::tool
