// SPDX-License-Identifier: MIT
#include "target/elf_size.hpp"

#include <doctest/doctest.h>
#include <string>

#include "error.hpp"
#include "target/files.hpp"
#include "target/process.hpp"
#include "target/temporary_directory.hpp"

using namespace inlay::tool;

namespace {

// Sections of known sizes: 6 bytes of code, 4 of them a function with two names, 20 of constants, 12 of initialised and 100 of zeroed data, and a stack.
constexpr auto source = R"(
    .text
    .type function, %function
    function: .space 4
    .size function, 4
    .type alias, %function
    .set alias, function
    .size alias, 4
    .space 2
    .section .rodata, "a"
    .space 20
    .data
    .space 12, 1
    .bss
    .space 100
    .section .stack, "aw", %nobits
    .space 1000
    .section .comment, "", %progbits
    .space 50
)";

std::filesystem::path assemble(temporary_directory const& in, std::string const& assembler) {
    write_file(in.path() / "a.s", source);
    auto const result =
        run_process({.arguments = {assembler, "a.s", "-o", "a.o"}, .directory = in.path(), .mend_if_missing = "install it"});
    REQUIRE_MESSAGE(result.succeeded(), result.console);
    return in.path() / "a.o";
}

}  // namespace

TEST_CASE("read_elf_size: 32 and 64 bits") {
    temporary_directory const here;
    for (std::string const assembler : {"as", "arm-none-eabi-as"}) {
        CAPTURE(assembler);
        auto const size = read_elf_size(assemble(here, assembler));
        CHECK(size.flash == 6 + 20 + 12);
        CHECK(size.ram == 12 + 100);
        CHECK(size.code == 4);
    }
}

TEST_CASE("read_sizes_of: what has one name only, once, and is stored") {
    temporary_directory const here;
    write_file(here.path() / "a.s", R"(
        .macro place name bytes
        .type \name, %object
        .size \name, \bytes
        \name: .space \bytes
        .endm
        .section .rodata, "a"
        place _ZN1m3oneE 8
        place _ZN1m4bankIXadL_ZNS_3oneEEEE 3
        place _ZN1m3twoE 5
        place _ZN1m4bothIXadL_ZNS_3oneEEEXadL_ZNS_3twoEEEE 100
        place _ZN1m5threeE 50
        .type again, %object
        .size again, 8
        .set again, _ZN1m3oneE
        .bss
        place _ZN1m4roomIXadL_ZNS_3oneEEEE 70
    )");
    auto const made = run_process({.arguments = {"arm-none-eabi-as", "a.s", "-o", "a.o"}, .directory = here.path(), .mend_if_missing = "install it"});
    REQUIRE_MESSAGE(made.succeeded(), made.console);
    CHECK(read_sizes_of(here.path() / "a.o", {"one", "two", "four"}) == std::vector<std::uint64_t>{8 + 3, 5, 0});
}

TEST_CASE("read_elf_size: not an ELF file, and none at all") {
    temporary_directory const here;
    write_file(here.path() / "text", "not an ELF file");
    write_file(here.path() / "short", "\177ELF\001\001");
    for (std::string const name : {"text", "short", "missing"}) {
        CAPTURE(name);
        CHECK_THROWS_AS(read_elf_size(here.path() / name), tool_error);
    }
}

TEST_CASE("read_elf_size: cut short anywhere, an error or a size, never more than the file has") {
    temporary_directory const here;
    auto const whole = read_file(assemble(here, "arm-none-eabi-as"));
    int errors = 0;
    for (std::size_t length = 0; length < whole.size(); length += 7) {
        write_file(here.path() / "cut", std::span{whole}.first(length));
        try {
            auto const size = read_elf_size(here.path() / "cut");
            CHECK(size.flash <= 38);
        } catch (tool_error const&) {
            ++errors;
        }
    }
    CHECK(errors > 0);
}
