// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace inlay::tool {

/// Whether C++ has the word for itself: a keyword, a name from the preprocessor, or one a generated header declares.
bool is_keyword(std::string_view name);

/// Whether inlay's device headers declare the name.
bool is_inlay_name(std::string_view name);

/// Whether the C library or C++ declare the name outside of a namespace.
bool is_declared_globally(std::string_view name);

}  // namespace inlay::tool
