// SPDX-License-Identifier: MIT
#include "text.hpp"

#include <algorithm>
#include <cstdint>
#include <numeric>

namespace inlay::tool {
namespace {

struct character {
    char32_t code;
    std::size_t bytes;  ///< 0: not valid UTF-8
};

/// The first character of a text that is not empty. Longer forms than needed and surrogates are not valid.
character first_character(std::string_view text) {
    auto const byte = [&](std::size_t i) { return static_cast<std::uint8_t>(text[i]); };
    std::size_t const bytes = byte(0) < 0x80 ? 1 : byte(0) < 0xC2 ? 0 : byte(0) < 0xE0 ? 2 : byte(0) < 0xF0 ? 3 : byte(0) < 0xF5 ? 4 : 0;
    if (bytes < 2 || text.size() < bytes) return {byte(0), bytes == 1 ? std::size_t{1} : 0};
    char32_t code = byte(0) & (0x7Fu >> bytes);
    for (std::size_t i = 1; i < bytes; ++i) {
        if ((byte(i) & 0xC0) != 0x80) return {0, 0};
        code = code << 6 | (byte(i) & 0x3Fu);
    }
    constexpr char32_t shortest[] = {0, 0, 0x80, 0x800, 0x10000};
    bool const valid = code >= shortest[bytes] && code <= 0x10FFFF && (code < 0xD800 || code > 0xDFFF);
    return {code, valid ? bytes : 0};
}

/// Controls (C0, delete, C1), separators of lines, and marks and brackets of the direction of writing.
bool is_hazardous(char32_t code) {
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || (code >= 0x200B && code <= 0x200F) || (code >= 0x2028 && code <= 0x202E) ||
           (code >= 0x2060 && code <= 0x206F) || code == 0xFEFF || code == 0x061C;
}

/// Levenshtein's distance.
std::size_t distance_of(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);  // of the first i characters of a to the first j of b
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 1; i <= a.size(); ++i) {
        std::size_t diagonal = row[0];
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            std::size_t const exchanged = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({exchanged, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row[b.size()];
}

}  // namespace

std::string printable(std::string_view text, std::size_t most) {
    std::string clean;
    while (!text.empty()) {
        character const next = first_character(text);
        std::size_t const bytes = next.bytes == 0 ? 1 : next.bytes;
        if (clean.size() + bytes > most) return clean + "...";
        if (next.bytes == 0 || is_hazardous(next.code)) {
            clean += '?';
        } else if (next.code == U'\\') {
            clean += '/';
        } else {
            clean += text.substr(0, bytes);
        }
        text.remove_prefix(bytes);
    }
    return clean;
}

std::string nearest_of(std::string_view text, std::vector<std::string> const& words) {
    return *std::ranges::min_element(words, {}, [&](auto const& word) { return distance_of(text, word); });
}

}  // namespace inlay::tool
