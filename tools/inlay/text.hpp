// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// Text from a file as it can stand in a message and in a comment of generated code: one line of valid UTF-8, at most `most` bytes
/// and an ellipsis. What could end the line, move a terminal's cursor or turn the direction of writing becomes '?', a backslash '/'.
std::string printable(std::string_view text, std::size_t most = 1000);

/// The word that becomes `text` with the fewest characters put in, taken out or exchanged; there is at least one word.
std::string nearest_of(std::string_view text, std::vector<std::string> const& words);

}  // namespace inlay::tool
