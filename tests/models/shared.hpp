// SPDX-License-Identifier: MIT
//
// The models and the operator suite that lie beside the project. Where they are not, tests that need them say so.
#pragma once

#include <cstdlib>
#include <doctest/doctest.h>
#include <filesystem>
#include <optional>
#include <string>

namespace inlay::test {

/// A directory under $INLAY_SHARED; nothing, and a message, if it is not there.
inline std::optional<std::filesystem::path> shared_directory(char const* name) {
    char const* const root = std::getenv("INLAY_SHARED");
    auto const directory = std::filesystem::path{root ? root : ""} / name;
    if (root != nullptr && std::filesystem::is_directory(directory)) return directory;
    MESSAGE("skipped: there is no directory $INLAY_SHARED/", name);
    return {};
}

}  // namespace inlay::test
