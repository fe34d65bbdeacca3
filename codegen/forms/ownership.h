/// Retains and releases counted values. One small internal function per type,
/// which the optimiser inlines on hot paths: a null owner test, the count, and a
/// call into the runtime when it reaches zero.
#pragma once

#include <map>
#include <vector>

#include "codegen/forms/descriptors.h"
#include "codegen/forms/runtime_functions.h"

namespace pflow::codegen {

class Ownership {
 public:
  /// `compact`: of a large program, where nothing is inlined.
  Ownership(llvm::Module& module, Layout& layout, Descriptors& descriptors,
            RuntimeFunctions& runtime, const AbiTypes& types, ir::TypeTable& table, bool compact);

  void retain(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type);
  void release(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type);
  /// The same on a path that is rarely taken: stays a call.
  void release_cold(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type);

 private:
  /// How a part of a value is counted.
  enum class Part : uint8_t {
    Text,  ///< an owner
    List,  ///< a head; the type is that of its elements
    Whole  ///< json, sum, stream or wide record: by functions of the type
  };

  llvm::Function* retainer();
  llvm::Function* text_releaser();
  llvm::Function* list_releaser();
  llvm::Function* whole_retainer(ir::TypeId type);
  llvm::Function* whole_releaser(ir::TypeId type);
  void emit_json_retain(llvm::IRBuilder<>& b, llvm::Value* json);
  void emit_by_descriptor(llvm::IRBuilder<>& b, Runtime function, llvm::Value* value,
                          ir::TypeId type);
  void emit_stream_retain(llvm::IRBuilder<>& b, llvm::Value* stream);
  /// Whether a json, sum or stream holds counted memory.
  llvm::Value* holds_memory(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type);
  llvm::BasicBlock* fresh_block(llvm::IRBuilder<>& b, const char* name);
  llvm::Function* make(const llvm::Twine& name, llvm::ArrayRef<llvm::Type*> parameters);
  /// Calls `leaf(kind, part, type)` for each counted part of `value`.
  template <typename Leaf>
  void each_part(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type, const Leaf& leaf);
  /// Those of a cmd, sql or map, which consist of texts and lists.
  template <typename Leaf>
  void each_list(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type, const Leaf& leaf);
  void release_parts(llvm::IRBuilder<>& b, llvm::Value* value, ir::TypeId type, bool cold);
  /// Ends `function`: counts the block at its first parameter down, calls `free` at zero.
  void emit_count_down(llvm::Function* function, Runtime free);

  llvm::Module& module_;
  Layout& layout_;
  Descriptors& descriptors_;
  RuntimeFunctions& runtime_;
  const AbiTypes& types_;
  ir::TypeTable& table_;
  bool compact_;
  llvm::Function* retainer_ = nullptr;
  llvm::Function* text_releaser_ = nullptr;
  llvm::Function* list_releaser_ = nullptr;
  std::map<uint32_t, llvm::Function*> whole_retainers_;
  std::map<uint32_t, llvm::Function*> whole_releasers_;
};

}  // namespace pflow::codegen
