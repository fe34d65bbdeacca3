#include "codegen/forms/wide_values.h"

#include <llvm/ADT/DenseMap.h>
#include <llvm/ADT/PostOrderIterator.h>
#include <llvm/IR/IRBuilder.h>
#include <llvm/IR/IntrinsicInst.h>

namespace pflow::codegen {
namespace {

/// Which values live in memory.
struct InMemoryRule {
  const llvm::DataLayout& layout;
  bool all;  ///< of all structs

  bool operator()(llvm::Type* type) const {
    return type->isStructTy() && (all || is_wide(layout.getTypeAllocSize(type).getFixedValue()));
  }
};

/// Rewrites one function, whose signature is settled.
class InMemory {
 public:
  InMemory(llvm::Function& function, bool all)
      : function_(function), layout_(function.getDataLayout()), in_memory_{layout_, all} {}

  void run() {
    llvm::ReversePostOrderTraversal<llvm::Function*> order(&function_);
    for (llvm::BasicBlock* block : order)
      for (llvm::Instruction& made : llvm::make_early_inc_range(*block)) rewrite(made);
    for (llvm::PHINode* phi : phis_) fill(*phi);
    for (llvm::Instruction* old : old_) {
      old->replaceAllUsesWith(llvm::PoisonValue::get(old->getType()));
      old->eraseFromParent();
    }
    // Only what is optimised makes use of it.
    if (in_memory_.all) return;
    for (llvm::Instruction& made : function_.getEntryBlock())
      if (auto* room = llvm::dyn_cast<llvm::AllocaInst>(&made);
          room && wide(room->getAllocatedType()))
        bound_life(*room);
  }

 private:
  [[nodiscard]] bool wide(llvm::Type* type) const { return in_memory_(type); }
  /// A sum and whether it is too large are read out of it, and no more.
  [[nodiscard]] bool wide(const llvm::Value* value) const {
    return wide(value->getType()) && !llvm::isa<llvm::WithOverflowInst>(value);
  }

  llvm::AllocaInst* room(llvm::Type* type) {
    llvm::IRBuilder<> b(&function_.getEntryBlock(), function_.getEntryBlock().begin());
    return b.CreateAlloca(type, nullptr, "wide");
  }

  void copy(llvm::IRBuilder<>& b, llvm::Value* to, llvm::Value* from, llvm::Type* type) {
    llvm::Align align = layout_.getABITypeAlign(type);
    b.CreateMemCpy(to, align, from, align, layout_.getTypeAllocSize(type));
  }

  /// Puts a value, which may be a constant, to an address.
  void put(llvm::IRBuilder<>& b, llvm::Value* value, llvm::Value* to) {
    if (llvm::isa<llvm::UndefValue>(value)) return;
    llvm::Type* type = value->getType();
    if (auto* constant = llvm::dyn_cast<llvm::Constant>(value)) {
      if (constant->isNullValue()) {
        b.CreateMemSet(to, b.getInt8(0), layout_.getTypeAllocSize(type),
                       layout_.getABITypeAlign(type));
        return;
      }
      if (!is_wide(layout_.getTypeAllocSize(type).getFixedValue()))
        return put_parts(b, constant, to);
      auto* global = new llvm::GlobalVariable(*function_.getParent(), type, true,
                                              llvm::GlobalValue::PrivateLinkage, constant, "wide");
      return copy(b, to, global, type);
    }
    copy(b, to, place_of(value), type);
  }

  void put_parts(llvm::IRBuilder<>& b, llvm::Constant* constant, llvm::Value* to) {
    if (!constant->getType()->isStructTy()) {
      b.CreateStore(constant, to);
      return;
    }
    for (unsigned i = 0; i < constant->getType()->getStructNumElements(); ++i)
      put_parts(b, constant->getAggregateElement(i), b.CreateStructGEP(constant->getType(), to, i));
  }

  /// What is of another making, as by a call of what is not ours, is stored behind it.
  llvm::Value* place_of(llvm::Value* value) {
    llvm::Value*& known = places_[value];
    if (known != nullptr) return known;
    llvm::AllocaInst* made = room(value->getType());
    places_[value] = made;
    return made;
  }

  llvm::Value* part(llvm::IRBuilder<>& b, llvm::Type* type, llvm::Value* at,
                    llvm::ArrayRef<unsigned> indices) {
    llvm::SmallVector<llvm::Value*> path{b.getInt32(0)};
    for (unsigned index : indices) path.push_back(b.getInt32(index));
    return b.CreateInBoundsGEP(type, at, path);
  }

  void rewrite(llvm::Instruction& made) {
    if (auto* load = llvm::dyn_cast<llvm::LoadInst>(&made); load && wide(load)) {
      llvm::IRBuilder<> b(load);
      copy(b, place_of(load), load->getPointerOperand(), load->getType());
      old_.push_back(load);
    } else if (auto* insert = llvm::dyn_cast<llvm::InsertValueInst>(&made)) {
      if (wide(insert)) rewrite_insert(*insert);
    } else if (auto* extract = llvm::dyn_cast<llvm::ExtractValueInst>(&made)) {
      if (wide(extract->getAggregateOperand())) rewrite_extract(*extract);
    } else if (auto* store = llvm::dyn_cast<llvm::StoreInst>(&made)) {
      if (!wide(store->getValueOperand())) return;
      llvm::IRBuilder<> b(store);
      put(b, store->getValueOperand(), store->getPointerOperand());
      store->eraseFromParent();
    } else if (auto* phi = llvm::dyn_cast<llvm::PHINode>(&made)) {
      if (wide(phi)) phis_.push_back(phi);
    } else {
      rewrite_other(made);
    }
  }

