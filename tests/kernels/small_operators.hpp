// SPDX-License-Identifier: MIT
/// The kernels without weights against the portable ones, on a board with their instructions: sums, differences and products of any
/// scales, poolings of windows at and around the image's edges, also over their own input and from a ring of rows, sums over axes,
/// tables, and runs that move; all with channels at and around the groups that the kernels take together.
#pragma once
#include <inlay/inlay.hpp>

#include "kernel_test.hpp"

namespace small_test {

using namespace inlay;
using kernel_test::random;

inline constexpr int most = 1300;
inline constexpr int most_elements = 70;
inline std::int8_t left[most];
inline std::int8_t right[most];
inline std::int8_t wanted[most];
inline std::int8_t made[most + 2];
inline std::int8_t both[2 * most];

inline void fill(std::int8_t (&to)[most]) {
    for (auto& each : to) each = static_cast<std::int8_t>(random(0, 5) == 0 ? (random(0, 1) ? 127 : -128) : random(-128, 127));
}

inline affine any_scale() { return {static_cast<float>(random(1, 4000)) / static_cast<float>(random(1, 4000)), random(-128, 127)}; }

/// Runs a kernel to where guards show what it writes beside its result, and compares with `wanted`.
template <class Make, class... Number>
void compare(char const* what, int size, Make make, Number... numbers) {
    for (auto& each : made) each = 99;
    make(made + 1);
    kernel_test::equal(what, made + 1, wanted, size, numbers...);
    kernel_test::is("nothing is written around a result", made[0] == 99 && made[size + 1] == 99);
}

template <class Kernels>
void compare_sum(int i) {
    fill(left);
    fill(right);
    affine const a = any_scale();
    affine const b = i % 4 == 0 ? affine{a.scale, random(-128, 127)} : any_scale();
    elementwise_options const options{i % 3 == 0 ? activation_function::relu : activation_function::none,
                                      {(a.scale + b.scale) / static_cast<float>(random(1, 4)), random(-128, 127)}};
    auto const by = i % 5 < 3 ? make_add<std::int8_t>(a, b, options) : make_sub<std::int8_t>(a, b, options);
    if (!by.is_exact() || !Kernels::adds(by)) return;
    int const count = random(1, most_elements);
    combine(isa::portable{}, make_elementwise_geometry(shape{count}, shape{count}), wanted, left, right, by);
    compare(by.subtract ? "difference" : "sum", count, [&](std::int8_t* to) { Kernels::add(to, left, right, count, by); }, count, a.zero_point,
            b.zero_point, by.factor_a.shift, by.factor_b.shift, by.rescale.shift);
}

template <class Kernels>
void compare_product(int i) {
    fill(left);
    fill(right);
    affine const a = any_scale();
    affine const b = any_scale();
    elementwise_options const options{i % 3 == 0 ? activation_function::relu : activation_function::none,
                                      {a.scale * b.scale * static_cast<float>(random(2, 900)), random(-128, 127)}};
    auto const by = make_mul<std::int8_t>(a, b, options);
    if (!by.is_exact() || !int8_rescaling::takes(by.rescale)) return;
    shape const whole{random(1, 5), random(1, most_elements)};
    shape const parts[] = {whole, shape{1, whole[1]}, shape{whole[0], 1}, shape{1, 1}};
    shape const& part = parts[i % 4];
    auto const g = i % 2 == 0 ? make_elementwise_geometry(whole, part) : make_elementwise_geometry(part, whole);
    if (!is_in_runs(g)) return;
    combine(isa::portable{}, g, wanted, left, right, by);
    compare("product", whole.size(), [&](std::int8_t* to) { Kernels::multiply(g, to, left, right, by); }, i, whole[0], whole[1], a.zero_point, b.zero_point,
            by.rescale.shift);
}

/// Makes row by row from a ring that holds the window's rows alone.
template <class Pool>
void from_ring(pool2d_geometry const& g, row_view<std::int8_t> out, int8_output const& kept, Pool pool) {
    int const row = g.in.w() * g.in.c();
    int const ring = g.filter_h + random(0, 1);
    int filled = 0;
    for (int y = 0; y < g.out.h(); ++y) {
        for (; filled < std::min(y * g.stride_h - g.pad_top + g.filter_h, g.in.h()); ++filled) {
            for (int i = 0; i < row; ++i) right[filled % ring * row + i] = left[filled * row + i];
        }
        pool(g, rows{y, 1}, out, row_view<std::int8_t const>{right, row, ring}, kept);
    }
}

template <class Definition, class Kernel>
void compare_pool(char const* what, int i, Definition definition, Kernel kernel) {
    fill(left);
    int const channels = i % 4 == 0 ? random(1, 36) : 4 * random(1, 9);
    shape in{random(1, channels > 18 ? 1 : 2), random(1, 6), random(1, 6), channels};
    // Halfwords hold just so many of the least number.
    if (i % 41 == 0) in = {1, 16, 16, random(1, 5)}, std::fill_n(left, most, std::int8_t{-128});
    pool2d_options options{.filter_h = random(1, 4), .filter_w = random(1, 4), .stride_h = random(1, 2), .stride_w = random(1, 3)};
    if (i % 8 == 1 || i % 41 == 0) options.filter_h = in.h(), options.filter_w = in.w();
    if (i % 2 == 0) options.padding = padding::same;
    auto const g = make_pool2d_geometry(in, options);
    if (g.out.h() < 1 || g.out.w() < 1) return;
    int8_output kept{0, -128, 127};
    if (i % 3 == 0) kept.lowest = random(-128, 0), kept.highest = random(0, 127);
    row_view<std::int8_t const> const from{left, g.in.w() * g.in.c()};
    int const pitch = g.out.w() * g.out.c();
    int const size = g.out.size();
    definition(g, g.all_rows(), row_view<std::int8_t>{wanted, pitch}, from, kept);
    compare(what, size, [&](std::int8_t* to) { kernel(g, g.all_rows(), row_view<std::int8_t>{to, pitch}, from, kept); }, in.h(), in.w(), in.c(),
            options.filter_h, options.filter_w, options.stride_w);
    if (i % 5 == 0 && in.n() == 1) {
        compare(what, size, [&](std::int8_t* to) { from_ring(g, {to, pitch}, kept, kernel); }, in.h(), in.w(), in.c(), options.filter_h, options.filter_w);
    }
    kernel_test::over_input_in(both, overlap_of(g, 1, traversal::forward), left, in.size(), wanted, size, [&](std::int8_t* to, std::int8_t const* image) {
        kernel(g, g.all_rows(), row_view<std::int8_t>{to, pitch}, row_view<std::int8_t const>{image, from.pitch}, kept);
    }, in.h(), in.w(), in.c());
}

template <class Kernels>
void compare_reduction(int i) {
    fill(left);
    int const channels = random(1, 36);
    shape const in = i % 9 == 0 ? shape{1, 20, random(1, 16), random(1, 4)} : shape{random(1, channels > 18 ? 1 : 2), random(1, 6), random(1, 6), channels};
    if (i % 18 == 0) std::fill_n(left, most, std::int8_t{-128});
    reduce_options options{.output = any_scale()};
    if (i % 3 == 0) {
        options.axis[3] = true;
    } else {
        options.axis[1] = options.axis[2] = true;
    }
    if (i % 7 == 0) options.axis[0] = options.axis[1] = options.axis[2] = options.axis[3] = true;
    auto const g = make_reduce_geometry(in, options);
    auto const by = make_reduction<std::int8_t>(any_scale(), options.output, i % 2 == 0 ? g.reduced.size() : 1);
    if (!Kernels::reduces(g) || !int8_rescaling::takes(by.rescale)) return;
    reduce_sum<std::int8_t>(isa::portable{}, g, wanted, left, by);
    compare("reduction", g.kept.size(), [&](std::int8_t* to) { Kernels::reduce(g, to, left, by); }, i, in.n(), in.h(), in.w(), in.c(), by.rescale.shift);
}

template <class Isa>
void compare_table(int i) {
    fill(left);
    fill(right);
    int8_table table{};
    std::copy_n(right, int8_table::size, table.result);
    int const count = random(1, most_elements);
    look_up(isa::portable{}, count, wanted, left, table);
    compare("table", count, [&](std::int8_t* to) { look_up(Isa{}, count, to, left, table); }, i, count);
    kernel_test::over_input_in(both, elementwise_overlap(count, 1, 1, traversal::forward), left, count, wanted, count,
                               [&](std::int8_t* to, std::int8_t const* from) { look_up(Isa{}, count, to, from, table); }, count);
}

/// Runs of any length from and to any address.
template <class Isa>
void compare_copies(int i) {
    fill(left);
    int const at = random(0, 5);
    auto const* const from = left + random(0, 5);
    if (i % 3 == 0) {
        shape const in{1, random(1, 4), random(1, 6), random(1, 40)};
        pad_options options{};
        for (int axis = i % 2; axis < 4; ++axis) options.before[axis] = random(0, axis == 0 ? 0 : 2), options.after[axis] = random(0, axis == 0 ? 0 : 2);
        auto const g = make_pad_geometry(in, options);
        if (g.out_size + at > most || in.size() + 5 > most) return;
        auto const value = static_cast<std::int8_t>(random(-128, 127));
        for (int k = 0; k < at; ++k) wanted[k] = 99;
        pad_tensor(isa::portable{}, g, wanted + at, from, value);
        compare("pad", at + g.out_size, [&](std::int8_t* to) { pad_tensor(execution<Isa, policy::speed>{}, g, to + at, from, value); }, in.h(), in.w(), in.c());
    } else if (i % 3 == 1) {
        shape const in{random(1, 5), random(1, 60)};
        auto const g = make_concatenation_geometry(in, shape{in[0], in[1] + random(0, 7)}, 1);
        for (auto& each : wanted) each = 99;
        copy_runs(isa::portable{}, g, wanted + at, from);
        compare("concatenation", at + (g.count - 1) * g.pitch + g.length,
                [&](std::int8_t* to) { copy_runs(execution<Isa, policy::speed>{}, g, to + at, from); }, g.count, g.length, g.pitch);
    } else {
        shape const in{random(1, 4), random(1, 4), random(1, 60)};
        auto const g = make_transpose_geometry(in, i % 2 == 0 ? transpose_options{{1, 0, 2}} : transpose_options{{2, 0, 1}});
        for (int k = 0; k < at; ++k) wanted[k] = 99;
        permute(isa::portable{}, g, wanted + at, from);
        compare("transpose", at + in.size(), [&](std::int8_t* to) { permute(execution<Isa, policy::speed>{}, g, to + at, from); }, in[0], in[1], in[2]);
    }
}

/// 3,000 cases of each kind, or more. Of channels that one cannot group no kernel is made.
template <class Isa, class Kernels>
int small_operators() {
    constexpr int enough = 3000;
    auto const compare_until_enough = [](auto compare_one) {
        int const before = kernel_test::compared;
        for (int i = 0; kernel_test::compared < before + enough; ++i) compare_one(i);
    };
    compare_until_enough(compare_sum<Kernels>);
    compare_until_enough(compare_product<Kernels>);
    compare_until_enough(compare_reduction<Kernels>);
    compare_until_enough(compare_table<Isa>);
    compare_until_enough(compare_copies<Isa>);
    auto const portable_average = [](auto... arguments) { pool_average<std::int8_t>(isa::portable{}, arguments...); };
    auto const portable_max = [](auto... arguments) { pool_max<std::int8_t>(isa::portable{}, arguments...); };
    compare_until_enough([&](int i) { compare_pool("average", i, portable_average, Kernels::average); });
    compare_until_enough([&](int i) { compare_pool("maximum", i, portable_max, Kernels::largest); });
    return kernel_test::finish(7 * enough);
}

}  // namespace small_test
