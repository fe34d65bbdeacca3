/// Emits one function. The handlers of single ops (handlers.h) work through it.
#pragma once

#include <llvm/ADT/STLFunctionalExtras.h>

#include <map>
#include <vector>

#include "codegen/module/module_emitter.h"

namespace pflow::codegen {

class FunctionEmitter {
 public:
  FunctionEmitter(ModuleEmitter& module, const FunctionPlan& plan);

  void run();

  ModuleEmitter& module;
  const FunctionPlan& plan;
  const ir::Function& source;
  llvm::IRBuilder<> b;

  // Values.
  [[nodiscard]] ir::TypeId type(ir::ValueId id) const { return source.values[id.index].type; }
  [[nodiscard]] llvm::Value* value(ir::ValueId id) const { return values_[id.index]; }
  [[nodiscard]] ir::TypeId operand_type(const ir::Op& op, size_t i) const {
    return type(op.operands[i]);
  }
  [[nodiscard]] llvm::Value* operand(const ir::Op& op, size_t i) const {
    return value(op.operands[i]);
  }
  void define(const ir::Op& op, llvm::Value* made);

  // Memory.
  /// Where a slot lives.
  llvm::Value* slot(ir::SlotId id);
  /// Moves `made` into a slot, which is empty.
  void set_slot(ir::SlotId id, llvm::Value* made);
  /// A piece of stack, free for others when the op ends.
  llvm::AllocaInst* scratch(llvm::Type* type);
  /// A pointer to a copy of `made` in scratch.
  llvm::Value* spill(llvm::Value* made);

  // Control.
  [[nodiscard]] llvm::BasicBlock* block(ir::BlockId id) const { return blocks_[id.index]; }
  llvm::BasicBlock* fresh_block(const llvm::Twine& name);
  llvm::CallInst* call(Runtime function, llvm::ArrayRef<llvm::Value*> arguments);
  /// Leaves with a failure when `failed` holds, after `raise` has made it pending
  /// and what the block owns is released; goes on in a fresh block otherwise.
  void fail_when(llvm::Value* failed, llvm::function_ref<void()> raise = nullptr);
  /// Ends the block with the pending failure, after releasing what the op owns.
  void fail();
  /// As `fail`, but past the block's unwind target: what cannot be caught.
  void fail_uncaught();
  /// Ends the block with the function's results, which are moved out.
  void succeed(llvm::ArrayRef<llvm::Value*> results);
  /// A state for what follows a suspension: where `resume` goes on.
  uint32_t add_state(llvm::BasicBlock* target);
  [[nodiscard]] llvm::Value* frame() const { return plan.function->getArg(0); }
  llvm::Value* frame_field(unsigned field, const llvm::Twine& name = "");
  /// The condition is expected to be false.
  llvm::MDNode* unlikely();

 private:
  void begin();
  void begin_slots();
  void guard_recursion();
  void release_owned();
  [[nodiscard]] bool counts_depth() const;
  void emit_failure_exit();
  void end_function(llvm::ArrayRef<llvm::Value*> results, bool failed);
  void end_resume(llvm::ArrayRef<llvm::Value*> results, bool failed);
  void set_results(llvm::ArrayRef<llvm::Value*> results, bool failed);
  void emit_exit();

  std::vector<llvm::Value*> values_;       ///< by ValueId
  std::vector<llvm::AllocaInst*> locals_;  ///< by SlotId; null when in the frame
  std::vector<llvm::BasicBlock*> blocks_;  ///< by BlockId
  llvm::BasicBlock* entry_ = nullptr;      ///< allocas, then the start
  llvm::BasicBlock* failure_exit_ = nullptr;
  llvm::BasicBlock* exit_ = nullptr;  ///< of one that does not suspend
  llvm::AllocaInst* results_ = nullptr;
  llvm::SwitchInst* states_ = nullptr;
  llvm::BasicBlock* unwind_ = nullptr;               ///< of the block being emitted
  const std::vector<ir::ValueId>* owned_ = nullptr;  ///< released when the op fails
  std::map<llvm::Type*, std::vector<llvm::AllocaInst*>> scratch_;
  std::map<llvm::Type*, size_t> scratch_used_;
  llvm::DISubprogram* subprogram_ = nullptr;
};

}  // namespace pflow::codegen