  /// A chain of insertions fills one room.
  void rewrite_insert(llvm::InsertValueInst& insert) {
    llvm::IRBuilder<> b(&insert);
    llvm::Value* base = insert.getAggregateOperand();
    llvm::Type* type = insert.getType();
    llvm::Value* at;
    if (llvm::isa<llvm::InsertValueInst>(base) && base->hasOneUse()) {
      at = places_[&insert] = place_of(base);
    } else {
      at = place_of(&insert);
      put(b, base, at);
    }
    llvm::Value* element = insert.getInsertedValueOperand();
    llvm::Value* to = part(b, type, at, insert.getIndices());
    if (wide(element))
      put(b, element, to);
    else
      b.CreateStore(element, to);
    old_.push_back(&insert);
  }

  void rewrite_extract(llvm::ExtractValueInst& extract) {
    llvm::IRBuilder<> b(&extract);
    llvm::Value* whole = extract.getAggregateOperand();
    if (llvm::isa<llvm::Constant>(whole)) return;
    llvm::Value* from = part(b, whole->getType(), place_of(whole), extract.getIndices());
    if (wide(&extract)) {
      // What it is a part of does not change.
      places_[&extract] = from;
      old_.push_back(&extract);
      return;
    }
    extract.replaceAllUsesWith(b.CreateLoad(extract.getType(), from));
    extract.eraseFromParent();
  }

  /// What takes or gives a wide value as it is: it is read before, and kept behind.
  void rewrite_other(llvm::Instruction& made) {
    for (llvm::Use& use : made.operands()) {
      if (!wide(use.get()) || llvm::isa<llvm::Constant>(use.get())) continue;
      llvm::IRBuilder<> b(&made);
      llvm::LoadInst* read = b.CreateLoad(use->getType(), place_of(use.get()));
      use.set(read);
    }
    if (!wide(&made)) return;
    llvm::IRBuilder<> b(made.getNextNode());
    b.CreateStore(&made, place_of(&made));
  }

  /// All phis of a block change at once: each gets its value in the room of its edges first.
  void fill(llvm::PHINode& phi) {
    llvm::AllocaInst* edges = room(phi.getType());
    for (unsigned i = 0; i < phi.getNumIncomingValues(); ++i) {
      llvm::IRBuilder<> b(phi.getIncomingBlock(i)->getTerminator());
      put(b, phi.getIncomingValue(i), edges);
    }
    llvm::IRBuilder<> b(&*phi.getParent()->getFirstInsertionPt());
    copy(b, place_of(&phi), edges, phi.getType());
    old_.push_back(&phi);
  }

  /// Says where memory is needed that one block alone uses, so that others may have it, too.
  static void bound_life(llvm::AllocaInst& room) {
    llvm::Instruction *first = nullptr, *last = nullptr;
    llvm::SmallVector<llvm::Value*> pending{&room};
    while (!pending.empty()) {
      for (llvm::User* user : pending.pop_back_val()->users()) {
        auto* made = llvm::dyn_cast<llvm::Instruction>(user);
        if (made == nullptr || llvm::isa<llvm::PHINode>(made) || made->isTerminator()) return;
        if (first != nullptr && made->getParent() != first->getParent()) return;
        if (first == nullptr || made->comesBefore(first)) first = made;
        if (last == nullptr || last->comesBefore(made)) last = made;
        if (made->getType()->isPointerTy()) pending.push_back(made);
      }
    }
    if (first == nullptr) return;
    llvm::IRBuilder<>(first).CreateLifetimeStart(&room);
    llvm::IRBuilder<>(last->getNextNode()).CreateLifetimeEnd(&room);
  }

  llvm::Function& function_;
  const llvm::DataLayout& layout_;
  const InMemoryRule in_memory_;
  llvm::DenseMap<llvm::Value*, llvm::Value*> places_;
  std::vector<llvm::PHINode*> phis_;
  std::vector<llvm::Instruction*> old_;  ///< whose values are in memory instead
};

/// What the function takes and gives by address.
InMemoryRule signature_rule(const llvm::Function& function, bool all) {
  return {function.getDataLayout(),
          function.hasFnAttribute(kTakesAddresses) || (all && function.hasLocalLinkage())};
}

bool changes(const llvm::Function& function, const InMemoryRule& in_memory) {
  return in_memory(function.getReturnType()) ||
         llvm::any_of(function.args(), [&](const llvm::Argument& argument) {
           return in_memory(argument.getType());
         });
}

/// Whether it is of ours, here or in another part, and all that is done with it is to call it.
bool is_called_alone(const llvm::Function& function) {
  return (function.hasLocalLinkage() || function.hasHiddenVisibility()) &&
         llvm::all_of(function.uses(), [](const llvm::Use& use) {
           const auto* call = llvm::dyn_cast<llvm::CallInst>(use.getUser());
           return call != nullptr && call->isCallee(&use);
         });
}

/// A function with addresses in the place of wide arguments and, as the first one, of a wide
/// result.
class ByAddress {
 public:
  ByAddress(llvm::Function& old, const InMemoryRule& in_memory)
      : old_(old),
        in_memory_(in_memory),
        pointer_(llvm::PointerType::get(old.getContext(), 0)),
        gives_(in_memory_(old.getReturnType())) {}

