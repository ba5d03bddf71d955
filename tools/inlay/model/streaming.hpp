// SPDX-License-Identifier: MIT
//
// Groups of layers that are computed together, a few pixels at a time; see inlay/graph/streamed.hpp.
#pragma once

#include "model/graph.hpp"
#include "model/plan.hpp"

#include <inlay/graph/stream_plan.hpp>

#include <span>
#include <string>
#include <vector>

namespace inlay::tool {

/// Bytes of a group's scratch, from its start.
struct kept_part {
    enum class what { pixels, sums, kernel } is;
    int tensor;  ///< whose pixels or sums they are; -1: room for kernels
    int offset;
    int bytes;
};

/// A group's stages, the image first, and what it needs. It is what the header computes again.
struct stream_plan {
    std::vector<streaming::stage> stages;
    int distance = 0;  ///< see forward_overlap
    std::vector<kept_part> kept;  ///< what is kept of each stage's result, then the sums, then room for kernels
    int kept_bytes = 0;
};

/// The plan of layers that read one image. They can be streamed.
///   is_fed   the image's rows come one by one, and a part of them is kept, too
stream_plan plan_stream(graph const& model, std::span<operation const> layers, bool is_fed);

/// Whether a group reads the input that is fed.
bool reads_fed(graph const& model, operation const& group);

/// "3 rows kept"
std::string kept_text(streaming::stage const& stage);

/// Puts layers into groups where the arena becomes smaller by it, if the memory is planned for few bytes, or if the rows of the
/// input are to be fed: such a model begins with a group.
void stream_layers(graph& model, memory_mode mode, bool is_fed);

/// Layers of a model, those in groups one by one.
int count_layers(graph const& model);

/// Calls visit(operation) for each operation, those in groups one by one.
template <class Visit>
void for_each_layer(graph const& model, Visit visit) {
    for (auto const& op : model.operations) {
        if (op.layers.empty()) visit(op);
        for (auto const& each : op.layers) visit(each);
    }
}

}  // namespace inlay::tool
