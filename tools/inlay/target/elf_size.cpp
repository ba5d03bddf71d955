// SPDX-License-Identifier: MIT
#include "target/elf_size.hpp"

#include <cstring>
#include <fcntl.h>
#include <gelf.h>
#include <memory>
#include <string_view>
#include <unistd.h>

#include "error.hpp"

namespace inlay::tool {
namespace {

[[noreturn]] void fail(std::filesystem::path const& file, char const* why) {
    throw tool_error{.where = file.string(),
                     .what = "cannot be read as an ELF file",
                     .why = why,
                     .status = exit_status::file};
}

struct closing {
    explicit closing(int opened) : number{opened} {}
    closing(closing const&) = delete;
    closing& operator=(closing const&) = delete;
    ~closing() {
        if (number >= 0) close(number);
    }
    int number;
};

}  // namespace

elf_size read_elf_size(std::filesystem::path const& file) {
    elf_version(EV_CURRENT);
    closing const opened{open(file.c_str(), O_RDONLY | O_CLOEXEC)};
    if (opened.number < 0) fail(file, std::strerror(errno));
    std::unique_ptr<Elf, decltype(&elf_end)> const elf{elf_begin(opened.number, ELF_C_READ, nullptr), elf_end};
    std::size_t names = 0;
    if (elf == nullptr || elf_kind(elf.get()) != ELF_K_ELF) fail(file, "it does not begin as one");
    if (elf_getshdrstrndx(elf.get(), &names) != 0) fail(file, elf_errmsg(-1));

    elf_size size;
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf.get(), section)) != nullptr;) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) == nullptr) fail(file, elf_errmsg(-1));
        char const* const name = elf_strptr(elf.get(), names, header.sh_name);
        bool const is_stack = name != nullptr && std::string_view{name} == ".stack";
        if ((header.sh_flags & SHF_ALLOC) == 0 || is_stack) continue;
        if (header.sh_type != SHT_NOBITS) size.flash += header.sh_size;
        if ((header.sh_flags & SHF_WRITE) != 0) size.ram += header.sh_size;
    }
    return size;
}

}  // namespace inlay::tool
