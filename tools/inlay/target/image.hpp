// SPDX-License-Identifier: MIT
/// Compiles what the command writes, for a target, and runs it there.
#pragma once
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "target/elf_size.hpp"
#include "target/target.hpp"
#include "target/temporary_directory.hpp"

namespace inlay::tool {

/// The program around the network.
enum class driver {
    run,    // reads inputs, writes outputs
    trace,  // run, and writes what every layer made
    bench,  // made-up inputs, counted
    bench_layers  // bench, and what every layer costs
};

/// What code is made for; the engine's policy and the compiler's options follow.
enum class optimisation { size, balanced, speed };

/// `size`, `balanced` or `speed`. Throws a tool_error for any other word.
optimisation find_optimisation(std::string_view word);

struct image_request {
    std::string header{};             // the text of model.hpp
    std::string model_namespace{};    // where it defines `model`
    driver program = driver::run;
    optimisation optimize = optimisation::balanced;
    std::string isa = "native";       // of inlay::isa
    std::string compiler{};           // a program and perhaps its first options; empty: the target's
    std::vector<std::string> flags{}; // after ours
    bool keep = false;                // the directory of the build stays; standard error says where
};

struct image {
    target const* runs_on;
    temporary_directory directory;
    std::filesystem::path program{};
    double compile_seconds = 0;  // of the network alone, as an application's file would hold it
    double compile_peak_mb = 0;
    elf_size network{};          // an application that only runs the network, less an empty one; of a bench only
    std::filesystem::path application{};  // that one
};

/// Compiles and links. Throws a tool_error with the compiler's words.
image build_image(target const& on, image_request const& request);

using raw_tensor = std::vector<std::byte>;

struct run_result {
    std::vector<raw_tensor> outputs;  // the steps, one after the other
    raw_tensor layers;                // driver::trace: every layer's output in order of execution, step after step
};

/// Runs the network over the inputs (each holds all its steps) on one engine. The outputs are read as the steps say.
/// Throws a tool_error if the program fails, or does not end in time.
run_result run_image(image const& built, std::vector<raw_tensor> const& inputs,
                     std::chrono::seconds timeout = std::chrono::seconds{600});

struct bench_result {
    std::optional<std::uint64_t> instructions;  // of one run, exact; boards only
    std::optional<std::uint64_t> nanoseconds;   // of one run, the median; host only
    std::optional<std::uint64_t> stack_bytes;   // boards only
    std::uint64_t output_fnv1a64 = 0;           // of all outputs' bytes, for the inputs of seed 1001
    std::uint64_t engine_bytes = 0;
    std::uint64_t arena_bytes = 0;
    std::uint64_t flash_bytes = 0;  // code, constants and weights, less an empty program's
    std::uint64_t ram_bytes = 0;    // .data and .bss, less an empty program's, and the stack
    std::vector<std::uint64_t> layers{};  // driver::bench_layers: instructions or nanoseconds, result by result
};

/// Runs a driver::bench or driver::bench_layers image. Throws as run_image does.
bench_result bench_image(image const& built, std::chrono::seconds timeout = std::chrono::seconds{600});

/// Compiles and links one file with its own main(), with the board's start-up code: for tests of the boards themselves.
image build_program(target const& on, std::filesystem::path const& source, std::vector<std::string> flags = {});

/// Runs an image and gives what it printed. Throws as run_image does.
std::string run_program(image const& built, std::chrono::seconds timeout = std::chrono::seconds{600});

}  // namespace inlay::tool
