// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>

namespace inlay::test {

/// What this process works on; told when it dies, so that the mutant can be made again.
void begin_mutant(std::uint64_t seed, std::uint64_t index);

/// From here on the process dies, and says at which mutant, if one allocation or all of them together take too much memory, if a mutant
/// takes more than `seconds`, and if a sanitizer or the kernel stops it.
void limit_mutants(unsigned seconds);

}  // namespace inlay::test
