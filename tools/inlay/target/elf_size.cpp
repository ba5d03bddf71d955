// SPDX-License-Identifier: MIT
#include "target/elf_size.hpp"

#include <gelf.h>
#include <map>
#include <string>
#include <string_view>
#include <utility>

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

std::vector<std::uint64_t> read_sizes_of(std::filesystem::path const& file, std::vector<std::string> const& names) {
    elf_file const elf{file};
    std::vector<std::string> mangled;
    for (auto const& name : names) mangled.push_back(std::to_string(name.size()) + name);
    auto const is_stored = [&](GElf_Sym const& symbol) {
        GElf_Shdr header;
        auto* const section = symbol.st_shndx == SHN_UNDEF || symbol.st_shndx >= SHN_LORESERVE ? nullptr : elf_getscn(elf.get(), symbol.st_shndx);
        return section != nullptr && gelf_getshdr(section, &header) != nullptr && (header.sh_flags & SHF_ALLOC) != 0 && header.sh_type != SHT_NOBITS;
    };
    constexpr std::size_t nobody = static_cast<std::size_t>(-1);
    std::map<std::uint64_t, std::pair<std::size_t, std::uint64_t>> owned;  // by address: one may have two names
    elf.for_each_symbol([&](std::string_view name, GElf_Sym const& symbol) {
        if (symbol.st_size == 0 || !is_stored(symbol)) return;
        std::size_t owner = nobody;
        for (std::size_t k = 0; k < mangled.size(); ++k) {
            if (name.find(mangled[k]) == name.npos) continue;
            if (owner != nobody) return;
            owner = k;
        }
        if (owner != nobody) owned[symbol.st_value] = {owner, symbol.st_size};
    });
    std::vector<std::uint64_t> sizes(names.size());
    for (auto const& [address, part] : owned) sizes[part.first] += part.second;
    return sizes;
}

}  // namespace inlay::tool
