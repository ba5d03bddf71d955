// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/kernels/reduce.hpp>

#include <cstdint>

namespace inlay {
namespace portable {

/// The result for a sum of `count` numbers.
constexpr float reduced(float sum, int, float_reduction const& by) {
    return sum / by.divisor;
}
constexpr std::int8_t reduced(std::int32_t sum, int count, int8_reduction const& by) {
    return int8_per_tensor::requantise(sum - by.input_zero_point * count, &by.rescale, 0, by.output);
}

template <class T, class Geometry, class Reduction>
constexpr void sum_axes(Geometry const& geometry, T* out, T const* in, Reduction const& by) {
    reduce_geometry const& g = value_of(geometry);
    int const results = g.kept.size();
    int const count = g.reduced.size();
    bool const any = g.reduced.rank > 0;
    int const run = any ? g.reduced.extent[g.reduced.rank - 1] : 1;
    int const step = any ? g.reduced.stride[g.reduced.rank - 1] : 1;
    for (int result = 0; result < results; ++result) {
        T const* const first = in + g.kept.offset(result);
        typename scheme_of_element<T>::accumulator sum = 0;
        for (int done = 0; done < count; done += run) {
            T const* element = first + g.reduced.offset(done);
            for (int i = 0; i < run; ++i) sum += element[i * step];
        }
        out[result] = reduced(sum, count, by);
    }
}

}  // namespace portable

/// The results of sums over `count` pixels, one for each channel.
template <computed_element T, class Reduction>
constexpr void finish_reduction(isa::portable, int channels, T* out, typename scheme_of_element<T>::accumulator const* sums, int count,
                                Reduction const& by) {
    for (int c = 0; c < channels; ++c) out[c] = portable::reduced(sums[c], count, by);
}

/// Sums over axes, in the order of the elements, and scales the sums (a mean is a sum scaled by 1 / count).
template <computed_element T, class Reduction>
constexpr void reduce_sum(isa::portable, reduce_geometry const& geometry, T* out, T const* in, Reduction const& by) {
    portable::sum_axes<T>(geometry, out, in, by);
}

template <computed_element T, auto Geometry, class Reduction>
constexpr void reduce_sum(isa::portable, constant<Geometry, policy::speed> geometry, T* out, T const* in, Reduction const& by) {
    portable::sum_axes<T>(geometry, out, in, by);
}

}  // namespace inlay
