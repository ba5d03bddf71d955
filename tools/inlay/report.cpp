// SPDX-License-Identifier: MIT
#include "report.hpp"

#include "text.hpp"

#include <fmt/format.h>

namespace inlay::tool {

report::report(std::string_view file) : file_{printable(file)} {}

void report::add(std::string_view where, std::string_view what, std::string_view why, std::string_view mend) {
    constexpr std::size_t most = 100;
    if (problems_.size() == most) {
        ++left_out_;
        return;
    }
    problems_.push_back({.where = where.empty() ? file_ : fmt::format("{}: {}", file_, where),
                         .what = std::string{what},
                         .why = std::string{why},
                         .mend = std::string{mend},
                         .status = exit_status::failed});
}

std::string report::text() const {
    std::string text;
    for (tool_error const& problem : problems_) {
        if (!text.empty()) text += '\n';
        text += problem.text();
    }
    if (left_out_ != 0) text += fmt::format("\n{}: {} more problems\n", file_, left_out_);
    return text;
}

}  // namespace inlay::tool
