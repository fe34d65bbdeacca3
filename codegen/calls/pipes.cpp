#include "codegen/calls/pipes.h"

namespace pflow::codegen {
namespace {

constexpr int kDropped = 0;
constexpr int kKept = 1;
constexpr int kFailed = 2;

/// `i32 run(captured, item, out)` around the function.
class PipeRunner {
 public:
  PipeRunner(ModuleEmitter& module, ir::FunctionId id)
      : m_(module),
        source_(module.source.function(id)),
        callee_(module.plan(id).function),
        b_(module.module.getContext()) {}

  llvm::Function* make() {
    begin();
    llvm::CallInst* all = b_.CreateCall(callee_, arguments());
    all->setCallingConv(callee_->getCallingConv());
    llvm::BasicBlock* failed = block("failed");
    llvm::BasicBlock* done = block("done");
    llvm::BasicBlock* kept = block("kept");
    llvm::BasicBlock* dropped = block("dropped");
    b_.CreateCondBr(b_.CreateExtractValue(all, 2), failed, done,
                    llvm::MDBuilder(b_.getContext()).createUnlikelyBranchWeights());
    b_.SetInsertPoint(done);
    b_.CreateCondBr(b_.CreateExtractValue(all, 0), kept, dropped);
    b_.SetInsertPoint(kept);
    b_.CreateStore(b_.CreateExtractValue(all, 1), run_->getArg(2));
    end(kKept);
    b_.SetInsertPoint(dropped);
    m_.ownership.release(b_, b_.CreateExtractValue(all, 1), source_.results[1]);
    end(kDropped);
    b_.SetInsertPoint(failed);
    end(kFailed);
    return run_;
  }

 private:
  void begin() {
    llvm::Type* ptr = m_.types.ptr;
    auto* type = llvm::FunctionType::get(m_.types.i32, {ptr, ptr, ptr}, false);
    run_ = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage, "pipe." + source_.name,
                                  m_.module);
    run_->setDoesNotThrow();
    b_.SetInsertPoint(block("start"));
    if (m_.debug) m_.debug->describe_generated(run_, b_);
  }

  std::vector<llvm::Value*> arguments() {
    llvm::StructType* captured = capture_block(m_, source_);
    std::vector<llvm::Value*> made;
    for (unsigned i = 0; i < captured->getNumElements(); ++i)
      made.push_back(b_.CreateLoad(captured->getElementType(i),
                                   b_.CreateStructGEP(captured, run_->getArg(0), i)));
    llvm::Type* item = m_.layout.of(source_.slots[source_.param_count - 1].type);
    made.push_back(b_.CreateLoad(item, run_->getArg(1)));
    return made;
  }

  llvm::BasicBlock* block(const char* name) {
    return llvm::BasicBlock::Create(b_.getContext(), name, run_);
  }
  void end(int answer) { b_.CreateRet(m_.constants.i32(static_cast<uint64_t>(answer))); }

  ModuleEmitter& m_;
  const ir::Function& source_;
  llvm::Function* callee_;
  llvm::IRBuilder<> b_;
  llvm::Function* run_ = nullptr;
};

}  // namespace

llvm::StructType* capture_block(ModuleEmitter& module, const ir::Function& function) {
  std::vector<ir::TypeId> types;
  for (size_t i = 0; i + 1 < function.param_count; ++i) types.push_back(function.slots[i].type);
  return module.layout.aggregate(types);
}

void emit_pipe(ModuleEmitter& module, const FunctionPlan& plan) {
  const ir::Function& source = module.source.function(plan.id);
  llvm::StructType* block = capture_block(module, source);
  std::vector<llvm::Constant*> captured;
  for (unsigned i = 0; i < block->getNumElements(); ++i)
    captured.push_back(llvm::ConstantStruct::get(
        module.types.frame_slot, {module.descriptors.of(source.slots[i].type),
                                  module.constants.i32(module.layout.offset(block, i)),
                                  module.constants.c_text(source.slots[i].name)}));
  plan.pipe->setInitializer(llvm::ConstantStruct::get(
      module.types.pipe,
      {PipeRunner(module, plan.id).make(), module.descriptors.of(source.results[1]),
       module.constants.array(module.types.frame_slot, captured),
       module.constants.i32(captured.size()), module.constants.i32(module.layout.size(block))}));
}

}  // namespace pflow::codegen
