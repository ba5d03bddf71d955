// SPDX-License-Identifier: MIT
#include <charconv>
#include <fmt/format.h>

#include "target/execute.hpp"
#include "target/files.hpp"
#include "target/image.hpp"

namespace inlay::tool {
namespace {

namespace fs = std::filesystem;

/// The number in a line "name=number" of the bench driver, if there is such a line.
std::optional<std::uint64_t> figure(std::string_view lines, std::string_view name) {
    while (!lines.empty()) {
        auto const line = lines.substr(0, lines.find('\n'));
        if (line.starts_with(name) && line.substr(name.size()).starts_with('=')) {
            std::uint64_t value = 0;
            std::from_chars(line.data() + name.size() + 1, line.data() + line.size(), value);
            return value;
        }
        lines.remove_prefix(std::min(lines.size(), line.size() + 1));
    }
    return std::nullopt;
}

}  // namespace

run_result run_image(image const& built, std::vector<raw_tensor> const& inputs, std::chrono::seconds timeout) {
    auto const directory = fresh_directory(built);
    for (std::size_t k = 0; k < inputs.size(); ++k) write_file(directory / fmt::format("in{}.bin", k), inputs[k]);
    execute(directory, built, timeout);

    run_result result;
    for (;;) {
        auto const file = directory / fmt::format("out{}.bin", result.outputs.size());
        if (!fs::exists(file)) break;
        result.outputs.push_back(read_file(file));
    }
    if (fs::exists(directory / "layers.bin")) result.layers = read_file(directory / "layers.bin");
    return result;
}

bench_result bench_image(image const& built, std::chrono::seconds timeout) {
    auto const directory = fresh_directory(built);
    execute(directory, built, timeout);
    auto const bytes = read_file(directory / "bench.txt");
    std::string_view const lines{reinterpret_cast<char const*>(bytes.data()), bytes.size()};
    auto const stack = figure(lines, "stack_bytes");
    bench_result result{.instructions = figure(lines, "instructions"),
            .nanoseconds = figure(lines, "nanoseconds"),
            .stack_bytes = stack,
            .output_fnv1a64 = figure(lines, "output_fnv1a64").value(),
            .engine_bytes = figure(lines, "engine_bytes").value(),
            .arena_bytes = figure(lines, "arena_bytes").value(),
            .flash_bytes = built.network.flash,
            .ram_bytes = built.network.ram + stack.value_or(0)};
    while (auto const layer = figure(lines, fmt::format("layer{}", result.layers.size()))) result.layers.push_back(*layer);
    return result;
}

std::string run_program(image const& built, std::chrono::seconds timeout) {
    return execute(fresh_directory(built), built, timeout);
}

}  // namespace inlay::tool
