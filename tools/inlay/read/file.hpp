// SPDX-License-Identifier: MIT
//
// The files the command reads and writes. What goes wrong is thrown as a tool_error with exit status 3.
#pragma once

#include "model/graph.hpp"
#include "target/files.hpp"

#include <cstddef>
#include <filesystem>
#include <span>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// The elements of `steps` tensors, one after the other, from a file of raw numbers or a .npy file. A .npy file must have the
/// tensor's element type and shape, with a first axis for the steps if there are several; leading axes of extent 1 may be missing.
std::vector<std::byte> read_tensor(std::filesystem::path const& file, tensor_description const& tensor, int steps);

/// Writes a file beside its place and moves it there when it is whole, so that nobody ever sees a part of it.
void write_file_atomically(std::filesystem::path const& file, std::span<std::byte const> bytes);
void write_file_atomically(std::filesystem::path const& file, std::string_view text);

/// Makes a directory, and those above it, unless it is there.
void make_directory(std::filesystem::path const& directory);

}  // namespace inlay::tool
