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

void elf_file::fail() const { refuse(path_, elf_errmsg(-1)); }

}  // namespace inlay::tool
