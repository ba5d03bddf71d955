// SPDX-License-Identifier: MIT
#include "passes/edit.hpp"
#include "passes/filter_channels.hpp"
#include "passes/passes.hpp"
#include "passes/window.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <numeric>

namespace inlay::tool {
namespace {

/// From the first tap that touches the image in some position to the last; one tap at least.
tap_run touching(std::vector<tap_run> const& runs) {
    tap_run all{0, 0};
    for (auto const& run : runs) {
        if (run.first == run.end) continue;
        all = all.first == all.end ? run : tap_run{std::min(all.first, run.first), std::max(all.end, run.end)};
    }
    return all.first == all.end ? tap_run{0, 1} : all;
}

std::vector<int> indices(tap_run const& run) {
    std::vector<int> taps(static_cast<std::size_t>(run.end - run.first));
    std::iota(taps.begin(), taps.end(), run.first);
    return taps;
}

}  // namespace

void trim_filters(graph& model, change_log& log) {
    for (auto& op : model.operations) {
        auto const window = window_of(model, op);
        if (!window) continue;
        auto const& w = *window;
        auto const rows = touching(tap_runs(w.out_h, w.in_h, w.filter_h, w.stride_h, w.dilation_h, w.pad_top));
        auto const columns = touching(tap_runs(w.out_w, w.in_w, w.filter_w, w.stride_w, w.dilation_w, w.pad_left));
        image_window cut = w;
        cut.filter_h = rows.end - rows.first;
        cut.filter_w = columns.end - columns.first;
        if (cut.filter_h == w.filter_h && cut.filter_w == w.filter_w) continue;
        cut.pad_top -= rows.first * w.dilation_h;
        cut.pad_left -= columns.first * w.dilation_w;
        auto const padding = padding_for(cut);
        if (!padding) continue;
        auto& filter = own_constant(model, op, 1);
        slice_constant(filter, 1, indices(rows));
        slice_constant(filter, 2, indices(columns));
        set_padding(op, *padding);
        log.push_back({op.location, fmt::format("{}x{} taps touch the image, of {}x{}", cut.filter_h, cut.filter_w, w.filter_h, w.filter_w)});
    }
    remove_unused(model);
}

}  // namespace inlay::tool
