// SPDX-License-Identifier: MIT
#include <inlay/inlay.hpp>

#include <array>
#include <cstdint>
#include <doctest/doctest.h>

namespace {

using namespace inlay;

/// Weights that differ from one another.
template <class Weights>
constexpr Weights make_weights(unsigned seed, int biases, int spread) {
    Weights made{};
    auto const next = [&seed] { return static_cast<int>((seed = seed * 1664525 + 1013904223) >> 20); };
    for (auto& each : made.filter) each = static_cast<std::remove_reference_t<decltype(each)>>(next() % 15 - 7);
    for (int o = 0; o < biases; ++o) made.bias[o] = static_cast<std::remove_reference_t<decltype(made.bias[o])>>(next() % spread - spread / 2);
    if constexpr (requires { made.rescale[0].multiplier; }) {
        for (auto& each : made.rescale) each = {1 << 30, -4};
    }
    return made;
}

template <class Scheme, affine Quantisation>
struct networks {
    using element = typename Scheme::activation;

    static constexpr auto expand_weights = make_weights<conv2d_weights<Scheme, 6, 3, 3, 4>>(1, 6, 100);
    static constexpr auto depthwise_weights = make_weights<depthwise_conv2d_weights<Scheme, 3, 3, 6>>(2, 6, 100);
    static constexpr auto project_weights = make_weights<conv2d_weights<Scheme, 4, 1, 1, 6>>(3, 4, 100);
    static constexpr auto down_weights = make_weights<conv2d_weights<Scheme, 5, 2, 3, 4>>(4, 5, 100);
    static constexpr auto unit_weights = make_weights<fully_connected_weights<Scheme, 7, 5>>(5, 7, 100);
    static constexpr auto flat_weights = make_weights<fully_connected_weights<Scheme, 3, 5 * 3 * 4>>(6, 3, 100);

    static constexpr conv2d_options same{.padding = padding::same, .output = Quantisation};
    static constexpr depthwise_conv2d_options same_depthwise{.padding = padding::same, .output = Quantisation};
    static constexpr conv2d_options down_options{.stride_h = 2, .stride_w = 2, .padding = padding::same, .output = Quantisation};
    static constexpr pool2d_options global{.filter_h = 4, .filter_w = 3, .output = Quantisation};

    struct image : input<tensor<element, shape{1, 7, 5, 4}, Quantisation>> {};
    struct expanded : layer<conv2d<expand_weights, same>, image> {};
    struct depthwise : layer<depthwise_conv2d<depthwise_weights, same_depthwise>, expanded> {};
    struct projected : layer<conv2d<project_weights, same>, depthwise> {};
    struct residual : layer<add<elementwise_options{.output = Quantisation}>, projected, image> {};
    struct down : layer<conv2d<down_weights, down_options>, residual> {};
    struct pooled : layer<average_pool2d<global>, down> {};
    struct units : layer<fully_connected<unit_weights, fully_connected_options{.output = Quantisation}>, pooled> {};
    struct whole : network<image, expanded, depthwise, projected, residual, down, pooled, units> {};

    template <int Tile>
    struct together {
        struct group : streamed<list<expanded, depthwise, projected, residual, down, pooled, units>, Tile> {};
        struct model : network<image, group> {};
    };

    // The same with its rows fed one by one: of the image, too, no more is kept than is still to be read.
    struct camera : streamed_input<tensor<element, shape{1, 7, 5, 4}, Quantisation>> {};
    struct fed_expanded : layer<conv2d<expand_weights, same>, camera> {};
    struct fed_depthwise : layer<depthwise_conv2d<depthwise_weights, same_depthwise>, fed_expanded> {};
    struct fed_projected : layer<conv2d<project_weights, same>, fed_depthwise> {};
    struct fed_residual : layer<add<elementwise_options{.output = Quantisation}>, fed_projected, camera> {};
    struct fed_down : layer<conv2d<down_weights, down_options>, fed_residual> {};
    struct fed_group : streamed<list<fed_expanded, fed_depthwise, fed_projected, fed_residual, fed_down>> {};
    struct fed_pooled : layer<average_pool2d<global>, fed_group> {};
    struct fed_units : layer<fully_connected<unit_weights, fully_connected_options{.output = Quantisation}>, fed_pooled> {};
    struct fed : network<camera, fed_group, fed_pooled, fed_units> {};

