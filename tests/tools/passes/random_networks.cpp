// SPDX-License-Identifier: MIT
#include "passes/made_up.hpp"

#include "passes/proof.hpp"
#include "passes/shrink.hpp"
#include "write/model_header.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <random>

namespace inlay::tool {
namespace {

/// A random network of int8 layers over small images, in which something may be taken out: rows of zeros, equal rows, channels that an
/// activation never lets through, unread channels.
class random_network {
public:
    explicit random_network(unsigned seed) : random_{seed} {}

    graph make() {
        std::vector<int> images{net_.input({1, pick(1, 6), pick(1, 6), pick(1, 4)})};
        for (int layers = pick(2, 7); layers > 0; --layers) images.push_back(layer(images));
        int const last = images.back();
        if (pick(0, 1) == 0) return net_.finish({last});
        return net_.finish({classify(last)});
    }

private:
    int pick(int least, int most) { return std::uniform_int_distribution{least, most}(random_); }
    bool often() { return pick(0, 3) != 0; }
    affine some_affine() { return {0.01F * static_cast<float>(pick(2, 12)), pick(-20, 20)}; }
    inlay::shape const& shape_of(int t) { return net_.shape_of(t); }

    conv2d_options window() {
        conv2d_options options;
        options.padding = pick(0, 2) == 0 ? padding::valid : padding::same;
        options.stride_h = pick(1, 2);
        options.stride_w = pick(1, 2);
        options.dilation_h = pick(1, 4) == 1 ? 2 : 1;
        options.activation = pick(0, 1) == 0 ? activation_function::relu : activation_function::none;
        return options;
    }

    /// Rows of weights, some of zeros, some equal to the one before; biases, some so low that no activation lets them through.
    void fill(std::vector<std::int8_t>& weights, std::vector<std::int32_t>& bias, int outs, int per_out, int step_out, int step) {
        weights.resize(static_cast<std::size_t>(outs * per_out));
        for (int o = 0; o < outs; ++o) {
            int const plan = pick(0, 5);
            bias.push_back(plan == 2 ? -200000 : pick(-3000, 3000));
            if (plan == 1 && o > 0) bias.back() = bias[static_cast<std::size_t>(o) - 1];
            for (int i = 0; i < per_out; ++i) {
                auto& weight = weights[static_cast<std::size_t>(o * step_out + i * step)];
                weight = static_cast<std::int8_t>(plan == 0 ? 0 : pick(0, 4) == 0 ? 0 : pick(-90, 90));
                if (plan == 1 && o > 0) weight = weights[static_cast<std::size_t>((o - 1) * step_out + i * step)];
            }
        }
    }

    quantisation scales(int count, int axis) {
        if (pick(0, 2) == 0) return {{0.004F}, {0}, 0};
        // Few distinct ones, so that channels can be equal.
        quantisation made{{}, {}, axis};
        for (int o = 0; o < count; ++o) made.scale.push_back(o % 4 == 3 ? 0.003F : 0.005F);
        made.zero_point.assign(made.scale.size(), 0);
        return made;
    }

    int convolve(int in) {
        auto const options = window();
        inlay::shape const filter{pick(1, 6), pick(1, 3), pick(1, 3), shape_of(in).c()};
        auto const out = make_conv2d_geometry(shape_of(in), filter, options).out;
        if (out.size() == 0) return pool(in);
        std::vector<std::int8_t> weights;
        std::vector<std::int32_t> bias;
        int const per_out = filter.h() * filter.w() * filter.c();
        fill(weights, bias, filter.n(), per_out, per_out, 1);
        int const w = net_.constant(element_type::int8, filter, weights, scales(filter.n(), 0));
        std::vector<int> inputs{in, w};
        if (often()) inputs.push_back(net_.constant(element_type::int32, inlay::shape{filter.n()}, bias));
        return net_.operate("CONV_2D", options, inputs, net_.tensor(element_type::int8, out, some_affine()));
    }

    int convolve_depthwise(int in) {
        auto const from = window();
        depthwise_conv2d_options const options{from.stride_h, from.stride_w, 1, from.dilation_w, from.padding, from.activation, {}};
        int const outs = shape_of(in).c() * pick(1, 2);
        inlay::shape const filter{1, pick(1, 3), pick(1, 3), outs};
        auto const out = make_depthwise_conv2d_geometry(shape_of(in), filter, options).out;
        if (out.size() == 0) return pool(in);
        std::vector<std::int8_t> weights;
        std::vector<std::int32_t> bias;
        fill(weights, bias, outs, filter.h() * filter.w(), 1, outs);
        int const w = net_.constant(element_type::int8, filter, weights, scales(outs, 3));
        int const b = net_.constant(element_type::int32, inlay::shape{outs}, bias);
        return net_.operate("DEPTHWISE_CONV_2D", options, {in, w, b}, net_.tensor(element_type::int8, out, some_affine()));
    }

