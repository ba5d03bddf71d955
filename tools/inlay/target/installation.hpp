// SPDX-License-Identifier: MIT
/// Where the files are that the command gives to compilers.
#pragma once
#include <filesystem>

namespace inlay::tool {

struct installation {
    std::filesystem::path include;  // holds inlay/inlay.hpp
    std::filesystem::path boards;   // start-up code and linker scripts
    std::filesystem::path drivers;  // the programs around a network
    std::filesystem::path cycles;   // the plugin of QEMU that estimates cycles; it need not be there
};

/// $INLAY_ROOT if it is set (a source tree or an installation's prefix); else the source tree, for a command that still
/// stands in its build directory; else where it was installed, or moved to afterwards. Throws a tool_error if there is nothing.
installation find_installation();

}  // namespace inlay::tool
