// SPDX-License-Identifier: MIT
#include "target/temporary_directory.hpp"

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "error.hpp"

namespace inlay::tool {

temporary_directory::temporary_directory(afterwards what) : what_{what} {
    std::error_code ignored;  // then the name below is refused, and says more
    std::string name = (std::filesystem::temp_directory_path(ignored) / "inlay-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) {
        throw tool_error{.where = name,
                         .what = "a temporary directory cannot be made",
                         .why = std::strerror(errno),
                         .mend = "set TMPDIR to a directory that can be written",
                         .status = exit_status::file};
    }
    path_ = name;
}

temporary_directory::temporary_directory(temporary_directory&& other) noexcept
    : path_{std::exchange(other.path_, {})}, what_{other.what_} {}

temporary_directory::~temporary_directory() {
    std::error_code ignored;
    if (!path_.empty() && what_ == afterwards::remove) std::filesystem::remove_all(path_, ignored);
}

}  // namespace inlay::tool
