// SPDX-License-Identifier: MIT
/// How much memory an image takes.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace inlay::tool {

struct elf_size {
    std::uint64_t flash = 0;  // bytes that are stored: vectors, code, constants, and .data's first values
    std::uint64_t ram = 0;    // bytes that can change: .data and .bss, without the stack
    std::uint64_t code = 0;   // of the flash: functions, with the constants that stand between their instructions

    friend elf_size operator-(elf_size const& whole, elf_size const& part) {
        return {whole.flash - part.flash, whole.ram - part.ram, whole.code - part.code};
    }
};

/// Reads the sections of an ELF file, and its functions if it has symbols. Throws a tool_error if it is none.
elf_size read_elf_size(std::filesystem::path const& file);

/// Bytes of the flash that belong to each of some names of variables: of the symbols in whose mangled names it stands, and none of
/// the others.
std::vector<std::uint64_t> read_sizes_of(std::filesystem::path const& file, std::vector<std::string> const& names);

}  // namespace inlay::tool
