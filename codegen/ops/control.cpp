/// Terminators other than `invoke`, and the error record.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"
#include "codegen/ops/text_match.h"
#include "ir/error_kinds.h"

namespace pflow::codegen {

void emit_Jump(FunctionEmitter& f, const ir::Op& op) { f.b.CreateBr(f.block(op.target)); }

void emit_Branch(FunctionEmitter& f, const ir::Op& op) {
  f.b.CreateCondBr(f.operand(op, 0), f.block(op.target), f.block(op.target_false));
}

/// First the number of the case that fits, then the release of the text, then the jump.
void emit_Switch(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* text = f.operand(op, 0);
  llvm::BasicBlock* decided = f.fresh_block("decided");
  std::vector<llvm::BasicBlock*> matched;
  for (const ir::Edge& edge : op.edges) {
    llvm::Value* fits = texts_equal(f, text, f.module.constants.str(edge.label));
    llvm::BasicBlock* next = f.fresh_block("next");
    matched.push_back(f.b.GetInsertBlock());
    f.b.CreateCondBr(fits, decided, next);
    f.b.SetInsertPoint(next);
  }
  llvm::BasicBlock* unmatched = f.b.GetInsertBlock();
  f.b.CreateBr(decided);
  f.b.SetInsertPoint(decided);
  llvm::PHINode* number = f.b.CreatePHI(f.module.types.i32, matched.size() + 1);
  for (uint32_t i = 0; i < matched.size(); ++i) number->addIncoming(f.b.getInt32(i), matched[i]);
  number->addIncoming(f.b.getInt32(matched.size()), unmatched);
  f.module.ownership.release(f.b, text, f.operand_type(op, 0));
  llvm::SwitchInst* jump = f.b.CreateSwitch(number, f.block(op.target));
  for (uint32_t i = 0; i < op.edges.size(); ++i)
    jump->addCase(f.b.getInt32(i), f.block(op.edges[i].target));
}

void emit_Return(FunctionEmitter& f, const ir::Op& op) {
  std::vector<llvm::Value*> results;
  for (ir::ValueId operand : op.operands) results.push_back(f.value(operand));
  f.succeed(results);
}

void emit_Fail(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* site = f.module.sites.of(op);
  llvm::Value* message = f.spill(f.operand(op, 0));
  if (op.text == "limit")
    f.call(Runtime::pf_raise_visits, {site, message});
  else
    f.call(Runtime::pf_raise, {site, f.b.getInt32(ir::find_error_kind(op.text)->number), message});
  if (op.operands.size() > 1) f.call(Runtime::pf_raise_exit_code, {f.operand(op, 1)});
  f.fail();
}

void emit_ErrorTake(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* out = f.scratch(f.module.types.error_value);
  llvm::BasicBlock* caught = f.fresh_block("caught");
  llvm::BasicBlock* uncatchable = f.fresh_block("uncatchable");
  f.b.CreateCondBr(f.call(Runtime::pf_error_take, {out}), uncatchable, caught, f.unlikely());
  f.b.SetInsertPoint(uncatchable);
  f.fail_uncaught();
  f.b.SetInsertPoint(caught);
  f.define(op, f.b.CreateLoad(f.module.layout.of(f.type(op.result)), out));
}

void emit_ErrorAgain(FunctionEmitter& f, const ir::Op& op) {
  f.call(Runtime::pf_error_again, {f.module.sites.of(op), f.spill(f.operand(op, 0))});
  if (op.operands.size() > 1) f.call(Runtime::pf_error_because, {f.spill(f.operand(op, 1))});
  if (op.site.valid()) f.call(Runtime::pf_error_of_call, {f.module.sites.of(op)});
  f.fail();
}

}  // namespace pflow::codegen
