// SPDX-License-Identifier: MIT
/// Starting what was built, and what it says.
#pragma once
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "target/image.hpp"

namespace inlay::tool {

/// A fresh directory beside the program, so that nothing of an earlier run is taken for this one's.
std::filesystem::path fresh_directory(image const& built);

/// The options of QEMU that make its boards count instructions (tools/boards/meter.hpp).
std::vector<std::string> counting_options();

/// Runs the program in the directory and gives what it printed. Throws a tool_error if it fails, or does not end in time.
std::string execute(std::filesystem::path const& directory, image const& built, std::chrono::seconds timeout,
                    std::vector<std::string> const& of_qemu = counting_options());

}  // namespace inlay::tool
