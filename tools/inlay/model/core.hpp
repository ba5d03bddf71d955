// SPDX-License-Identifier: MIT
//
// The cores that a header can be made for.
#pragma once

#include <inlay/core/isa.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace inlay::tool {

/// The instruction sets that have kernels with layouts of their own, as values; each is a tag of the device library.
enum class instruction_set { portable, thumb1, armv7m, arm_dsp, arm_dsp_fp, arm_mve, arm_mve_fp };

/// The instruction set of a core, "cortex-m4" or without floating point "cortex-m4+nofp"; `portable` for "host" and any other name.
instruction_set isa_of_core(std::string_view core);

/// The cores that have one of their own.
std::vector<std::string> known_cores();

/// The tag in a header: "isa::arm_dsp".
std::string tag_of(instruction_set isa);

/// Calls visit with the tag itself.
template <class Visit>
auto with_tag(instruction_set isa, Visit visit) {
    switch (isa) {
        case instruction_set::thumb1: return visit(isa::thumb1{});
        case instruction_set::armv7m: return visit(isa::armv7m{});
        case instruction_set::arm_dsp: return visit(isa::arm_dsp{});
        case instruction_set::arm_dsp_fp: return visit(isa::arm_dsp_fp{});
        case instruction_set::arm_mve: return visit(isa::arm_mve{});
        case instruction_set::arm_mve_fp: return visit(isa::arm_mve_fp{});
        case instruction_set::portable: break;
    }
    return visit(isa::portable{});
}

}  // namespace inlay::tool
