// SPDX-License-Identifier: MIT
/// Files and console of the host, in the shape that semihosting gives them on a board.
#pragma once
#include <cstddef>
#include <cstdio>

namespace inlay_driver {

inline void print(char const* text) { std::fputs(text, stderr); }

class file {
public:
    enum class mode { read, write };

    file() = default;

    static file open(char const* name, mode how) {
        file opened;
        opened.stream_ = std::fopen(name, how == mode::read ? "rb" : "wb");
        return opened;
    }

    bool is_open() const { return stream_ != nullptr; }
    std::size_t read(void* to, std::size_t bytes) { return std::fread(to, 1, bytes, stream_); }
    std::size_t write(void const* from, std::size_t bytes) { return std::fwrite(from, 1, bytes, stream_); }

    void close() {
        std::fclose(stream_);
        stream_ = nullptr;
    }

private:
    std::FILE* stream_ = nullptr;
};

}  // namespace inlay_driver
