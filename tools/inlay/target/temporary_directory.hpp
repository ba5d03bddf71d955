// SPDX-License-Identifier: MIT
/// A private directory that is gone when its owner is.
#pragma once
#include <filesystem>

namespace inlay::tool {

class temporary_directory {
public:
    enum class afterwards { remove, keep };

    /// Makes it under $TMPDIR or /tmp, for this user only.
    explicit temporary_directory(afterwards what = afterwards::remove);
    temporary_directory(temporary_directory&& other) noexcept;
    temporary_directory& operator=(temporary_directory&&) = delete;
    ~temporary_directory();

    std::filesystem::path const& path() const { return path_; }

private:
    std::filesystem::path path_;
    afterwards what_;
};

}  // namespace inlay::tool
