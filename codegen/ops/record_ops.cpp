/// Records: plain structs.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"

namespace pflow::codegen {
void emit_RecordMake(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* made = llvm::PoisonValue::get(f.module.layout.of(f.type(op.result)));
  for (unsigned i = 0; i < op.operands.size(); ++i)
    made = f.b.CreateInsertValue(made, f.operand(op, i), i);
  f.define(op, made);
}

void emit_RecordGet(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* field = f.b.CreateExtractValue(f.operand(op, 0), static_cast<unsigned>(op.integer));
  f.module.ownership.retain(f.b, field, f.type(op.result));
  f.define(op, field);
}

}  // namespace pflow::codegen
