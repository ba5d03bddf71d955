// SPDX-License-Identifier: MIT
#include <capstone/capstone.h>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "instruction.hpp"

namespace inlay::cycles {
namespace {

constexpr register_set bit(int number) { return register_set{1} << number; }
constexpr register_set pc = bit(15);

/// The library's registers as ours; what is neither a core register nor of the floating-point unit is none.
register_set registers(int of_library) {
    if (of_library >= ARM_REG_R0 && of_library <= ARM_REG_R12) return bit(of_library - ARM_REG_R0);
    if (of_library >= ARM_REG_S0 && of_library <= ARM_REG_S31) return bit(16 + of_library - ARM_REG_S0);
    if (of_library >= ARM_REG_D0 && of_library <= ARM_REG_D15) return bit(16 + 2 * (of_library - ARM_REG_D0)) * 3;
    if (of_library == ARM_REG_SP) return bit(13);
    if (of_library == ARM_REG_LR) return bit(14);
    if (of_library == ARM_REG_PC) return pc;
    return 0;
}

bool is_core_register(register_set one) { return (one & 0xFFFF) != 0; }

std::uint8_t count(register_set of) { return static_cast<std::uint8_t>(__builtin_popcountll(of)); }

kind float_move_kind(cs_arm const& details) {
    int core = 0;
    for (int k = 0; k < details.op_count; ++k) {
        if (details.operands[k].type == ARM_OP_REG) core += is_core_register(registers(details.operands[k].reg));
    }
    return core >= 2 ? kind::float_move_two : kind::float_move;
}

kind kind_of(unsigned id, cs_arm const& details) {
    auto const has_index = [&] {
        for (int k = 0; k < details.op_count; ++k) {
            if (details.operands[k].type == ARM_OP_MEM) return details.operands[k].mem.index != ARM_REG_INVALID;
        }
        return false;
    };
    switch (id) {
        case ARM_INS_LDR: case ARM_INS_LDRB: case ARM_INS_LDRH: case ARM_INS_LDRSB: case ARM_INS_LDRSH:
        case ARM_INS_LDRT: case ARM_INS_LDRBT: case ARM_INS_LDRHT: case ARM_INS_LDRSBT: case ARM_INS_LDRSHT:
        case ARM_INS_LDREX: case ARM_INS_LDREXB: case ARM_INS_LDREXH:
        case ARM_INS_STREX: case ARM_INS_STREXB: case ARM_INS_STREXH: return kind::load;
        case ARM_INS_STR: case ARM_INS_STRB: case ARM_INS_STRH:
        case ARM_INS_STRT: case ARM_INS_STRBT: case ARM_INS_STRHT: return has_index() ? kind::store_register : kind::store_immediate;
        case ARM_INS_LDM: case ARM_INS_LDMDB: case ARM_INS_POP: case ARM_INS_LDRD: case ARM_INS_VLDMIA: case ARM_INS_VLDMDB:
        case ARM_INS_VPOP: return kind::load_multiple;
        case ARM_INS_STM: case ARM_INS_STMDB: case ARM_INS_PUSH: case ARM_INS_STRD: case ARM_INS_VSTMIA: case ARM_INS_VSTMDB:
        case ARM_INS_VPUSH: return kind::store_multiple;
        case ARM_INS_VLDR: return kind::load_float;
        case ARM_INS_VSTR: return kind::store_float;
        case ARM_INS_MLA: case ARM_INS_MLS: return kind::multiply_add;
        case ARM_INS_SMULL: case ARM_INS_UMULL: return kind::multiply_long;
        case ARM_INS_SMLAL: case ARM_INS_UMLAL: case ARM_INS_UMAAL: return kind::multiply_add_long;
        case ARM_INS_MUL: return kind::multiply;
        case ARM_INS_SDIV: case ARM_INS_UDIV: return kind::divide;
        case ARM_INS_MRS: case ARM_INS_MSR: case ARM_INS_DMB: case ARM_INS_DSB: case ARM_INS_ISB: return kind::special;
        case ARM_INS_IT: return kind::if_then;
        case ARM_INS_TBB: case ARM_INS_TBH: return kind::table_branch;
        case ARM_INS_B: case ARM_INS_CBZ: case ARM_INS_CBNZ: return kind::branch;
        case ARM_INS_BL: return kind::branch_link;
        case ARM_INS_BX: case ARM_INS_BLX: return kind::branch_register;
        case ARM_INS_VADD: case ARM_INS_VSUB: case ARM_INS_VMUL: case ARM_INS_VNMUL: case ARM_INS_VCVT: case ARM_INS_VCVTR:
        case ARM_INS_VCVTB: case ARM_INS_VCVTT: return kind::float_fast;
        case ARM_INS_VMLA: case ARM_INS_VMLS: case ARM_INS_VNMLA: case ARM_INS_VNMLS: case ARM_INS_VFMA: case ARM_INS_VFMS:
        case ARM_INS_VFNMA: case ARM_INS_VFNMS: return kind::float_multiply_add;
        case ARM_INS_VDIV: case ARM_INS_VSQRT: return kind::float_divide;
        case ARM_INS_VMOV: return float_move_kind(details);
        case ARM_INS_VABS: case ARM_INS_VNEG: case ARM_INS_VCMP: case ARM_INS_VCMPE: case ARM_INS_VMRS: case ARM_INS_VMSR:
            return kind::float_move;
        default: return kind::other;
    }
}

/// The registers that a load or store of one or more moves, and those that make its address.
void set_memory(instruction& to, unsigned id, cs_arm const& details) {
    register_set moved = 0;
    bool const has_base = id != ARM_INS_POP && id != ARM_INS_PUSH && id != ARM_INS_VPOP && id != ARM_INS_VPUSH;
    bool has_memory_operand = false;
    for (int k = 0; k < details.op_count; ++k) {
        auto const& operand = details.operands[k];
        if (operand.type == ARM_OP_MEM) {
            to.addresses |= registers(operand.mem.base) | registers(operand.mem.index);
            has_memory_operand = true;
        } else if (operand.type == ARM_OP_REG && !has_memory_operand) {  // after it stands what is added to the base
            moved |= registers(operand.reg);
        }
    }
    if (!has_memory_operand && has_base) {  // LDM, STM: the base stands first, and may be loaded, too
        auto const base = registers(details.operands[0].reg);
        moved = 0;
        for (int k = 1; k < details.op_count; ++k) moved |= registers(details.operands[k].reg);
        to.addresses |= base;
    }
    if (!has_base) to.addresses |= bit(13);
    to.words = count(moved);
    // A base that is written back is there at once, and no result.
    to.writes = to.is_load() ? moved : 0;
    to.loads_pc = (to.writes & pc) != 0;
}

}  // namespace

decoder::decoder() {
    if (cs_open(CS_ARCH_ARM, static_cast<cs_mode>(CS_MODE_THUMB | CS_MODE_MCLASS), &handle_) != CS_ERR_OK) {
        std::fprintf(stderr, "inlay_cycles: capstone was built without the Arm architecture\n");
        std::exit(1);
    }
    cs_option(handle_, CS_OPT_DETAIL, CS_OPT_ON);
}

decoder::~decoder() { cs_close(&handle_); }

decoder::result decoder::decode(std::uint32_t address, std::span<std::uint8_t const> bytes) const {
    result found{.what = {.address = address, .size = static_cast<std::uint8_t>(bytes.size())}};
    auto& what = found.what;
    cs_insn* read = nullptr;
    if (cs_disasm(handle_, bytes.data(), bytes.size(), address, 1, &read) != 1) return found;
    auto const& details = read->detail->arm;
    what.what = kind_of(read->id, details);

    cs_regs reads, writes;
    std::uint8_t number_read = 0, number_written = 0;
    cs_regs_access(handle_, read, reads, &number_read, writes, &number_written);
    for (int k = 0; k < number_read; ++k) what.reads |= registers(reads[k]);
    for (int k = 0; k < number_written; ++k) what.writes |= registers(writes[k]);

    if (what.is_memory()) {
        set_memory(what, read->id, details);
    } else if (what.what == kind::float_multiply_add) {
        what.addend = registers(details.operands[0].reg);
    } else if (what.what == kind::if_then) {
        // The mask's lowest set bit ends the block.
        found.predicates = 4 - __builtin_ctz(bytes[0] | 0x10U);
    } else if ((what.what == kind::other || what.what == kind::special) && (what.writes & pc) != 0) {
        what.what = kind::branch_register;
    }
    cs_free(read, 1);
    return found;
}

}  // namespace inlay::cycles
