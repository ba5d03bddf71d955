// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/check.hpp>
#include <inlay/core/view.hpp>
#include <inlay/kernels/fully_connected.hpp>
#include <inlay/kernels/portable/sums.hpp>
#include <inlay/layers/arm_dsp/fully_connected_weights.hpp>
#include <inlay/layers/arm_fp/fully_connected_weights.hpp>
#include <inlay/layers/arm_mve/fully_connected_weights.hpp>
#include <inlay/layers/twin/fully_connected_weights.hpp>
#include <inlay/layers/sums_fit.hpp>
#include <inlay/layers/weights.hpp>

namespace inlay {

/// The constant tables of a fully connected layer.
///   filter   [Out, In], less FilterZeroPoint
///   bias     see filter_bank
///   rescale  input scale * filter scale / output scale, for each unit or once
template <quantisation_scheme Scheme, int Out, int In, int FilterZeroPoint = 0>
struct fully_connected_weights {
    using scheme = Scheme;
    static constexpr shape filter_shape{Out, In};
    static constexpr int filter_zero_point = FilterZeroPoint;

    table<typename Scheme::weight, Out * In> filter;
    typename Scheme::bias bias[Out];
    typename Scheme::rescale rescale[static_cast<unsigned>(Scheme::rescales(Out))];
};

namespace fully_connected_checks {

template <class Layer, class In, shape Filter, bool KeepNumDims>
consteval void check_shapes() {
    static_assert(expect<Layer, got<In::size>, multiple_of<Filter[1]>>(
        "fully_connected: the input's elements (got) are no multiple of the filter's inputs"));
    if constexpr (KeepNumDims) {
        static_assert(expect<Layer, got<In::shape.last()>, wanted<Filter[1]>>(
            "fully_connected: the input's last extent (got) differs from the filter's inputs (wanted); "
            "without keep_num_dims the input is read as a matrix"));
    }
}

}  // namespace fully_connected_checks

/// Fully connected (dense): every unit reads the whole input.
///   input   [..., In], any axes             Scheme::activation
///   output  [batches, Out]; [..., Out] with keep_num_dims
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite FULLY_CONNECTED, 8-bit quantization specification; ONNX Gemm, MatMul, QLinearMatMul
template <auto const& Weights, fully_connected_options Options = fully_connected_options{}>
struct fully_connected {
    using weights = std::remove_cvref_t<decltype(Weights)>;
    using scheme = typename weights::scheme;
    static constexpr int flash_bytes = sizeof(weights);

    template <class Layer, tensor_type In>
    static consteval auto output(In) {
        static_assert(expect<Layer, got_type<typename In::value_type>, wanted_type<typename scheme::activation>>(
            "fully_connected: the input's element type (got) is not the scheme's activation type (wanted)"));
        fully_connected_checks::check_shapes<Layer, In, weights::filter_shape, Options.keep_num_dims>();
        return tensor<typename scheme::activation, fully_connected_shape(In::shape, weights::filter_shape, Options.keep_num_dims),
                      Options.output>{};
    }

    template <tensor_type In>
    static constexpr fully_connected_geometry geometry =
        make_fully_connected_geometry(In::shape, weights::filter_shape, weights::filter_zero_point);

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
        connect(isa, constant<g, Isa::optimise>{}, out.data(), in.data(), bank<In>, scratch...);
    }

    template <tensor_type In>
    static consteval std::int64_t macs(In) {
        return geometry<In>.macs();
    }

    // Its parts, for streamed networks.

    /// One batch is added up.
    template <tensor_type In>
        requires(geometry<In>.batches == 1)
    static consteval window_reading reading(In) {
        return {window_reading::everything};
    }