  void make() {
    std::vector<llvm::Type*> types;
    if (gives_) types.push_back(pointer_);
    for (llvm::Argument& argument : old_.args())
      types.push_back(in_memory_(argument.getType()) ? pointer_ : argument.getType());
    llvm::Type* result = gives_ ? llvm::Type::getVoidTy(old_.getContext()) : old_.getReturnType();
    made_ =
        llvm::Function::Create(llvm::FunctionType::get(result, types, false), old_.getLinkage());
    old_.getParent()->getFunctionList().insert(old_.getIterator(), made_);
    made_->takeName(&old_);
    made_->setCallingConv(old_.getCallingConv());
    made_->setAttributes(llvm::AttributeList().addFnAttributes(
        old_.getContext(),
        llvm::AttrBuilder(old_.getContext(), old_.getAttributes().getFnAttrs())));
    made_->setSubprogram(old_.getSubprogram());
    old_.setSubprogram(nullptr);
    made_->setVisibility(old_.getVisibility());
    made_->setDSOLocal(old_.isDSOLocal());
    if (!old_.isDeclaration()) move_body();
    for (llvm::User* user : llvm::make_early_inc_range(old_.users()))
      move_call(*llvm::cast<llvm::CallInst>(user));
    old_.eraseFromParent();
  }

 private:
  void move_body() {
    made_->splice(made_->begin(), &old_);
    move_arguments();
    if (gives_) move_results();
  }

  void move_arguments() {
    llvm::IRBuilder<> b(&*made_->getEntryBlock().getFirstInsertionPt());
    unsigned at = gives_ ? 1 : 0;
    for (llvm::Argument& argument : old_.args()) {
      llvm::Argument* given = made_->getArg(at++);
      given->takeName(&argument);
      llvm::Value* value = given;
      if (in_memory_(argument.getType())) {
        given->addAttr(llvm::Attribute::NoAlias);
        given->addAttr(llvm::Attribute::ReadOnly);
        value = b.CreateLoad(argument.getType(), given);
      }
      argument.replaceAllUsesWith(value);
    }
  }

  void move_results() {
    made_->getArg(0)->addAttr(llvm::Attribute::NoAlias);
    for (llvm::BasicBlock& block : *made_) {
      auto* end = llvm::dyn_cast<llvm::ReturnInst>(block.getTerminator());
      if (end == nullptr) continue;
      llvm::IRBuilder<> b(end);
      b.CreateStore(end->getReturnValue(), made_->getArg(0));
      b.CreateRetVoid();
      end->eraseFromParent();
    }
  }

  llvm::AllocaInst* room(llvm::CallInst& call, llvm::Type* type) {
    llvm::BasicBlock& entry = call.getFunction()->getEntryBlock();
    llvm::IRBuilder<> b(&entry, entry.begin());
    return b.CreateAlloca(type, nullptr, "wide");
  }

  void move_call(llvm::CallInst& call) {
    llvm::IRBuilder<> b(&call);
    std::vector<llvm::Value*> arguments;
    llvm::AllocaInst* result = gives_ ? room(call, call.getType()) : nullptr;
    if (gives_) arguments.push_back(result);
    for (llvm::Value* argument : call.args()) {
      if (!in_memory_(argument->getType())) {
        arguments.push_back(argument);
        continue;
      }
      llvm::AllocaInst* at = room(call, argument->getType());
      b.CreateStore(argument, at);
      arguments.push_back(at);
    }
    llvm::CallInst* made = b.CreateCall(made_, arguments);
    made->setCallingConv(call.getCallingConv());
    if (call.isNoInline()) made->setIsNoInline();
    llvm::Value* given =
        gives_ ? b.CreateLoad(call.getType(), result) : static_cast<llvm::Value*>(made);
    call.replaceAllUsesWith(given);
    call.eraseFromParent();
  }

  llvm::Function& old_;
  const InMemoryRule in_memory_;
  llvm::Type* pointer_;
  bool gives_;
  llvm::Function* made_ = nullptr;
};

}  // namespace

void keep_values_in_memory(llvm::Module& module, bool all) {
  for (llvm::Function& function : llvm::make_early_inc_range(module)) {
    const InMemoryRule rule = signature_rule(function, all);
    if (changes(function, rule) && is_called_alone(function)) ByAddress(function, rule).make();
  }
  for (llvm::Function& function : module)
    if (!function.isDeclaration()) InMemory(function, all).run();
}

}  // namespace pflow::codegen
