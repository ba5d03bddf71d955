// SPDX-License-Identifier: MIT
//
// Damaged .tflite files through all of `inlay compile`:
//     fuzz_tflite [--seed S] [--count N] [--index I] FILE-OR-DIRECTORY...
// makes N mutants of the models in the files and below the directories; mutant I of a seed is always the same one. With --index only that
// one is made, and left as mutant.tflite. The process ends at the first mutant that is not handled, and says which it was.
#include "compile_quietly.hpp"
#include "limits.hpp"
#include "mutate.hpp"

#include "read/file.hpp"
#include "tflite_generated.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <numeric>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace inlay::test {
namespace {

namespace fs = std::filesystem;

struct settings {
    std::uint64_t seed = 1;
    std::uint64_t count = 1000;
    std::optional<std::uint64_t> index;
    std::vector<fs::path> places;
};

std::optional<settings> parse(std::vector<std::string_view> const& arguments) {
    settings read;
    for (std::size_t i = 0; i < arguments.size(); ++i) {
        if (!arguments[i].starts_with("--")) {
            read.places.emplace_back(arguments[i]);
            continue;
        }
        std::uint64_t value = 0;
        std::string_view const text = i + 1 < arguments.size() ? arguments[i + 1] : "";
        auto const [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (text.empty() || error != std::errc{} || end != text.data() + text.size()) return {};
        if (arguments[i] == "--seed") read.seed = value;
        else if (arguments[i] == "--count") read.count = value;
        else if (arguments[i] == "--index") read.index = value;
        else return {};
        ++i;
    }
    return read;
}

/// The valid models among the files, in an order that does not depend on the file system.
std::vector<seed_model> load(std::vector<fs::path> const& places) {
    std::vector<fs::path> files;
    for (fs::path const& place : places) {
        if (!fs::is_directory(place)) {
            if (fs::exists(place)) files.push_back(place);
            continue;
        }
        for (auto const& entry : fs::recursive_directory_iterator{place}) {
            if (entry.path().extension() == ".tflite") files.push_back(entry.path());
        }
    }
    std::ranges::sort(files);
    std::vector<seed_model> models;
    for (fs::path const& file : files) {
        auto bytes = tool::read_file(file);
        flatbuffers::Verifier verifier{reinterpret_cast<std::uint8_t const*>(bytes.data()), bytes.size()};
        if (tflite::VerifyModelBuffer(verifier)) models.emplace_back(std::move(bytes));
    }
    return models;
}

/// Chooses models. Small ones come more often: their mutants take less time, and hit more than the numbers of constants. So do those
/// that compile: their mutants reach more of the tool.
class chooser {
public:
    explicit chooser(std::vector<seed_model> const& models) : models_{models} {
        for (seed_model const& model : models) {
            constexpr std::uint64_t scale = 1 << 24;
            constexpr std::uint64_t compiled_more = 16;
            sum_ += scale / (model.file.size() + 4096) * (compile_quietly(model.file) == outcome::compiled ? compiled_more : 1);
            bounds_.push_back(sum_);
        }
    }

    seed_model const& operator()(random_source& random) const {
        auto const chosen = std::ranges::upper_bound(bounds_, random.below(sum_));
        return models_[static_cast<std::size_t>(chosen - bounds_.begin())];
    }

private:
    std::vector<seed_model> const& models_;
    std::vector<std::size_t> bounds_;
    std::size_t sum_ = 0;
};

std::vector<std::byte> make_mutant(chooser const& choose, std::uint64_t seed, std::uint64_t index) {
    random_source random{seed * 0x9E3779B97F4A7C15 ^ (index + 1) * 0xD1B54A32D192ED03};
    seed_model const& model = choose(random);
    return random.one_in(2) ? mutate_bytes(model, random) : mutate_model(model, random);
}

int run(settings const& wanted) {
    std::vector<seed_model> const models = load(wanted.places);
    if (models.empty()) {
        fmt::print(stderr, "no model in the files and directories given\n");
        return EXIT_FAILURE;
    }
    chooser const choose{models};
    limit_mutants(20);
    if (wanted.index) {
        auto const mutant = make_mutant(choose, wanted.seed, *wanted.index);
        tool::write_file_atomically("mutant.tflite", mutant);
        begin_mutant(wanted.seed, *wanted.index);
        compile_quietly(mutant);
        return EXIT_SUCCESS;
    }
    std::size_t outcomes[3] = {};
    for (std::uint64_t index = 0; index < wanted.count; ++index) {
        begin_mutant(wanted.seed, index);
        ++outcomes[static_cast<std::size_t>(compile_quietly(make_mutant(choose, wanted.seed, index)))];
    }
    fmt::print("{} mutants of {} models: {} no models any more, {} refused, {} compiled\n", wanted.count, models.size(), outcomes[0], outcomes[1],
               outcomes[2]);
    // Where one of these is rare, the mutants no longer reach what they are to test.
    bool const reaches_all = std::ranges::all_of(outcomes, [&](std::size_t count) { return count >= wanted.count / 50; });
    if (!reaches_all) fmt::print(stderr, "each outcome should be at least 2 % of all\n");
    return reaches_all ? EXIT_SUCCESS : EXIT_FAILURE;
}

}  // namespace
}  // namespace inlay::test

int main(int count, char** arguments) {
    auto const wanted = inlay::test::parse({arguments + 1, arguments + count});
    if (!wanted) {
        fmt::print(stderr, "usage: fuzz_tflite [--seed S] [--count N] [--index I] FILE-OR-DIRECTORY...\n");
        return 2;
    }
    return inlay::test::run(*wanted);
}
