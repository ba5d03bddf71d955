// SPDX-License-Identifier: MIT
//
// Damaged models, made from good ones by the rules of a seed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <span>
#include <vector>

namespace inlay::test {

/// Random numbers that are the same with every compiler and library.
class random_source {
public:
    explicit random_source(std::uint64_t seed) : state_{seed} {}

    std::uint64_t next();

    /// A number below `count`, which is not 0.
    std::size_t below(std::size_t count) { return static_cast<std::size_t>(next() % count); }

    bool one_in(std::size_t count) { return below(count) == 0; }

    /// One of the elements of a container that is not empty.
    template <class Container>
    auto& of(Container& container) {
        return container[below(std::size(container))];
    }

private:
    std::uint64_t state_;
};

/// A good file, and which of its bytes are more than the numbers of a constant.
struct seed_model {
    explicit seed_model(std::vector<std::byte> file);

    std::vector<std::byte> file;
    std::vector<std::uint32_t> structure;  ///< positions of tables, vectors and strings; damage there tells more
};

/// The file with a few bytes changed, moved, repeated or missing. Most are no valid flatbuffers any more.
std::vector<std::byte> mutate_bytes(seed_model const& model, random_source& random);

/// The file with a few wrong numbers in an otherwise well-made flatbuffer, which reaches the checks behind the verifier.
std::vector<std::byte> mutate_model(seed_model const& model, random_source& random);

}  // namespace inlay::test
