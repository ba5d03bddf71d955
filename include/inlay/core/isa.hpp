// SPDX-License-Identifier: MIT
//
// The only header that asks the preprocessor about the target and the compiler.
#pragma once

/// The header with the fast kernels of the target: `#include INLAY_KERNELS`. Compilers for other targets refuse their
/// registers and intrinsics, even unused. Layouts and choices of kernels stand in headers that compile everywhere.
#if defined(__ARM_FEATURE_MVE) && (__ARM_FEATURE_MVE & 2)
#define INLAY_KERNELS <inlay/kernels/arm_mve_fp/kernels.hpp>
#elif defined(__ARM_FEATURE_MVE)
#define INLAY_KERNELS <inlay/kernels/arm_mve/kernels.hpp>
#elif defined(__ARM_FEATURE_DSP) && defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && defined(__ARM_FP) && (__ARM_FP & 4)
#define INLAY_KERNELS <inlay/kernels/arm_dsp_fp/kernels.hpp>
#elif defined(__ARM_FEATURE_DSP) && defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
#define INLAY_KERNELS <inlay/kernels/arm_dsp/kernels.hpp>
#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH >= 7
#define INLAY_KERNELS <inlay/kernels/armv7m/kernels.hpp>
#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
#define INLAY_KERNELS <inlay/kernels/thumb1/kernels.hpp>
#else
#define INLAY_KERNELS <inlay/kernels/portable/kernels.hpp>
#endif

namespace inlay {

/// Instruction sets, as tags for overload resolution. A tag derives from the one it falls back to.
namespace isa {

/// Plain C++, usable in constant evaluation: the definition of every operator.
struct portable {};

/// Armv6-M: Cortex-M0, M0+.
struct thumb1 : portable {};
/// Armv7-M: Cortex-M3.
struct armv7m : portable {};
/// The DSP extension: Cortex-M4, M7, M33 without a floating-point unit.
struct arm_dsp : armv7m {};
/// The same with a unit of single precision: Cortex-M4F, M7F, M33F.
struct arm_dsp_fp : arm_dsp {};
/// Helium for integers: Cortex-M55, M85 without floating point.
struct arm_mve : arm_dsp {};
/// Helium for integers and floats: Cortex-M55, M85.
struct arm_mve_fp : arm_mve {};

#if defined(__ARM_FEATURE_MVE) && (__ARM_FEATURE_MVE & 2)
using native = arm_mve_fp;
#elif defined(__ARM_FEATURE_MVE)
using native = arm_mve;
#elif defined(__ARM_FEATURE_DSP) && defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && defined(__ARM_FP) && (__ARM_FP & 4)
using native = arm_dsp_fp;
#elif defined(__ARM_FEATURE_DSP) && defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
using native = arm_dsp;
#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M' && __ARM_ARCH >= 7
using native = armv7m;
#elif defined(__ARM_ARCH_PROFILE) && __ARM_ARCH_PROFILE == 'M'
using native = thumb1;
#else
/// Any other target. A type of its own, because an engine for `portable` is laid out for constant evaluation.
struct native : portable {};
#endif

}  // namespace isa

namespace compiler {

/// Whether the error of a false `static_assert` shows the condition with its values in the error line itself.
#if defined(__clang__)
inline constexpr bool prints_false_conditions = true;
#else
inline constexpr bool prints_false_conditions = false;
#endif

}  // namespace compiler

/// What the engine's code is made small or fast for.
enum class policy {
    size,      ///< layers share one copy of each kernel, which reads its geometry at run time
    balanced,  ///< as size, where sharing costs little; specialised on geometry where it pays
    speed,     ///< every layer has a kernel specialised on its geometry
};

/// An instruction set together with a policy; kernels that ask only for the instruction set accept it as such.
template <class Isa, policy Policy>
struct execution : Isa {
    static constexpr policy optimise = Policy;
};

}  // namespace inlay
