// SPDX-License-Identifier: MIT
#include "read/npy.hpp"

#include "error.hpp"
#include "text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>

namespace inlay::tool {
namespace {

constexpr std::string_view magic = "\x93NUMPY";

[[noreturn]] void fail(std::string_view where, std::string what, std::string why, std::string mend) {
    throw tool_error{.where = std::string{where}, .what = std::move(what), .why = std::move(why), .mend = std::move(mend), .status = exit_status::file};
}

/// NumPy's name of an element type.
std::string_view descr_of(element_type type) {
    switch (type) {
        case element_type::float32: return "<f4";
        case element_type::float16: return "<f2";
        case element_type::int8: return "|i1";
        case element_type::uint8: return "|u1";
        case element_type::int16: return "<i2";
        case element_type::int32: return "<i4";
        case element_type::uint32: return "<u4";
        case element_type::int64: return "<i8";
        case element_type::uint64: return "<u8";
        case element_type::boolean: return "|b1";
        case element_type::int4:
        case element_type::resource:
        case element_type::string: break;
    }
    return "";
}

/// What stands behind a key of the header: `'key': value`.
std::optional<std::string_view> value_of(std::string_view header, std::string_view key) {
    std::size_t const at = header.find(fmt::format("'{}':", key));
    if (at == header.npos) return std::nullopt;
    std::string_view value = header.substr(at + key.size() + 3);
    value.remove_prefix(std::min(value.find_first_not_of(' '), value.size()));
    return value;
}

/// A tuple of extents, "(1, 49, 10, 1)" or "(3,)".
std::optional<std::vector<std::int64_t>> parse_shape(std::string_view text) {
    if (!text.starts_with('(')) return std::nullopt;
    std::size_t const end = text.find(')');
    if (end == text.npos) return std::nullopt;
    text = text.substr(1, end - 1);
    std::vector<std::int64_t> extents;
    while (true) {
        text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
        if (text.empty()) return extents;
        std::int64_t extent = 0;
        auto const [behind, error] = std::from_chars(text.data(), text.data() + text.size(), extent);
        if (error != std::errc{} || extent < 0) return std::nullopt;
        extents.push_back(extent);
        text.remove_prefix(static_cast<std::size_t>(behind - text.data()));
        if (text.starts_with(',')) text.remove_prefix(1);
    }
}

struct array {
    std::string_view descr;
    std::vector<std::int64_t> extents;
    std::span<std::byte const> data;
};

array parse(std::span<std::byte const> file, std::string_view where) {
    constexpr char const* mend = "write it again with numpy.save";
    auto const byte = [&](std::size_t i) { return static_cast<std::size_t>(file[i]); };
    std::size_t const version = file.size() < magic.size() + 2 ? 0 : byte(magic.size());
    std::size_t const length_bytes = version == 1 ? 2 : 4;
    std::size_t const begin = magic.size() + 2 + length_bytes;
    if (version < 1 || version > 3 || file.size() < begin) fail(where, "is no .npy file that inlay can read", "its version is not 1, 2 or 3", mend);
    std::size_t length = 0;
    for (std::size_t i = 0; i < length_bytes; ++i) length |= byte(magic.size() + 2 + i) << (8 * i);
    if (length > file.size() - begin) fail(where, "is cut short", "its header goes beyond its end", mend);

    std::string_view const header{reinterpret_cast<char const*>(file.data()) + begin, length};
    auto const descr = value_of(header, "descr");
    auto const order = value_of(header, "fortran_order");
    auto const shape_text = value_of(header, "shape");
    auto extents = shape_text ? parse_shape(*shape_text) : std::nullopt;
    if (!descr || !descr->starts_with('\'') || descr->find('\'', 1) == descr->npos || !order || !extents) {
        fail(where, "has a header that inlay cannot read", "it does not name type, order and shape of one plain array", mend);
    }
    if (!order->starts_with("False")) fail(where, "is in Fortran order", "inlay reads C order, the last axis fastest", "save numpy.ascontiguousarray(x)");
    return {descr->substr(1, descr->find('\'', 1) - 1), std::move(*extents), file.subspan(begin + length)};
}

/// Whether an array of these extents is `steps` tensors of this shape, leading ones aside.
bool fits(std::vector<std::int64_t> extents, shape const& tensor, int steps) {
    std::vector<std::int64_t> wanted(tensor.extent, tensor.extent + tensor.rank);
    auto const drop_ones = [](std::vector<std::int64_t>& of) { of.erase(of.begin(), std::ranges::find_if(of, [](auto extent) { return extent != 1; })); };
    if (steps == 1) {
        drop_ones(extents);
        drop_ones(wanted);
        return extents == wanted;
    }
    if (extents.empty() || extents[0] != steps) return false;
    extents.erase(extents.begin());
    return fits(std::move(extents), tensor, 1);
}

}  // namespace

bool is_npy(std::span<std::byte const> file) {
    return file.size() >= magic.size() && std::ranges::equal(file.first(magic.size()), std::as_bytes(std::span{magic}));
}

std::vector<std::byte> read_npy(std::span<std::byte const> file, std::string_view where, tensor_description const& tensor, int steps) {
    array const read = parse(file, where);
    std::string_view const wanted = descr_of(tensor.type);
    bool const same_type = read.descr == wanted || (wanted.starts_with('|') && !read.descr.empty() && read.descr.substr(1) == wanted.substr(1));
    if (!same_type) {
        fail(where, fmt::format("holds elements \"{}\"", printable(read.descr, 40)), fmt::format("\"{}\" is {}, \"{}\"", tensor.name, name_of(tensor.type), wanted),
             read.descr.starts_with('>') ? "save it in little-endian order" : fmt::format("save x.astype(\"{}\")", wanted));
    }
    if (!fits(read.extents, tensor.shape, steps)) {
        fail(where, fmt::format("holds an array [{}]", fmt::join(read.extents, ", ")),
             fmt::format("\"{}\" is {}{}", tensor.name, text_of(tensor.shape), steps > 1 ? fmt::format(", and {} steps are to be run", steps) : ""),
             steps > 1 ? "put the steps on the first axis" : "reshape it, or give --steps if the first axis is the steps");
    }
    std::size_t const bytes = static_cast<std::size_t>(tensor.shape.size()) * static_cast<std::size_t>(bytes_of(tensor.type)) * static_cast<std::size_t>(steps);
    if (read.data.size() != bytes) {
        fail(where, fmt::format("has {} bytes of numbers, its header says {}", read.data.size(), bytes), "it is cut short, or has something behind it",
             "write it again with numpy.save");
    }
    return {read.data.begin(), read.data.end()};
}

}  // namespace inlay::tool
