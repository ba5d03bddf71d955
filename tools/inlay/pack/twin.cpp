// SPDX-License-Identifier: MIT
//
// Weights for the kernels with two pixels in a word, which Armv7-M and Armv6-M share.
#include "pack/packing.hpp"

#include <inlay/kernels/armv7m/channel.hpp>
#include <inlay/kernels/conv2d_channels.hpp>
#include <inlay/kernels/depthwise_channels.hpp>
#include <inlay/kernels/thumb1/channel.hpp>
#include <inlay/kernels/twin/conv2d_choice.hpp>
#include <inlay/kernels/twin/depthwise_choice.hpp>
#include <inlay/kernels/twin/fully_connected_choice.hpp>

#include <algorithm>
#include <fmt/format.h>
#include <limits>

namespace inlay::tool {
namespace {

std::string line(twin::channel<isa::armv7m> const& channel) {
    return fmt::format("{}, {}, {}, {}, {}", number_text(channel.start), number_text(channel.multiplier), number_text(channel.half_offset), channel.shift,
                       channel.extras_end);
}

std::string line(twin::channel<isa::thumb1> const& channel) {
    return fmt::format("{}, {}U, {}U, {}U, {}, {}, {}", number_text(channel.start), channel.range, channel.slope, channel.offset, number_text(channel.split),
                       channel.shift, channel.extras_end);
}

std::string line(twin::extra_tap const& extra) { return fmt::format("{}, {}", extra.word, extra.weight); }

std::string line(twin::extra_column const& extra) {
    return fmt::format("{}, {{{}, {}, {}}}", extra.column, extra.weights[0], extra.weights[1], extra.weights[2]);
}

template <class T>
std::string lines(std::vector<T> const& elements) {
    return array_text(elements, [](auto const& each) { return line(each); });
}

/// How a filter is cut into chunks: so that the taps and those that are split off cost least.
struct chunking {
    int chunk = 0;  ///< none: too much would be split off
    int extras = 0;
};

/// `costs` are those of chunks of 2, 4, 8... taps; count_extras(chunk) is asked for what is split off.
template <std::size_t N, class Count>
chunking cheapest_chunks(int blocks, int taps, int const (&costs)[N], int extra_cost, Count count_extras) {
    chunking best;
    auto least = std::numeric_limits<std::int64_t>::max();
    for (std::size_t i = 0; i < N; ++i) {
        int const chunk = 2 << i;
        int const extras = count_extras(chunk);
        auto const cost = std::int64_t{blocks} * ((taps + chunk - 1) / chunk) * costs[i] + std::int64_t{extras} * extra_cost;
        if (cost >= least || extras > std::numeric_limits<std::uint16_t>::max()) continue;
        least = cost;
        best = {chunk, extras};
    }
    return best;
}

/// The members of weights in chunks, and the arguments that end their type.
template <class Isa>
packed_weights packed_chunks(kernel_choice kernel, std::string_view isa, int chunk, std::vector<std::int8_t> const& bytes,
                             std::vector<twin::channel<Isa>> const& constants, std::vector<twin::extra_tap> const& extras) {
    return {.kernel = kernel,
            .family = "twin::",
            .fields = {{"filter", literal_text(bytes)}, {"channels", lines(constants)}, {"extras", lines(extras)}},
            .arguments = fmt::format(", {}, {}, {}", isa, chunk, extras.size())};
}

/// Weights in blocks; nothing if the geometry or a proof fails. `isa` is the tag's name.
template <class Isa>
std::optional<packed_weights> pack_blocks(std::string_view isa, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (!twin::makes_blocks(g)) return {};
    int const taps = twin::taps_of(g);
    int const channels = g.out.c();
    std::optional<packed_weights> packed;
    with_int8_bank(filter, activation, [&](auto const& bank) {
        if (!twin::filter_fits<Isa>(channels, taps, bank)) return false;
        auto const [chunk, extra_count] = cheapest_chunks(channels, taps, twin::channel<Isa>::chunk_cost, twin::channel<Isa>::extra_cost, [&](int size) {
            return twin::count_extras<Isa>(channels, twin::tap_layout{taps, size}, bank);
        });
        if (chunk == 0) return false;
        twin::tap_layout const layout{taps, chunk};
        std::vector<std::int8_t> bytes(static_cast<std::size_t>(channels * layout.padded()));
        std::vector<twin::channel<Isa>> constants(static_cast<std::size_t>(channels));
        std::vector<twin::extra_tap> extras(static_cast<std::size_t>(std::max(extra_count, 1)));
        twin::pack<Isa>(channels, layout, bank, bytes.data(), constants.data(), extras.data());
        packed = packed_chunks(twin::block_convolution<Isa>(g, layout), isa, chunk, bytes, constants, extras);
        return true;
    });
    return packed;
}

/// The same for planes.
template <class Isa>
std::optional<packed_weights> pack_planes(std::string_view isa, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (!twin::makes_planes(g)) return {};
    std::optional<packed_weights> packed;
    with_int8_bank(filter, activation, [&](auto const& bank) {
        int const channels = g.out.c();
        if (!twin::planes_fit<Isa>(channels, bank)) return false;
        std::vector<std::int8_t> bytes(static_cast<std::size_t>(twin::plane_taps * channels));
        std::vector<twin::channel<Isa>> constants(static_cast<std::size_t>(channels));
        std::vector<twin::extra_column> extras(static_cast<std::size_t>(3 * channels));
        int const extra_count = twin::pack_planes<Isa>(channels, bank, bytes.data(), constants.data(), extras.data());
        extras.resize(static_cast<std::size_t>(std::max(extra_count, 1)));
        packed = packed_weights{.kernel = twin::plane_convolution<Isa>(g),
                                .family = "twin::",
                                .fields = {{"filter", literal_text(bytes)}, {"channels", lines(constants)}, {"extras", lines(extras)}},
                                .arguments = fmt::format(", {}, {}", isa, extras.size())};
        return true;
    });
    return packed;
}

/// Weights of which nothing lies in words, for windows of any kind; nothing if the proof fails.
template <class Isa>
std::optional<packed_weights> pack_channels(kernel_choice kernel, std::string_view isa, channels::weight_order const& order, filter_layer const& filter,
                                            activation_function activation) {
    std::optional<packed_weights> packed;
    with_int8_bank(filter, activation, [&](auto const& bank) {
        if (!channels::fits<Isa>(bank, order)) return false;
        std::vector<std::int8_t> bytes(static_cast<std::size_t>(order.taps * order.channels));
        std::vector<twin::channel<Isa>> constants(static_cast<std::size_t>(order.channels));
        channels::pack<Isa>(bank, order, bytes.data(), constants.data());
        packed = packed_weights{.kernel = kernel,
                                .family = "channels::",
                                .fields = {{"filter", literal_text(bytes)}, {"channels", lines(constants)}},
                                .arguments = fmt::format(", {}", isa)};
        return true;
    });
    return packed;
}

template <class Isa>
std::optional<packed_weights> pack_channels(std::string_view isa, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_channels<Isa>(channels::lane_convolution<Isa>(g), isa, {g.filter.h() * g.filter.w(), g.out.c(), true}, filter, activation);
}

template <class Isa>
std::optional<packed_weights> pack_channels(std::string_view isa, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    return pack_channels<Isa>(channels::filter_convolution<Isa>(), isa, {twin::taps_of(g), g.out.c(), false}, filter, activation);
}

/// The same for units.
template <class Isa>
std::optional<packed_weights> pack_units(std::string_view isa, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (!twin::makes_units(g)) return {};
    std::optional<packed_weights> packed;
    with_int8_bank(filter, activation, [&](auto const& bank) {
        if (!twin::filter_fits<Isa>(g.out, g.in, bank)) return false;
        int const blocks = (g.out + twin::block_units - 1) / twin::block_units;
        auto const [chunk, extra_count] = cheapest_chunks(blocks, g.in, twin::channel<Isa>::unit_chunk_cost, twin::channel<Isa>::unit_extra_cost, [&](int size) {
            return twin::count_unit_extras(g.out, twin::unit_layout{g.in, size}, bank);
        });
        if (chunk == 0) return false;
        twin::unit_layout const layout{g.in, chunk};
        std::vector<std::int8_t> bytes(static_cast<std::size_t>(layout.filter_bytes(g.out)));
        std::vector<twin::channel<Isa>> constants(static_cast<std::size_t>(g.out));
        std::vector<twin::extra_tap> extras(static_cast<std::size_t>(std::max(extra_count, 1)));
        twin::pack_units<Isa>(g.out, layout, bank, bytes.data(), constants.data(), extras.data());
        packed = packed_chunks(twin::unit_connection<Isa>(layout), isa, chunk, bytes, constants, extras);
        return true;
    });
    return packed;
}

}  // namespace

packed_weights pack(isa::armv7m, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (auto const packed = pack_blocks<isa::armv7m>("isa::armv7m", g, filter, activation)) return *packed;
    if (auto const packed = pack_channels<isa::armv7m>("isa::armv7m", g, filter, activation)) return *packed;
    return pack(isa::portable{}, g, filter, activation);
}

packed_weights pack(isa::armv7m, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (auto const packed = pack_planes<isa::armv7m>("isa::armv7m", g, filter, activation)) return *packed;
    if (auto const packed = pack_channels<isa::armv7m>("isa::armv7m", g, filter, activation)) return *packed;
    return pack(isa::portable{}, g, filter, activation);
}

packed_weights pack(isa::armv7m, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (auto const packed = pack_units<isa::armv7m>("isa::armv7m", g, filter, activation)) return *packed;
    return pack(isa::portable{}, g, filter, activation);
}

packed_weights pack(isa::thumb1, conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (auto const packed = pack_blocks<isa::thumb1>("isa::thumb1", g, filter, activation)) return *packed;
    if (auto const packed = pack_channels<isa::thumb1>("isa::thumb1", g, filter, activation)) return *packed;
    return pack(isa::portable{}, g, filter, activation);
}

packed_weights pack(isa::thumb1, depthwise_conv2d_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (auto const packed = pack_planes<isa::thumb1>("isa::thumb1", g, filter, activation)) return *packed;
    if (auto const packed = pack_channels<isa::thumb1>("isa::thumb1", g, filter, activation)) return *packed;
    return pack(isa::portable{}, g, filter, activation);
}

packed_weights pack(isa::thumb1, fully_connected_geometry const& g, filter_layer const& filter, activation_function activation) {
    if (auto const packed = pack_units<isa::thumb1>("isa::thumb1", g, filter, activation)) return *packed;
    return pack(isa::portable{}, g, filter, activation);
}

}  // namespace inlay::tool
