// SPDX-License-Identifier: MIT
#include "operators/executor.hpp"

#include "operators/operator.hpp"

#include <algorithm>
#include <cstring>

namespace inlay::tool {
executor::executor(graph const& model) : model_{model}, storage_(model.tensors.size()), memory_(model.tensors.size()) {
    for (std::size_t t = 0; t < model.tensors.size(); ++t) {
        auto const& tensor = model.tensors[t];
        if (tensor.is_constant) {
            storage_[t] = tensor.data;
        } else {
            storage_[t].resize(tensor.bytes());
        }
        memory_[t] = storage_[t].data();
    }
    reset();
}

std::span<std::byte> executor::bytes(int tensor) { return storage_[static_cast<std::size_t>(tensor)]; }

void executor::run(observer const& observe) {
    for (auto const& op : model_.operations) {
        run_one(op);
        if (observe) observe(op);
    }
}

void executor::run_one(operation const& op) {
    auto const& support = *find_operator(op.kind);
    if (support.is_alias) {
        auto const from = bytes(op.inputs[0]);
        std::memcpy(bytes(op.outputs[0]).data(), from.data(), from.size());
    } else {
        support.evaluate(model_, op, operands{op, memory_});
    }
}

void executor::reset() {
    for (std::size_t t = 0; t < model_.tensors.size(); ++t) {
        auto const& tensor = model_.tensors[t];
        if (!tensor.is_variable) continue;
        int const zero_point = tensor.type == element_type::int8 ? tensor.activation_quantisation().zero_point : 0;
        std::ranges::fill(storage_[t], static_cast<std::byte>(zero_point));
    }
}

}  // namespace inlay::tool
