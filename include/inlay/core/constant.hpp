// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/isa.hpp>

#include <type_traits>

namespace inlay {

/// A value known at compile time, as an argument, with the policy of the call. A kernel that takes `constant<G, P>` is
/// specialised on G; a kernel that takes the value's type accepts it too, and is shared between all such calls.
template <auto Value, policy Policy = policy::size>
struct constant {
    using value_type = std::remove_cv_t<decltype(Value)>;
    constexpr operator value_type const&() const { return Value; }
};

/// The value of a geometry argument, be it a `constant` or the value itself.
template <class T>
constexpr T const& value_of(T const& value) {
    return value;
}
template <auto Value, policy Policy>
constexpr auto const& value_of(constant<Value, Policy> const&) {
    return Value;
}

}  // namespace inlay
