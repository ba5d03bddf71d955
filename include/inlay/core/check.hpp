// SPDX-License-Identifier: MIT
//
// Compile-time checks whose failure prints the layer and both numbers: compilers show the template arguments of a
// condition that is false, as in `equal<conv1, got<8>, wanted<3>>`.
#pragma once

#include <type_traits>

namespace inlay {

/// A number, shape or type that was found.
template <auto...>
struct got {};
/// The number or shape that is needed in its place.
template <auto...>
struct wanted {};

template <class T>
struct got_type {};
template <class T>
struct wanted_type {};

/// Whether a layer got what it wanted.
template <class Layer, class Got, class Wanted>
inline constexpr bool equal = false;
template <class Layer, auto... Value>
inline constexpr bool equal<Layer, got<Value...>, wanted<Value...>> = true;
template <class Layer, class T>
inline constexpr bool equal<Layer, got_type<T>, wanted_type<T>> = true;

/// Whether what was got is not above what is allowed.
template <class Subject, class Got, class Allowed>
inline constexpr bool within = false;
template <auto Value>
struct allowed {};
template <class Subject, auto Got, auto Allowed>
inline constexpr bool within<Subject, got<Got>, allowed<Allowed>> = Got <= Allowed;

}  // namespace inlay
