// g++: could not convert 'inlay::expect<halves, inlay::got<2>, inlay::below<2> >(((const char*)"result: a layer has no result of this number (got); it has as many as (below)"))' from 'inlay::expect<halves, inlay::got<2>, inlay::below<2> >' to 'bool'
// clang++: static_assert failed due to requirement 'inlay::expect<halves, inlay::got<2>, inlay::below<2>>("result: a layer has no result of this number (got); it has as many as (below)")'
// names: halves 2
// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

using namespace inlay;

struct halved {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        return results<tensor<float, shape{In::size / 2}>, tensor<float, shape{In::size / 2}>>{};
    }

    template <class Isa, tensor_type A, tensor_type B, tensor_type In>
    static constexpr void eval(Isa, view<A> a, view<B> b, const_view<In> in) {
        for (std::size_t i = 0; i < in.size(); ++i) (i < a.size() ? a[i] : b[i - a.size()]) = in[i];
    }
};

struct whole : input<tensor<float, shape{8}>> {};
struct halves : layer<halved, whole> {};
struct scores : layer<softmax<>, result<halves, 2>> {};
struct model : network<whole, halves, scores> {};

engine<model> nn;
void run() { nn.run(); }
