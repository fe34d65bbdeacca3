/// Retains and releases counted values. One small internal function per type,
/// which the optimiser inlines on hot paths: a null owner test, the count, and a
/// call into the runtime when it reaches zero.
#pragma once

#include <vector>

#include "codegen/descriptors.h"
#include "codegen/runtime_functions.h"

namespace pflow::codegen {

class Ownership {
 public:
  /// `compact`: of a large program, where nothing is inlined.
  Ownership(llvm::Module& module, Layout& layout, Descriptors& descriptors,
            RuntimeFunctions& runtime, const AbiTypes& types, bool compact);

  void retain(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type);
  void release(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type);
  /// The same on a path that is rarely taken: stays a call.
  void release_cold(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type);

 private:
  llvm::Function* retainer();
  llvm::Function* text_releaser();
  llvm::Function* list_releaser();
  llvm::Function* make(const char* name, llvm::ArrayRef<llvm::Type*> parameters);
  /// Calls `leaf(part, type)` for each counted owner or list head inside `value`.
  template <typename Leaf>
  void each_part(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type, const Leaf& leaf);
  void release_parts(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type, bool cold);
  /// Ends `function`: counts the block at its first parameter down, calls `free` at zero.
  void emit_count_down(llvm::Function* function, Runtime free);

  llvm::Module& module_;
  Layout& layout_;
  Descriptors& descriptors_;
  RuntimeFunctions& runtime_;
  const AbiTypes& types_;
  bool compact_;
  llvm::Function* retainer_ = nullptr;
  llvm::Function* text_releaser_ = nullptr;
  llvm::Function* list_releaser_ = nullptr;
};

}  // namespace pflow::codegen
