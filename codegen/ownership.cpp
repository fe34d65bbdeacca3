#include "codegen/ownership.h"

namespace pflow::codegen {

Ownership::Ownership(llvm::Module& module, Layout& layout, Descriptors& descriptors,
                     RuntimeFunctions& runtime, const AbiTypes& types, bool compact)
    : module_(module),
      layout_(layout),
      descriptors_(descriptors),
      runtime_(runtime),
      types_(types),
      compact_(compact) {}

template <typename Leaf>
void Ownership::each_part(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type,
                          const Leaf& leaf) {
  const ir::Type& full = layout_.table().get(type);
  switch (full.kind) {
    case ir::TypeKind::List: leaf(value, type); return;
    case ir::TypeKind::Opt:
      // `none` is all zero, so its value owns nothing.
      if (layout_.counted(full.element))
        each_part(b, b.CreateExtractValue(value, 0), full.element, leaf);
      return;
    case ir::TypeKind::Record:
      for (unsigned i = 0; i < full.fields.size(); ++i)
        if (layout_.counted(full.fields[i].type))
          each_part(b, b.CreateExtractValue(value, i), full.fields[i].type, leaf);
      return;
    case ir::TypeKind::Cmd:
      leaf(b.CreateExtractValue(value, {0, 2}), layout_.table().str);
      leaf(b.CreateExtractValue(value, 1), type);
      return;
    default:
      if (layout_.table().is_text_like(type)) leaf(b.CreateExtractValue(value, 2), type);
      return;
  }
}

void Ownership::retain(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type) {
  each_part(b, value, type, [&](llvm::Value* owner, ir::TypeId) {
    b.CreateCall(retainer(), {owner})->setCallingConv(llvm::CallingConv::Fast);
  });
}

void Ownership::release(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type) {
  release_parts(b, value, type, false);
}

void Ownership::release_cold(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type) {
  release_parts(b, value, type, true);
}

void Ownership::release_parts(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type,
                              bool cold) {
  each_part(b, value, type, [&](llvm::Value* owner, ir::TypeId part) {
    llvm::CallInst* call = nullptr;
    if (layout_.table().is_text_like(part)) {
      call = b.CreateCall(text_releaser(), {owner});
    } else {
      // A command's arguments are a list of str.
      ir::TypeId element = layout_.table().is(part, ir::TypeKind::Cmd)
                               ? layout_.table().str
                               : layout_.table().get(part).element;
      call = b.CreateCall(list_releaser(), {owner, descriptors_.of(element)});
    }
    call->setCallingConv(llvm::CallingConv::Fast);
    if (cold) call->setIsNoInline();
  });
}

llvm::Function* Ownership::make(const char* name, llvm::ArrayRef<llvm::Type*> parameters) {
  auto* type =
      llvm::FunctionType::get(llvm::Type::getVoidTy(module_.getContext()), parameters, false);
  auto* made = llvm::Function::Create(type, llvm::GlobalValue::InternalLinkage, name, module_);
  made->setDoesNotThrow();
  made->setCallingConv(llvm::CallingConv::Fast);
  made->addFnAttr(compact_ ? llvm::Attribute::NoInline : llvm::Attribute::InlineHint);
  return made;
}

llvm::Function* Ownership::retainer() {
  if (retainer_ != nullptr) return retainer_;
  retainer_ = make("retain", {types_.ptr});
  auto& context = module_.getContext();
  auto* count = llvm::BasicBlock::Create(context, "count", retainer_);
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(context, "entry", retainer_, count));
  auto* done = llvm::BasicBlock::Create(context, "done", retainer_);
  llvm::Value* owner = retainer_->getArg(0);
  b.CreateCondBr(b.CreateIsNull(owner), done, count);
  b.SetInsertPoint(count);
  b.CreateStore(b.CreateAdd(b.CreateLoad(types_.i64, owner), b.getInt64(1)), owner);
  b.CreateBr(done);
  b.SetInsertPoint(done);
  b.CreateRetVoid();
  return retainer_;
}

llvm::Function* Ownership::text_releaser() {
  if (text_releaser_ == nullptr) {
    text_releaser_ = make("release", {types_.ptr});
    emit_count_down(text_releaser_, Runtime::pf_owner_free);
  }
  return text_releaser_;
}

llvm::Function* Ownership::list_releaser() {
  if (list_releaser_ == nullptr) {
    list_releaser_ = make("release_list", {types_.ptr, types_.ptr});
    emit_count_down(list_releaser_, Runtime::pf_list_free);
  }
  return list_releaser_;
}

void Ownership::emit_count_down(llvm::Function* function, Runtime free) {
  auto& context = module_.getContext();
  auto block = [&](const char* name) { return llvm::BasicBlock::Create(context, name, function); };
  llvm::IRBuilder<> b(block("entry"));
  llvm::BasicBlock* count = block("count");
  llvm::BasicBlock* last = block("last");
  llvm::BasicBlock* others = block("others");
  llvm::BasicBlock* done = block("done");
  llvm::Value* owner = function->getArg(0);
  b.CreateCondBr(b.CreateIsNull(owner), done, count);
  b.SetInsertPoint(count);
  llvm::Value* left = b.CreateSub(b.CreateLoad(types_.i64, owner), b.getInt64(1));
  b.CreateCondBr(b.CreateICmpEQ(left, b.getInt64(0)), last, others);
  b.SetInsertPoint(last);
  std::vector<llvm::Value*> arguments;
  for (llvm::Argument& argument : function->args()) arguments.push_back(&argument);
  b.CreateCall(runtime_.get(free), arguments);
  b.CreateBr(done);
  b.SetInsertPoint(others);
  b.CreateStore(left, owner);
  b.CreateBr(done);
  b.SetInsertPoint(done);
  b.CreateRetVoid();
}

}  // namespace pflow::codegen
