// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>

namespace inlay::test {

/// How far a file came.
enum class outcome { not_a_model, refused, compiled };

/// All that `inlay compile` does with a file, but nothing is printed and nothing written. Whatever the bytes are, this must return, soon,
/// and without much memory.
outcome compile_quietly(std::span<std::byte const> file);

}  // namespace inlay::test
