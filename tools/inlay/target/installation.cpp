// SPDX-License-Identifier: MIT
#include "target/installation.hpp"

#include <algorithm>
#include <cstdlib>
#include <fmt/format.h>

#include "error.hpp"
#include "target/config.hpp"

namespace inlay::tool {
namespace {

namespace fs = std::filesystem;

installation in_source_tree(fs::path const& root) {
    return {root / "include", root / "tools/boards", root / "tools/inlay/target/driver",
            fs::path{config::build_root} / "tools/cycles/libinlay_cycles.so"};
}

installation in_prefix(fs::path const& root) {
    auto const data = root / config::datadir / "inlay";
    return {root / config::includedir, data / "boards", data / "driver", root / config::libdir / "inlay/libinlay_cycles.so"};
}

bool is_complete(installation const& found) {
    return fs::exists(found.include / "inlay/inlay.hpp") && fs::exists(found.boards / "sections.ld") &&
           fs::exists(found.drivers / "run.cpp");
}

bool is_below(fs::path const& file, fs::path const& directory) {
    return std::ranges::mismatch(directory, file).in1 == directory.end();
}

}  // namespace

installation find_installation() {
    char const* const chosen = std::getenv("INLAY_ROOT");
    std::error_code ignored;
    fs::path const command = fs::read_symlink("/proc/self/exe", ignored);
    bool const is_built_here = is_below(command, config::build_root);
    fs::path const root = chosen != nullptr && *chosen != 0 ? chosen : is_built_here ? config::source_root : config::prefix;
    for (auto const& candidate : {in_source_tree(root), in_prefix(root)}) {
        if (is_complete(candidate)) return candidate;
    }
    // An installation that was moved: the prefix is found from the command's own place.
    auto const moved = in_prefix(command.parent_path().parent_path());
    if (chosen == nullptr && is_complete(moved)) return moved;
    throw tool_error{.where = root.string(),
                     .what = "inlay's headers, boards and drivers are not there",
                     .why = chosen != nullptr ? "INLAY_ROOT names this directory" : "inlay was installed for this directory",
                     .mend = "set INLAY_ROOT to inlay's source tree, or to the prefix it is installed in",
                     .status = exit_status::file};
}

}  // namespace inlay::tool
