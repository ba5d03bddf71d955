// SPDX-License-Identifier: MIT
//
// Compile-time checks whose error line names the layer, says what is wrong and prints both numbers:
//
//     static_assert(expect<Layer, got<In::shape.c()>, wanted<3>>("conv2d: the input's channels (got) differ from ..."));
//
//     clang   static_assert failed due to requirement 'expect<conv1, got<8>, wanted<3>>("conv2d: the input's channels ...")'
//     g++     could not convert 'expect<conv1, got<8>, wanted<3>>("conv2d: the input's channels ...")' ... to 'bool'
#pragma once

#include <inlay/core/isa.hpp>

#include <type_traits>

namespace inlay {

/// A number or shape that was found.
template <auto...>
struct got {};
/// The number or shape that is needed in its place.
template <auto...>
struct wanted {};
/// The largest number that may stand in its place.
template <auto>
struct at_most {};

/// The number that it must stay below.
template <auto>
struct below {};

/// The number that it must be a multiple of.
template <auto>
struct multiple_of {};

template <class T>
struct got_type {};
template <class T>
struct wanted_type {};

namespace check {

/// g++ prints a condition's text and values only where it cannot be converted to bool; clang where it is false.
template <bool IsCondition>
struct failure {};
template <>
struct failure<true> : std::false_type {};
using failed = failure<compiler::prints_false_conditions>;

template <class Got, class Wanted>
struct outcome {
    using type = failed;
};
template <auto... Value>
struct outcome<got<Value...>, wanted<Value...>> {
    using type = std::true_type;
};
template <class T>
struct outcome<got_type<T>, wanted_type<T>> {
    using type = std::true_type;
};
template <auto Got, auto Most>
struct outcome<got<Got>, at_most<Most>> {
    using type = std::conditional_t<(Got <= Most), std::true_type, failed>;
};
template <auto Got, auto Limit>
struct outcome<got<Got>, below<Limit>> {
    using type = std::conditional_t<(Got < Limit), std::true_type, failed>;
};

template <auto Got, auto Unit>
struct outcome<got<Got>, multiple_of<Unit>> {
    using type = std::conditional_t<Got % Unit == 0, std::true_type, failed>;
};

}  // namespace check

/// Whether a layer got what it needs; to be used as the condition of a `static_assert`. The words say which number is
/// which and what they are.
template <class Layer, class Got, class Wanted>
struct expect : check::outcome<Got, Wanted>::type {
    constexpr expect(char const*) {}
};

}  // namespace inlay
