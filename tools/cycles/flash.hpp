// SPDX-License-Identifier: MIT
/// A flash memory that is slower than the core, with a buffer or a cache for code and one for constants.
#pragma once
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace inlay::cycles {

/// Lines of the memory, of which the one used longest ago gives way.
class line_cache {
public:
    explicit line_cache(std::size_t lines) : lines_(std::max<std::size_t>(lines, 1), none) {}

    /// Whether the line is there; it is afterwards.
    bool touch(std::uint32_t line) {
        auto const found = std::find(lines_.begin(), lines_.end(), line);
        bool const is_hit = found != lines_.end();
        std::rotate(lines_.begin(), is_hit ? found : lines_.end() - 1, is_hit ? found + 1 : lines_.end());
        lines_.front() = line;
        return is_hit;
    }

private:
    static constexpr auto none = ~std::uint32_t{0};

    std::vector<std::uint32_t> lines_;  // the latest first
};

struct flash_settings {
    unsigned wait_states = 0;
    unsigned width = 64;      // bits that it delivers at once: a line
    unsigned code_cache = 0;  // bytes; no less than a line
    unsigned data_cache = 0;
};

/// Code comes in lines. While one is executed the next is fetched, which takes 1 + `wait_states` cycles; a branch out of what is
/// cached waits for the whole fetch.
class flash {
public:
    explicit flash(flash_settings const& chosen)
        : wait_states_{chosen.wait_states},
          width_{chosen.width / 8},
          code_{chosen.code_cache / width_},
          data_{chosen.data_cache / width_} {}

    bool waits() const { return wait_states_ != 0; }

    /// Code at `address` for `cycles`. Returns the cycles waited.
    std::uint64_t execute(std::uint32_t address, unsigned size, unsigned cycles) {
        std::uint64_t waited = 0;
        for (auto line = address / width_; line <= (address + size - 1) / width_; ++line) {
            if (line != line_) waited += enter(line);
        }
        spent_ += cycles;
        return waited;
    }

    /// A constant at `address`. Returns the cycles waited.
    std::uint64_t read(std::uint32_t address) { return address >= end_of_code || data_.touch(address / width_) ? 0 : wait_states_; }

private:
    static constexpr std::uint32_t end_of_code = 0x20000000;  // above it are RAM and devices, on every core of the M profile

    std::uint64_t enter(std::uint32_t line) {
        auto const fetched = line == line_ + 1 ? std::min<std::uint64_t>(spent_ - std::min<std::uint64_t>(spent_, 1), wait_states_) : 0;
        line_ = line;
        spent_ = 0;
        return code_.touch(line) ? 0 : wait_states_ - fetched;
    }

    std::uint64_t wait_states_;
    std::uint32_t width_;  // bytes
    line_cache code_;
    line_cache data_;
    std::uint32_t line_ = ~std::uint32_t{0};
    std::uint64_t spent_ = 0;  // cycles in the line
};

}  // namespace inlay::cycles
