// SPDX-License-Identifier: MIT
/// An ELF file, opened for reading.
#pragma once
#include <filesystem>
#include <functional>
#include <gelf.h>
#include <memory>
#include <string_view>

namespace inlay::tool {

class elf_file {
public:
    /// Throws a tool_error if it is no ELF file.
    explicit elf_file(std::filesystem::path const& path);

    Elf* get() const { return elf_.get(); }

    /// Calls `visit` for each symbol that has a name.
    void for_each_symbol(std::function<void(std::string_view name, GElf_Sym const& symbol)> const& visit) const;

    /// Throws what libelf's last error was.
    [[noreturn]] void fail() const;

private:
    struct opened {
        int number = -1;
        explicit opened(std::filesystem::path const& path);
        opened(opened const&) = delete;
        opened& operator=(opened const&) = delete;
        ~opened();
    };

    std::filesystem::path path_;
    opened opened_;
    std::unique_ptr<Elf, int (*)(Elf*)> elf_;
};

}  // namespace inlay::tool
