#include "codegen/calls/suspension.h"

#include "pflow/abi.h"

namespace pflow::codegen {

llvm::Value* pending_call(FunctionEmitter& f) {
  return f.b.CreateStructGEP(f.module.types.frame, f.frame(), kFrameCall, "call");
}

void begin_pending_call(FunctionEmitter& f, const ir::Op& op, llvm::Value* state) {
  f.module.nodes.begin_call(f.b, pending_call(f), f.module.sites.of(op), f.frame(), state);
}

llvm::Value* call_field(FunctionEmitter& f, CallField field) {
  return f.b.CreateStructGEP(f.module.types.call, pending_call(f), field);
}

llvm::Value* suspend_while_pending(FunctionEmitter& f, llvm::Value* status) {
  llvm::BasicBlock* start = f.b.GetInsertBlock();
  llvm::BasicBlock* suspend = f.fresh_block("suspend");
  llvm::BasicBlock* resumed = f.fresh_block("resumed");
  llvm::BasicBlock* done = f.fresh_block("done");
  llvm::Value* pending = f.b.CreateICmpEQ(status, f.b.getInt32(PF_PENDING));
  f.b.CreateCondBr(pending, suspend, done);

  f.b.SetInsertPoint(suspend);
  uint32_t state = f.add_state(resumed);
  f.b.CreateStore(f.b.getInt32(state),
                  f.b.CreateStructGEP(f.module.types.frame, f.frame(), kFrameState));
  f.b.CreateRet(f.b.getInt32(PF_PENDING));

  f.b.SetInsertPoint(resumed);
  llvm::Value* later = f.b.CreateLoad(f.module.types.i32, call_field(f, kCallStatus));
  f.b.CreateBr(done);

  f.b.SetInsertPoint(done);
  llvm::PHINode* both = f.b.CreatePHI(f.module.types.i32, 2, "status");
  both->addIncoming(status, start);
  both->addIncoming(later, resumed);
  return both;
}

void fail_with_call(FunctionEmitter& f, llvm::Value* status) {
  f.fail_when(f.b.CreateICmpEQ(status, f.b.getInt32(PF_FAILED)),
              [&] { f.call(Runtime::pf_raise_call, {pending_call(f)}); });
}

}  // namespace pflow::codegen
