// SPDX-License-Identifier: MIT
#pragma once

#include <inlay/core/scheme.hpp>

namespace inlay {

/// What a kernel with weights reads besides its image: pointers to the constant tables, and the layer's quantisation.
///   bias   one for each output channel, with -input_zero_point * (the sum of the channel's filter) folded in
template <quantisation_scheme Scheme>
struct filter_bank {
    typename Scheme::weight const* filter;
    typename Scheme::bias const* bias;
    typename Scheme::rescale const* rescale;
    int input_zero_point;
    typename Scheme::output output;
};

}  // namespace inlay
