// SPDX-License-Identifier: MIT
#include "target/target.hpp"

#include <doctest/doctest.h>
#include <filesystem>

#include "error.hpp"
#include "target/config.hpp"
#include "target/files.hpp"
#include "target/installation.hpp"

using namespace inlay::tool;

TEST_CASE("find_target: by name") {
    for (auto const* name : {"host", "cortex-m0", "microbit", "cortex-m3", "cortex-m4", "cortex-m7", "cortex-m33", "cortex-m55"}) {
        CHECK(find_target(name).name == name);
        CHECK(find_target(name).is_host() == (std::string_view{name} == "host"));
    }
}

TEST_CASE("find_target: an unknown name lists those there are") {
    try {
        find_target("cortex-m1");
        FAIL("it was found");
    } catch (tool_error const& error) {
        CHECK(error.status == exit_status::usage);
        CHECK(error.text() ==
              "--target cortex-m1: there is no such target\n"
              "  mend  give one of host, cortex-m0, microbit, cortex-m3, cortex-m4, cortex-m7, cortex-m33, cortex-m55\n");
    }
}

TEST_CASE("all_targets: every board has its Meson cross file, with the same options, board and machine") {
    auto const cross = std::filesystem::path{config::source_root} / "tools/cross";
    for (auto const& each : all_targets()) {
        if (each.is_host()) continue;
        CAPTURE(each.name);
        auto const bytes = read_file(cross / (each.name + ".ini"));
        std::string_view const text{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
        std::string core = "core = [";
        for (auto const& flag : each.flags) {
            if (flag != "-mthumb") core += (core.ends_with('[') ? "'" : ", '") + flag + "'";  // every core's, in arm-none-eabi.ini
        }
        CHECK(text.find(core + "]\n") != text.npos);
        CHECK(text.find("exe_wrapper = qemu + ['" + each.machine + "']\n") != text.npos);
        CHECK(text.find("inlay_board = '" + each.board + "'\n") != text.npos);
    }
}

TEST_CASE("find_installation: $INLAY_ROOT, and a wrong one") {
    setenv("INLAY_ROOT", config::source_root, 1);
    CHECK(std::filesystem::exists(find_installation().boards / "mps2/board.ld"));
    setenv("INLAY_ROOT", "/nowhere", 1);
    CHECK_THROWS_AS(find_installation(), tool_error);
    unsetenv("INLAY_ROOT");
    CHECK(std::filesystem::exists(find_installation().include / "inlay/inlay.hpp"));
}
