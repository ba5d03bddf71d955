// SPDX-License-Identifier: MIT
/// What the command says when it cannot do what was asked.
#pragma once
#include <string>
#include <string_view>

namespace inlay::tool {

enum class exit_status : int {
    done = 0,
    failed = 1,  // a check failed, or the model cannot be expressed
    usage = 2,   // the command line is wrong
    file = 3     // a file cannot be read or written, a program cannot be started
};

/// A problem, thrown. A file, an operator or an option stands under `where`; `why` and `mend` may be empty and may have
/// several lines.
struct tool_error {
    std::string where{};
    std::string what{};
    std::string why{};
    std::string mend{};
    exit_status status = exit_status::failed;

    /// The paragraph that people read:
    ///     where: what
    ///       why   why
    ///       mend  mend
    std::string text() const {
        std::string written = where + ": " + what + "\n";
        auto const append = [&](std::string_view label, std::string_view lines) {
            while (!lines.empty()) {
                auto const end = lines.find('\n');
                written.append(label).append(lines.substr(0, end)).append("\n");
                label = "        ";
                lines = end == lines.npos ? std::string_view{} : lines.substr(end + 1);
            }
        };
        append("  why   ", why);
        append("  mend  ", mend);
        return written;
    }
};

}  // namespace inlay::tool
