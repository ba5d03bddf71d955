// SPDX-License-Identifier: MIT
// A network whose tensors lie in two regions and one table of weights in a section, where the linker script says, beside the
// same network in an engine. Exit status: how much came out wrong.
#include "digits.hpp"
#include "semihosting.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

extern "C" std::byte const itcm_begin[], itcm_end[], dtcm_begin[], dtcm_end[], psram_begin[], psram_end[];

namespace {

using namespace digits;

[[gnu::section(".bss.dtcm")]] constinit inlay::region_memory<dtcm, model> fast{};
[[gnu::section(".bss.psram")]] constinit inlay::region_memory<sram, model> large{};
constinit inlay::borrowing_engine<model> divided{fast, large};
constinit inlay::engine<model> whole{};

static_assert(sizeof(divided) == 2 * sizeof(void*));
static_assert(sizeof(fast) <= dtcm.bytes && sizeof(large) <= sram.bytes);

int failures = 0;

void judge(char const* what, bool holds) {
    semihosting::print(what);
    semihosting::print(holds ? "\n" : "  WRONG\n");
    if (!holds) ++failures;
}

bool lies_in(void const* object, std::byte const* begin, std::byte const* end) { return begin <= object && object < end; }

}  // namespace

int main() {
    judge("weights in their section", lies_in(&conv3_weights, itcm_begin, itcm_end));
    judge("other weights not", !lies_in(&conv1_weights, itcm_begin, itcm_end));
    judge("the fast region", lies_in(&fast, dtcm_begin, dtcm_end));
    judge("the slow region", lies_in(&large, psram_begin, psram_end));

    std::uint32_t random = 1;
    for (int i = 0; i < 3; ++i) {
        for (auto& each : whole.get<image>()) each = static_cast<std::int8_t>((random = random * 1664525 + 1013904223) >> 24);
        std::copy(whole.get<image>().begin(), whole.get<image>().end(), divided.get<image>().begin());
        whole.run();
        int in_fast = 0;
        int in_large = 0;
        divided.run([&]<class Node>(auto const& elements) {
            in_fast += lies_in(elements.data(), dtcm_begin, dtcm_end);
            in_large += lies_in(elements.data(), psram_begin, psram_end);
        });
        judge("tensors in both regions", in_fast > 0 && in_large > 0);
        judge("the same scores", std::equal(whole.get<scores>().begin(), whole.get<scores>().end(), divided.get<scores>().begin()));
    }
    return failures;
}
