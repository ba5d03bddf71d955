// SPDX-License-Identifier: MIT
#include "target/execute.hpp"

#include <fmt/format.h>

#include "error.hpp"
#include "target/files.hpp"
#include "target/process.hpp"

namespace inlay::tool {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> start_of(image const& built, std::vector<std::string> const& of_qemu) {
    if (built.runs_on->is_host()) return {built.program};
    std::vector<std::string> command{"qemu-system-arm", "-M", built.runs_on->machine, "-display", "none", "-monitor", "none",
                                     "-serial", "none", "-semihosting-config", "enable=on,target=native"};
    command.insert(command.end(), of_qemu.begin(), of_qemu.end());
    command.insert(command.end(), {"-kernel", built.program});
    return command;
}

}  // namespace

std::vector<std::string> counting_options() { return {"-icount", fmt::format("shift={}", icount_shift)}; }

fs::path fresh_directory(image const& built) {
    auto const directory = built.directory.path() / "run";
    fs::remove_all(directory);
    fs::create_directory(directory);
    return directory;
}

std::string execute(fs::path const& directory, image const& built, std::chrono::seconds timeout, std::vector<std::string> const& of_qemu) {
    auto result = run_process({.arguments = start_of(built, of_qemu),
                               .directory = directory,
                               .timeout = timeout,
                               .mend_if_missing = "apt-get install qemu-system-arm"});
    if (result.succeeded()) return std::move(result.console);
    tool_error error{.where = fmt::format("the program for {}", built.runs_on->name),
                     .what = result.timed_out ? fmt::format("did not end in {} seconds", timeout.count())
                                              : fmt::format("ended with status {}", result.exit_status),
                     .why = first_lines(result.console, 20)};
    if (result.console.starts_with("fault:")) {
        error.mend = "if the stack was too small, give it more bytes: --flag=-Wl,--defsym=board_stack_size=N";
    }
    throw error;
}

}  // namespace inlay::tool