    using accumulator = typename scheme::accumulator;

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void start(Isa isa, accumulator* sums) {
        start_sums(isa, bank<In>, Out::size, sums);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void add(Isa isa, accumulator* sums, typename In::value_type const* in, int first, int count) {
        constexpr int depth = pixel_size<In>;
        add_to_sums(isa, bank<In>, Out::size, In::size, sums, in, first * depth, count * depth, weights::filter_zero_point);
    }

    template <tensor_type Out, tensor_type In, class Isa>
    static constexpr void finish(Isa isa, typename Out::value_type* out, accumulator const* sums) {
        finish_sums(isa, bank<In>, Out::size, out, sums);
    }
};

/// Fully connected with a filter, and perhaps a bias, that other nodes make: `layer<dynamic_fully_connected<>, in, filter>`.
///   input   [..., In], any axes; filter [Out, In]: float or int8 with one scale; bias [Out]: float or int32
///   output  [batches, Out]; [..., Out] with keep_num_dims
///   error   int8: bit-exact with the TFLite reference kernel
///   source  TFLite FULLY_CONNECTED; ONNX Gemm, MatMul
template <fully_connected_options Options = fully_connected_options{}>
struct dynamic_fully_connected {
    template <class Layer, tensor_type In, tensor_type Filter>
    static consteval auto output(In, Filter) {
        using element = typename In::value_type;
        static_assert(expect<Layer, got_type<element>, wanted_type<nearest_computed<element>>>(
            "dynamic_fully_connected: the input's element type (got) is neither float nor int8 (wanted)"));
        static_assert(expect<Layer, got_type<typename Filter::value_type>, wanted_type<element>>(
            "dynamic_fully_connected: the filter's element type (got) is not the input's (wanted)"));
        static_assert(expect<Layer, got<Filter::shape.rank>, wanted<2>>(
            "dynamic_fully_connected: the filter's rank (got) is not 2"));
        fully_connected_checks::check_shapes<Layer, In, Filter::shape, Options.keep_num_dims>();
        return tensor<element, fully_connected_shape(In::shape, Filter::shape, Options.keep_num_dims), Options.output>{};
    }

    template <class Layer, tensor_type In, tensor_type Filter, tensor_type Bias>
    static consteval auto output(In in, Filter filter, Bias) {
        using bias_type = typename scheme_of_element<typename In::value_type>::bias;
        static_assert(expect<Layer, got_type<typename Bias::value_type>, wanted_type<bias_type>>(
            "dynamic_fully_connected: the bias's element type (got) is not the scheme's (wanted)"));
        static_assert(expect<Layer, got<Bias::size>, wanted<Filter::shape[0]>>(
            "dynamic_fully_connected: the bias's size (got) is not the number of units (wanted)"));
        return output<Layer>(in, filter);
    }

    template <class Isa, tensor_type Out, tensor_type In, tensor_type Filter>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in, const_view<Filter> filter) {
        connect_with<In, Filter>(isa, out.data(), in.data(), filter.data(), zeros<In, Filter>);
    }

    template <class Isa, tensor_type Out, tensor_type In, tensor_type Filter, tensor_type Bias>
    static constexpr void eval(Isa isa, view<Out> out, const_view<In> in, const_view<Filter> filter, const_view<Bias> bias) {
        connect_with<In, Filter>(isa, out.data(), in.data(), filter.data(), bias.data());
    }

    template <tensor_type In, tensor_type Filter, tensor_type... Bias>
    static consteval std::int64_t macs(In, Filter, Bias...) {
        return geometry<In, Filter>.macs();
    }

private:
    template <class In, class Filter>
    static constexpr fully_connected_geometry geometry =
        make_fully_connected_geometry(In::shape, Filter::shape, Filter::quantisation.zero_point);

    template <class Scheme, class In, class Filter>
    static consteval typename Scheme::rescale make_rescale() {
        if constexpr (std::is_same_v<typename Scheme::rescale, fixed_point>) {
            return to_fixed_point(fully_connected_rescale(In::quantisation.scale, Filter::quantisation.scale, Options.output.scale));
        } else {
            return {};
        }
    }

    template <class Scheme, class In, class Filter>
    static constexpr typename Scheme::rescale rescale = make_rescale<Scheme, In, Filter>();

    /// The bias of a layer without one.
    template <class In, class Filter>
    static constexpr typename scheme_of_element<typename In::value_type>::bias zeros[static_cast<unsigned>(Filter::shape[0])]{};

    template <class In, class Filter, class Isa>
    static constexpr void connect_with(Isa isa, typename In::value_type* out, typename In::value_type const* in,
                                       typename In::value_type const* filter,
                                       typename scheme_of_element<typename In::value_type>::bias const* bias) {
        using scheme = scheme_of_element<typename In::value_type>;
        constexpr auto const& g = geometry<In, Filter>;
        constexpr auto kept = scheme::output_of(Options.output, Options.activation);
        connect_dynamic(isa, constant<g, Isa::optimise>{}, out, in,
                        filter_bank<scheme>{filter, bias, &rescale<scheme, In, Filter>, In::quantisation.zero_point, kept});
    }
};

}  // namespace inlay
