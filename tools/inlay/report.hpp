// SPDX-License-Identifier: MIT
//
// The problems of a model, collected so that one run tells them all.
#pragma once

#include "error.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// What is wrong with a model. Passes and readers add to it and go on; a command that finds it not empty ends with exit status 1.
class report {
public:
    /// Of the model in `file`, as the user named it.
    explicit report(std::string_view file);

    /// Adds a problem. `where` is a place in the model ("operator 3, CONV_2D "block1/conv"") or empty: the whole file.
    void add(std::string_view where, std::string_view what, std::string_view why = {}, std::string_view mend = {});

    bool empty() const { return problems_.empty(); }

    /// How many there are, those that are left out included.
    std::size_t count() const { return problems_.size() + left_out_; }

    /// The problems in the order of their discovery, the first hundred: a damaged file may have thousands.
    std::span<tool_error const> problems() const { return problems_; }

    /// A paragraph for each problem, and a line about those that are left out.
    std::string text() const;

private:
    std::string file_;
    std::vector<tool_error> problems_;
    std::size_t left_out_ = 0;
};

}  // namespace inlay::tool
