// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/depthwise_conv2d.hpp>
#include <inlay/kernels/portable/sums.hpp>
#include <inlay/layers/arm_dsp/depthwise_conv2d_weights.hpp>
#include <inlay/layers/arm_fp/depthwise_conv2d_weights.hpp>
#include <inlay/layers/arm_mve/depthwise_conv2d_weights.hpp>
#include <inlay/layers/twin/depthwise_conv2d_weights.hpp>
#include <inlay/layers/depthwise_channels_weights.hpp>
#include <inlay/layers/sums_fit.hpp>
#include <inlay/layers/weights.hpp>

#include <array>

namespace inlay {

/// The constant tables of a depthwise convolution.
///   filter   [H, W, Out]
///   bias     see filter_bank
///   rescale  input scale * filter scale / output scale, for each output channel or once
template <quantisation_scheme Scheme, int H, int W, int Out>
struct depthwise_conv2d_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{1, H, W, Out};

    table<typename Scheme::weight, H * W * Out> filter;
    typename Scheme::bias bias[Out];
    typename Scheme::rescale rescale[static_cast<unsigned>(Scheme::rescales(Out))];
};

/// Depthwise 2-D convolution: output channel o reads input channel o / multiplier.
///   input   [N, H, W, C]                    Scheme::activation
///   output  [N, H', W', C * multiplier]     H' = ceil(H / stride) for same, floor((H - reach) / stride) + 1 for valid
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite DEPTHWISE_CONV_2D, 8-bit quantization specification; ONNX Conv, QLinearConv with group = C
template <auto const& Weights, depthwise_conv2d_options Options = depthwise_conv2d_options{}>
struct depthwise_conv2d {
    using weights = std::remove_cvref_t<decltype(Weights)>;
    using scheme = typename weights::scheme;
    static constexpr int flash_bytes = sizeof(weights);

    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(expect<Layer, got_type<typename In::value_type>, wanted_type<typename scheme::activation>>(
            "depthwise_conv2d: the input's element type (got) is not the scheme's activation type (wanted)"));
        static_assert(expect<Layer, got<In::shape.rank>, wanted<4>>(
            "depthwise_conv2d: the input's rank (got) is not that of an image"));
        static_assert(expect<Layer, got<weights::filter_shape.c()>, multiple_of<In::shape.last()>>(
            "depthwise_conv2d: the output channels (got) are no multiple of the input's channels"));
        static_assert(expect<Layer, got<0>, below<geometry<In>.out.h()>>(
            "depthwise_conv2d: the filter is higher than the padded image; rows of the result (below)"));
        static_assert(expect<Layer, got<0>, below<geometry<In>.out.w()>>(
            "depthwise_conv2d: the filter is wider than the padded image; columns of the result (below)"));
        return tensor<typename scheme::activation, geometry<In>.out, Options.output>{};
    }

    template <tensor_type In>
    static constexpr depthwise_conv2d_geometry geometry = make_depthwise_conv2d_geometry(In::shape, weights::filter_shape, Options);

    template <class Isa, tensor_type In>
    static consteval auto overlap(In) {
        return std::array{overlap_of(geometry<In>, sizeof(typename In::value_type), order_of<Isa>, kernel_of(Isa{}, geometry<In>, std::type_identity<weights>{}))};
    }

    /// The tables and the quantisation, as kernels take them.
    template <tensor_type In>
    static constexpr auto bank = bank_of(Weights, In::quantisation, constant<scheme::output_of(Options.output, Options.activation)>{});

    /// What the layer's kernel needs while it runs, on an instruction set whose kernel needs anything.
    template <class Isa, tensor_type In>
        requires(order_of<Isa> != traversal::in_place && kernel_of(Isa{}, geometry<In>, std::type_identity<weights>{}).scratch_words > 0)
    static consteval auto scratch(In) {
        return scratch_tensor<kernel_of(Isa{}, geometry<In>, std::type_identity<weights>{}).scratch_words>{};
    }

    /// Results that wait until the input under them has been read.
    template <class Isa, tensor_type In>
        requires(order_of<Isa> == traversal::in_place && in_place_scratch(geometry<In>) > 0)
    static consteval auto scratch(In) {
        return tensor<typename In::value_type, shape{in_place_scratch(geometry<In>)}>{};
    }

    template <class Isa, tensor_type Out, tensor_type In, class... Scratch>
        requires(order_of<Isa> == traversal::in_place)
    static constexpr void eval(Isa isa, view<Out> out, const_view<In>, Scratch... scratch) {
        typename In::value_type* waiting = nullptr;
        ((waiting = scratch.data()), ...);
        convolve_depthwise_in_place(isa, geometry<In>, out.data(), bank<In>, waiting);
    }

    template <class Isa, tensor_type Out, tensor_type In, class... Scratch>
        requires(order_of<Isa> != traversal::in_place)
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
        convolve_depthwise(isa, constant<geometry<In>, Isa::optimise>{}, made, out, in, bank<In>, scratch...);
    }

    template <int Count, tensor_type Out, tensor_type In, class Isa>
    static constexpr void make_pixels(Isa isa, typename Out::value_type* out, typename In::value_type const* in) {
        constexpr auto g = geometry_of_pixels(geometry<In>, Count);
        convolve_depthwise(isa, constant<g, Isa::optimise>{}, g.all_rows(), {out, 0}, {in, 0}, bank<In>);
    }

    using accumulator = typename scheme::accumulator;

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void start(Isa isa, accumulator* sums) {
        start_sums(isa, bank<In>, Out::shape.c(), sums);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void add(Isa isa, accumulator* sums, typename In::value_type const* in, int first, int count) {
        add_to_channel_sums(isa, bank<In>, Out::shape.c(), geometry<In>.multiplier(), sums, in, first, count);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void finish(Isa isa, typename Out::value_type* out, accumulator const* sums) {
        finish_sums(isa, bank<In>, Out::shape.c(), out, sums);
    }

    template <tensor_type In>
    static consteval std::int64_t macs(In) {
        return geometry<In>.macs();
    }
};

}  // namespace inlay
