/// Values of sum types: the number of the variant and its record in a box.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"
#include "codegen/ops/optionals.h"

namespace pflow::codegen {
namespace {

llvm::Value* variant(FunctionEmitter& f, const ir::Op& op) {
  return f.b.CreateExtractValue(f.operand(op, 0), kSumVariant);
}

llvm::Value* box(FunctionEmitter& f, const ir::Op& op) {
  return f.b.CreateExtractValue(f.operand(op, 0), kSumBox);
}

llvm::Value* make_sum(FunctionEmitter& f, llvm::Value* variant, llvm::Value* box) {
  llvm::Value* made = llvm::PoisonValue::get(f.module.types.sum);
  made = f.b.CreateInsertValue(made, variant, kSumVariant);
  return f.b.CreateInsertValue(made, box, kSumBox);
}

}  // namespace

void emit_SumMake(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* boxed = make_box(f, f.operand_type(op, 0), f.operand(op, 0));
  f.define(op, make_sum(f, f.b.getInt64(static_cast<uint64_t>(op.integer)), boxed));
}

void emit_SumVariant(FunctionEmitter& f, const ir::Op& op) { f.define(op, variant(f, op)); }

void emit_SumGet(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* record = load_box(f, f.type(op.result), box(f, op));
  f.module.ownership.retain(f.b, record, f.type(op.result));
  f.define(op, record);
}

void emit_SumWiden(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* narrow = variant(f, op);
  llvm::Value* wide = narrow;
  for (size_t i = 0; i < op.integers.size(); ++i) {
    if (op.integers[i] == static_cast<int64_t>(i)) continue;
    wide = f.b.CreateSelect(f.b.CreateICmpEQ(narrow, f.b.getInt64(i)),
                            f.b.getInt64(static_cast<uint64_t>(op.integers[i])), wide);
  }
  f.module.ownership.retain(f.b, f.operand(op, 0), f.operand_type(op, 0));
  f.define(op, make_sum(f, wide, box(f, op)));
}

}  // namespace pflow::codegen
