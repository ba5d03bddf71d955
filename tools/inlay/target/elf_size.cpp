// SPDX-License-Identifier: MIT
#include "target/elf_size.hpp"

#include <gelf.h>
#include <map>
#include <string_view>

#include "target/elf_file.hpp"

namespace inlay::tool {

elf_size read_elf_size(std::filesystem::path const& file) {
    elf_file const elf{file};
    std::size_t names = 0;
    if (elf_getshdrstrndx(elf.get(), &names) != 0) elf.fail();

    elf_size size;
    for (Elf_Scn* section = nullptr; (section = elf_nextscn(elf.get(), section)) != nullptr;) {
        GElf_Shdr header;
        if (gelf_getshdr(section, &header) == nullptr) elf.fail();
        char const* const name = elf_strptr(elf.get(), names, header.sh_name);
        bool const is_stack = name != nullptr && std::string_view{name} == ".stack";
        if ((header.sh_flags & SHF_ALLOC) == 0 || is_stack) continue;
        if (header.sh_type != SHT_NOBITS) size.flash += header.sh_size;
        if ((header.sh_flags & SHF_WRITE) != 0) size.ram += header.sh_size;
    }
    std::map<std::uint64_t, std::uint64_t> functions;  // by address: one may have two names
    elf.for_each_symbol([&](std::string_view, GElf_Sym const& symbol) {
        if (GELF_ST_TYPE(symbol.st_info) == STT_FUNC && symbol.st_shndx != SHN_UNDEF) functions[symbol.st_value] = symbol.st_size;
    });
    for (auto const& [address, bytes] : functions) size.code += bytes;
    return size;
}

}  // namespace inlay::tool
