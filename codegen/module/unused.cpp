#include "codegen/module/unused.h"

#include <llvm/ADT/DenseSet.h>
#include <llvm/ADT/SmallVector.h>
#include <llvm/IR/Instructions.h>

namespace pflow::codegen {
namespace {

bool may_go(const llvm::GlobalValue& value) {
  return value.hasLocalLinkage() || value.isDeclaration() || value.hasLinkOnceODRLinkage();
}

/// What is needed, directly or not, by what another part may have a use of.
class Needed {
 public:
  explicit Needed(llvm::Module& module) {
    for (llvm::GlobalValue& value : module.global_values())
      if (!may_go(value)) add(&value);
    while (!open_.empty()) {
      const llvm::User* user = open_.pop_back_val();
      add_operands(*user);
      if (const auto* function = llvm::dyn_cast<llvm::Function>(user))
        for (const llvm::BasicBlock& block : *function)
          for (const llvm::Instruction& made : block) add_operands(made);
    }
  }

  [[nodiscard]] bool has(const llvm::GlobalValue& value) const { return seen_.contains(&value); }

 private:
  void add(const llvm::Constant* constant) {
    if (seen_.insert(constant).second) open_.push_back(constant);
  }

  void add_operands(const llvm::User& user) {
    for (const llvm::Use& use : user.operands())
      if (const auto* constant = llvm::dyn_cast<llvm::Constant>(use.get())) add(constant);
  }

  llvm::DenseSet<const llvm::Constant*> seen_;
  llvm::SmallVector<const llvm::Constant*, 64> open_;
};

}  // namespace

void remove_unused(llvm::Module& module) {
  const Needed needed(module);
  llvm::SmallVector<llvm::GlobalValue*, 64> gone;
  for (llvm::GlobalValue& value : module.global_values())
    if (!needed.has(value)) gone.push_back(&value);
  // Some of them use each other.
  for (llvm::GlobalValue* value : gone) {
    if (auto* function = llvm::dyn_cast<llvm::Function>(value))
      function->dropAllReferences();
    else if (auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(value))
      variable->dropAllReferences();
  }
  for (llvm::GlobalValue* value : gone) value->removeDeadConstantUsers();
  for (llvm::GlobalValue* value : gone)
    if (value->use_empty()) value->eraseFromParent();
}

}  // namespace pflow::codegen
