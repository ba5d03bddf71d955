// SPDX-License-Identifier: MIT
/// Semihosting: what an image asks of the debugger, or of QEMU, that runs it.
///   source  Arm, "Semihosting for AArch32 and AArch64", release 2.0
#pragma once
#include <cstddef>
#include <cstdint>

namespace semihosting {

enum class operation : int { open = 0x01, close = 0x02, write0 = 0x04, write = 0x05, read = 0x06, exit_extended = 0x20 };

/// One request. `block` points to the operation's arguments; the answer's meaning is the operation's.
inline std::int32_t request(operation what, void const* block) {
    register std::int32_t r0 asm("r0") = static_cast<std::int32_t>(what);
    register void const* r1 asm("r1") = block;
    asm volatile("bkpt 0xab" : "+r"(r0) : "r"(r1) : "memory");
    return r0;
}

/// Writes text on the host's console (QEMU: standard error).
inline void print(char const* text) { request(operation::write0, text); }

/// Ends the run with an exit status of the host's process.
[[noreturn]] inline void exit(int status) {
    constexpr std::uint32_t application_exit = 0x20026;
    std::uint32_t const block[] = {application_exit, static_cast<std::uint32_t>(status)};
    request(operation::exit_extended, block);
    for (;;) {}
}

/// A file of the host, named relative to the directory QEMU was started in.
class file {
public:
    enum class mode : std::uint32_t { read = 1, write = 5 };  // fopen's "rb" and "wb"

    file() = default;

    static file open(char const* name, mode how) {
        std::uint32_t length = 0;
        while (name[length] != 0) ++length;
        std::uint32_t const block[] = {address(name), static_cast<std::uint32_t>(how), length};
        file opened;
        opened.handle_ = request(operation::open, block);
        return opened;
    }

    bool is_open() const { return handle_ != closed; }

    /// Bytes that were read; fewer than asked for at the end of the file.
    std::size_t read(void* to, std::size_t bytes) { return transfer(operation::read, address(to), bytes); }

    /// Bytes that were written; fewer than asked for when the host has no room.
    std::size_t write(void const* from, std::size_t bytes) { return transfer(operation::write, address(from), bytes); }

    void close() {
        std::int32_t const block[] = {handle_};
        request(operation::close, block);
        handle_ = closed;
    }

private:
    static constexpr std::int32_t closed = -1;

    static std::uint32_t address(void const* p) { return static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(p)); }

    std::size_t transfer(operation what, std::uint32_t memory, std::size_t bytes) {
        std::uint32_t const block[] = {static_cast<std::uint32_t>(handle_), memory, static_cast<std::uint32_t>(bytes)};
        auto const left = static_cast<std::uint32_t>(request(what, block));  // both answer the bytes NOT moved
        return left <= bytes ? bytes - left : 0;
    }

    std::int32_t handle_ = closed;
};

}  // namespace semihosting
