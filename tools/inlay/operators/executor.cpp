// SPDX-License-Identifier: MIT
#include "operators/executor.hpp"

#include "operators/operator.hpp"

#include <algorithm>

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
        run_operation(model_, op, memory_);
        if (observe) observe(op);
    }
}

void run_operation(graph const& model, operation const& op, std::vector<std::byte*> const& memory) {
    auto const& support = *find_operator(op.kind);
    if (support.is_alias) {
        auto const from = static_cast<std::size_t>(op.inputs[0]);
        auto const to = static_cast<std::size_t>(op.outputs[0]);
        std::copy_n(memory[from], model.tensors[to].bytes(), memory[to]);
    } else {
        support.evaluate(model, op, operands{op, memory});
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
