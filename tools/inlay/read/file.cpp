// SPDX-License-Identifier: MIT
#include "read/file.hpp"

#include "error.hpp"
#include "read/npy.hpp"

#include <fmt/format.h>

#include <system_error>
#include <unistd.h>

namespace inlay::tool {
namespace fs = std::filesystem;

std::vector<std::byte> read_tensor(fs::path const& file, tensor_description const& tensor, int steps) {
    std::vector<std::byte> bytes = read_file(file);
    if (is_npy(bytes)) return read_npy(bytes, file.string(), tensor, steps);

    std::size_t const step = static_cast<std::size_t>(tensor.shape.size()) * static_cast<std::size_t>(bytes_of(tensor.type));
    std::size_t const wanted = step * static_cast<std::size_t>(steps);
    if (bytes.size() == wanted) return bytes;
    bool const holds_steps = step != 0 && !bytes.empty() && bytes.size() % step == 0;
    throw tool_error{.where = file.string(),
                     .what = fmt::format("has {} bytes, {} are wanted", bytes.size(), wanted),
                     .why = fmt::format("\"{}\" is {} {}, {} bytes{}", tensor.name, name_of(tensor.type), text_of(tensor.shape), step,
                                        steps > 1 ? fmt::format(", and {} steps are to be run", steps) : ""),
                     .mend = holds_steps ? fmt::format("give --steps {}", bytes.size() / step)
                                         : "give the numbers in the tensor's type and order without a header, or a .npy file",
                     .status = exit_status::file};
}

void write_file_atomically(fs::path const& file, std::span<std::byte const> bytes) {
    std::error_code error;
    fs::path const place = fs::is_symlink(file, error) ? fs::weakly_canonical(file, error) : file;
    fs::file_status const before = fs::status(place, error);
    // A terminal, a pipe, /dev/null: nothing there can be replaced.
    if (fs::exists(before) && !fs::is_regular_file(before)) return write_file(place, bytes);

    fs::path const part = fmt::format("{}.{}.part", place.string(), getpid());
    try {
        write_file(part, bytes);
    } catch (tool_error& problem) {
        fs::remove(part, error);
        problem.where = file.string();
        throw;
    }
    if (fs::exists(before)) fs::permissions(part, before.permissions(), error);
    fs::rename(part, place, error);
    if (error) {
        std::string const why = error.message();
        fs::remove(part, error);
        throw tool_error{.where = file.string(), .what = "cannot be written", .why = why, .mend = {}, .status = exit_status::file};
    }
}

void write_file_atomically(fs::path const& file, std::string_view text) { write_file_atomically(file, std::as_bytes(std::span{text})); }

void make_directory(fs::path const& directory) {
    std::error_code error;
    fs::create_directories(directory, error);
    if (!error && !fs::is_directory(directory, error) && !error) error = std::make_error_code(std::errc::not_a_directory);
    if (error) {
        throw tool_error{.where = directory.string(), .what = "this directory cannot be made", .why = error.message(), .mend = {}, .status = exit_status::file};
    }
}

}  // namespace inlay::tool
