// SPDX-License-Identifier: MIT
#include "timing.hpp"

#include <algorithm>
#include <array>

namespace inlay::cycles {
namespace {

// Where the time depends on the operands, the longest counts.
constexpr std::array cores{
    core{.name = "cortex-m0", .is_armv7m = false, .taken = 3, .branch_link = 4, .load_pc = 4, .special = 4, .multiply = 1,
         .multiply_add = 0, .multiply_long = 0, .multiply_add_long = 0},
    core{.name = "cortex-m0-slow-multiplier", .is_armv7m = false, .taken = 3, .branch_link = 4, .load_pc = 4, .special = 4,
         .multiply = 32, .multiply_add = 0, .multiply_long = 0, .multiply_add_long = 0},
    core{.name = "cortex-m0plus", .is_armv7m = false, .taken = 2, .branch_link = 3, .load_pc = 3, .special = 3, .multiply = 1,
         .multiply_add = 0, .multiply_long = 0, .multiply_add_long = 0},
    core{.name = "cortex-m0plus-slow-multiplier", .is_armv7m = false, .taken = 2, .branch_link = 3, .load_pc = 3, .special = 3,
         .multiply = 32, .multiply_add = 0, .multiply_long = 0, .multiply_add_long = 0},
    core{.name = "cortex-m3", .is_armv7m = true, .taken = 0, .branch_link = 0, .load_pc = 0, .special = 2, .multiply = 1,
         .multiply_add = 2, .multiply_long = 5, .multiply_add_long = 7},
    core{.name = "cortex-m4", .is_armv7m = true, .taken = 0, .branch_link = 0, .load_pc = 0, .special = 2, .multiply = 1,
         .multiply_add = 1, .multiply_long = 1, .multiply_add_long = 1}};

constexpr int longest_division = 12;
constexpr int longest_refill = 3;

/// Data processing writes its result too late for an address in the next cycle; loads lose their place in the pipeline instead.
int address_stall(instruction const& what, instruction const* before) {
    if (before == nullptr || before->is_memory() || before->is_branch() || before->what == kind::if_then) return 0;
    return (before->writes & what.addresses & 0xFFFF) != 0 ? 1 : 0;
}

bool follows_in_pipeline(instruction const& what, instruction const* before) {
    return before != nullptr && before->what == kind::load && !before->loads_pc && !before->is_predicated &&
           (before->writes & what.addresses) == 0;
}

/// An arithmetic result is there a cycle later, but soon enough to be added to.
int float_stall(instruction const& what, instruction const* before) {
    if (before == nullptr || !before->is_float_arithmetic()) return 0;
    auto needed = what.reads;
    if (what.what == kind::float_multiply_add) {
        // s0 += s0 * s1 reads s0 for the product, too: the decoder cannot tell, and the compilers do not write it.
        needed &= ~what.addend;
    }
    return (before->writes & needed & ~register_set{0xFFFF}) != 0 ? 1 : 0;
}

int armv7m_cycles(core const& on, instruction const& what, instruction const* before) {
    int const stall = what.is_memory() ? address_stall(what, before) : 0;
    bool const is_pipelined = follows_in_pipeline(what, before);
    if (what.is_memory() && what.is_predicated) return 1 + stall;
    switch (what.what) {
        case kind::load: return what.loads_pc ? 2 + stall : (is_pipelined ? 1 : 2) + stall;
        case kind::store_immediate: return 1 + stall;
        case kind::store_register: return (is_pipelined ? 1 : 2) + stall;
        case kind::load_multiple:
        case kind::store_multiple:
        case kind::load_float:
        case kind::store_float: return 1 + what.words + stall + float_stall(what, before);
        case kind::multiply: return on.multiply;
        case kind::multiply_add: return on.multiply_add;
        case kind::multiply_long: return on.multiply_long;
        case kind::multiply_add_long: return on.multiply_add_long;
        case kind::divide: return longest_division;
        case kind::special: return on.special;
        case kind::if_then: return before != nullptr && before->size == 2 ? 0 : 1;
        case kind::table_branch: return 3;
        case kind::float_fast:
        case kind::float_move: return 1 + float_stall(what, before);
        case kind::float_move_two: return 2 + float_stall(what, before);
        case kind::float_multiply_add: return 3 + float_stall(what, before);
        case kind::float_divide: return 14 + float_stall(what, before);
        default: return 1;
    }
}

int armv6m_cycles(core const& on, instruction const& what) {
    switch (what.what) {
        case kind::load:
        case kind::store_immediate:
        case kind::store_register: return 2;
        case kind::load_multiple: return what.loads_pc ? on.load_pc + what.words : 1 + what.words;
        case kind::store_multiple: return 1 + what.words;
        case kind::multiply: return on.multiply;
        case kind::special: return on.special;
        default: return 1;
    }
}

}  // namespace

std::span<core const> all_cores() { return cores; }

core const* find_core(std::string_view name) {
    auto const found = std::ranges::find(cores, name, &core::name);
    return found == cores.end() ? nullptr : &*found;
}

int cycles_of(core const& on, instruction const& what, instruction const* before) {
    return on.is_armv7m ? armv7m_cycles(on, what, before) : armv6m_cycles(on, what);
}

int per_access(instruction const& what) {
    return what.what == kind::store_immediate ? 0 : 1;
}

int refill(core const& on, instruction const& branch, instruction const& target) {
    if (!on.is_armv7m) {
        if (branch.loads_pc) return 0;  // in its own time
        return (branch.what == kind::branch_link ? on.branch_link : on.taken) - 1;
    }
    if (branch.loads_pc || branch.what == kind::table_branch) return longest_refill;
    int const early = branch.what == kind::branch_register ? 2 : 1;  // what the instruction itself names is fetched a cycle earlier
    bool const is_split = target.size == 4 && target.address % 4 != 0;
    return std::min(early + (is_split ? 1 : 0), longest_refill);
}

}  // namespace inlay::cycles
