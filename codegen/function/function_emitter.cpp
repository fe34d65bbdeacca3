#include "codegen/function/function_emitter.h"

#include "codegen/ops/handlers.h"
#include "ir/ownership.h"

namespace pflow::codegen {

void emit_op(FunctionEmitter& f, const ir::Op& op) {
  switch (op.opcode) {
#define PFLOW_OP(name, text, operands, result, consumes, flags, fields) \
  case ir::Opcode::name: return emit_##name(f, op);
#include "ir/ops.def"
  }
}

FunctionEmitter::FunctionEmitter(ModuleEmitter& m, const FunctionPlan& p)
    : module(m),
      plan(p),
      source(m.source.function(p.id)),
      b(m.module.getContext()),
      values_(source.values.size()),
      locals_(source.slots.size()) {}

void FunctionEmitter::run() {
  begin();
  std::vector<ir::ValueId> owners = ir::owners(module.source, source);
  for (size_t i = 0; i < source.blocks.size(); ++i) {
    const ir::Block& block = source.blocks[i];
    std::vector<std::vector<ir::ValueId>> owned = ir::owned_at_failures(block, owners);
    b.SetInsertPoint(blocks_[i]);
    unwind_ = block.unwind.valid() ? blocks_[block.unwind.index] : nullptr;
    for (size_t k = 0; k < block.ops.size(); ++k) {
      owned_ = &owned[k];
      if (module.debug) module.debug->locate(b, subprogram_, block.ops[k].span);
      emit_op(*this, block.ops[k]);
      scratch_used_.clear();
    }
  }
  if (failure_exit_ != nullptr) emit_failure_exit();
  if (exit_ != nullptr) emit_exit();
}

void FunctionEmitter::begin() {
  if (module.debug) subprogram_ = module.debug->describe(plan.function, source);
  entry_ = fresh_block("start");
  for (const ir::Block& block : source.blocks) blocks_.push_back(fresh_block(block.name));
  b.SetInsertPoint(entry_);
  if (module.debug) module.debug->locate(b, subprogram_, source.span);
  begin_slots();
  if (plan.suspends) {
    llvm::Value* state = b.CreateStructGEP(module.types.frame, frame(), kFrameState);
    states_ = b.CreateSwitch(b.CreateLoad(module.types.i32, state, "state"), blocks_[0]);
    return;
  }
  results_ = b.CreateAlloca(plan.function->getReturnType(), nullptr, "results");
  exit_ = fresh_block("exit");
  guard_recursion();
  b.CreateBr(blocks_[0]);
}

void FunctionEmitter::begin_slots() {
  for (size_t i = 0; i < locals_.size(); ++i) {
    if (plan.suspends && plan.frame.slot_field[i] >= 0) continue;
    llvm::Type* type = module.layout.of(source.slots[i].type);
    locals_[i] = b.CreateAlloca(type, nullptr, source.slots[i].name);
    bool is_param = !plan.suspends && i < source.param_count;
    b.CreateStore(is_param ? static_cast<llvm::Value*>(plan.function->getArg(i))
                           : llvm::Constant::getNullValue(type),
                  locals_[i]);
  }
}

bool FunctionEmitter::counts_depth() const {
  return plan.recursive && !plan.suspends && source.kind == ir::FunctionKind::Flow;
}

void FunctionEmitter::guard_recursion() {
  if (!plan.recursive) return;
  static const std::vector<ir::ValueId> kNothing;
  owned_ = &kNothing;
  llvm::Constant* site = module.sites.of(source.span);
  if (source.kind == ir::FunctionKind::Flow) {
    llvm::BasicBlock* deep = fresh_block("deep");
    llvm::BasicBlock* fine = fresh_block("fine");
    b.CreateCondBr(call(Runtime::pf_enter_flow, {site}), deep, fine, unlikely());
    // The flow was not entered, so it is not left either.
    b.SetInsertPoint(deep);
    set_results({}, true);
    b.SetInsertPoint(fine);
  }
  auto* limit = module.module.getOrInsertGlobal("pf_stack_limit", module.types.ptr);
  llvm::cast<llvm::GlobalVariable>(limit)->setDSOLocal(true);
  llvm::Value* here =
      b.CreateIntrinsic(llvm::Intrinsic::frameaddress, {module.types.ptr}, {b.getInt32(0)});
  fail_when(b.CreateICmpULT(here, b.CreateLoad(module.types.ptr, limit)),
            [&] { call(Runtime::pf_raise_depth, {site}); });
}

void FunctionEmitter::define(const ir::Op& op, llvm::Value* made) {
  if (!op.result.valid()) return;
  const std::string& name = source.values[op.result.index].name;
  if (!name.empty() && !made->hasName() && llvm::isa<llvm::Instruction>(made)) made->setName(name);
  values_[op.result.index] = made;
}

llvm::Value* FunctionEmitter::slot(ir::SlotId id) {
  if (locals_[id.index] != nullptr) return locals_[id.index];
  return frame_field(static_cast<unsigned>(plan.frame.slot_field[id.index]),
                     source.slots[id.index].name);
}

void FunctionEmitter::set_slot(ir::SlotId id, llvm::Value* made) { b.CreateStore(made, slot(id)); }

llvm::AllocaInst* FunctionEmitter::scratch(llvm::Type* type) {
  std::vector<llvm::AllocaInst*>& pool = scratch_[type];
  size_t next = scratch_used_[type]++;
  if (next == pool.size()) {
    llvm::IRBuilder<> at(entry_, entry_->begin());
    pool.push_back(at.CreateAlloca(type));
  }
  return pool[next];
}

llvm::Value* FunctionEmitter::spill(llvm::Value* made) {
  llvm::AllocaInst* at = scratch(made->getType());
  b.CreateStore(made, at);
  return at;
}

llvm::BasicBlock* FunctionEmitter::fresh_block(const llvm::Twine& name) {
  return llvm::BasicBlock::Create(module.module.getContext(), name, plan.function);
}

llvm::CallInst* FunctionEmitter::call(Runtime function, llvm::ArrayRef<llvm::Value*> arguments) {
  return b.CreateCall(module.runtime.get(function), arguments);
}

uint32_t FunctionEmitter::add_state(llvm::BasicBlock* target) {
  uint32_t state = states_->getNumCases() + 1;
  states_->addCase(b.getInt32(state), target);
  return state;
}

llvm::Value* FunctionEmitter::frame_field(unsigned field, const llvm::Twine& name) {
  return b.CreateStructGEP(plan.frame.type, frame(), field, name);
}

}  // namespace pflow::codegen
