// SPDX-License-Identifier: MIT
/// Cycles that a core would take, estimated from the times of its instructions (tools/cycles).
#pragma once
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "cycles/flash.hpp"
#include "target/image.hpp"

namespace inlay::tool {

struct cycle_rules {
    std::string core{};             // a name of timing_names()
    cycles::flash_settings flash{};
};

/// The cores whose times are known.
std::vector<std::string> timing_names();

/// What had been executed when the program read the board's clock (tools/boards/meter.hpp).
struct cycle_reading {
    std::uint64_t instructions;
    std::uint64_t cycles;
};

/// Runs a program of a board and gives every reading. Throws a tool_error if QEMU or its plugin cannot be used.
std::vector<cycle_reading> read_cycles(image const& built, cycle_rules const& rules, std::chrono::seconds timeout = std::chrono::seconds{600});

struct cycle_result {
    std::uint64_t instructions;          // the same that bench_image counts
    std::uint64_t cycles;                // of one run
    std::vector<std::uint64_t> layers{}; // driver::bench_layers: cycles, result by result
};

/// Runs a driver::bench or driver::bench_layers image. Throws as read_cycles does.
cycle_result count_cycles(image const& built, cycle_rules const& rules, std::chrono::seconds timeout = std::chrono::seconds{600});

}  // namespace inlay::tool