    affine quantisation_of(int t) { return net_.model.tensors[static_cast<std::size_t>(t)].activation_quantisation(); }

    int pool(int in) {
        pool2d_options const options{.filter_h = pick(1, 2), .filter_w = pick(1, 2), .padding = padding::same};
        return net_.operate(pick(0, 1) == 0 ? "MAX_POOL_2D" : "AVERAGE_POOL_2D", options, {in},
                            net_.tensor(element_type::int8, shape_of(in), quantisation_of(in)));
    }

    int pad(int in) {
        int const top = pick(0, 2);
        int const left = pick(0, 2);
        auto out = shape_of(in);
        out[1] += top + 1;
        out[2] += left;
        int const list = net_.constant<std::int32_t>(element_type::int32, {4, 2}, {0, 0, top, 1, left, 0, 0, 0});
        return net_.operate("PAD", pad_options{}, {in, list}, net_.tensor(element_type::int8, out, quantisation_of(in)));
    }

    /// ADD, SUB or MUL of the image and another of its shape, itself, or a constant for each channel.
    int combine(int in, std::vector<int> const& images) {
        char const* const kinds[] = {"ADD", "SUB", "MUL"};
        int other = in;
        for (int const t : images) {
            if (shape_of(t) == shape_of(in) && often()) other = t;
        }
        if (pick(0, 2) == 0) {
            std::vector<std::int8_t> values;
            for (int c = 0; c < shape_of(in).c(); ++c) values.push_back(static_cast<std::int8_t>(pick(-50, 50)));
            other = net_.constant(element_type::int8, inlay::shape{shape_of(in).c()}, values, {{0.03F}, {2}, 0});
        }
        return net_.operate(kinds[pick(0, 2)], elementwise_options{}, {in, other}, net_.tensor(element_type::int8, shape_of(in), {0.12F, pick(-9, 9)}));
    }

    int concatenate(int in, std::vector<int> const& images) {
        std::vector<int> inputs{in};
        auto out = shape_of(in);
        for (int const t : images) {
            bool const fits = shape_of(t).h() == out.h() && shape_of(t).w() == out.w() && quantisation_of(t) == quantisation_of(in);
            if (t != in && fits) inputs.push_back(t), out[3] += shape_of(t).c();
        }
        return net_.operate("CONCATENATION", concatenation_options{.axis = 3}, inputs, net_.tensor(element_type::int8, out, quantisation_of(in)));
    }

    int activate(int in) {
        bool const rescales = pick(0, 1) == 0;
        return net_.operate(pick(0, 1) == 0 ? "RELU" : "QUANTIZE", unary_options{}, {in},
                            net_.tensor(element_type::int8, shape_of(in), rescales ? some_affine() : quantisation_of(in)));
    }

    int layer(std::vector<int> const& images) {
        int const in = images.back();
        switch (pick(0, 9)) {
            case 0: return pool(in);
            case 1: return pad(in);
            case 2: return combine(in, images);
            case 3: return concatenate(in, images);
            case 4: return activate(in);
            case 5:
            case 6: return convolve_depthwise(in);
            default: return convolve(in);
        }
    }

    int classify(int in) {
        int const elements = shape_of(in).size();
        int const flat = net_.operate("RESHAPE", reshape_options{{1, elements}}, {in}, net_.tensor(element_type::int8, {1, elements}, quantisation_of(in)));
        int const units = pick(1, 5);
        std::vector<std::int8_t> weights;
        std::vector<std::int32_t> bias;
        fill(weights, bias, units, elements, elements, 1);
        int const w = net_.constant(element_type::int8, {units, elements}, weights, scales(units, 0));
        int const b = net_.constant(element_type::int32, inlay::shape{units}, bias);
        return net_.operate("FULLY_CONNECTED", fully_connected_options{}, {flat, w, b}, net_.tensor(element_type::int8, {1, units}, some_affine()));
    }

    network net_;
    std::mt19937 random_;
};

TEST_CASE("shrink: 500 random networks with something to take out") {
    int smaller = 0;
    for (unsigned seed = 0; seed < 500; ++seed) {
        CAPTURE(seed);
        auto const model = random_network{seed}.make();
        graph small = model;
        shrink(small);
        auto const difference = proof{model, sample_inputs(model, 2, seed)}.first_difference_of(small, 0);
        REQUIRE_MESSAGE(!difference, difference.value_or(""));
        CHECK(count_weight_bytes(small) <= count_weight_bytes(model));
        CHECK(count_macs(small) <= count_macs(model));
        smaller += count_weight_bytes(small) < count_weight_bytes(model) ? 1 : 0;

        graph again = small;
        shrink(again);
        CHECK(count_weight_bytes(again) == count_weight_bytes(small));
    }
    MESSAGE(smaller, " of 500 have fewer weights");
    CHECK(smaller > 250);
}

}  // namespace
}  // namespace inlay::tool
