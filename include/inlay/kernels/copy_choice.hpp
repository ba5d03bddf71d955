// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/kernel_choice.hpp>

#include <type_traits>

namespace inlay {

/// What operators do that only move elements, in runs of so many.
struct moved_runs {
    int length;
};

constexpr kernel_choice kernel_of(isa::thumb1, moved_runs const& runs, std::type_identity<moved_runs>) { return kernel_choice{.name = "m0 copy"}.where(runs.length > 1); }
constexpr kernel_choice kernel_of(isa::armv7m, moved_runs const& runs, std::type_identity<moved_runs>) { return kernel_choice{.name = "m3 copy"}.where(runs.length > 1); }
constexpr kernel_choice kernel_of(isa::arm_dsp, moved_runs const& runs, std::type_identity<moved_runs>) { return kernel_choice{.name = "dsp copy"}.where(runs.length > 1); }
constexpr kernel_choice kernel_of(isa::arm_mve, moved_runs const& runs, std::type_identity<moved_runs>) { return kernel_choice{.name = "mve copy"}.where(runs.length > 1); }

}  // namespace inlay
