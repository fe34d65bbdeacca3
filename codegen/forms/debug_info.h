/// DWARF: a subprogram per function and the line of each op.
#pragma once

#include <llvm/IR/DIBuilder.h>

#include <map>

#include "codegen/llvm_headers.h"
#include "ir/ir.h"
#include "support/source.h"

namespace pflow::codegen {

class DebugInfo {
 public:
  DebugInfo(llvm::Module& module, const SourceMap& sources, bool optimised);

  /// Attaches a subprogram to `function`.
  llvm::DISubprogram* describe(llvm::Function* function, const ir::Function& source);
  /// The same for a caller of theirs that no source stands for: without one, what is
  /// inlined into it would lose its lines.
  void describe_generated(llvm::Function* function, llvm::IRBuilder<>& b);
  /// The location of ops at `span` from here on.
  void locate(llvm::IRBuilder<>& b, llvm::DISubprogram* scope, Span span);
  void finish() { builder_.finalize(); }

 private:
  llvm::DIFile* file(FileId id);

  llvm::DIBuilder builder_;
  const SourceMap& sources_;
  std::map<uint32_t, llvm::DIFile*> files_;
  llvm::DICompileUnit* unit_ = nullptr;
  bool optimised_;
};

}  // namespace pflow::codegen
