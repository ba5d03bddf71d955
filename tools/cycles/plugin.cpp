// SPDX-License-Identifier: MIT
// A plugin of QEMU that adds up how long a core would take, and writes the sum each time the program comes to a place.
//
//   qemu-system-arm ... -plugin libinlay_cycles.so,core=cortex-m4,reading=0x1234,out=FILE[,wait_states=N,width=BITS,
//       code_cache=BYTES,data_cache=BYTES]
//
// A line of FILE is one reading: instructions and cycles since the start. Not under -icount, which runs some blocks twice.
#include <charconv>
#include <cstdio>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "flash.hpp"
#include "instruction.hpp"
#include "qemu_plugin.hpp"
#include "timing.hpp"

namespace inlay::cycles {
namespace {

/// Instructions that run one after the other, and how long: all but what depends on how control came there.
struct block {
    instruction first{};
    instruction last{};
    std::uint32_t end = 0;  // the address behind it
    std::uint64_t instructions = 0;
    std::uint64_t cycles = 0;
    bool is_reading = false;

    struct step {
        std::uint32_t address;
        std::uint8_t size;
        std::uint8_t cycles;
    };
    std::vector<step> steps{};  // where the flash waits
};

struct settings {
    core const* on = nullptr;
    std::uint64_t reading = 0;
    std::string out{};
    flash_settings flash{};
};

class watch {
public:
    explicit watch(settings const& chosen)
        : chosen_{chosen}, flash_{chosen.flash}, out_{std::fopen(chosen.out.c_str(), "w")} {}

    bool is_open() const { return out_ != nullptr; }

    void translate(qemu_plugin_tb* translated) {
        auto& made = blocks_.emplace_back();
        int predicated = 0;
        std::optional<instruction> before;
        auto const count = qemu_plugin_tb_n_insns(translated);
        for (std::size_t k = 0; k < count; ++k) {
            auto* const read = qemu_plugin_tb_get_insn(translated, k);
            auto const address = static_cast<std::uint32_t>(qemu_plugin_insn_vaddr(read));
            auto const* const bytes = static_cast<std::uint8_t const*>(qemu_plugin_insn_data(read));
            auto [what, predicates] = decoder_.decode(address, {bytes, qemu_plugin_insn_size(read)});
            what.is_predicated = predicated > 0;
            predicated = predicates > 0 ? predicates : std::max(predicated - 1, 0);
            auto const cycles = static_cast<unsigned>(cycles_of(*chosen_.on, what, before ? &*before : nullptr));
            made.cycles += cycles;
            made.instructions += 1;
            if (what.is_predicated && what.is_memory() && per_access(what) != 0) {
                qemu_plugin_register_vcpu_mem_inline(read, on_access, add_to_counter, &cycles_, static_cast<std::uint64_t>(per_access(what)));
            }
            if (flash_.waits()) {
                made.steps.push_back({address, what.size, static_cast<std::uint8_t>(cycles)});
                if (what.is_load()) qemu_plugin_register_vcpu_mem_cb(read, read_memory, no_registers, on_access, this);
            }
            if (k == 0) {
                made.first = what;
                made.is_reading = address == chosen_.reading;
            }
            made.last = what;
            made.end = address + what.size;
            before = what;
        }
        qemu_plugin_register_vcpu_tb_exec_cb(translated, execute_block, no_registers, new_visit(made));
    }

private:
    struct visit {
        watch* of;
        block const* to;
    };

    visit* new_visit(block const& to) { return &visits_.emplace_back(visit{this, &to}); }

    static void execute_block(unsigned, void* data) {
        auto const& [of, to] = *static_cast<visit const*>(data);
        of->execute(*to);
    }

    static void read_memory(unsigned, std::uint32_t, std::uint64_t address, void* data) {
        auto& self = *static_cast<watch*>(data);
        self.cycles_ += self.flash_.read(static_cast<std::uint32_t>(address));
    }

    void execute(block const& to) {
        if (previous_ != nullptr) {
            if (to.first.address != previous_->end) {  // a branch that was taken
                cycles_ += static_cast<std::uint64_t>(refill(*chosen_.on, previous_->last, to.first));
            } else if (!previous_->last.is_branch()) {  // one block that QEMU divided
                cycles_ += static_cast<std::uint64_t>(cycles_of(*chosen_.on, to.first, &previous_->last));
                cycles_ -= static_cast<std::uint64_t>(cycles_of(*chosen_.on, to.first, nullptr));
            }
        }
        if (to.is_reading) {
            std::fprintf(out_, "%llu %llu\n", static_cast<unsigned long long>(instructions_), static_cast<unsigned long long>(cycles_));
            std::fflush(out_);
        }
        instructions_ += to.instructions;
        cycles_ += to.cycles;
        for (auto const& step : to.steps) {
            cycles_ += flash_.execute(step.address, step.size, step.cycles);
        }
        previous_ = &to;
    }

    settings chosen_;
    decoder decoder_{};
    flash flash_;
    std::FILE* out_;
    std::deque<block> blocks_{};    // QEMU keeps pointers to them
    std::deque<visit> visits_{};
    block const* previous_ = nullptr;
    std::uint64_t instructions_ = 0;
    std::uint64_t cycles_ = 0;
};

bool read_number(std::string_view text, auto& to) {
    int const base = text.starts_with("0x") ? 16 : 10;
    if (base == 16) text.remove_prefix(2);
    auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), to, base);
    return problem == std::errc{} && end == text.data() + text.size();
}

bool read_setting(std::string_view name, std::string_view value, settings& to) {
    if (name == "core") return (to.on = find_core(value)) != nullptr;
    if (name == "reading") return read_number(value, to.reading);
    if (name == "out") return to.out = value, true;
    if (name == "wait_states") return read_number(value, to.flash.wait_states);
    if (name == "width") return read_number(value, to.flash.width) && to.flash.width >= 16;
    if (name == "code_cache") return read_number(value, to.flash.code_cache);
    if (name == "data_cache") return read_number(value, to.flash.data_cache);
    return false;
}

}  // namespace
}  // namespace inlay::cycles

#define INLAY_EXPORT extern "C" [[gnu::visibility("default")]]

INLAY_EXPORT int qemu_plugin_version;
int qemu_plugin_version = 1;

INLAY_EXPORT int qemu_plugin_install(qemu_plugin_id_t id, qemu_info_t const*, int count, char** texts) {
    using namespace inlay::cycles;
    settings chosen;
    for (int k = 0; k < count; ++k) {
        std::string_view const text{texts[k]};
        auto const end_of_name = text.find('=');
        if (end_of_name != text.npos && read_setting(text.substr(0, end_of_name), text.substr(end_of_name + 1), chosen)) continue;
        std::fprintf(stderr, "inlay_cycles: %s: there is no such setting, or not with this value\n", texts[k]);
        return 1;
    }
    if (chosen.on == nullptr || chosen.out.empty()) {
        std::fprintf(stderr, "inlay_cycles: core= and out= must be given\n");
        return 1;
    }
    static std::unique_ptr<watch> the_watch;  // a callback of translation gets no data
    the_watch = std::make_unique<watch>(chosen);
    if (!the_watch->is_open()) {
        std::fprintf(stderr, "inlay_cycles: %s cannot be written\n", chosen.out.c_str());
        return 1;
    }
    qemu_plugin_register_vcpu_tb_trans_cb(id, [](qemu_plugin_id_t, qemu_plugin_tb* translated) { the_watch->translate(translated); });
    return 0;
}
