// SPDX-License-Identifier: MIT
#include "model/core.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace inlay::tool {
namespace {

// With a floating-point unit unless the name says otherwise, as compilers understand -mcpu.
constexpr std::array<std::pair<std::string_view, instruction_set>, 15> cores{{{"cortex-m0", instruction_set::thumb1},
                                                                             {"cortex-m0plus", instruction_set::thumb1},
                                                                             {"microbit", instruction_set::thumb1},
                                                                             {"cortex-m1", instruction_set::thumb1},
                                                                             {"cortex-m3", instruction_set::armv7m},
                                                                             {"cortex-m4", instruction_set::arm_dsp_fp},
                                                                             {"cortex-m4+nofp", instruction_set::arm_dsp},
                                                                             {"cortex-m7", instruction_set::arm_dsp_fp},
                                                                             {"cortex-m7+nofp", instruction_set::arm_dsp},
                                                                             {"cortex-m33", instruction_set::arm_dsp_fp},
                                                                             {"cortex-m33+nofp", instruction_set::arm_dsp},
                                                                             {"cortex-m55", instruction_set::arm_mve_fp},
                                                                             {"cortex-m55+nomve.fp", instruction_set::arm_mve},
                                                                             {"cortex-m85", instruction_set::arm_mve_fp},
                                                                             {"cortex-m85+nomve.fp", instruction_set::arm_mve}}};

}  // namespace

instruction_set isa_of_core(std::string_view core) {
    auto const found = std::ranges::find(cores, core, &std::pair<std::string_view, instruction_set>::first);
    return found == cores.end() ? instruction_set::portable : found->second;
}

policy policy_named(std::string_view word) { return word == "size" ? policy::size : word == "speed" ? policy::speed : policy::balanced; }

std::vector<std::string> known_cores() {
    std::vector<std::string> names;
    for (auto const& [name, isa] : cores) names.emplace_back(name);
    return names;
}

std::string tag_of(instruction_set isa) {
    switch (isa) {
        case instruction_set::thumb1: return "isa::thumb1";
        case instruction_set::armv7m: return "isa::armv7m";
        case instruction_set::arm_dsp: return "isa::arm_dsp";
        case instruction_set::arm_dsp_fp: return "isa::arm_dsp_fp";
        case instruction_set::arm_mve: return "isa::arm_mve";
        case instruction_set::arm_mve_fp: return "isa::arm_mve_fp";
        case instruction_set::portable: break;
    }
    return "isa::portable";
}

}  // namespace inlay::tool
