/// Ops whose value stands in the op, and the slots.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"

namespace pflow::codegen {

void emit_ConstInt(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.module.constants.i64(op.integer));
}

void emit_ConstDuration(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.module.constants.i64(op.integer));
}

void emit_ConstFloat(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, llvm::ConstantFP::get(f.module.types.f64, op.floating));
}

void emit_ConstBool(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.module.constants.i1(op.integer != 0));
}

void emit_ConstText(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.module.constants.str(op.text));
}

void emit_ConstTool(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.module.tool(static_cast<size_t>(op.integer)));
}

void emit_Zero(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, llvm::Constant::getNullValue(f.module.layout.of(f.type(op.result))));
}

void emit_SlotLoad(FunctionEmitter& f, const ir::Op& op) {
  llvm::Type* type = f.module.layout.of(f.source.slots[op.slot.index].type);
  f.define(op, f.b.CreateLoad(type, f.slot(op.slot)));
}

void emit_SlotTake(FunctionEmitter& f, const ir::Op& op) {
  emit_SlotLoad(f, op);
  f.set_slot(op.slot, llvm::Constant::getNullValue(f.value(op.result)->getType()));
}

void emit_SlotStore(FunctionEmitter& f, const ir::Op& op) { f.set_slot(op.slot, f.operand(op, 0)); }

void emit_SlotDrop(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId held = f.source.slots[op.slot.index].type;
  llvm::Type* type = f.module.layout.of(held);
  f.module.ownership.release(f.b, f.b.CreateLoad(type, f.slot(op.slot)), held);
  f.set_slot(op.slot, llvm::Constant::getNullValue(type));
}

void emit_Retain(FunctionEmitter& f, const ir::Op& op) {
  f.module.ownership.retain(f.b, f.operand(op, 0), f.operand_type(op, 0));
  f.define(op, f.operand(op, 0));
}

void emit_Drop(FunctionEmitter& f, const ir::Op& op) {
  f.module.ownership.release(f.b, f.operand(op, 0), f.operand_type(op, 0));
}

void emit_Cast(FunctionEmitter& f, const ir::Op& op) { f.define(op, f.operand(op, 0)); }

}  // namespace pflow::codegen
