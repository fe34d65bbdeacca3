#include "codegen/module/unused.h"

#include <llvm/ADT/SetVector.h>
#include <llvm/IR/Instructions.h>

namespace pflow::codegen {
namespace {

bool may_go(const llvm::GlobalValue& value) {
  return value.hasLocalLinkage() || value.isDeclaration() || value.hasLinkOnceODRLinkage();
}

/// What `user` names, which may be without a use when it is gone.
void add_named(const llvm::User& user, llvm::SetVector<llvm::GlobalValue*>& found) {
  for (const llvm::Use& use : user.operands()) {
    if (auto* value = llvm::dyn_cast<llvm::GlobalValue>(use.get()))
      found.insert(value);
    else if (const auto* constant = llvm::dyn_cast<llvm::Constant>(use.get()))
      add_named(*constant, found);
  }
}

}  // namespace

void remove_unused(llvm::Module& module) {
  llvm::SetVector<llvm::GlobalValue*> pending;
  for (llvm::GlobalValue& value : module.global_values()) pending.insert(&value);
  while (!pending.empty()) {
    llvm::GlobalValue* value = pending.pop_back_val();
    value->removeDeadConstantUsers();
    if (!may_go(*value) || !value->use_empty()) continue;
    add_named(*value, pending);
    if (const auto* function = llvm::dyn_cast<llvm::Function>(value))
      for (const llvm::BasicBlock& block : *function)
        for (const llvm::Instruction& made : block) add_named(made, pending);
    pending.remove(value);
    value->eraseFromParent();
  }
}

}  // namespace pflow::codegen
