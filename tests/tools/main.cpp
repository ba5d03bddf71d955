// SPDX-License-Identifier: MIT
// The tests of the tool, which tell its errors in their own words.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>

#include "error.hpp"

REGISTER_EXCEPTION_TRANSLATOR(inlay::tool::tool_error const& error) { return error.text().c_str(); }
