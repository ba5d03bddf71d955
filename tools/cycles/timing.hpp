// SPDX-License-Identifier: MIT
/// How long instructions take on a core, by its Technical Reference Manual; README.md beside this file lists the rules.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

#include "instruction.hpp"

namespace inlay::cycles {

/// A core as it was built into a chip.
struct core {
    std::string_view name;
    bool is_armv7m;              // M3, M4: pipelined loads, and branches that speculate
    int taken;                   // M0, M0+: a branch that is taken
    int branch_link;             // M0, M0+: BL
    int load_pc;                 // M0, M0+: POP {pc}, beyond one for each register
    int special;                 // MRS, MSR and barriers
    int multiply;
    int multiply_add;
    int multiply_long;
    int multiply_add_long;
};

std::span<core const> all_cores();

/// The core of that name; null if there is none.
core const* find_core(std::string_view name);

/// Cycles of an instruction when the one before it was `before` (null if it is not known), and no branch is taken.
/// A load or store that an IT may skip costs 1 here, and per_access() for each word that it does move.
int cycles_of(core const& on, instruction const& what, instruction const* before);

/// Cycles that each access of an instruction in the reach of an IT adds.
int per_access(instruction const& what);

/// Cycles that `branch` takes longer because it was taken, to `target`.
int refill(core const& on, instruction const& branch, instruction const& target);

}  // namespace inlay::cycles
