// SPDX-License-Identifier: MIT
/// Whole files, and pieces of text.
#pragma once
#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// All bytes of a file. Throws a tool_error if it cannot be read.
std::vector<std::byte> read_file(std::filesystem::path const& file);

/// Replaces a file. Throws a tool_error if it cannot be written.
void write_file(std::filesystem::path const& file, std::span<std::byte const> bytes);
void write_file(std::filesystem::path const& file, std::string_view text);

/// The text's beginning, and how many lines are left out where it is longer.
std::string first_lines(std::string_view text, std::size_t lines);

}  // namespace inlay::tool
