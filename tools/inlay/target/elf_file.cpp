// SPDX-License-Identifier: MIT
#include "target/elf_file.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

#include "error.hpp"

namespace inlay::tool {
namespace {

[[noreturn]] void refuse(std::filesystem::path const& file, char const* why) {
    throw tool_error{.where = file.string(),
                     .what = "cannot be read as an ELF file",
                     .why = why,
                     .status = exit_status::file};
}

}  // namespace

elf_file::opened::opened(std::filesystem::path const& path) : number{open(path.c_str(), O_RDONLY | O_CLOEXEC)} {
    if (number < 0) refuse(path, std::strerror(errno));
}

elf_file::opened::~opened() { close(number); }

elf_file::elf_file(std::filesystem::path const& path) : path_{path}, opened_{path}, elf_{nullptr, elf_end} {
    elf_version(EV_CURRENT);
    elf_.reset(elf_begin(opened_.number, ELF_C_READ, nullptr));
    if (elf_ == nullptr || elf_kind(elf_.get()) != ELF_K_ELF) refuse(path_, "it does not begin as one");
}

void elf_file::for_each_symbol(std::function<void(std::string_view name, GElf_Sym const& symbol)> const& visit) const {
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf_.get(), section)) != nullptr;) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) == nullptr) fail();
        if (header.sh_type != SHT_SYMTAB || header.sh_entsize == 0) continue;
        auto* const data = elf_getdata(section, nullptr);
        for (std::size_t k = 0; k < header.sh_size / header.sh_entsize; ++k) {
            GElf_Sym symbol;
            if (gelf_getsym(data, static_cast<int>(k), &symbol) == nullptr) fail();
            char const* const name = elf_strptr(elf_.get(), header.sh_link, symbol.st_name);
            if (name != nullptr && *name != 0) visit(name, symbol);
        }
    }
}

void elf_file::fail() const { refuse(path_, elf_errmsg(-1)); }

}  // namespace inlay::tool
