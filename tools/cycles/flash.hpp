// SPDX-License-Identifier: MIT
/// A flash memory that is slower than the core, with a buffer of one line for code and one for data.
#pragma once
#include <algorithm>
#include <cstdint>

namespace inlay::cycles {

/// Code comes in lines of `width` bytes. While one is executed the next is fetched, which takes 1 + `wait_states` cycles;
/// a branch out of the line waits for the whole fetch. Constants are read through a line of their own.
class flash {
public:
    flash(unsigned wait_states, unsigned width) : wait_states_{wait_states}, width_{width} {}

    bool waits() const { return wait_states_ != 0; }

    /// Code from `address` on for `cycles`; is_taken: a branch led there. Returns the cycles waited.
    std::uint64_t execute(std::uint32_t address, unsigned size, unsigned cycles, bool is_taken) {
        std::uint64_t waited = 0;
        if (is_taken && address / width_ != code_line_) waited += fetch_anew(address / width_);
        for (auto line = address / width_; line <= (address + size - 1) / width_; ++line) {
            if (line != code_line_) waited += fetch_next(line);
        }
        spent_ += cycles;
        return waited;
    }

    /// A constant at `address`. Returns the cycles waited.
    std::uint64_t read(std::uint32_t address) {
        if (address >= end_of_code || address / width_ == data_line_) return 0;
        data_line_ = address / width_;
        return wait_states_;
    }

private:
    static constexpr std::uint32_t end_of_code = 0x20000000;  // above it are RAM and devices, on every core of the M profile

    std::uint64_t fetch_anew(std::uint32_t line) {
        code_line_ = line;
        spent_ = 0;
        return wait_states_;
    }

    std::uint64_t fetch_next(std::uint32_t line) {
        if (line != code_line_ + 1) return fetch_anew(line);
        std::uint64_t const needed = wait_states_ + 1;
        auto const waited = needed - std::min(needed, std::max(spent_, std::uint64_t{1}));
        code_line_ = line;
        spent_ = 0;
        return waited;
    }

    unsigned wait_states_;
    std::uint32_t width_;
    std::uint32_t code_line_ = ~std::uint32_t{0};
    std::uint32_t data_line_ = ~std::uint32_t{0};
    std::uint64_t spent_ = 0;  // cycles in the line
};

}  // namespace inlay::cycles
