// SPDX-License-Identifier: MIT
#include "operators.hpp"

#include <doctest/doctest.h>

#include <array>
#include <cstdint>
#include <string>
#include <type_traits>
#include <vector>

namespace {

using namespace test;

namespace branches {
// double = 2x, sum1 = 2x + x, sum2 = 3x + 2x, last = 5x + x: `image` and `twice` are read by two layers each.
struct image : input<row<std::int32_t, 4>> {};
struct twice : layer<scaled<2>, image> {};
struct sum1 : layer<added, twice, image> {};
struct sum2 : layer<added, sum1, twice> {};
struct last : layer<added, sum2, image> {};
struct model : network<image, twice, sum1, sum2, last> {};
}  // namespace branches

/// The results of one run of a model with one int32 input and output.
template <class Model, class In, class Out, class Isa>
constexpr auto run_once(std::array<std::int32_t, static_cast<std::size_t>(tensor_of<In>::size)> const& values) {
    engine<Model, Isa> nn;
    auto in = nn.template get<In>();
    for (std::size_t i = 0; i < in.size(); ++i) in[i] = values[i];
    nn.run();
    auto out = nn.template get<Out>();
    std::array<std::int32_t, static_cast<std::size_t>(tensor_of<Out>::size)> result{};
    for (std::size_t i = 0; i < out.size(); ++i) result[i] = static_cast<std::int32_t>(out[i]);
    return result;
}

using branch = branches::model;
static_assert(run_once<branch, branches::image, branches::last, isa::portable>({1, 2, -3, 0}) == std::array{6, 12, -18, 0});

namespace many {
// Two inputs, three outputs: an input itself, an inner layer, and the last but one; the last layer's result is not used.
struct left : input<row<std::int32_t, 3>> {};
struct right : input<row<std::int32_t, 3>> {};
struct both : layer<added, left, right> {};
struct tenfold : layer<scaled<10>, both> {};
struct unused : layer<scaled<-1>, tenfold> {};
struct model : network<left, right, both, tenfold, unused> {
    using outputs = list<tenfold, left, both>;
};
}  // namespace many

static_assert(std::is_same_v<inputs_of<many::model>, list<many::left, many::right>>);
static_assert(std::is_same_v<outputs_of<many::model>, list<many::tenfold, many::left, many::both>>);
static_assert(std::is_same_v<outputs_of<branch>, list<branches::last>>);

namespace dealt {
struct image : input<row<std::int32_t, 5>> {};
struct parts : layer<deal, image> {};
struct odd : layer<scaled<100>, result<parts, 1>> {};
struct even : layer<scaled<1, 1>, parts> {};
struct model : network<image, parts, odd, even> {
    using outputs = list<odd, even, result<parts, 1>, result<parts, 2>>;
};
}  // namespace dealt

namespace stream {
struct frame : input<row<std::int32_t, 2>> {};
struct total : state<tensor<std::int32_t, shape{2}, affine{1.0F, 7}>> {};
struct sums : layer<accumulate, frame, total> {};
struct model : network<frame, total, sums> {};

constexpr bool is_streaming() {
    engine<model, isa::portable> nn;
    auto const step = [](auto& each, std::int32_t a, std::int32_t b) {
        each.template get<frame>()[0] = a;
        each.template get<frame>()[1] = b;
        each.run();
        return each.template get<sums>()[0] * 1000 + each.template get<sums>()[1];
    };
    if (step(nn, 1, 2) != 8009) return false;
    auto copy = nn;  // goes its own way
    if (step(nn, 1, 1) != 9010 || step(copy, 10, 10) != 18019 || step(nn, 0, 0) != 9010) return false;
    nn.reset();
    if (nn.get<total>()[0] != 7 || step(nn, 0, 1) != 7008) return false;
    nn = copy;
    return step(nn, 0, 0) == 18019;
}
}  // namespace stream
static_assert(stream::is_streaming());

namespace aliased {
// An alias of a layer, a chain of aliases, and an alias of an input that is an output.
struct image : input<tensor<std::int32_t, shape{2, 3}>> {};
struct row_of_image : layer<flat<>, image> {};
struct twice : layer<scaled<2>, image> {};
struct column : layer<flat<true>, twice> {};
struct again : layer<flat<>, column> {};
struct spent : layer<scaled<3>, row_of_image> {};
struct last : layer<added, again, spent> {};
struct model : network<image, row_of_image, twice, column, again, spent, last> {
    using outputs = list<last, row_of_image, column>;
};
}  // namespace aliased
static_assert(tensor_of<aliased::column>::shape == shape{6, 1});
static_assert(run_once<aliased::model, aliased::image, aliased::last, isa::portable>({1, 2, 3, 4, 5, 6}) ==
              std::array{5, 10, 15, 20, 25, 30});

namespace turned {
struct image : input<row<std::int32_t, 3>> {};
struct back : layer<reversed, image> {};
struct last : layer<added, back, image> {};
struct model : network<image, back, last> {};
}  // namespace turned
static_assert(run_once<turned::model, turned::image, turned::last, isa::portable>({1, 2, 30}) == std::array{31, 4, 31});

namespace mixed {
// int8 -> float -> int16 -> int8, with a constant of another type on the way.
inline constexpr float halves[] = {0.5F, 1.5F, 2.5F};
struct image : input<row<std::int8_t, 3>> {};
struct half : constant_input<row<float, 3>, halves> {};
struct real : layer<scaled<2, 0, float>, image> {};
struct moved : layer<added, real, half> {};
struct wide : layer<scaled<100, 0, std::int16_t>, moved> {};
struct narrow : layer<added, image, wide> {};
struct model : network<image, real, moved, wide, narrow> {
    using outputs = list<narrow, wide, half>;
};

template <class Isa>
constexpr bool agrees() {
    engine<model, Isa> nn;
    nn.template get<image>()[0] = 1;
    nn.template get<image>()[1] = -1;
    nn.template get<image>()[2] = 0;
    nn.run();
    // 1: 2 + 0.5 = 2.5, as an int16 2, 200; as an int8 -56; 1 - 56 = -55.    -1: -2 + 1.5 = -0.5, 0.    0: 2.5, 200.
    return nn.template get<wide>()[0] == 200 && nn.template get<wide>()[1] == 0 && nn.template get<narrow>()[0] == -55 &&
           nn.template get<narrow>()[1] == -1 && nn.template get<narrow>()[2] == -56 && nn.template get<half>()[2] == 2.5F;
}
}  // namespace mixed
static_assert(mixed::agrees<isa::portable>());

namespace wide {
// Numbers of 8 bytes behind 4 bytes: every tensor lies at a multiple of its element's size.
struct image : input<row<std::int32_t, 1>> {};
struct other : input<row<std::int8_t, 5>> {};
struct big : layer<scaled<1, 0, std::int64_t>, image> {};
struct bigger : layer<scaled<3>, big> {};
struct model : network<image, other, big, bigger> {
    using outputs = list<big, bigger, other>;
};

template <class Isa>
constexpr std::int64_t last() {
    engine<model, Isa> nn;
    nn.template get<image>()[0] = 2'000'000'000;
    nn.template get<other>()[4] = 7;
    nn.run();
    return nn.template get<bigger>()[0] - nn.template get<big>()[0] + nn.template get<other>()[4];
}
}  // namespace wide
static_assert(wide::last<isa::portable>() == 4'000'000'007);

namespace chain {
struct image : input<row<std::int32_t, 2>> {};
struct net : sequential<net, image, scaled<3>, flat<true>, scaled<1, 5>> {};
}  // namespace chain
static_assert(run_once<chain::net, chain::image, chain::net::last, isa::portable>({1, -1}) == std::array{8, 2});
static_assert(tensor_of<chain::net::last>::shape == shape{2, 1});

namespace written_for {
/// An operation whose result is the policy it is called with.
struct asked {
    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        return tensor<std::int32_t, shape{1}>{};
    }
    template <class Isa, tensor_type Out, tensor_type In>
    static constexpr void eval(Isa, view<Out> out, const_view<In>) {
        out[0] = static_cast<std::int32_t>(Isa::optimise);
    }
};
struct image : input<row<std::int32_t, 1>> {};
struct answer : layer<asked, image> {};
struct model : network<image, answer> {};
struct small : network<image, answer> {
    static constexpr policy optimise = policy::size;
};

template <class Model, policy... Asked>
constexpr policy policy_of_run() {
    engine<Model, isa::portable, Asked...> nn;
    nn.run();
    return static_cast<policy>(nn.template get<answer>()[0]);
}
static_assert(policy_of_run<model>() == policy::balanced);
static_assert(policy_of_run<small>() == policy::size);
static_assert(policy_of_run<small, policy::speed>() == policy::speed);
}  // namespace written_for

TEST_CASE("network: a branch is read by several layers") {
    CHECK(run_once<branch, branches::image, branches::last, isa::native>({1, 2, -3, 0}) == std::array{6, 12, -18, 0});
}

TEST_CASE("network: several inputs and outputs, one of them an input, a result that nobody reads") {
    engine<many::model> nn;
    for (std::size_t i = 0; i < 3; ++i) {
        nn.get<many::left>()[i] = static_cast<std::int32_t>(i);
        nn.get<many::right>()[i] = 5;
    }
    nn.run();
    for (std::size_t i = 0; i < 3; ++i) {
        auto const left = static_cast<std::int32_t>(i);
        CHECK(nn.get<many::left>()[i] == left);
        CHECK(nn.get<many::both>()[i] == left + 5);
        CHECK(nn.get<many::tenfold>()[i] == 10 * (left + 5));
    }
}

TEST_CASE("network: an operator with several results") {
    engine<dealt::model> nn;
    for (std::size_t i = 0; i < 5; ++i) nn.get<dealt::image>()[i] = static_cast<std::int32_t>(i);
    nn.run();
    CHECK(nn.get<result<dealt::parts, 1>>()[1] == 3);
    CHECK(nn.get<result<dealt::parts, 2>>()[0] == 5);
    CHECK(nn.get<dealt::odd>()[0] == 100);
    CHECK(nn.get<dealt::odd>()[1] == 300);
    CHECK(nn.get<dealt::even>()[2] == 5);
    CHECK(nn.get<dealt::odd>().size() == 2);
    CHECK(nn.get<dealt::even>().size() == 3);
}

TEST_CASE("network: states last, a copy of an engine is a copy of its stream") {
    CHECK(stream::is_streaming());
    engine<stream::model> nn;
    nn.get<stream::frame>()[0] = 1;
    nn.run();
    nn.get<stream::frame>()[0] = 2;
    nn.run();
    CHECK(nn.get<stream::sums>()[0] == 10);
    CHECK(nn.get<stream::total>()[0] == 10);
    auto copy = nn;
    nn.reset();
    CHECK(nn.get<stream::total>()[0] == 7);
    CHECK(copy.get<stream::total>()[0] == 10);
    CHECK(std::is_trivially_copyable_v<engine<stream::model>>);
}

TEST_CASE("network: aliases share the bytes of their input") {
    engine<aliased::model> nn;
    CHECK(nn.get<aliased::row_of_image>().data() == nn.get<aliased::image>().data());
    for (std::size_t i = 0; i < 6; ++i) nn.get<aliased::image>()[i] = static_cast<std::int32_t>(i);
    nn.run();
    for (std::size_t i = 0; i < 6; ++i) {
        auto const value = static_cast<std::int32_t>(i);
        CHECK(nn.get<aliased::row_of_image>()[i] == value);
        CHECK(nn.get<aliased::column>()[i] == 2 * value);
        CHECK(nn.get<aliased::last>()[i] == 5 * value);
    }
    // image, twice, spent and last, of 24 bytes each: image and twice are outputs by their aliases.
    CHECK(arena_size<aliased::model> == 4 * 24);
}

TEST_CASE("network: scratch") {
    CHECK(run_once<turned::model, turned::image, turned::last, isa::native>({1, 2, 30}) == std::array{31, 4, 31});
    CHECK(arena_size<turned::model> == 3 * 12);  // in the step of `back`: the image, the result, the scratch
}

TEST_CASE("network: element types mixed") {
    CHECK(mixed::agrees<isa::native>());
}

TEST_CASE("network: elements of eight bytes are aligned") {
    CHECK(wide::last<isa::native>() == 4'000'000'007);
    engine<wide::model> nn;
    CHECK(reinterpret_cast<std::uintptr_t>(nn.get<wide::big>().data()) % alignof(std::int64_t) == 0);
    CHECK(reinterpret_cast<std::uintptr_t>(nn.get<wide::bigger>().data()) % alignof(std::int64_t) == 0);
}

TEST_CASE("network: sequential") {
    CHECK(run_once<chain::net, chain::image, chain::net::last, isa::native>({1, -1}) == std::array{8, 2});
    CHECK(arena_size<chain::net> == 2 * 8);
}

struct seen {
    std::string order;
    std::vector<int> first;

    template <class Node, class Elements>
    void operator()(Elements const& elements) {
        order += std::to_string(graph::index_of<dealt::model, typename graph::source_of<Node>::type>);
        if constexpr (Node::kind == node_kind::result) order += "." + std::to_string(Node::index);
        order += ' ';
        first.push_back(static_cast<int>(elements[0]));
    }
};

TEST_CASE("engine: an observer sees each result in the order of execution") {
    engine<dealt::model> nn;
    for (std::size_t i = 0; i < 5; ++i) nn.get<dealt::image>()[i] = static_cast<std::int32_t>(i + 1);
    seen observer;
    nn.run(observer);
    CHECK(observer.order == "1 1.1 1.2 2 3 ");
    CHECK(observer.first == std::vector{1, 2, 5, 200, 2});
}

namespace costs {
inline constexpr conv2d_weights<float32, 2, 3, 3, 1> weights{};
struct image : input<tensor<float, nhwc{.h = 5, .w = 5}>> {};
struct conv : layer<conv2d<weights>, image> {};
struct model : network<image, conv> {
    using limits = budget<flash<84>, ram<176>, macs<162>>;
};
}  // namespace costs
static_assert(macs_of<costs::model> == 3 * 3 * 2 * 9);
static_assert(flash_of<costs::model> == 4 * (18 + 2) + 4);  // and the empty rescale table, rounded up to a word

TEST_CASE("engine: a model that just keeps its budget") {
    engine<costs::model> nn;
    nn.run();
    CHECK(sizeof(nn) == 176);  // 25 and 18 numbers, 172 bytes, rounded up to 8
}

TEST_CASE("engine: its size is the arena, rounded up to 8 bytes") {
    CHECK(sizeof(engine<branch>) == (arena_size<branch> + 7) / 8 * 8);
    CHECK(sizeof(engine<dealt::model>) == (arena_size<dealt::model> + 7) / 8 * 8);
}

}  // namespace
