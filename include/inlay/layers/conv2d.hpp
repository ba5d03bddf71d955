// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/conv2d.hpp>
#include <inlay/kernels/portable/sums.hpp>
#include <inlay/layers/arm_dsp/conv2d_weights.hpp>
#include <inlay/layers/arm_fp/conv2d_weights.hpp>
#include <inlay/layers/arm_mve/conv2d_weights.hpp>
#include <inlay/layers/twin/conv2d_weights.hpp>
#include <inlay/layers/conv2d_channels_weights.hpp>
#include <inlay/layers/sums_fit.hpp>
#include <inlay/layers/weights.hpp>

#include <array>

namespace inlay {

/// The constant tables of a convolution.
///   filter   [Out, H, W, In], In counted per group
///   bias     see filter_bank
///   rescale  input scale * filter scale / output scale, for each output channel or once
template <quantisation_scheme Scheme, int Out, int H, int W, int In>
struct conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, H, W, In};

    table<typename Scheme::weight, Out * H * W * In> filter;
    typename Scheme::bias bias[Out];
    typename Scheme::rescale rescale[static_cast<unsigned>(Scheme::rescales(Out))];
};

/// 2-D convolution.
///   input   [N, H, W, In * groups]   Scheme::activation
///   output  [N, H', W', Out]         H' = ceil(H / stride) for same, floor((H - reach) / stride) + 1 for valid
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite CONV_2D, 8-bit quantization specification; ONNX Conv, QLinearConv
template <auto const& Weights, conv2d_options Options = conv2d_options{}>
struct conv2d {
    using weights = std::remove_cvref_t<decltype(Weights)>;
    using scheme = typename weights::scheme;
    static constexpr int flash_bytes = sizeof(weights);

    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(expect<Layer, got_type<typename In::value_type>, wanted_type<typename scheme::activation>>(
            "conv2d: the input's element type (got) is not the scheme's activation type (wanted)"));
        static_assert(expect<Layer, got<In::shape.rank>, wanted<4>>("conv2d: the input's rank (got) is not that of an image"));
        static_assert(expect<Layer, got<In::shape.last()>, wanted<weights::filter_shape.c() * Options.groups>>(
            "conv2d: the input's channels (got) differ from the filter's input channels times the groups (wanted)"));
        static_assert(expect<Layer, got<weights::filter_shape.n()>, multiple_of<Options.groups>>(
            "conv2d: the output channels (got) are no multiple of the groups"));
        static_assert(expect<Layer, got<0>, below<geometry<In>.out.h()>>(
            "conv2d: the filter is higher than the padded image; rows of the result (below)"));
        static_assert(expect<Layer, got<0>, below<geometry<In>.out.w()>>(
            "conv2d: the filter is wider than the padded image; columns of the result (below)"));
        return tensor<typename scheme::activation, geometry<In>.out, Options.output>{};
    }

    template <tensor_type In>
    static constexpr conv2d_geometry geometry = make_conv2d_geometry(In::shape, weights::filter_shape, Options);

    /// The tables and the quantisation, as kernels take them.
    template <tensor_type In>
    static constexpr auto bank = bank_of(Weights, In::quantisation, constant<scheme::output_of(Options.output, Options.activation)>{});

    /// What the layer's kernel needs while it runs, on an instruction set whose kernel needs anything.
    template <class Isa, tensor_type In>
        requires(kernel_of(Isa{}, geometry<In>, std::type_identity<weights>{}).scratch_words > 0)
    static consteval auto scratch(In) {
        return scratch_tensor<kernel_of(Isa{}, geometry<In>, std::type_identity<weights>{}).scratch_words>{};
    }

    template <class Isa, tensor_type Out, tensor_type In, class... Scratch>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in, Scratch... scratch) {
        constexpr auto const& g = geometry<In>;
        make_rows<Out, In>(with_order(isa), all_rows{g.all_rows(order_of<Isa>)}, {out.data(), g.out.w() * g.out.c()}, {in.data(), g.in.w() * g.in.c()},
                           scratch...);
    }

    // Its parts, for streamed networks.

    static constexpr bool makes_rows = true;

    template <tensor_type In>
        requires(In::shape.n() == 1)
    static consteval window_reading reading(In) {
        return reading_of(geometry<In>);
    }

    template <tensor_type Out, tensor_type In, class Isa, class Rows, class... Scratch>
    static constexpr void make_rows(Isa isa, Rows made, row_view<typename Out::value_type> out, row_view<typename In::value_type const> in,
                                    Scratch... scratch) {
        convolve(isa, constant<geometry<In>, Isa::optimise>{}, made, out, in, bank<In>, scratch...);
    }

    template <int Count, tensor_type Out, tensor_type In, class Isa>
    static constexpr void make_pixels(Isa isa, typename Out::value_type* out, typename In::value_type const* in) {
        constexpr auto g = geometry_of_pixels(geometry<In>, Count);
        convolve(isa, constant<g, Isa::optimise>{}, g.all_rows(), {out, 0}, {in, 0}, bank<In>);
    }

    using accumulator = typename scheme::accumulator;

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void start(Isa isa, accumulator* sums) {
        start_sums(isa, bank<In>, Out::shape.c(), sums);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void add(Isa isa, accumulator* sums, typename In::value_type const* in, int first, int count) {
        constexpr int depth = In::shape.c();
        add_to_sums(isa, bank<In>, Out::shape.c(), In::size, sums, in, first * depth, count * depth);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void finish(Isa isa, typename Out::value_type* out, accumulator const* sums) {
        finish_sums(isa, bank<In>, Out::shape.c(), out, sums);
    }

    template <class Isa, tensor_type In>
    static consteval auto overlap(In) {
        return std::array{overlap_of(geometry<In>, sizeof(typename In::value_type), order_of<Isa>, kernel_of(Isa{}, geometry<In>, std::type_identity<weights>{}))};
    }

    template <tensor_type In>
    static consteval std::int64_t macs(In) {
        return geometry<In>.macs();
    }
};

}  // namespace inlay
