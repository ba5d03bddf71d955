// SPDX-License-Identifier: MIT
#include "commands/compare.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <fmt/format.h>

namespace inlay::tool {
namespace {

template <class T>
T element(std::span<std::byte const> bytes, std::size_t index) {
    T value;
    std::memcpy(&value, bytes.data() + index * sizeof(T), sizeof(T));
    return value;
}

std::optional<difference> compare_floats(std::size_t per_step, std::span<std::byte const> got, std::span<std::byte const> wanted, double tolerance) {
    for (std::size_t step = 0; step < wanted.size() / sizeof(float); step += per_step) {
        double largest = 0;
        for (std::size_t i = 0; i < per_step; ++i) largest = std::max(largest, std::abs(double{element<float>(wanted, step + i)}));
        double const bound = std::max(tolerance * largest, tolerance > 0 ? 1e-7 : 0);
        for (std::size_t i = step; i < step + per_step; ++i) {
            auto const a = element<float>(got, i);
            auto const b = element<float>(wanted, i);
            // A comparison with a number that is none is false: it differs, unless both are the same bits.
            bool const same = std::memcmp(&a, &b, sizeof a) == 0 || std::abs(double{a} - double{b}) <= bound;
            if (!same) return difference{i, fmt::format("{}", a), fmt::format("{}", b)};
        }
    }
    return {};
}

template <class T>
std::optional<difference> compare_integers(std::span<std::byte const> got, std::span<std::byte const> wanted) {
    for (std::size_t i = 0; i < wanted.size() / sizeof(T); ++i) {
        auto const a = element<T>(got, i);
        auto const b = element<T>(wanted, i);
        if (a != b) return difference{i, fmt::format("{}", a), fmt::format("{}", b)};
    }
    return {};
}

}  // namespace

std::string difference::text() const { return fmt::format("element {}: got {}, wanted {}", index, got, wanted); }

std::optional<difference> first_difference(tensor_description const& tensor, std::span<std::byte const> got, std::span<std::byte const> wanted,
                                           double tolerance) {
    if (got.size() != wanted.size()) return difference{0, fmt::format("{} bytes", got.size()), fmt::format("{} bytes", wanted.size())};
    switch (tensor.type) {
        case element_type::float32: return compare_floats(static_cast<std::size_t>(tensor.shape.size()), got, wanted, tolerance);
        case element_type::int8: return compare_integers<std::int8_t>(got, wanted);
        case element_type::int16: return compare_integers<std::int16_t>(got, wanted);
        case element_type::int32: return compare_integers<std::int32_t>(got, wanted);
        case element_type::int64: return compare_integers<std::int64_t>(got, wanted);
        default: return compare_integers<std::uint8_t>(got, wanted);
    }
}

}  // namespace inlay::tool
