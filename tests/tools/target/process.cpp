// SPDX-License-Identifier: MIT
#include "target/process.hpp"

#include <csignal>
#include <doctest/doctest.h>
#include <sys/types.h>

#include "error.hpp"
#include "target/files.hpp"
#include "target/temporary_directory.hpp"

using namespace inlay::tool;

namespace {

process_request shell(std::string script) { return {.arguments = {"sh", "-c", std::move(script)}}; }

}  // namespace

TEST_CASE("run_process: exit status and console") {
    auto const result = run_process(shell("echo out; echo err >&2; exit 7"));
    CHECK(result.exit_status == 7);
    CHECK_FALSE(result.succeeded());
    CHECK_FALSE(result.timed_out);
    CHECK(result.console == "out\nerr\n");
    CHECK(result.seconds > 0);
    CHECK(result.seconds < 10);
    CHECK(result.peak_mb > 0.1);
}

TEST_CASE("run_process: arguments reach the program as they are") {
    auto const result = run_process({.arguments = {"printf", "%s|", "a b", "$HOME", "*", ""}});
    CHECK(result.succeeded());
    CHECK(result.console == "a b|$HOME|*||");
}

TEST_CASE("run_process: nothing to read on standard input") { CHECK(run_process(shell("cat")).succeeded()); }

TEST_CASE("run_process: directory") {
    temporary_directory const here;
    auto request = shell("pwd -P");
    request.directory = here.path();
    CHECK(run_process(request).console == std::filesystem::canonical(here.path()).string() + "\n");
}

TEST_CASE("run_process: a program ended by a signal") {
    CHECK(run_process(shell("kill -SEGV $$")).exit_status == 128 + SIGSEGV);
}

TEST_CASE("run_process: a console larger than the pipe and than what is kept") {
    auto const result = run_process(shell("head -c 3000000 /dev/zero | tr '\\0' x"));
    CHECK(result.succeeded());
    CHECK(result.console == std::string(1 << 20, 'x'));
}

TEST_CASE("run_process: a time-out ends the program and what it started") {
    temporary_directory const here;
    auto request = shell("sleep 30 & echo $! >child; wait");
    request.directory = here.path();
    request.timeout = std::chrono::seconds{1};
    auto const result = run_process(request);
    CHECK(result.timed_out);
    CHECK_FALSE(result.succeeded());
    CHECK(result.seconds >= 0.9);
    CHECK(result.seconds < 10);

    auto const text = read_file(here.path() / "child");
    auto const child = std::stoi(std::string(reinterpret_cast<char const*>(text.data()), text.size()));
    // A moment for the kernel to clear it away; a zombie answers kill(0), so its state is asked for.
    auto const state = run_process(shell("sleep 0.2; ps -o stat= -p " + std::to_string(child)));
    CHECK((state.console.empty() || state.console.starts_with("Z")));
}

TEST_CASE("run_process: a grandchild that keeps the console does not hold us") {
    auto const result = run_process(shell("sleep 20 & echo done"));
    CHECK(result.succeeded());
    CHECK(result.console == "done\n");
    CHECK(result.seconds < 10);
}

TEST_CASE("run_process: a program that is not there") {
    process_request const request{.arguments = {"no-such-program-of-inlay"}, .mend_if_missing = "install it"};
    try {
        run_process(request);
        FAIL("it ran");
    } catch (tool_error const& error) {
        CHECK(error.status == exit_status::file);
        CHECK(error.text() == "no-such-program-of-inlay: cannot be run\n"
                              "  why   starting it: No such file or directory\n"
                              "  mend  install it\n");
    }
}

TEST_CASE("command_line: quotes what a shell would change") {
    CHECK(command_line({.arguments = {"g++", "-DX=a b", "", "plain"}}) == "g++ '-DX=a b' '' plain");
}

TEST_CASE("tool_error: several lines of why stand under each other") {
    tool_error const error{.where = "model.tflite", .what = "no", .why = "one\ntwo"};
    CHECK(error.text() == "model.tflite: no\n  why   one\n        two\n");
}

TEST_CASE("first_lines: says how many it leaves out") {
    CHECK(first_lines("a\nb\n", 2) == "a\nb\n");
    CHECK(first_lines("a\nb", 2) == "a\nb");
    CHECK(first_lines("a\nb\nc\nd\n", 2) == "a\nb\n... and 2 more lines");
    CHECK(first_lines("", 2).empty());
}

TEST_CASE("temporary_directory: gone with its owner, or kept") {
    std::filesystem::path removed, kept;
    {
        temporary_directory const one;
        temporary_directory const two{temporary_directory::afterwards::keep};
        removed = one.path();
        kept = two.path();
        write_file(removed / "file", "text");
        CHECK((std::filesystem::status(removed).permissions() & std::filesystem::perms::others_all) ==
              std::filesystem::perms::none);
    }
    CHECK_FALSE(std::filesystem::exists(removed));
    CHECK(std::filesystem::exists(kept));
    std::filesystem::remove_all(kept);
}
