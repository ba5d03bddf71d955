// SPDX-License-Identifier: MIT
/// Programs that the command starts: compilers, QEMU, and what was compiled.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace inlay::tool {

struct process_request {
    std::vector<std::string> arguments{};  // the program first; looked up in PATH, never seen by a shell
    std::filesystem::path directory{};     // it starts there; empty: here
    std::chrono::seconds timeout{600};     // then it is killed, with all it started
    std::string mend_if_missing{};         // what the error says when there is no such program
};

struct process_result {
    int exit_status = 0;      // 128 + signal if a signal ended it
    bool timed_out = false;
    std::string console;      // standard output and error as they came; no more than 1 MiB is kept
    double seconds = 0;       // wall clock
    double peak_mb = 0;       // 10^6 bytes, of the largest process among it and what it started and waited for

    bool succeeded() const { return exit_status == 0 && !timed_out; }
};

/// Runs a program to its end. Throws a tool_error only if it cannot be started, or if the user interrupts.
process_result run_process(process_request const& request);

/// The request's arguments as one would type them, for messages.
std::string command_line(process_request const& request);

}  // namespace inlay::tool
