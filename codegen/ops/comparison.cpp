/// Comparison of any type: numbers inline, texts by length and bytes, the rest by
/// descriptor in the runtime.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"
#include "codegen/ops/text_match.h"

namespace pflow::codegen {

llvm::Value* texts_equal(FunctionEmitter& f, llvm::Value* left, llvm::Value* right) {
  llvm::BasicBlock* start = f.b.GetInsertBlock();
  llvm::BasicBlock* bytes = f.fresh_block("bytes");
  llvm::BasicBlock* done = f.fresh_block("compared");
  // The length that is a constant, if one is, lets the comparison be expanded.
  llvm::Value* right_length = f.b.CreateExtractValue(right, 1);
  llvm::Value* left_length = f.b.CreateExtractValue(left, 1);
  llvm::Value* length = llvm::isa<llvm::Constant>(left_length) ? left_length : right_length;
  f.b.CreateCondBr(f.b.CreateICmpEQ(left_length, right_length), bytes, done);
  f.b.SetInsertPoint(bytes);
  const AbiTypes& types = f.module.types;
  llvm::FunctionCallee memcmp = f.module.module.getOrInsertFunction(
      "memcmp", llvm::FunctionType::get(types.i32, {types.ptr, types.ptr, types.i64}, false));
  llvm::Value* order = f.b.CreateCall(
      memcmp, {f.b.CreateExtractValue(left, 0), f.b.CreateExtractValue(right, 0), length});
  llvm::Value* same = f.b.CreateICmpEQ(order, f.b.getInt32(0));
  f.b.CreateBr(done);
  f.b.SetInsertPoint(done);
  llvm::PHINode* equal = f.b.CreatePHI(types.i1, 2);
  equal->addIncoming(f.b.getFalse(), start);
  equal->addIncoming(same, bytes);
  return equal;
}

namespace {

bool is_integral(FunctionEmitter& f, ir::TypeId type) {
  return f.module.layout.of(type)->isIntegerTy();
}

llvm::Value* equal(FunctionEmitter& f, const ir::Op& op) {
  ir::TypeId type = f.operand_type(op, 0);
  llvm::Value* left = f.operand(op, 0);
  llvm::Value* right = f.operand(op, 1);
  if (is_integral(f, type)) return f.b.CreateICmpEQ(left, right);
  if (left->getType()->isDoubleTy()) return f.b.CreateFCmpOEQ(left, right);
  if (f.module.layout.table().is_text_like(type)) return texts_equal(f, left, right);
  return f.call(Runtime::pf_value_equal,
                {f.spill(left), f.spill(right), f.module.descriptors.of(type)});
}

/// `left < right`, or `left <= right` when `or_equal`.
llvm::Value* less(FunctionEmitter& f, const ir::Op& op, bool or_equal) {
  using Predicate = llvm::CmpInst::Predicate;
  ir::TypeId type = f.operand_type(op, 0);
  llvm::Value* left = f.operand(op, 0);
  llvm::Value* right = f.operand(op, 1);
  Predicate order = or_equal ? Predicate::ICMP_SLE : Predicate::ICMP_SLT;
  if (left->getType() == f.module.types.i1)  // false before true
    return f.b.CreateICmp(or_equal ? Predicate::ICMP_ULE : Predicate::ICMP_ULT, left, right);
  if (is_integral(f, type)) return f.b.CreateICmp(order, left, right);
  if (left->getType()->isDoubleTy())
    return f.b.CreateFCmp(or_equal ? Predicate::FCMP_OLE : Predicate::FCMP_OLT, left, right);
  llvm::Value* compared = f.module.layout.table().is_text_like(type)
                              ? f.call(Runtime::pf_str_compare, {f.spill(left), f.spill(right)})
                              : f.call(Runtime::pf_value_compare, {f.spill(left), f.spill(right),
                                                                   f.module.descriptors.of(type)});
  return f.b.CreateICmp(order, compared, f.b.getInt32(0));
}

}  // namespace

void emit_Eq(FunctionEmitter& f, const ir::Op& op) { f.define(op, equal(f, op)); }
void emit_Ne(FunctionEmitter& f, const ir::Op& op) { f.define(op, f.b.CreateNot(equal(f, op))); }
void emit_Lt(FunctionEmitter& f, const ir::Op& op) { f.define(op, less(f, op, false)); }
void emit_Le(FunctionEmitter& f, const ir::Op& op) { f.define(op, less(f, op, true)); }
void emit_Not(FunctionEmitter& f, const ir::Op& op) {
  f.define(op, f.b.CreateNot(f.operand(op, 0)));
}

}  // namespace pflow::codegen
