// SPDX-License-Identifier: MIT
/// What the drivers share: the network's inputs and outputs as files and bytes.
#pragma once
#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include "image.hpp"
#include "io.hpp"

namespace inlay_driver {

/// Calls `visit<Layer>(index)` for every layer of a list.
template <class... Layer>
void for_each(inlay::list<Layer...>, auto&& visit) {
    std::size_t index = 0;
    (visit.template operator()<Layer>(index++), ...);
}

template <class... Layer>
consteval std::size_t count(inlay::list<Layer...>) {
    return sizeof...(Layer);
}

inline constexpr inlay::inputs_of<model> inputs{};
inline constexpr inlay::outputs_of<model> outputs{};

/// Short texts, joined without a heap.
class text {
public:
    explicit text(std::string_view first) { *this += first; }

    text& operator+=(std::string_view more) {
        for (char const c : more) {
            if (length_ + 1 < characters_.size()) characters_[length_++] = c;
        }
        return *this;
    }

    text& operator+=(unsigned long long value) {
        std::array<char, 20> digits{};
        std::size_t first = digits.size();
        do digits[--first] = static_cast<char>('0' + value % 10);
        while ((value /= 10) != 0);
        return *this += {digits.data() + first, digits.size() - first};
    }

    char const* c_str() const { return characters_.data(); }
    operator std::string_view() const { return {characters_.data(), length_}; }

private:
    std::array<char, 160> characters_{};  // zeros: the last one stays
    std::size_t length_ = 0;
};

/// "in0.bin", "out12.bin": the name of a tensor's file.
inline text file_name(std::string_view kind, std::size_t index) {
    text name{kind};
    name += static_cast<unsigned long long>(index);
    name += ".bin";
    return name;
}

/// Writes everything, or says which file could not be written and returns false.
inline bool write_all(file& to, char const* name, std::span<std::byte const> bytes) {
    if (to.write(bytes.data(), bytes.size()) == bytes.size()) return true;
    text message{name};
    message += ": cannot be written\n";
    print(message.c_str());
    return false;
}

}  // namespace inlay_driver