    // Two groups, and a flattened image that is added up.
    struct block : streamed<list<expanded, depthwise, projected>> {};
    struct second : layer<conv2d<down_weights, down_options>, block> {};
    struct flat : layer<fully_connected<flat_weights, fully_connected_options{.output = Quantisation}>, second> {};
    struct rest : streamed<list<second, flat>> {};
    struct in_two : network<image, block, rest> {};
    struct second_apart : layer<conv2d<down_weights, down_options>, projected> {};
    struct flat_apart : layer<fully_connected<flat_weights, fully_connected_options{.output = Quantisation}>, second_apart> {};
    struct in_two_apart : network<image, expanded, depthwise, projected, second_apart, flat_apart> {};
};

/// The result of the second of two runs.
template <class Model, class Isa = isa::portable>
constexpr auto run() {
    engine<Model, Isa> nn;
    using image = typename graph::element<0, inputs_of<Model>>::type;
    using pixel = typename tensor_of<image>::value_type;
    unsigned seed = 7;
    auto const next = [&seed] { return static_cast<pixel>(static_cast<int>((seed = seed * 1664525 + 1013904223) >> 25) - 64); };
    for (int times = 0; times < 2; ++times) {
        if constexpr (graph::is_fed<image>) {
            std::array<pixel, fed_elements<tensor_of<image>>> row{};
            bool is_done = false;
            while (!is_done) {
                for (auto& each : row) each = next();
                is_done = nn.template feed<image>(row);
            }
        } else {
            for (auto& each : nn.template get<image>()) each = next();
            nn.run();
        }
    }
    using last = typename graph::element<0, outputs_of<Model>>::type;
    using tensor = tensor_of<last>;
    std::array<typename tensor::value_type, static_cast<std::size_t>(tensor::size)> result{};
    std::size_t i = 0;
    for (auto const each : nn.template get<last>()) result[i++] = each;
    return result;
}

using quantised = networks<int8_per_channel, affine{0.5F, 3}>;
using real = networks<float32, affine{}>;

static_assert(run<quantised::together<1>::model>() == run<quantised::whole>());
static_assert(run<quantised::together<2>::model>() == run<quantised::whole>());
static_assert(run<quantised::together<0>::model>() == run<quantised::whole>());
static_assert(run<real::together<1>::model>() == run<real::whole>());
static_assert(run<quantised::in_two>() == run<quantised::in_two_apart>());
static_assert(run<real::in_two>() == run<real::in_two_apart>());

static_assert(run<quantised::fed>() == run<quantised::whole>());
static_assert(run<real::fed>() == run<real::whole>());

// Rings: 3 rows of what the depthwise layer reads, a pixel in front of the 1x1 layer, 2 rows in front of
// the layer with stride 2, where the addition overwrites its operand, a pixel in front of the sums, the averages; sums of 5
// averages and 7 units. Then the result.
constexpr int rings = 92 + 8 + 40 + 8 + 8;
static_assert(arena_size<quantised::together<1>::model> == 140 + rings + 20 + 28 + 8);
// Fed, three rows of the image are kept, as the addition reads behind the convolutions; and all of the last result.
static_assert(arena_size<quantised::fed> == 3 * 20 + 92 + 8 + 40 + 60);

TEST_CASE("streamed: on the host") {
    CHECK(run<quantised::together<1>::model, isa::native>() == run<quantised::whole>());
    CHECK(run<quantised::together<2>::model, isa::native>() == run<quantised::whole>());
    CHECK(run<real::together<0>::model, isa::native>() == run<real::whole>());
    CHECK(run<quantised::fed, isa::native>() == run<quantised::whole>());
    CHECK(run<real::fed, isa::native>() == run<real::whole>());
}

}  // namespace
