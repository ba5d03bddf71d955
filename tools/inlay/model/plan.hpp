// SPDX-License-Identifier: MIT
#pragma once

#include "model/graph.hpp"
#include "report.hpp"

#include <inlay/core/traversal.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace inlay::tool {

/// What the arena is planned for.
enum class memory_mode {
    min,       ///< the fewest bytes
    balanced,  ///< results lie over inputs that nothing reads afterwards, where that costs no time
    fast,      ///< every tensor by itself
};

/// `min`, `balanced` or `fast`.
memory_mode find_memory_mode(std::string_view word);

/// The order's name in a header: `forward`, `backward` or `in_place`.
std::string_view name_of(traversal order);

/// A part of the device's RAM, as `--region dtcm=64K` names it.
struct ram_region {
    std::string name;
    int bytes = 0;

    /// Reads "dtcm=64K"; K and M count in 1,024. Throws a tool_error.
    static ram_region parse(std::string const& text);
};

/// What to plan for.
struct memory_options {
    memory_options(memory_mode for_mode = memory_mode::balanced, std::vector<ram_region> in = {}) : mode{for_mode}, regions{std::move(in)} {}

    /// Adds a region. Throws a tool_error if there is one of that name.
    void add(ram_region region);

    memory_mode mode;
    std::vector<ram_region> regions;  ///< the fastest first; none: one arena without a limit
};

/// Bytes of the arena that one tensor, or the scratch of one operation, has from one step to another. Step 0 is before the
/// run, operation i runs in step i + 1, and the step after the last is the application's reading.
struct placed_block {
    int bytes = 0;
    int first = 0;
    int last = 0;
    int tensor = -1;     ///< -1: scratch
    int operation = -1;  ///< that it is the scratch of
    int offset = 0;
};

/// What a plan takes of a region. Offsets count as if the regions lay one behind the other.
struct used_region {
    ram_region of;
    int start = 0;
    int bytes = 0;
};

/// Where the tensors lie, and in which order operations make them.
struct memory_layout {
    std::vector<placed_block> blocks;     ///< by first step
    std::vector<traversal> order;         ///< by operation
    std::vector<int> live_bytes;          ///< by operation: bytes of the arena that are in use while it runs
    int arena_bytes = 0;
    int bound = 0;                        ///< what the most demanding operation takes alone: no plan of this kind is smaller
    std::vector<used_region> regions{};   ///< as they were asked for
    bool has_places = false;              ///< the header says where each tensor lies; otherwise it finds the plan by itself

    /// The block of a tensor, or of the scratch of an operation; nullptr if it has none, as aliases and constants.
    placed_block const* of_tensor(int tensor) const;
    placed_block const* scratch_of(int operation) const;
    /// The region that a block lies in, of a plan with regions.
    used_region const& region_of(placed_block const& block) const;
    /// The first operation during which most bytes are in use.
    int peak_operation() const;
};

/// Says in the report where a model needs more memory at once than any device has, and than a plan can be computed for.
///   input   a model whose operations are checked
void check_memory(graph const& model, report& problems);

/// By operation: the bytes that it takes with everything that lives beside it, if its result lies over its inputs as far as may be.
std::vector<std::int64_t> least_bytes_of_operations(graph const& model);

/// Plans the model's tensors: without overlap by the function that the header evaluates at compile time, with overlap by
/// a search; in regions, by how often each byte is accessed. One model gives one plan. Throws a tool_error where a model does
/// not fit the regions.
memory_layout plan_layout(graph const& model, memory_options const& options);

}  // namespace inlay::tool
