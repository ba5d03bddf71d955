// SPDX-License-Identifier: MIT
#include "target/files.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fmt/format.h>
#include <fstream>
#include <system_error>
#include <utility>

#include "error.hpp"

namespace inlay::tool {
namespace {

[[noreturn]] void fail(std::filesystem::path const& file, char const* what, std::string why) {
    throw tool_error{.where = file.string(), .what = what, .why = std::move(why), .status = exit_status::file};
}

std::string system_says() { return errno != 0 ? std::strerror(errno) : "the system does not say why"; }

/// No model for a device comes near; a device or a pipe that never ends gets there soon.
constexpr std::size_t most_bytes = std::size_t{1} << 28;

}  // namespace

std::vector<std::byte> read_file(std::filesystem::path const& file) {
    errno = 0;
    std::ifstream from{file, std::ios::binary};
    if (!from) fail(file, "cannot be opened", system_says());
    std::error_code ignored;
    if (std::filesystem::is_directory(file, ignored)) fail(file, "cannot be read", "it is a directory");
    std::vector<std::byte> bytes;
    std::vector<char> chunk(65536);
    while (from.read(chunk.data(), static_cast<std::streamsize>(chunk.size())), from.gcount() > 0) {
        auto const got = std::as_bytes(std::span{chunk}.first(static_cast<std::size_t>(from.gcount())));
        bytes.insert(bytes.end(), got.begin(), got.end());
        if (bytes.size() > most_bytes) fail(file, "is too large", fmt::format("inlay reads files of up to {} MiB", most_bytes >> 20));
    }
    if (from.bad()) fail(file, "cannot be read", system_says());
    return bytes;
}

void write_file(std::filesystem::path const& file, std::span<std::byte const> bytes) {
    errno = 0;
    std::ofstream to{file, std::ios::binary};
    to.write(reinterpret_cast<char const*>(bytes.data()), static_cast<std::streamsize>(bytes.size()));
    to.close();
    if (!to) fail(file, "cannot be written", system_says());
}

void write_file(std::filesystem::path const& file, std::string_view text) {
    write_file(file, std::as_bytes(std::span{text}));
}

std::string first_lines(std::string_view text, std::size_t lines) {
    std::size_t end = 0;
    for (; lines > 0 && end < text.size(); --lines) end = std::min(text.find('\n', end), text.size() - 1) + 1;
    std::string first{text.substr(0, end)};
    if (end < text.size()) {
        first += fmt::format("... and {} more lines", std::ranges::count(text.substr(end), '\n'));
    }
    return first;
}

}  // namespace inlay::tool
