#include "codegen/object/split.h"

#include <llvm/Transforms/Utils/Cloning.h>

namespace pflow::codegen {
namespace {

using Moves = std::function<bool(const llvm::Function&)>;

/// Whether all users of `function` are instructions of its own half.
bool stays_inside(const llvm::Function& function, const Moves& moves) {
  for (const llvm::User* user : function.users()) {
    const auto* instruction = llvm::dyn_cast<llvm::Instruction>(user);
    if (instruction == nullptr || moves(*instruction->getFunction()) != moves(function))
      return false;
  }
  return true;
}

void open_to_the_other_half(llvm::GlobalValue& value) {
  value.setLinkage(llvm::GlobalValue::ExternalLinkage);
  value.setVisibility(llvm::GlobalValue::HiddenVisibility);
  value.setDSOLocal(true);
}

/// Of constants each half has its own; what changes there is once.
void open_to_the_other_half(llvm::Module& module, const Moves& moves) {
  for (llvm::GlobalVariable& variable : module.globals())
    if (variable.hasLocalLinkage() && !variable.isConstant()) open_to_the_other_half(variable);
  for (llvm::Function& function : module) {
    if (!function.hasLocalLinkage() || stays_inside(function, moves)) continue;
    open_to_the_other_half(function);
  }
}

/// Constants that only the other half uses.
void remove_unused(llvm::Module& module) {
  for (bool changed = true; changed;) {
    changed = false;
    for (llvm::GlobalVariable& global : llvm::make_early_inc_range(module.globals())) {
      if (!global.hasLocalLinkage() && !global.isDeclaration()) continue;
      global.removeDeadConstantUsers();
      if (!global.use_empty()) continue;
      global.eraseFromParent();
      changed = true;
    }
  }
  for (llvm::Function& function : llvm::make_early_inc_range(module))
    if (function.isDeclaration() && function.use_empty()) function.eraseFromParent();
}

}  // namespace

std::unique_ptr<llvm::Module> split_off(llvm::Module& module, const Moves& moves) {
  open_to_the_other_half(module, moves);
  llvm::ValueToValueMapTy values;
  std::unique_ptr<llvm::Module> other =
      llvm::CloneModule(module, values, [&](const llvm::GlobalValue* value) {
        if (const auto* variable = llvm::dyn_cast<llvm::GlobalVariable>(value))
          return variable->isConstant();
        const auto* function = llvm::dyn_cast<llvm::Function>(value);
        return function == nullptr || moves(*function);
      });
  for (llvm::Function& function : module)
    if (!function.isDeclaration() && moves(function)) function.deleteBody();
  remove_unused(module);
  remove_unused(*other);
  return other;
}

}  // namespace pflow::codegen
