/// Optionals and records: plain structs.
#include "codegen/handlers.h"

namespace pflow::codegen {
namespace {

/// A part of a borrowed value, as a value of its own.
void define_part(FunctionEmitter& f, const ir::Op& op, unsigned field) {
  llvm::Value* part = f.b.CreateExtractValue(f.operand(op, 0), field);
  f.module.ownership.retain(f.b, part, f.type(op.result));
  f.define(op, part);
}

}  // namespace

void emit_OptNone(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, llvm::Constant::getNullValue(f.module.layout.of(f.type(op.result))));
}

void emit_OptSome(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* made = llvm::PoisonValue::get(f.module.layout.of(f.type(op.result)));
  made = f.b.CreateInsertValue(made, f.operand(op, 0), 0);
  f.define(op, f.b.CreateInsertValue(made, f.b.getTrue(), 1));
}

void emit_OptHas(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.b.CreateExtractValue(f.operand(op, 0), 1));
}

void emit_OptGet(FunctionEmitter& f, const ir::Op& op) { define_part(f, op, 0); }

void emit_RecordMake(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* made = llvm::PoisonValue::get(f.module.layout.of(f.type(op.result)));
  for (unsigned i = 0; i < op.operands.size(); ++i)
    made = f.b.CreateInsertValue(made, f.operand(op, i), i);
  f.define(op, made);
}

void emit_RecordGet(FunctionEmitter& f, const ir::Op& op) {
  define_part(f, op, static_cast<unsigned>(op.integer));
}

}  // namespace pflow::codegen
