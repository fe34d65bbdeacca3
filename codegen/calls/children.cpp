#include "codegen/calls/children.h"

#include "codegen/calls/call_blocks.h"
#include "codegen/calls/calls.h"
#include "codegen/calls/suspension.h"
#include "codegen/ops/handlers.h"
#include "pflow/abi.h"
#include "pflow/policy.h"

namespace pflow::codegen {
namespace {

/// Its bit in pf_policy.set.
uint32_t policy_bit(ir::Policy policy) {
  static constexpr uint32_t kBits[] = {
#define PFLOW_POLICY(Name, NAME, word, value, scope, flags, expects) PF_P_##NAME,
#define PFLOW_LANGUAGE_POLICY(...)
#include "ir/policies.def"
  };
  return kBits[static_cast<size_t>(policy)];
}

void clear(FunctionEmitter& f, llvm::Value* place, llvm::Type* type) {
  uint64_t size = f.module.layout.size(type);
  if (size != 0) f.b.CreateMemSet(place, f.b.getInt8(0), size, llvm::MaybeAlign(8));
}

llvm::Value* argument_area(FunctionEmitter& f) {
  return f.frame_field(f.plan.frame.in_field, "arguments");
}
llvm::Value* result_area(FunctionEmitter& f) {
  return f.frame_field(f.plan.frame.out_field, "results");
}

llvm::Value* policy_area(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* place = f.frame_field(f.plan.frame.policy_field, "policy");
  store_policy(f, op, place);
  return place;
}

const FunctionPlan& callee(FunctionEmitter& f, const ir::Op& op) {
  return f.module.plan(op.callee.function);
}

/// Room for the results, zeroed, with the call begun.
llvm::Value* begin(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* out = result_area(f);
  clear(f, out, result_block(f.module, f.source, op));
  begin_pending_call(f, op, f.module.constants.null());
  return out;
}

/// Waits for what was started, takes the results out of their struct and goes on.
void end(FunctionEmitter& f, const ir::Op& op, llvm::Value* started, llvm::StructType* type) {
  llvm::Value* status = suspend_while_pending(f, started);
  fail_with_call(f, status);
  llvm::Value* out = result_area(f);
  place_outputs(f, op, [&](unsigned i) -> llvm::Value* {
    return f.b.CreateLoad(type->getElementType(i), f.b.CreateStructGEP(type, out, i));
  });
  follow_action(f, op, nullptr);
}

}  // namespace

void store_operands(FunctionEmitter& f, const ir::Op& op, size_t first, llvm::StructType* block,
                    llvm::Value* place) {
  for (unsigned i = 0; i < block->getNumElements(); ++i)
    f.b.CreateStore(f.operand(op, first + i), f.b.CreateStructGEP(block, place, i));
}

void store_policy(FunctionEmitter& f, const ir::Op& op, llvm::Value* place) {
  llvm::StructType* type = f.module.types.policy;
  clear(f, place, type);
  uint32_t given = 0;
  size_t first = op.operands.size() - op.policies.size();
  for (size_t i = 0; i < op.policies.size(); ++i) {
    given |= policy_bit(op.policies[i]);
    f.b.CreateStore(f.operand(op, first + i),
                    f.b.CreateStructGEP(type, place, policy_field(op.policies[i])));
  }
  f.b.CreateStore(f.b.getInt32(given), f.b.CreateStructGEP(type, place, kPolicySet));
  f.b.CreateStore(f.b.getInt1(op.skips), f.b.CreateStructGEP(type, place, kPolicySkips));
}

void emit_try(FunctionEmitter& f, const ir::Op& op) {
  store_operands(f, op, 0, argument_block(f.module, f.source, op), argument_area(f));
  llvm::Value* policy = policy_area(f, op);
  llvm::Value* out = begin(f, op);
  llvm::Value* started = f.call(
      Runtime::pf_try_start, {f.frame(), callee(f, op).frame.info, argument_area(f), policy, out});
  end(f, op, started, result_block(f.module, f.source, op));
}

void emit_Each(FunctionEmitter& f, const ir::Op& op) {
  store_operands(f, op, 0, argument_block(f.module, f.source, op), argument_area(f));
  llvm::Value* policy = policy_area(f, op);
  llvm::Value* out = begin(f, op);
  llvm::Value* started = f.call(
      Runtime::pf_each_start, {f.frame(), callee(f, op).frame.info, argument_area(f), policy, out});
  end(f, op, started, f.module.types.each_out);
}

namespace {

/// The pf_branch array; stores the arguments of all branches.
llvm::Constant* branches(FunctionEmitter& f, const ir::Op& op, llvm::StructType* arguments,
                         llvm::StructType* results) {
  const Layout& layout = f.module.layout;
  std::vector<llvm::Constant*> made;
  size_t first = 0;
  for (unsigned i = 0; i < op.branches.size(); ++i) {
    auto* block = llvm::cast<llvm::StructType>(arguments->getElementType(i));
    store_operands(f, op, first, block, f.b.CreateStructGEP(arguments, argument_area(f), i));
    first += op.branches[i].arguments;
    made.push_back(llvm::ConstantStruct::get(f.module.types.branch,
                                             {f.module.plan(op.branches[i].flow).frame.info,
                                              f.module.constants.i32(layout.offset(arguments, i)),
                                              f.module.constants.i32(layout.offset(results, i))}));
  }
  return f.module.constants.array(f.module.types.branch, made);
}

/// Branch and field of each result, in the order of the op's outputs.
std::vector<std::pair<unsigned, unsigned>> result_places(llvm::StructType* results) {
  std::vector<std::pair<unsigned, unsigned>> found;
  for (unsigned i = 0; i < results->getNumElements(); ++i)
    for (unsigned k = 0; k < results->getElementType(i)->getStructNumElements(); ++k)
      found.emplace_back(i, k);
  return found;
}

}  // namespace

void emit_Par(FunctionEmitter& f, const ir::Op& op) {
  llvm::StructType* results = result_block(f.module, f.source, op);
  llvm::Constant* flows = branches(f, op, argument_block(f.module, f.source, op), results);
  llvm::Value* out = begin(f, op);
  llvm::Value* started =
      f.call(Runtime::pf_par_start,
             {f.frame(), flows, f.b.getInt64(op.branches.size()), argument_area(f), out});
  llvm::Value* status = suspend_while_pending(f, started);
  fail_with_call(f, status);
  out = result_area(f);
  std::vector<std::pair<unsigned, unsigned>> places = result_places(results);
  place_outputs(f, op, [&](unsigned i) -> llvm::Value* {
    llvm::Type* branch = results->getElementType(places[i].first);
    llvm::Value* at = f.b.CreateStructGEP(
        branch, f.b.CreateStructGEP(results, out, places[i].first), places[i].second);
    return f.b.CreateLoad(branch->getStructElementType(places[i].second), at);
  });
  follow_action(f, op, nullptr);
}

}  // namespace pflow::codegen
