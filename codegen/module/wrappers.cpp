#include "codegen/module/wrappers.h"

#include "pflow/abi.h"

namespace pflow::codegen {
namespace {

void begin(ModuleEmitter& module, llvm::Function* function, llvm::IRBuilder<>& b) {
  b.SetInsertPoint(llvm::BasicBlock::Create(b.getContext(), "start", function));
  if (module.debug) module.debug->describe_generated(function, b);
}

}  // namespace

llvm::Value* store_results(llvm::IRBuilder<>& b, llvm::Value* all, llvm::StructType* type,
                           llvm::Value* to) {
  unsigned count = type->getNumElements();
  auto* function = b.GetInsertBlock()->getParent();
  auto* done = llvm::BasicBlock::Create(b.getContext(), "done", function);
  auto* end = llvm::BasicBlock::Create(b.getContext(), "end", function);
  llvm::Value* failed = b.CreateExtractValue(all, count);
  b.CreateCondBr(failed, end, done);
  b.SetInsertPoint(done);
  for (unsigned i = 0; i < count; ++i)
    b.CreateStore(b.CreateExtractValue(all, i), b.CreateStructGEP(type, to, i));
  b.CreateBr(end);
  b.SetInsertPoint(end);
  return failed;
}

void emit_child_resume(ModuleEmitter& module, const FunctionPlan& plan) {
  const ir::Function& source = module.source.function(plan.id);
  const FramePlan& frame = plan.frame;
  llvm::IRBuilder<> b(module.module.getContext());
  begin(module, plan.resume, b);
  auto field = [&](unsigned number) {
    return b.CreateStructGEP(frame.type, plan.resume->getArg(0), number);
  };
  std::vector<llvm::Value*> arguments;
  for (size_t i = 0; i < source.param_count; ++i)
    arguments.push_back(b.CreateLoad(module.layout.of(source.slots[i].type),
                                     field(static_cast<unsigned>(frame.slot_field[i]))));
  llvm::CallInst* all = b.CreateCall(plan.function, arguments);
  all->setCallingConv(plan.function->getCallingConv());
  auto* failed = llvm::BasicBlock::Create(b.getContext(), "failed", plan.resume);
  auto* done = llvm::BasicBlock::Create(b.getContext(), "done", plan.resume);
  auto count = static_cast<unsigned>(source.results.size());
  b.CreateCondBr(b.CreateExtractValue(all, count), failed, done);
  b.SetInsertPoint(failed);
  b.CreateRet(b.getInt32(PF_FAILED));
  b.SetInsertPoint(done);
  for (unsigned i = 0; i < count; ++i)
    b.CreateStore(b.CreateExtractValue(all, i), field(frame.result_field[i]));
  b.CreateRet(b.getInt32(PF_DONE));
}

llvm::Function* make_default_value(ModuleEmitter& module, ir::FunctionId id) {
  llvm::Function* callee = module.plan(id).function;
  auto* made =
      llvm::Function::Create(llvm::FunctionType::get(module.types.i1, {module.types.ptr}, false),
                             llvm::GlobalValue::InternalLinkage,
                             "default." + module.source.function(id).name, module.module);
  made->setDoesNotThrow();
  made->addRetAttr(llvm::Attribute::ZExt);
  llvm::IRBuilder<> b(module.module.getContext());
  begin(module, made, b);
  llvm::CallInst* all = b.CreateCall(callee, {});
  all->setCallingConv(callee->getCallingConv());
  llvm::StructType* type = module.layout.aggregate(module.source.function(id).results);
  b.CreateRet(store_results(b, all, type, made->getArg(0)));
  return made;
}

}  // namespace pflow::codegen
