#include "codegen/forms/ownership.h"

#include "codegen/forms/wide_values.h"
#include "pflow/abi.h"

namespace pflow::codegen {

Ownership::Ownership(llvm::Module& module, Layout& layout, Descriptors& descriptors,
                     RuntimeFunctions& runtime, const AbiTypes& types, ir::TypeTable& table,
                     bool compact)
    : module_(module),
      layout_(layout),
      descriptors_(descriptors),
      runtime_(runtime),
      types_(types),
      table_(table),
      compact_(compact) {}

template <typename Leaf>
void Ownership::each_part(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type,
                          const Leaf& leaf) {
  using tables::Form;
  const ir::Type& full = table_.get(type);
  const tables::TypeFacts* facts = ir::facts_of(full.kind);
  if (facts == nullptr) return;
  switch (facts->form) {
    case Form::Opt:
      if (layout_.boxed(type)) return leaf(Part::List, value, full.element);
      // `none` is all zero, so its value owns nothing.
      if (layout_.counted(full.element))
        each_part(b, b.CreateExtractValue(value, 0), full.element, leaf);
      return;
    case Form::Record:
      if (is_wide(layout_.size(layout_.of(type)))) return leaf(Part::Whole, value, type);
      for (unsigned i = 0; i < full.fields.size(); ++i)
        if (layout_.counted(full.fields[i].type))
          each_part(b, b.CreateExtractValue(value, i), full.fields[i].type, leaf);
      return;
    case Form::Json:
    case Form::Sum:
    case Form::Stream: return leaf(Part::Whole, value, type);
    case Form::Text: return leaf(Part::Text, b.CreateExtractValue(value, 2), type);
    case Form::List: return leaf(Part::List, value, full.element);
    case Form::Map: return leaf(Part::List, value, table_.key_value(full.element));
    case Form::Command:
    case Form::Query:
      leaf(Part::Text, b.CreateExtractValue(value, {0, 2}), table_.str);
      return leaf(Part::List, b.CreateExtractValue(value, 1),
                  facts->form == Form::Command ? table_.str : table_.json);
    case Form::Int:
    case Form::Float:
    case Form::Bool:
    case Form::Tool: return;
  }
}

void Ownership::retain(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type) {
  each_part(b, value, type, [&](Part kind, llvm::Value* part, ir::TypeId part_type) {
    llvm::Function* function = kind == Part::Whole ? whole_retainer(part_type) : retainer();
    b.CreateCall(function, {part})->setCallingConv(llvm::CallingConv::Fast);
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
  each_part(b, value, type, [&](Part kind, llvm::Value* part, ir::TypeId part_type) {
    llvm::CallInst* call = nullptr;
    switch (kind) {
      case Part::Text: call = b.CreateCall(text_releaser(), {part}); break;
      case Part::List:
        call = b.CreateCall(list_releaser(), {part, descriptors_.of(part_type)});
        break;
      case Part::Whole: call = b.CreateCall(whole_releaser(part_type), {part}); break;
    }
    call->setCallingConv(llvm::CallingConv::Fast);
    if (cold) call->setIsNoInline();
  });
}

llvm::Function* Ownership::make(const llvm::Twine& name, llvm::ArrayRef<llvm::Type*> parameters) {
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

llvm::BasicBlock* Ownership::fresh_block(llvm::IRBuilder<>& b, const char* name) {
  return llvm::BasicBlock::Create(module_.getContext(), name, b.GetInsertBlock()->getParent());
}

llvm::Value* Ownership::holds_memory(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type) {
  if (table_.is(type, ir::TypeKind::Json))
    return b.CreateICmpUGE(b.CreateExtractValue(value, 0), b.getInt64(PF_JSON_STR));
  if (table_.is(type, ir::TypeKind::Sum))
    return b.CreateIsNotNull(b.CreateExtractValue(value, kSumBox));
  if (table_.is(type, ir::TypeKind::Record)) return b.getTrue();
  return b.CreateIsNotNull(value);
}

llvm::Function* Ownership::whole_retainer(ir::TypeId type) {
  llvm::Function*& known = whole_retainers_[type.index];
  if (known != nullptr) return known;
  known = make("retain." + table_.name(type), {layout_.of(type)});
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(module_.getContext(), "entry", known));
  llvm::BasicBlock* some = fresh_block(b, "some");
  llvm::BasicBlock* done = fresh_block(b, "done");
  llvm::Value* value = known->getArg(0);
  b.CreateCondBr(holds_memory(b, value, type), some, done);
  b.SetInsertPoint(some);
  if (table_.is(type, ir::TypeKind::Json))
    emit_json_retain(b, value);
  else if (table_.is(type, ir::TypeKind::Stream))
    emit_stream_retain(b, value);
  else if (table_.is(type, ir::TypeKind::Record))
    emit_by_descriptor(b, Runtime::pf_retain_value, value, type);
  else
    b.CreateCall(retainer(), {b.CreateExtractValue(value, kSumBox)})
        ->setCallingConv(llvm::CallingConv::Fast);
  b.CreateBr(done);
  b.SetInsertPoint(done);
  b.CreateRetVoid();
  return known;
}

/// Of a text its owner is counted, of an array or object the head of the list.
void Ownership::emit_json_retain(llvm::IRBuilder<>& b, llvm::Value* json) {
  llvm::Value* is_text = b.CreateICmpEQ(b.CreateExtractValue(json, 0), b.getInt64(PF_JSON_STR));
  llvm::Value* counted = b.CreateSelect(is_text, b.CreateExtractValue(json, {1, 2}),
                                        b.CreateExtractValue(json, {1, 0}));
  b.CreateCall(retainer(), {counted})->setCallingConv(llvm::CallingConv::Fast);
}

/// In a function whose argument the value is.
void Ownership::emit_by_descriptor(llvm::IRBuilder<>& b, Runtime function, llvm::Value* value,
                                   ir::TypeId type) {
  llvm::BasicBlock& entry = b.GetInsertBlock()->getParent()->getEntryBlock();
  llvm::Value* at = llvm::IRBuilder<>(&entry, entry.begin()).CreateAlloca(value->getType());
  b.CreateStore(value, at);
  b.CreateCall(runtime_.get(function), {at, descriptors_.of(type)});
}

void Ownership::emit_stream_retain(llvm::IRBuilder<>& b, llvm::Value* stream) {
  llvm::Value* at = b.CreateStructGEP(types_.stream, stream, kStreamShares);
  b.CreateStore(b.CreateAdd(b.CreateLoad(types_.i64, at), b.getInt64(1)), at);
}

llvm::Function* Ownership::whole_releaser(ir::TypeId type) {
  llvm::Function*& known = whole_releasers_[type.index];
  if (known != nullptr) return known;
  known = make("release." + table_.name(type), {layout_.of(type)});
  llvm::IRBuilder<> b(llvm::BasicBlock::Create(module_.getContext(), "entry", known));
  llvm::BasicBlock* some = fresh_block(b, "some");
  llvm::BasicBlock* done = fresh_block(b, "done");
  llvm::Value* value = known->getArg(0);
  b.CreateCondBr(holds_memory(b, value, type), some, done);
  b.SetInsertPoint(some);
  emit_by_descriptor(b, Runtime::pf_drop_value, value, type);
  b.CreateBr(done);
  b.SetInsertPoint(done);
  b.CreateRetVoid();
  return known;
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
