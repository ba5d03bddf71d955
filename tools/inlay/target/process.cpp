// SPDX-License-Identifier: MIT
#include "target/process.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>

#include "error.hpp"

namespace inlay::tool {
namespace {

using clock = std::chrono::steady_clock;

class descriptor {
public:
    explicit descriptor(int number) : number_{number} {}
    descriptor(descriptor&& other) noexcept : number_{std::exchange(other.number_, -1)} {}
    descriptor& operator=(descriptor&&) = delete;
    ~descriptor() { close(); }

    int get() const { return number_; }
    void close() {
        if (number_ >= 0) ::close(std::exchange(number_, -1));
    }

private:
    int number_;
};

[[noreturn]] void fail(process_request const& request, std::string_view doing, int error, std::string mend = {}) {
    throw tool_error{.where = request.arguments.front(),
                     .what = "cannot be run",
                     .why = fmt::format("{}: {}", doing, std::strerror(error)),
                     .mend = std::move(mend),
                     .status = exit_status::file};
}

/// While a child runs, an interrupt from the keyboard is read from a descriptor, so that it ends the child, and then
/// this program by way of an exception, which clears up.
class interrupts {
public:
    interrupts() {
        sigset_t watched;
        sigemptyset(&watched);
        sigaddset(&watched, SIGINT);
        sigaddset(&watched, SIGTERM);
        sigprocmask(SIG_BLOCK, &watched, &before_);
        from_ = signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
    }
    interrupts(interrupts const&) = delete;
    interrupts& operator=(interrupts const&) = delete;
    ~interrupts() {
        ::close(from_);
        sigprocmask(SIG_SETMASK, &before_, nullptr);
    }

    int from() const { return from_; }
    sigset_t const& before() const { return before_; }

private:
    sigset_t before_{};
    int from_ = -1;
};

class spawn_settings {
public:
    spawn_settings(process_request const& request, int console, sigset_t const& signals) {
        posix_spawn_file_actions_init(&files);
        posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&files, console, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&files, console, STDERR_FILENO);
        if (!request.directory.empty()) posix_spawn_file_actions_addchdir_np(&files, request.directory.c_str());
        posix_spawnattr_init(&attributes);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK);
        posix_spawnattr_setpgroup(&attributes, 0);  // a group of its own: a time-out ends all of it
        posix_spawnattr_setsigmask(&attributes, &signals);
    }
    spawn_settings(spawn_settings const&) = delete;
    spawn_settings& operator=(spawn_settings const&) = delete;
    ~spawn_settings() {
        posix_spawn_file_actions_destroy(&files);
        posix_spawnattr_destroy(&attributes);
    }

    posix_spawn_file_actions_t files{};
    posix_spawnattr_t attributes{};
};

pid_t spawn(process_request const& request, int console, sigset_t const& signals) {
    spawn_settings const settings{request, console, signals};
    std::vector<char*> arguments;
    for (auto const& each : request.arguments) arguments.push_back(const_cast<char*>(each.c_str()));
    arguments.push_back(nullptr);
    pid_t child = -1;
    int const error =
        posix_spawnp(&child, arguments.front(), &settings.files, &settings.attributes, arguments.data(), environ);
    if (error != 0) fail(request, "starting it", error, error == ENOENT ? request.mend_if_missing : std::string{});
    return child;
}

/// Moves what is there from the pipe to the text. False at the end of the pipe.
bool drain(int from, std::string& console) {
    constexpr std::size_t kept = 1 << 20;
    std::array<char, 65536> chunk;
    for (;;) {
        auto const got = read(from, chunk.data(), chunk.size());
        if (got < 0) return errno == EAGAIN || errno == EINTR;
        if (got == 0) return false;
        console.append(chunk.data(), std::min(static_cast<std::size_t>(got), kept - console.size()));
    }
}

}  // namespace

process_result run_process(process_request const& request) {
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) fail(request, "making a pipe", errno);
    descriptor reading{ends[0]}, writing{ends[1]};
    fcntl(reading.get(), F_SETFL, O_NONBLOCK);
    interrupts const keyboard;

    auto const begin = clock::now();
    pid_t const child = spawn(request, writing.get(), keyboard.before());
    writing.close();
    descriptor const ended{static_cast<int>(syscall(SYS_pidfd_open, child, 0))};  // glibc 2.36 declares it for C only

    process_result result;
    bool interrupted = false;
    std::array<pollfd, 3> watched{{{reading.get(), POLLIN, 0}, {ended.get(), POLLIN, 0}, {keyboard.from(), POLLIN, 0}}};
    for (;;) {
        auto const left = std::chrono::duration_cast<std::chrono::milliseconds>(begin + request.timeout - clock::now());
        result.timed_out = left.count() <= 0 || poll(watched.data(), watched.size(), static_cast<int>(left.count())) == 0;
        interrupted = (watched[2].revents & POLLIN) != 0;
        if (result.timed_out || interrupted) {
            kill(-child, SIGKILL);
            break;
        }
        if (watched[0].revents != 0 && !drain(reading.get(), result.console)) watched[0].fd = -1;
        if (watched[1].revents != 0) break;
    }

    int status = 0;
    rusage used{};
    while (wait4(child, &status, 0, &used) < 0 && errno == EINTR) {}
    result.seconds = std::chrono::duration<double>(clock::now() - begin).count();
    result.peak_mb = static_cast<double>(used.ru_maxrss) * 1024 / 1e6;
    result.exit_status = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
    if (watched[0].fd >= 0) drain(reading.get(), result.console);
    if (interrupted) {
        throw tool_error{.where = request.arguments.front(), .what = "interrupted"};
    }
    return result;
}

std::string command_line(process_request const& request) {
    std::string line;
    for (auto const& each : request.arguments) {
        if (!line.empty()) line += ' ';
        bool const plain = each.find_first_of(" \t\n'\"\\$*?<>|&;()") == each.npos && !each.empty();
        line += plain ? each : "'" + each + "'";
    }
    return line;
}

}  // namespace inlay::tool
