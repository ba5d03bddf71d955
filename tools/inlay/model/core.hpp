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

/// The policy of this name; `balanced` for any other word.
policy policy_named(std::string_view word);

/// Calls visit with the tag itself, together with a policy.
template <policy Policy, class Visit>
auto with_tag(instruction_set isa, Visit visit) {
    switch (isa) {
        case instruction_set::thumb1: return visit(execution<isa::thumb1, Policy>{});
        case instruction_set::armv7m: return visit(execution<isa::armv7m, Policy>{});
        case instruction_set::arm_dsp: return visit(execution<isa::arm_dsp, Policy>{});
        case instruction_set::arm_dsp_fp: return visit(execution<isa::arm_dsp_fp, Policy>{});
        case instruction_set::arm_mve: return visit(execution<isa::arm_mve, Policy>{});
        case instruction_set::arm_mve_fp: return visit(execution<isa::arm_mve_fp, Policy>{});
        case instruction_set::portable: break;
    }
    return visit(execution<isa::portable, Policy>{});
}

template <class Visit>
auto with_tag(instruction_set isa, policy optimise, Visit visit) {
    switch (optimise) {
        case policy::size: return with_tag<policy::size>(isa, visit);
        case policy::speed: return with_tag<policy::speed>(isa, visit);
        case policy::balanced: break;
    }
    return with_tag<policy::balanced>(isa, visit);
}

}  // namespace inlay::tool
