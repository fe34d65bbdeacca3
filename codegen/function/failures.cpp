/// The ways out of a function: failures, which release what is owned, and returns.
#include "codegen/function/function_emitter.h"
#include "pflow/abi.h"

namespace pflow::codegen {

llvm::MDNode* FunctionEmitter::unlikely() {
  return llvm::MDBuilder(b.getContext()).createUnlikelyBranchWeights();
}

void FunctionEmitter::fail_when(llvm::Value* failed, llvm::function_ref<void()> raise) {
  llvm::BasicBlock* next = fresh_block("ok");
  llvm::BasicBlock* landing = fresh_block("failed");
  b.CreateCondBr(failed, landing, next, unlikely());
  b.SetInsertPoint(landing);
  if (raise) raise();
  fail();
  b.SetInsertPoint(next);
}

void FunctionEmitter::fail() {
  if (unwind_ == nullptr) return fail_uncaught();
  release_owned();
  b.CreateBr(unwind_);
}

void FunctionEmitter::fail_uncaught() {
  release_owned();
  if (failure_exit_ == nullptr) failure_exit_ = fresh_block("failure");
  b.CreateBr(failure_exit_);
}

void FunctionEmitter::release_owned() {
  for (ir::ValueId id : *owned_) module.ownership.release_cold(b, value(id), type(id));
}

void FunctionEmitter::emit_failure_exit() {
  b.SetInsertPoint(failure_exit_);
  for (size_t i = 0; i < locals_.size(); ++i) {
    bool borrowed = !plan.suspends && i < source.param_count && !source.slots[i].handed_over;
    if (locals_[i] == nullptr || borrowed) continue;
    ir::TypeId held = source.slots[i].type;
    if (!module.layout.counted(held)) continue;
    llvm::Value* value = b.CreateLoad(locals_[i]->getAllocatedType(), locals_[i]);
    module.ownership.release_cold(b, value, held);
  }
  end_function({}, true);
}

void FunctionEmitter::succeed(llvm::ArrayRef<llvm::Value*> results) {
  end_function(results, false);
}

void FunctionEmitter::end_function(llvm::ArrayRef<llvm::Value*> results, bool failed) {
  if (plan.suspends) return end_resume(results, failed);
  if (counts_depth()) call(Runtime::pf_leave_flow, {});
  set_results(results, failed);
}

void FunctionEmitter::end_resume(llvm::ArrayRef<llvm::Value*> results, bool failed) {
  for (size_t i = 0; i < results.size(); ++i)
    b.CreateStore(results[i], frame_field(plan.frame.result_field[i]));
  b.CreateRet(b.getInt32(failed ? PF_FAILED : PF_DONE));
}

/// All ways out meet in one block, so that after inlining each result is a plain
/// value there and the caller's test of the failure is threaded through.
void FunctionEmitter::set_results(llvm::ArrayRef<llvm::Value*> results, bool failed) {
  llvm::Type* type = plan.function->getReturnType();
  auto set = [&](size_t field, llvm::Value* value) {
    b.CreateStore(value, b.CreateStructGEP(type, results_, static_cast<unsigned>(field)));
  };
  for (size_t i = 0; i < results.size(); ++i) set(i, results[i]);
  set(source.results.size(), b.getInt1(failed));
  b.CreateBr(exit_);
}

void FunctionEmitter::emit_exit() {
  b.SetInsertPoint(exit_);
  b.CreateRet(b.CreateLoad(plan.function->getReturnType(), results_));
}

}  // namespace pflow::codegen
