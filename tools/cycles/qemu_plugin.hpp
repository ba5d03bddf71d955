// SPDX-License-Identifier: MIT
/// What is used here of the interface that QEMU gives to its TCG plugins (version 1, QEMU 4.2 to 8.2). No package of Debian 12
/// has QEMU's own header, and the functions are QEMU's, which loads the plugin.
///   source  QEMU, "QEMU TCG Plugins", docs/devel/tcg-plugins
#pragma once
#include <cstddef>
#include <cstdint>

extern "C" {

using qemu_plugin_id_t = std::uint64_t;
struct qemu_plugin_tb;    // a translated block: instructions that run one after the other
struct qemu_plugin_insn;
struct qemu_info_t;

void qemu_plugin_register_vcpu_tb_trans_cb(qemu_plugin_id_t, void (*translated)(qemu_plugin_id_t, qemu_plugin_tb*));
void qemu_plugin_register_vcpu_tb_exec_cb(qemu_plugin_tb*, void (*executed)(unsigned cpu, void* data), int registers, void* data);
void qemu_plugin_register_vcpu_mem_cb(qemu_plugin_insn*,
                                      void (*accessed)(unsigned cpu, std::uint32_t kind, std::uint64_t address, void* data),
                                      int registers, int direction, void* data);
void qemu_plugin_register_vcpu_mem_inline(qemu_plugin_insn*, int direction, int operation, void* counter, std::uint64_t step);
std::size_t qemu_plugin_tb_n_insns(qemu_plugin_tb const*);
qemu_plugin_insn* qemu_plugin_tb_get_insn(qemu_plugin_tb const*, std::size_t index);
std::uint64_t qemu_plugin_insn_vaddr(qemu_plugin_insn const*);
std::size_t qemu_plugin_insn_size(qemu_plugin_insn const*);
void const* qemu_plugin_insn_data(qemu_plugin_insn const*);

}  // extern "C"

namespace inlay::cycles {

inline constexpr int no_registers = 0;  // a callback that looks at none of the core's registers
inline constexpr int on_access = 3;  // QEMU 7.2 calls nobody who asks for reads alone
inline constexpr int add_to_counter = 0;

}  // namespace inlay::cycles
